"""What comes after a survey, in a browser: maps, agenda items, links, mails, changed files."""

from datetime import timedelta

import pytest
from django.utils import timezone

from surveys.models import Collector, ContactAddress, Response, SurveyPage
from surveys.outcomes.mails import token_of
from surveys.outcomes.services import plan_first_rounds
from tests.areas import uploads
from tests.factories import pages
from tests.factories import survey_types as kinds
from tests.factories import surveys as make
from tests.surveys.test_answer_grid import middle, point_at
from tests.surveys.test_files import PHOTO, asking, words


@pytest.fixture
def survey(north):
    """Over, with places on the map, two links, an outcome and addresses to tell it to."""
    item = pages.AgendaItemPageFactory(
        parent=pages.AgendaPageFactory(parent=north), title="Schaduw op de speelplek"
    )
    theme = {
        "heading": "Schaduw", "heard": "<p>Op de speelplek is het in de zomer te heet.</p>",
        "status": "deels", "why": "<p>In het najaar planten wij vijf bomen.</p>",
        "items": [item.pk],
    }  # fmt: skip
    survey = make.SurveyPageFactory(
        parent=north,
        closed=True,
        results_shown=SurveyPage.ResultsShown.CLOSED,
        questions=[*make.all_questions(), kinds.email(purpose="uitkomst")],
        outcome="<p>Veel mensen dachten mee.</p>",
        outcome_date=timezone.localdate(),
        outcome_per_theme=[{"type": "theme", "value": theme}],
    )
    for east, count in ((0, 45), (2, 12), (4, 7), (6, 2)):
        point_at(survey, middle(east), count)
    shops = Collector.objects.create(survey=survey, name="Winkels", kind="ondernemers")
    Collector.objects.create(survey=survey, name="Brieven", access="code", is_active=False)
    some = Response.objects.values_list("pk", flat=True)[:20]
    Response.objects.filter(pk__in=list(some)).update(collector=shops)
    for number in range(3):
        ContactAddress.objects.create(
            survey=survey, question_id=kinds.EMAIL, purpose="uitkomst",
            email=f"bewoner{number}@example.nl",
        )  # fmt: skip
    survey.item = item
    return survey


def test_residents_see_what_became_of_it(page, live_server, assert_sound, survey, north):
    page.goto(live_server.url + survey.results_url)
    page.locator(".gp-cell__text").first.wait_for()
    page.locator("summary", has_text="Alle vakken in een tabel").focus()
    page.keyboard.press("Enter")
    table = page.get_by_role("table", name="Vakken, genoemd naar")
    assert "45" in table.inner_text()
    assert_sound(page)

    page.goto(live_server.url + survey.item.url)
    page.get_by_role("heading", name="Dit hoorden wij van inwoners").wait_for()
    assert_sound(page)
    page.get_by_role("link", name=survey.title).click()
    page.get_by_role("heading", name="Wat deden we met uw inbreng?").wait_for()

    contact = ContactAddress.objects.first()
    page.goto(f"{live_server.url}/enquetes/bericht/{token_of(contact.pk)}/")
    assert_sound(page)
    page.get_by_role("button", name="Ja, wis mijn adres").click()
    page.get_by_role("heading", name="Uw adres is gewist").wait_for()
    assert_sound(page)

    closed = make.SurveyPageFactory(parent=north, only_by_links=True)
    page.goto(live_server.url + closed.url)
    page.get_by_text("U hebt een link nodig").wait_for()
    assert_sound(page)


def test_staff_see_links_and_mails_and_a_resident_changes_a_photo(
    page, live_server, assert_sound, browser_login, administrator, survey, north
):
    photos = make.SurveyPageFactory(parent=north, questions=[asking(), words()])
    page.goto(live_server.url + photos.url)
    photo = {"name": "plek.jpg", "mimeType": "image/jpeg", "buffer": uploads.jpeg()}
    page.locator("input[type=file]").set_input_files(photo)
    page.get_by_role("button", name="Verstuur").click()
    code = page.locator("[data-receipt-code]").inner_text()
    page.goto(f"{live_server.url}/enquetes/ontvangst/")
    page.get_by_label("Uw code").fill(code)
    page.get_by_role("button").filter(has_text="Bekijk").click()
    page.get_by_role("button", name="Verander").click()
    kept = page.get_by_label("eerder verstuurd")
    assert kept.is_checked()
    assert_sound(page)
    kept.uncheck()
    page.locator("input[type=file]").set_input_files(
        photo | {"buffer": uploads.jpeg(40, 30), "name": "anders.jpg"}
    )
    page.get_by_role("button", name="Verstuur").click()
    page.get_by_role("heading", name="Uw antwoorden zijn veranderd").wait_for()
    assert Response.objects.get(answers__question_id=PHOTO).files.count() == 1

    browser_login(administrator)
    page.goto(f"{live_server.url}/beheer/enquetes/{survey.pk}/resultaten/")
    page.get_by_role("heading", name="Langs welke link").wait_for()
    assert_sound(page, context="main")
    plan_first_rounds()
    page.goto(f"{live_server.url}/beheer/enquetes/{survey.pk}/uitkomst/")
    page.get_by_text("3 mails wachten nog").wait_for()
    assert_sound(page, context="main")
    SurveyPage.objects.filter(pk=survey.pk).update(
        only_by_links=True, closes_at=timezone.now() - timedelta(days=2)
    )
    page.goto(f"{live_server.url}/beheer/pages/{survey.pk}/edit/")
    page.get_by_text("Wie daarom vroeg, kreeg bericht over de uitkomst").wait_for()
