"""Starting a survey from the library and copying questions, as an area manager does it."""

import re

from playwright.sync_api import expect

from surveys.models import SurveyPage


def test_from_the_library_to_a_draft_with_one_question_more(
    page, live_server, browser_login, area_manager, north, assert_sound
):
    browser_login(area_manager)
    page.goto(f"{live_server.url}/beheer/pages/add/surveys/surveypage/{north.pk}/")
    expect(page).to_have_url(re.compile(r"/beheer/enquetes/nieuw/\d+/$"))
    page.get_by_text("Bekijk de 7 vragen").click()
    expect(page.get_by_text("Kon u zeggen wat u wilde zeggen?")).to_be_visible()
    assert_sound(page, "main")
    page.get_by_role("button", name="Begin hiermee (Wat vond u van de bijeenkomst?)").click()
    expect(page).to_have_url(re.compile(r"/beheer/pages/\d+/edit/$"))
    survey = SurveyPage.objects.get()
    page.goto(f"{live_server.url}/beheer/enquetes/{survey.pk}/bibliotheek/")
    page.get_by_text("Kies uit 3 vragen").click()
    page.get_by_label("Hoe oud bent u?").uncheck()
    page.get_by_label("Voor wie antwoordt u?").uncheck()
    assert_sound(page, "main")
    page.get_by_role("button", name="in de enquête (Over wie antwoordt)").click()
    expect(page.get_by_text("Onderaan het concept staat 1 onderdeel erbij.")).to_be_visible()
    draft = SurveyPage.objects.get().get_latest_revision_as_object()
    assert draft.asked[-1].label == "Wat zijn de cijfers van uw postcode?"
