"""Screens of the editor of a survey: the preview, wrong addresses, the outcome by theme."""

from playwright.sync_api import expect

from tests.browser.conftest import WIDTHS, settled
from tests.factories import surveys as make
from tests.surveys.test_collectors import collector_of


def test_screens_of_the_editor(
    page, live_server, browser_login, area_manager, north, assert_sound, complaints
):
    browser_login(area_manager)
    survey = make.SurveyPageFactory(parent=north)
    panel = collector_of(survey, name="Panel", access="uitnodiging")
    page.goto(f"{live_server.url}/beheer/enquetes/{survey.pk}/ingangen/{panel.pk}/uitnodigingen/")
    typed = "jan@voorbeeld\nanna@example.nl, een@@twee.nl"
    page.get_by_label("E-mailadressen").fill(typed)
    page.get_by_role("button", name="Nodig deze mensen uit").click()
    told = page.get_by_text("Deze adressen kloppen niet: jan@voorbeeld, een@@twee.nl")
    expect(told).to_be_visible()
    expect(page.get_by_label("E-mailadressen")).to_have_value(typed)
    assert_sound(page, "main")

    page.set_viewport_size(WIDTHS["desktop"])
    page.goto(f"{live_server.url}/beheer/pages/{survey.pk}/edit/")
    settled(page)
    page.get_by_role("button", name="Voorvertoning").click()
    preview = page.frame_locator("iframe[title='Voorvertoning']").first
    expect(preview.get_by_role("heading", level=1)).to_have_text(survey.title)
    expect(preview.get_by_text("Dit is een voorbeeld. Versturen kan hier niet.")).to_be_attached()
    page.get_by_role("button", name="Voorvertoning").click()

    theme = page.locator("[data-contentpath=outcome_per_theme]")
    theme.get_by_role("button", name="Invoegen").first.click()
    expect(theme.get_by_text("nemen we het over")).to_be_visible()
    assert_sound(page, "[data-contentpath=outcome_per_theme]")
    complaints[:] = [line for line in complaints if "status of 4" not in line]
