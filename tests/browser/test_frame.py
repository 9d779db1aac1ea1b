"""The frame of every page in a real browser: menu, style guide, error pages, widths and schemes."""

import re

import pytest
from django.urls import path
from playwright.sync_api import expect

from cms.styleguide import styleguide
from participation import urls as site_urls
from tests.browser.conftest import WIDTHS

handler404 = site_urls.handler404
urlpatterns = [path("stijlgids/", styleguide), *site_urls.urlpatterns]


@pytest.fixture
def styleguide_page(settings):
    """The style guide has an address in DEBUG only, so this module serves as the URL module."""
    settings.ROOT_URLCONF = __name__


def overflow(page) -> int:
    return page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )


def test_menu_on_a_phone_opens_by_keyboard_and_gives_the_focus_back(page, live_server, home):
    page.set_viewport_size(WIDTHS["phone"])
    page.goto(live_server.url)
    menu = page.get_by_role("navigation", name="Hoofdmenu")
    expect(menu).to_be_hidden()

    opener = page.get_by_role("button", name="Menu", exact=True)
    opener.focus()
    page.keyboard.press("Enter")
    expect(menu.get_by_role("link", name="Kaart")).to_be_visible()
    expect(page.get_by_role("searchbox", name="Zoek op deze website")).to_be_visible()

    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    expect(opener).to_be_focused()


def test_menu_on_a_phone_works_without_script(browser, live_server, home):
    context = browser.new_context(viewport=WIDTHS["phone"], java_script_enabled=False)
    page = context.new_page()
    page.goto(live_server.url)
    page.get_by_role("button", name="Menu", exact=True).click()
    page.get_by_role("navigation", name="Hoofdmenu").get_by_role("link", name="Kaart").click()
    expect(page).to_have_url(f"{live_server.url}/kaart/")
    context.close()


def test_menu_on_a_wide_screen_needs_no_button(page, live_server, home):
    page.goto(live_server.url)
    expect(page.get_by_role("navigation", name="Hoofdmenu")).to_be_visible()
    expect(page.get_by_role("button", name="Menu", exact=True)).to_be_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 640, 1280])
def test_every_component_is_accessible_and_fits(
    page, live_server, home, styleguide_page, assert_accessible, width, scheme
):
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{live_server.url}/stijlgids/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Spoorzone Hoofddorp")
    assert_accessible(page)
    assert overflow(page) == 0


def test_form_with_errors_takes_the_focus_and_leads_to_the_field(
    page, live_server, home, styleguide_page
):
    page.goto(f"{live_server.url}/stijlgids/")
    summary = page.get_by_role("alert").filter(has_text="Er gaat nog iets niet goed")
    expect(summary).to_be_focused()

    summary.get_by_role("link", name="Uw e-mailadres").click()
    field = page.get_by_label("Uw e-mailadres").nth(1)
    expect(field).to_be_focused()
    expect(field).to_have_value("jansen")
    expect(field).to_have_accessible_description(
        re.compile("^Wij sturen u alleen.*geldig e-mailadres")
    )


def test_missing_page_helps_on(page, live_server, home, complaints, assert_accessible):
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(f"{live_server.url}/bestaat-niet/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Deze pagina bestaat niet")
    assert_accessible(page)
    assert overflow(page) == 0
    page.get_by_role("main").get_by_role("searchbox").fill("fietspad")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{live_server.url}/zoeken/?q=fietspad")
    complaints.clear()  # the browser reports the 404 itself


def test_print_button_prints(page, live_server, home, styleguide_page):
    page.add_init_script("window.print = () => { document.title = 'printed' }")
    page.goto(f"{live_server.url}/stijlgids/")
    page.get_by_role("button", name="Print deze pagina").click()
    expect(page).to_have_title("printed")
