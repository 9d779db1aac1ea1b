"""Coming in along a link: with a code, on a tablet, and the screens on which an editor makes it."""

import pytest
from playwright.sync_api import expect

from surveys.collecting import letters
from surveys.collecting.services import make_codes
from surveys.models import AccessCode, Response
from tests.browser.conftest import WIDTHS, fits
from tests.factories import surveys as make
from tests.surveys.test_collectors import address, collector_of

SEND = "Verstuur uw antwoorden"


@pytest.fixture
def survey(north):
    return make.SurveyPageFactory(parent=north)


def test_a_code_by_keyboard_on_a_phone(page, live_server, survey, assert_accessible, complaints):
    collector = collector_of(survey, access="code")
    make_codes(collector=collector, secret="5a" * 32, count=5)
    code = letters.batch_codes("5a" * 32, 1)[0]
    page.set_viewport_size(WIDTHS["phone"])
    page.goto(live_server.url + address(collector))
    assert_accessible(page)
    assert fits(page)
    page.get_by_label("Uw code").fill(code[:-1])
    page.keyboard.press("Enter")
    expect(page.get_by_text("Er zit een typefout in deze code.")).to_be_visible()
    assert_accessible(page)
    page.get_by_label("Uw code").fill(code.lower())
    page.keyboard.press("Enter")
    page.get_by_label("Met de fiets").check()
    AccessCode.objects.all().delete()  # somebody else in the house was before
    page.get_by_role("button", name=SEND).click()
    expect(page.locator(".gp-survey-news")).to_be_focused()
    expect(page.get_by_label("Met de fiets")).to_be_checked()
    assert_accessible(page)
    assert fits(page)
    collector.is_active = False
    collector.save()
    page.get_by_role("button", name=SEND).click()
    expect(page.get_by_text("Deze link is gesloten")).to_be_visible()
    expect(page.get_by_text("Met de fiets")).to_be_visible()
    assert_accessible(page)
    complaints[:] = [line for line in complaints if "status of 4" not in line]


def test_a_tablet_begins_anew(page, live_server, survey, assert_accessible):
    tablet = collector_of(survey, name="Markt", is_kiosk=True)
    start = live_server.url + address(tablet, "survey_kiosk")
    page.clock.install()
    page.goto(start)
    assert_accessible(page)
    page.get_by_role("link", name="Begin").click()
    page.get_by_label("Lopend").check()
    page.get_by_label("In welke straat woont u?").fill("Kerkweg")
    assert_accessible(page)
    # Somebody is there still.
    page.clock.run_for(91_000)
    stay = page.get_by_role("button", name="Ja, ik ga verder")
    expect(stay).to_be_focused()
    assert_accessible(page)
    page.keyboard.press("Enter")
    expect(stay).to_be_hidden()
    expect(page.get_by_label("Lopend")).to_be_checked()
    # And then nobody is.
    page.clock.run_for(91_000)
    expect(stay).to_be_visible()
    page.clock.run_for(31_000)
    page.wait_for_url(start)
    page.go_back()
    expect(page.get_by_text("Kerkweg")).to_have_count(0)
    page.goto(start)
    page.get_by_role("link", name="Begin").click()
    expect(page.get_by_label("Lopend")).not_to_be_checked()
    expect(page.get_by_label("In welke straat woont u?")).to_have_value("")
    page.get_by_label("Met de fiets").check()
    page.get_by_label("In welke straat woont u?").fill("Dorpsstraat")
    page.get_by_role("button", name=SEND).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bedankt voor uw antwoorden")
    assert_accessible(page)
    assert Response.objects.get().source == "zuil"
    page.clock.run_for(21_000)
    page.wait_for_url(start)
    page.go_back()
    expect(page.get_by_label("In welke straat woont u?")).not_to_have_value("Dorpsstraat")
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_screens_of_the_editor(
    page, browser_login, live_server, survey, area_manager, assert_accessible
):
    collector = collector_of(survey, access="code")
    invited = collector_of(survey, name="Panel", access="uitnodiging", reminder_days=7)
    make_codes(collector=collector, secret="5a" * 32, count=5)
    browser_login(area_manager)
    base = f"{live_server.url}/beheer/enquetes/{survey.pk}/ingangen/"
    for width in WIDTHS.values():
        page.set_viewport_size(width)
        for where in ("", "nieuw/", f"{collector.pk}/codes/", f"{invited.pk}/uitnodigingen/"):
            page.goto(base + where)
            assert_accessible(page, context="main")
    page.goto(f"{base}nieuw/")
    letter, subject = page.get_by_label("Tekst van de brief"), page.get_by_label("Onderwerp")
    page.get_by_label("Ook op een tablet die iedereen gebruikt").check()
    page.get_by_label("Een uitnodiging per e-mail").check()
    expect(subject).to_be_visible()
    expect(letter).to_be_hidden()
    assert_accessible(page, context="main")
    page.get_by_label("Naam").fill("Winkels")
    page.get_by_role("button", name="Bewaren").click()  # and the tablet is not in the way
    copy = page.get_by_role("button", name="Kopieer Link: Winkels")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    copy.click()
    expect(page.get_by_text("De link is gekopieerd.")).to_be_visible()
    page.goto(f"{base}{collector.pk}/codes/")
    page.get_by_label("Hoeveel codes?").fill("10")
    page.get_by_role("button", name="Maak de codes").click()
    expect(page.get_by_text("10 codes zijn klaar")).to_be_visible()
    assert_accessible(page, context="main")
    with page.expect_download() as download:
        page.get_by_role("button", name="Brieven 1 tot en met 10 (PDF)").click()
    assert download.value.suggested_filename.endswith(".pdf")
