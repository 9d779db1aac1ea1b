"""The code after answering: shown, copied, and used by keyboard and without JavaScript."""

import re

import pytest

from surveys.models import Answer, Response, ResponseMark
from tests.browser.conftest import WIDTHS, fits
from tests.factories import surveys as make

CODE = re.compile(r"[0-9A-Z]{4}(-[0-9A-Z]{4}){3}")


@pytest.fixture
def survey(north):
    return make.SurveyPageFactory(parent=north)


def test_from_sending_to_withdrawing(
    page, context, live_server, survey, assert_accessible, complaints
):
    def look(name):
        for size in WIDTHS.values():
            page.set_viewport_size(size)
            assert_accessible(page)
            assert fits(page)

    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(live_server.url + survey.url)
    page.get_by_label("Met de fiets").check()
    page.get_by_label("In welke straat woont u?").fill("Dorpsstraat")
    page.wait_for_timeout(3_500)  # nobody is quicker
    page.get_by_role("button", name="Verstuur uw antwoorden").press("Enter")
    page.wait_for_url("**/bedankt/")
    look("thanks")
    code = page.locator("[data-receipt-code]").inner_text()
    assert CODE.fullmatch(code)
    page.get_by_role("button", name="Kopieer de code").press("Enter")
    page.get_by_text("De code is gekopieerd.").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == code
    # The puzzle was solved on the way and nothing was odd.
    assert not ResponseMark.objects.exists()
    assert page.context.cookies()[0]["name"] == "csrftoken"
    assert len(page.context.cookies()) == 1

    page.goto(live_server.url + survey.url)
    page.get_by_role("link", name="Hebt u al geantwoord?").press("Enter")
    look("enter")
    page.get_by_label("Uw code").fill("kapot")
    page.get_by_role("button", name="Bekijk uw antwoorden").click()
    page.get_by_role("alert").wait_for()
    complaints.clear()  # Chromium reports the status 422 as an error
    look("wrong")
    page.get_by_label("Uw code").fill(code.lower().replace("-", " "))
    page.get_by_label("Uw code").press("Enter")
    page.get_by_text("Wij hebben uw antwoorden").wait_for()
    page.get_by_text("Dit hebt u geantwoord").click()
    look("receipt")
    page.get_by_role("button", name="Verander uw antwoorden").press("Enter")
    page.get_by_text("U verandert uw antwoorden").wait_for()
    assert page.get_by_label("In welke straat woont u?").input_value() == "Dorpsstraat"
    look("change")
    page.get_by_label("Lopend").check()
    page.get_by_role("button", name="Verstuur uw antwoorden").click()
    page.get_by_role("heading", name="Uw antwoorden zijn veranderd").wait_for()
    look("changed")
    assert Answer.objects.get(question_id=make.ONE).option_id == make.WALK

    page.goto(live_server.url + "/enquetes/ontvangst/")
    page.get_by_label("Uw code").fill(code)
    page.get_by_label("Uw code").press("Enter")
    page.get_by_role("button", name="Trek uw antwoorden in").press("Enter")
    page.get_by_role("heading", name="Wilt u uw antwoorden intrekken?").wait_for()
    look("sure")
    page.get_by_role("button", name="Ja, wis mijn antwoorden").press("Enter")
    page.get_by_role("heading", name="Uw antwoorden zijn ingetrokken").wait_for()
    look("withdrawn")
    assert not Response.objects.exists()


def test_without_javascript_on_a_phone(browser, live_server, survey):
    context = browser.new_context(java_script_enabled=False, viewport=WIDTHS["phone"])
    page = context.new_page()
    page.goto(live_server.url + survey.url)
    page.get_by_label("Met de fiets").check()
    page.get_by_role("button", name="Verstuur uw antwoorden").click()
    code = page.locator("[data-receipt-code]").inner_text()
    assert not page.get_by_role("button", name="Kopieer de code").is_visible()
    page.goto(live_server.url + "/enquetes/ontvangst/")
    page.get_by_label("Uw code").fill(code)
    page.get_by_role("button", name="Bekijk uw antwoorden").click()
    page.get_by_role("button", name="Verander uw antwoorden").click()
    page.get_by_label("Met de bus").check()
    page.get_by_role("button", name="Verstuur uw antwoorden").click()
    page.get_by_role("heading", name="Uw antwoorden zijn veranderd").wait_for()
    assert Answer.objects.get(question_id=make.ONE).option_id == make.BUS
    context.close()


def test_marked_responses_in_the_admin(
    page, live_server, browser_login, area_manager, survey, assert_accessible
):
    responses = make.respond(survey, count=3)
    ResponseMark.objects.bulk_create(
        ResponseMark(response=response, kind=kind)
        for response in responses
        for kind in ("snel", "golf")
    )
    browser_login(area_manager)
    page.goto(f"{live_server.url}/beheer/enquetes/{survey.pk}/resultaten/")
    page.get_by_role("link", name="Bekijk en besluit").click()
    page.get_by_label("Inzending van").first.check()
    page.get_by_label("Telt niet mee").check()
    page.get_by_label("Waarom?").fill("Binnen een seconde ingevuld.")
    for size in WIDTHS.values():
        page.set_viewport_size(size)
        assert_accessible(page)
    page.get_by_role("button", name="Leg het besluit vast").click()
    page.get_by_text("Het besluit over 1 inzending staat op de lijst.").wait_for()
    assert Response.objects.filter(verdict=False).count() == 1
