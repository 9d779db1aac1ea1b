"""Screens of the editor of a survey: wrong addresses, the outcome by theme, the preview."""

from playwright.sync_api import expect

from tests.browser.conftest import settled
from tests.factories import surveys as make
from tests.surveys.test_collectors import collector_of


def test_screens_of_the_editor(page, live_server, browser_login, area_manager, north, assert_sound):
    browser_login(area_manager)
    survey = make.SurveyPageFactory(parent=north)
    panel = collector_of(survey, name="Panel", access="uitnodiging")
    page.goto(f"{live_server.url}/beheer/enquetes/{survey.pk}/ingangen/{panel.pk}/uitnodigingen/")
    typed = "jan@voorbeeld\nanna@example.nl, een@@twee.nl"
    page.get_by_label("E-mailadressen").fill(typed)
    page.get_by_role("button", name="Nodig deze mensen uit").click()
    expect(
        page.get_by_text("Deze adressen kloppen niet: jan@voorbeeld, een@@twee.nl")
    ).to_be_visible()
    expect(page.get_by_label("E-mailadressen")).to_have_value(typed)
    assert_sound(page, "main")

    page.goto(f"{live_server.url}/beheer/pages/{survey.pk}/edit/")
    settled(page)
    theme = page.locator("[data-contentpath=outcome_per_theme]")
    theme.scroll_into_view_if_needed()
    theme.get_by_role("button", name="Invoegen").first.click()
    expect(theme.get_by_text("nemen we het over")).to_be_visible()
    assert_sound(page, "[data-contentpath=outcome_per_theme]")
    page.set_viewport_size({"width": 1280, "height": 900})
    page.get_by_role("button", name="Voorvertoning").click()
    frame = page.frame_locator("iframe[title='Voorvertoning']")
    expect(frame.get_by_role("heading", level=1)).to_have_text(survey.title)
    page.screenshot(path="/tmp/rest4/shots/preview.png")
