"""Every later type of question in a real browser, with a mouse, and axe.

By keyboard, on a phone and without JavaScript: `test_survey_whole`.
"""

import pytest
from playwright.sync_api import expect

from surveys.models import Answer, ContactAddress
from tests.browser.conftest import WIDTHS, has_map
from tests.factories import pages
from tests.factories import survey_types as kinds
from tests.factories import surveys as make

SEND = "Verstuur uw antwoorden"
SMALL = {"width": 320, "height": 640}


@pytest.fixture
def survey(north):
    pages.PlaceFactory(name="Badhoevedorp", slug="badhoevedorp")
    return make.SurveyPageFactory(parent=north, questions=kinds.every_type())


@pytest.fixture
def survey_url(live_server, survey):
    return live_server.url + survey.url


def send(page) -> None:
    page.get_by_role("button", name=SEND).click()


def thanked(page) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text("Bedankt voor uw antwoorden")


def places() -> dict[str, int]:
    rows = Answer.objects.filter(question_id=kinds.RANKING).values_list("option_id", "number")
    return {key: int(number) for key, number in rows}


def fill_in(page) -> None:
    """Answers that need no JavaScript and no mouse."""
    page.get_by_label("Hoe ver loopt u?").fill("12,5")
    page.get_by_label("Wanneer was u er?").fill("2026-05-04")
    page.get_by_label("Uw eigen antwoord bij ‘Anders, namelijk’").fill("met de step")
    page.get_by_label("Bomen", exact=True).first.check()
    page.get_by_label("Water", exact=True).first.check()
    row = page.get_by_role("group", name="Veilig")
    row.get_by_label("goed").check()
    page.get_by_label("0", exact=True).check()
    page.get_by_label("Schommel").check()
    page.get_by_label("Waar woont u?").fill("1171AB")
    page.get_by_label("Wilt u de uitkomst in uw mail?").fill("bewoner@example.nl")
    page.get_by_label("Ik ben 16 jaar of ouder.").check()


def check_stored() -> None:
    answers = {a.question_id: a for a in Answer.objects.exclude(question_id=kinds.RANKING)}
    assert float(answers[kinds.NUMBER].number) == 12.5
    assert answers[kinds.DATE].text == "2026-05-04"
    assert answers[kinds.OTHER].text == "met de step"
    assert answers[kinds.SAFE].option_id == kinds.GOOD
    assert answers[kinds.NPS].number == 0
    assert answers[kinds.PICTURES].option_id == kinds.SWING
    assert answers[kinds.POSTCODE].text == "1171"
    assert ContactAddress.objects.get().email == "bewoner@example.nl"


def test_with_a_mouse(page, survey_url):
    page.goto(survey_url)
    fill_in(page)
    page.get_by_role("button", name="Zet ‘Water’ hoger").click()
    expect(page.get_by_text("‘Water’ staat nu op plaats 1 van 3.")).to_be_visible()
    send(page)
    thanked(page)
    check_stored()
    assert places() == {kinds.WATER: 1, kinds.TREES: 2, kinds.PATHS: 3}


def test_ranking_by_keyboard_keeps_the_focus(page, survey_url):
    page.goto(survey_url)
    page.get_by_label("Ik ben 16 jaar of ouder.").check()
    page.get_by_role("button", name="Zet ‘Paden’ hoger").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Zet ‘Paden’ hoger")).to_be_focused()
    page.keyboard.press("Enter")
    # It is on top now: that button is off, and the focus went to the one beside it.
    expect(page.get_by_role("button", name="Zet ‘Paden’ lager")).to_be_focused()
    send(page)
    thanked(page)
    assert places() == {kinds.PATHS: 1, kinds.TREES: 2, kinds.WATER: 3}


def test_an_order_that_nobody_chose_is_no_answer_and_one_can_take_it_back(page, survey_url):
    page.goto(survey_url)
    page.get_by_label("Ik ben 16 jaar of ouder.").check()
    page.get_by_role("button", name="Deze volgorde klopt").click()
    page.get_by_role("button", name="Wis mijn volgorde").click()
    expect(page.get_by_role("button", name="Deze volgorde klopt")).to_be_focused()
    send(page)
    thanked(page)
    assert places() == {}


def test_an_order_survives_an_error_elsewhere(page, survey_url, complaints):
    page.goto(survey_url)
    page.get_by_role("button", name="Zet ‘Water’ hoger").click()
    send(page)
    expect(page.get_by_role("alert").first).to_be_focused()
    complaints.clear()  # Chromium reports the status 422 as an error
    page.get_by_role("link", name="Ik ben 16 jaar of ouder.").click()
    page.keyboard.press("Space")
    send(page)
    thanked(page)
    assert places()[kinds.WATER] == 1


def test_none_of_these_takes_the_others_away(page, survey_url):
    page.goto(survey_url)
    page.get_by_label("Bomen", exact=True).first.check()
    page.get_by_label("Geen van deze").check()
    expect(page.get_by_label("Bomen", exact=True).first).not_to_be_checked()
    page.get_by_label("Bomen", exact=True).first.check()
    expect(page.get_by_label("Geen van deze")).not_to_be_checked()


def test_rows_of_a_matrix_have_names(page, survey_url):
    page.goto(survey_url)
    matrix = page.get_by_role("group", name="Hoe is de speelplek?")
    for name in ("Veilig", "Schoon"):
        row = matrix.get_by_role("group", name=name, exact=True)
        expect(row.get_by_role("radio")).to_have_count(3)


def test_every_type_is_sound_empty_and_with_errors(page, survey_url, assert_sound, complaints):
    widths = {"small": SMALL, **WIDTHS}
    page.goto(survey_url)
    assert_sound(page, widths=widths, reload=has_map(page))
    page.get_by_label("Hoe ver loopt u?").fill("veel")
    page.get_by_role("group", name="Hoe komt u er?").get_by_label(
        "Anders, namelijk", exact=True
    ).check()
    send(page)
    page.get_by_role("alert").first.wait_for()
    complaints.clear()  # Chromium reports the status 422 as an error
    assert_sound(page, widths=widths)


def test_results_of_every_type_in_the_admin(
    page, live_server, assert_accessible, browser_login, administrator, survey
):
    make.respond(survey, count=3, **{kinds.NPS: {"number": 9}, kinds.SAFE: {"option_id": "k-goed"}})
    browser_login(administrator)
    page.goto(f"{live_server.url}/beheer/enquetes/{survey.pk}/resultaten/")
    assert_accessible(page, context="main")
