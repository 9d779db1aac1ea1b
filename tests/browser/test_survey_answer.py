"""Answering a survey in a real browser, with a mouse; see also `test_survey_whole`."""

import pytest
from playwright.sync_api import expect

from surveys.models import Answer, Response
from tests.factories import pages
from tests.factories import surveys as make

SEND = "Verstuur uw antwoorden"


@pytest.fixture
def survey(north):
    pages.PlaceFactory(name="Badhoevedorp", slug="badhoevedorp")
    return make.SurveyPageFactory(parent=north)


@pytest.fixture
def survey_url(live_server, survey):
    return live_server.url + survey.url


def stored(question_id: str) -> Answer:
    return Answer.objects.get(question_id=question_id)


def send(page) -> None:
    page.get_by_role("button", name=SEND).click()


def test_with_a_mouse_and_a_spot_on_the_map(page, survey_url, survey):
    page.goto(survey_url)
    page.get_by_label("Met de fiets").check()
    page.get_by_label("Schaduw").check()
    page.get_by_label("4", exact=True).check()
    chart = page.get_by_role("group", name="Kaart om een plek te kiezen")
    chart.scroll_into_view_if_needed()
    box = chart.bounding_box()
    chart.click(position={"x": box["width"] / 2, "y": box["height"] / 2})
    expect(page.get_by_text("Plek gekozen")).to_be_visible()
    page.get_by_label("Adres of omschrijving van de plek").fill("Bij de brug")
    page.get_by_label("In welke straat woont u?").fill("Dorpsstraat")
    page.get_by_label("Wat wilt u ons nog vertellen?").fill("Meer groen.\nEn een bankje.")
    send(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Bedankt voor uw antwoorden")
    answer = stored(make.POINT)
    assert answer.text == "Bij de brug"
    assert survey.area.geometry.contains(answer.point)
    assert stored(make.LONG).text == "Meer groen.\nEn een bankje."
    assert stored(make.SCALE).number == 4


def test_an_error_takes_the_focus_leads_to_its_question_and_loses_nothing(
    page, survey_url, complaints
):
    page.goto(survey_url)
    page.get_by_label("Wat wilt u ons nog vertellen?").fill("Blijf staan")
    chart = page.get_by_role("group", name="Kaart om een plek te kiezen")
    chart.scroll_into_view_if_needed()
    chart.click()
    send(page)
    summary = page.get_by_role("alert").filter(has_text="Er gaat nog iets niet goed")
    expect(summary).to_be_focused()
    complaints.clear()  # Chromium reports the status 422 as an error
    assert page.title().startswith("Fout:")
    page.get_by_role("link", name="Hoe gaat u meestal naar het centrum?").click()
    expect(page.get_by_label("Met de fiets")).to_be_focused()
    expect(page.get_by_label("Wat wilt u ons nog vertellen?")).to_have_value("Blijf staan")
    expect(page.locator(".gp-marker--chosen")).to_be_visible()
    page.keyboard.press("Space")
    send(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Bedankt voor uw antwoorden")
    assert stored(make.POINT).point is not None


def test_a_second_click_on_send_counts_once(page, survey_url):
    page.goto(survey_url)
    page.get_by_label("Lopend").check()
    page.get_by_role("button", name=SEND).dblclick()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bedankt voor uw antwoorden")
    assert Response.objects.count() == 1


@pytest.mark.browser_context_args(java_script_enabled=False)
class TestWithoutJavaScript:
    def test_a_poll_can_be_voted_on(self, page, live_server, home):
        poll = make.PollFactory()
        body = pages.ContentPageFactory(parent=home, body=[("poll", poll)])
        page.goto(live_server.url + body.url)
        page.get_by_label("Een speelplek").check()
        page.get_by_role("button", name="Stem").click()
        expect(page.get_by_text("Uw stem telt mee")).to_be_visible()
        expect(page.get_by_text("100% (1)")).to_be_visible()
        page.get_by_role("link", name="Terug naar de pagina").click()
        expect(page).to_have_url(live_server.url + body.url)
