"""The frame of every page in a real browser: menu, style guide, error pages, widths and schemes."""

import re
import time

import pytest
from django.urls import path
from playwright.sync_api import expect

from cms.styleguide import styleguide
from participation import urls as site_urls
from tests.browser.conftest import OVERFLOW, SCHEMES, WIDTHS, has_map

handler404 = site_urls.handler404
urlpatterns = [path("stijlgids/", styleguide), *site_urls.urlpatterns]


@pytest.fixture
def styleguide_page(settings):
    """The style guide has an address in DEBUG only, so this module serves as the URL module."""
    settings.ROOT_URLCONF = __name__


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


def test_every_component_is_sound(page, live_server, home, styleguide_page, assert_sound):
    page.goto(f"{live_server.url}/stijlgids/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Spoorzone Hoofddorp")
    widths = {f"{width} px": {"width": width, "height": 900} for width in (320, 640, 1280)}
    assert_sound(page, schemes=SCHEMES, widths=widths, reload=has_map(page))


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
    assert page.evaluate(OVERFLOW) <= 0
    page.get_by_role("main").get_by_role("searchbox").fill("fietspad")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{live_server.url}/zoeken/?q=fietspad")
    complaints.clear()  # the browser reports the 404 itself


def test_print_button_prints(page, live_server, home, styleguide_page):
    page.add_init_script("window.print = () => { document.title = 'printed' }")
    page.goto(f"{live_server.url}/stijlgids/")
    page.get_by_role("button", name="Print deze pagina").click()
    expect(page).to_have_title("printed")


#: What is wrong on a page, and where the check of tests/browser/conftest.py has to say so.
FAULTS = {
    "at phone, light sticks out": "img { display: none } p { width: 600px }",
    "at desktop, light sticks out": """img { display: none }
        @media (min-width: 1000px) { p { width: 3000px } }""",
    "at phone, light: (?s:.*)image-alt": "@media (min-width: 1000px) { img { display: none } }",
    "at desktop, light: (?s:.*)image-alt": "@media (max-width: 999px) { img { display: none } }",
    "at desktop, dark: (?s:.*)color-contrast": """img { display: none }
        @media (min-width: 1000px) and (prefers-color-scheme: dark) { p { color: #eee } }""",
}
LATE = """fetch("/picture").then((answer) => answer.text()).then((picture) => {
  document.querySelector("p").innerHTML += picture;
});"""


def test_check_of_a_sound_page_finds_what_is_wrong_at_each_width(page, assert_sound):
    """Also what comes in late, and what is wrong in one width or scheme only."""
    picture = '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" width="99" height="99">'
    head = '<!DOCTYPE html><html lang="nl"><title>Proef</title>'
    body = "<main><h1>Proef</h1><p>Woorden</p></main>"

    def serve(route):
        if route.request.url.endswith("/picture"):
            time.sleep(0.3)  # later than the page itself stands
            route.fulfill(body=picture, content_type="text/html")
            return
        html = f"{head}<style>{fault['css']}</style>{body}{fault['script']}"
        route.fulfill(body=html, content_type="text/html")

    page.route("http://127.0.0.1/**", serve)
    fault = {"css": "", "script": ""}
    page.goto("http://127.0.0.1/")
    assert_sound(page, schemes=SCHEMES)
    for where, css in FAULTS.items():
        fault = {"css": css, "script": f"<script>{LATE}</script>"}
        page.goto("http://127.0.0.1/")
        with pytest.raises(AssertionError, match=where):
            assert_sound(page, schemes=SCHEMES)
        page.set_viewport_size(WIDTHS["phone"])
        page.emulate_media(color_scheme="light")
