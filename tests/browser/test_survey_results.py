"""Results in a real browser: for residents and staff, by keyboard, without JavaScript."""

import pytest

from surveys.models import Collector, Response, SurveyPage
from tests.browser.conftest import WIDTHS
from tests.factories import survey_types as kinds
from tests.factories import surveys as make


@pytest.fixture
def survey(north):
    """Forty answers to every kind of question, two of them rare; half along a link."""
    survey = make.SurveyPageFactory(
        parent=north,
        closed=True,
        results_shown=SurveyPage.ResultsShown.CLOSED,
        questions=[*kinds.every_type(), *make.all_questions()],
    )
    link = Collector.objects.create(survey=survey, name="Digitaal panel")
    for number, travel in ((38, make.BIKE), (2, make.WALK)):
        make.respond(survey, count=number, **{
            kinds.NUMBER: {"number": 12}, kinds.SAFE: {"option_id": kinds.GOOD},
            kinds.MOST: [{"option_id": kinds.TREES}, {"option_id": kinds.WATER}],
            kinds.NPS: {"number": 9}, make.ONE: {"option_id": travel},
            make.LONG: {"text": "Maak er meer groen."},
        })  # fmt: skip
    half = Response.objects.values("pk")[:20]
    Response.objects.filter(pk__in=[row["pk"] for row in half]).update(collector=link)
    return survey


def fits(page) -> bool:
    return page.evaluate(
        "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    )


def test_residents_read_results_and_open_a_table(page, live_server, assert_accessible, survey):
    page.goto(live_server.url + survey.url)
    page.get_by_role("link", name="Bekijk wat mensen antwoordden").click()
    page.get_by_role("heading", name="Resultaten", exact=True).wait_for()
    for width in WIDTHS.values():
        page.set_viewport_size(width)
        assert fits(page)
        assert_accessible(page)
    assert page.get_by_text("verborgen", exact=True).first.is_visible()
    summary = page.locator("summary", has_text="Hoe gaat u meestal naar het centrum?")
    summary.focus()
    page.keyboard.press("Enter")
    table = page.get_by_role("table", name="Hoe gaat u meestal naar het centrum?")
    assert "Lopend verborgen verborgen" in " ".join(table.inner_text().split())
    page.locator("summary", has_text="Zo leest u deze cijfers").click()
    page.emulate_media(color_scheme="dark")
    assert_accessible(page)


def test_staff_choose_and_cross_without_javascript(
    browser, page, live_server, assert_accessible, browser_login, administrator, survey
):
    browser_login(administrator)
    page.goto(f"{live_server.url}/beheer/enquetes/{survey.pk}/resultaten/")
    page.locator("summary", has_text="Kies welke inzendingen").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Ingang").select_option("Digitaal panel")
    page.get_by_role("button", name="Toon", exact=True).click()
    page.get_by_text("inzendingen van de 40").wait_for()
    page.locator("summary", has_text="Maak een rapport").click()
    assert_accessible(page, context="main")
    page.get_by_role("link", name="Kruistabel").click()
    page.get_by_label("In de rijen").select_option("Langs welke ingang")
    page.get_by_label("In de kolommen").select_option("Hoe gaat u meestal naar het centrum?")
    page.get_by_role("button", name="Toon de tabel").click()
    page.get_by_role("table").wait_for()
    for width in WIDTHS.values():
        page.set_viewport_size(width)
        assert_accessible(page, context="main")
        assert fits(page)
    plain = browser.new_context(java_script_enabled=False)
    plain.add_cookies(page.context.cookies())
    tab = plain.new_page()
    tab.goto(page.url)
    assert "40 inzendingen met een antwoord op allebei." in tab.inner_text("main")
    plain.close()
