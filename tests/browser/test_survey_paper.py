"""Entering paper by keyboard alone."""

import pytest
from playwright.sync_api import expect

from surveys.models import Response
from tests.browser.conftest import settled
from tests.factories import survey_types as kinds
from tests.factories import surveys as make


@pytest.fixture
def survey(north):
    questions = [*make.all_questions(), kinds.matrix(), kinds.ranking(), kinds.nps(), kinds.email()]
    return make.SurveyPageFactory(parent=north, questions=questions)


def test_three_forms_by_keyboard(
    page, live_server, survey, area_manager, browser_login, assert_sound, complaints
):
    page.goto(live_server.url + survey.url)
    expect(page.get_by_text("Liever op papier?")).to_be_visible()
    browser_login(area_manager)
    page.goto(f"{live_server.url}/beheer/enquetes/{survey.pk}/papier/")
    assert_sound(page)
    page.get_by_role("button", name="Begin met invoeren").click()
    keys = page.keyboard
    first = page.get_by_role("radio", name="Met de fiets")
    expect(first).to_be_focused()
    assert_sound(page)
    for number, travel in enumerate("abc", start=1):
        expect(first).to_be_focused()
        settled(page)
        keys.press(travel)
        keys.press("Enter")
        keys.press("a")
        keys.press("c")
        keys.press("Enter")
        keys.press("4")
        keys.press("Enter")
        keys.type("J9")
        keys.press("Enter")
        keys.type("Kerkweg")
        keys.press("F2")
        keys.press("Enter")
        keys.type("Meer groen")
        keys.press("Tab")
        keys.press("3")
        keys.press("Enter")
        keys.press("2")
        keys.press("Enter")
        for place in "213":
            keys.type(place)
            keys.press("Tab")
        keys.press("x")
        keys.press("Enter")
        if number == 2:
            keys.type("geen adres")
            keys.press("Control+Enter")
            expect(page.locator("#fouten")).to_be_focused()
            expect(page.locator("#fouten")).to_contain_text("Dit is geen e-mailadres.")
            assert_sound(page)
            page.locator("#fouten a").press("Enter")
            keys.press("Tab")
            keys.press("Control+A")
            keys.type("bewoner@example.nl")
        keys.press("Control+Enter")
        expect(page.locator(".gp-paper-count")).to_have_text(str(number))
        expect(page.get_by_text(f"Bewaard als nummer {number}.")).to_be_visible()
    assert_sound(page)
    chosen = set()
    for response in Response.objects.prefetch_related("answers"):
        given = {answer.question_id: answer for answer in response.answers.all()}
        chosen.add(given[make.ONE].option_id)
        assert given[make.SCALE].number == 4
        assert given[make.SHORT].text == "Kerkweg"
        assert given[make.LONG].text == "Meer groen"
        assert given[make.POINT].point is not None
        assert given[kinds.SAFE].option_id == "k-goed"
        assert given[kinds.CLEAN].option_id == "k-matig"
        assert given[kinds.NPS].number == 10
    assert chosen == {make.BIKE, make.WALK, make.BUS}
    page.get_by_role("link", name="Herstel of haal weg (3)").click()
    expect(page.get_by_role("radio", name="Met de bus")).to_be_checked()
    assert_sound(page)
    page.get_by_label("Waarom?").fill("Dubbel")
    page.get_by_role("button", name="Haal dit formulier weg").click()
    expect(page.locator(".gp-paper-count")).to_have_text("2")
    complaints[:] = [line for line in complaints if "status of 422" not in line]
