"""The public map in a real browser: keyboard, groups, layers, list, failures and no script."""

import json
import re

import pytest
from django.contrib.gis.geos import LineString, Point
from django.utils import translation
from django.utils.translation import gettext
from playwright.sync_api import expect

from tests.browser.conftest import SCHEMES, WIDTHS
from tests.factories import pages as make

MARKER = ".gp-marker"


@pytest.fixture
def agenda(north):
    return make.AgendaPageFactory(parent=north)


@pytest.fixture
def item(agenda):
    """An agenda item at a spot of its own."""
    return make.AgendaItemPageFactory(
        parent=agenda,
        title="Zebrapad bij de school",
        geometry=Point(4.784, 52.339, srid=4326),
        place_name="Schoolstraat, Badhoevedorp",
    )


@pytest.fixture
def open_map(page, live_server):
    """Opens the map page and waits until its layers are there."""

    def open_it(query="?laag=agenda"):
        with page.expect_response(re.compile(r"/kaart/lagen/agenda\.geojson")):
            page.goto(f"{live_server.url}/kaart/{query}")
        return page.locator("#grotekaart")

    return open_it


def marker(page, name):
    return page.get_by_role("button", name=name, exact=True)


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_marker_opens_by_keyboard_and_gives_the_focus_back(page, open_map, item, key):
    open_map()
    spot = marker(page, f"Agendapunt: {item.title}")
    spot.focus()
    page.keyboard.press(key)

    popup = page.get_by_role("dialog", name=item.title)
    expect(popup).to_be_focused()
    expect(popup.get_by_role("heading")).to_have_text(item.title)
    expect(popup).to_contain_text("Schoolstraat, Badhoevedorp · Gestart")
    expect(popup.get_by_role("link", name=item.title)).to_have_attribute("href", item.url)

    page.keyboard.press("Escape")
    expect(popup).to_have_count(0)
    expect(spot).to_be_focused()


def test_popup_closes_with_its_button(page, open_map, item):
    open_map()
    marker(page, f"Agendapunt: {item.title}").click()
    page.get_by_role("button", name="Sluiten").click()
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_line_is_reached_by_keyboard_too(page, open_map, agenda):
    line = LineString((4.76, 52.32), (4.78, 52.33), (4.80, 52.33), srid=4326)
    make.AgendaItemPageFactory(parent=agenda, title="Fietspad langs de Ringvaart", geometry=line)
    open_map()
    marker(page, "Agendapunt: Fietspad langs de Ringvaart").press("Enter")
    expect(page.get_by_role("dialog", name="Fietspad langs de Ringvaart")).to_be_focused()


def test_items_at_one_spot_open_as_a_list(page, open_map, agenda):
    for number in range(3):
        make.AgendaItemPageFactory(
            parent=agenda, title=f"Bankje {number}", geometry=Point(4.784, 52.339, srid=4326)
        )
    open_map()
    marker(page, "3 plekken bij elkaar").press("Enter")
    popup = page.get_by_role("dialog", name="3 plekken op deze plek")
    assert popup.get_by_role("link").all_text_contents() == ["Bankje 0", "Bankje 1", "Bankje 2"]


def test_group_falls_apart_on_zooming_in_and_keeps_the_focus(page, open_map, agenda):
    for number in range(2):
        make.AgendaItemPageFactory(
            parent=agenda,
            title=f"Bankje {number}",
            geometry=Point(4.784 + number * 0.003, 52.339, srid=4326),
        )
    open_map()
    marker(page, "2 plekken bij elkaar").press("Enter")
    expect(marker(page, "Agendapunt: Bankje 0")).to_be_focused()
    expect(marker(page, "Agendapunt: Bankje 1")).to_be_visible()


def test_thousands_of_features_become_a_handful_of_groups(page, open_map, live_server):
    features = [
        {
            "type": "Feature",
            "id": number,
            "geometry": {
                "type": "Point",
                "coordinates": [4.56 + (number % 71) * 0.0038, 52.21 + (number // 71) * 0.0029],
            },
            "properties": {"title": f"Plek {number}", "url": f"/plek-{number}/"},
        }
        for number in range(5000)
    ]
    body = json.dumps({"type": "FeatureCollection", "features": features})
    page.route("**/kaart/lagen/agenda.geojson*", lambda route: route.fulfill(body=body))
    open_map()
    expect(page.locator(MARKER).first).to_be_visible()
    assert 5 < page.locator(MARKER).count() < 300
    counts = page.locator(f"{MARKER} .gp-symbol--group").all_text_contents()
    alone = page.locator(MARKER).count() - len(counts)
    assert sum(map(int, counts)) + alone == 5000


def test_checkbox_switches_a_layer_and_the_list_without_loading_the_page(
    page, open_map, item, live_server
):
    place = make.PlaceFactory(name="Lijnden", slug="lijnden", geometry=Point(4.79, 52.37))
    open_map("?laag=agenda&gebied=haarlemmermeer-noord")
    page.evaluate("window.sameDocument = true")
    listed = page.locator("#kaartlijst")
    expect(listed.get_by_role("link", name=item.title)).to_be_visible()

    page.get_by_label("Dorpen en wijken").check()
    expect(marker(page, f"Dorp of wijk: {place.name}")).to_be_visible()
    expect(listed.get_by_role("link", name=place.name)).to_be_visible()

    page.get_by_label("Agendapunten").uncheck()
    expect(marker(page, f"Agendapunt: {item.title}")).to_have_count(0)
    expect(listed.get_by_role("link", name=item.title)).to_have_count(0)
    expect(page.locator(".gp-map__status")).to_contain_text("1 resultaat")
    assert page.url.endswith("/kaart/?gebied=haarlemmermeer-noord&laag=plaatsen")
    assert page.evaluate("window.sameDocument")

    page.reload()
    expect(marker(page, f"Dorp of wijk: {place.name}")).to_be_visible()


def test_no_layer_at_all_says_what_to_do(page, open_map, item):
    open_map()
    page.get_by_label("Agendapunten").uncheck()
    expect(page.locator("#kaartlijst")).to_have_text(
        "Vink ten minste één soort aan om iets te zien."
    )
    page.get_by_label("Agendapunten").check()
    expect(page.locator("#kaartlijst").get_by_role("link", name=item.title)).to_be_visible()


def test_layer_that_fails_says_so_and_comes_back(page, open_map, item, complaints):
    page.route("**/kaart/lagen/gebieden.geojson*", lambda route: route.fulfill(status=500))
    open_map("?laag=agenda&laag=gebieden")
    status = page.get_by_role("status").filter(has_text="Gebieden")
    expect(status).to_contain_text("De laag “Gebieden” kon niet worden geladen.")
    expect(marker(page, f"Agendapunt: {item.title}")).to_be_visible()

    page.unroute("**/kaart/lagen/gebieden.geojson*")
    page.get_by_role("button", name="Opnieuw proberen").click()
    expect(marker(page, "Gebied: Haarlemmermeer-West")).to_be_visible()
    expect(page.get_by_role("button", name="Opnieuw proberen")).to_have_count(0)
    complaints.clear()


def test_list_lights_up_the_map_and_sends_it_there(page, open_map, item, agenda):
    make.AgendaItemPageFactory(
        parent=agenda, title="Lantaarns", geometry=Point(4.82, 52.38, srid=4326)
    )
    open_map()
    spot = marker(page, f"Agendapunt: {item.title}")
    expect(spot).to_be_visible()
    page.locator("#kaartlijst").get_by_role("link", name=item.title).focus()
    expect(spot).to_have_class(re.compile(r"\bis-active\b"))
    page.locator("#kaartlijst").get_by_role("link", name="Lantaarns").focus()
    expect(spot).not_to_have_class(re.compile(r"\bis-active\b"))

    shown = page.locator("#kaartlijst li").filter(has_text=item.title)
    shown.get_by_role("button", name="Toon op de kaart").click()
    heading = page.get_by_role("dialog").get_by_role("heading")
    expect(heading).to_have_text(item.title)


def test_areas_are_named_and_open_by_keyboard_on_the_home_page(page, live_server, areas):
    page.goto(live_server.url)
    for area in areas.values():
        expect(marker(page, f"Gebied: {area.title}")).to_be_visible()
    marker(page, "Gebied: Nieuw-Vennep").press("Enter")
    link = page.get_by_role("dialog", name="Nieuw-Vennep").get_by_role("link")
    link.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Nieuw-Vennep")


def test_outline_opens_with_the_mouse(page, live_server, areas):
    page.goto(live_server.url)
    label = marker(page, "Gebied: Nieuw-Vennep")
    label.scroll_into_view_if_needed()
    box = label.bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] - 15)
    expect(page.get_by_role("dialog", name="Nieuw-Vennep")).to_be_visible()


def test_controls_have_names_and_work(page, open_map, item):
    frame = open_map()
    spot = marker(page, f"Agendapunt: {item.title}")
    before = spot.bounding_box()
    page.get_by_role("button", name="Kaart naar rechts schuiven").click()
    page.wait_for_function(
        "([x, name]) => document.querySelector(`[aria-label='${name}']`)"
        ".getBoundingClientRect().x < x - 100",
        arg=[before["x"], f"Agendapunt: {item.title}"],
    )
    for name in ("Inzoomen", "Uitzoomen", "Kaart naar boven schuiven"):
        expect(frame.get_by_role("button", name=name)).to_be_visible()


#: A turn of the wheel near the corner of the map, with Ctrl held down. Sent as an event: a real
#: turn that soon after another one still belongs to that scroll, wherever the pointer is.
CTRL_WHEEL = """(map) => {
    const { left, top } = map.getBoundingClientRect();
    map.dispatchEvent(new WheelEvent("wheel", {
        deltaY: -400, ctrlKey: true, bubbles: true, cancelable: true,
        clientX: left + 60, clientY: top + 60,
    }));
}"""


def test_wheel_scrolls_the_page_until_the_map_has_the_focus(page, open_map, item):
    frame = open_map()
    frame.scroll_into_view_if_needed()
    spot = marker(page, f"Agendapunt: {item.title}")
    expect(spot).to_be_visible()
    box = frame.bounding_box()
    page.mouse.move(box["x"] + 60, box["y"] + 60)
    hint = frame.get_by_text("Houd Ctrl ingedrukt")
    hint.evaluate(
        """(node) => {
            window.hinted = new Promise((resolve) => {
                new MutationObserver(() => resolve(node.className)).observe(
                    node, {attributes: true}
                );
            });
        }"""
    )
    page.mouse.wheel(0, 40)
    assert "is-shown" in page.evaluate("window.hinted")
    expect(spot).to_be_visible()

    for _ in range(30):  # one turn may not reach far enough on a busy machine
        if spot.count() == 0:
            break
        frame.evaluate(CTRL_WHEEL)
        page.wait_for_timeout(300)
    expect(spot).to_have_count(0)  # zoomed in on the corner, away from the marker


def test_map_can_be_skipped(page, open_map, item):
    open_map()
    page.get_by_role("link", name="Kaart overslaan").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    inside = "document.querySelector('#grotekaart').contains(document.activeElement)"
    assert not page.evaluate(inside)


def test_click_on_the_map_finds_my_area(page, live_server, areas):
    page.goto(f"{live_server.url}/mijn-gebied/")
    label = marker(page, "Gebied: Hoofddorp-Centrum")
    label.scroll_into_view_if_needed()
    box = label.bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] - 12)
    expect(page.get_by_role("heading", name="Dit ligt in Hoofddorp-Centrum")).to_be_visible()


def test_enter_on_the_map_finds_my_area(page, live_server, areas):
    page.goto(f"{live_server.url}/mijn-gebied/")
    frame = page.locator("#kieskaart")
    frame.focus()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=re.compile("^Dit ligt in "))).to_be_visible()


def test_tiles_show_when_they_are_on(page, open_map, item, settings, grey_tiles):
    settings.TILES = {**settings.TILES, "enabled": True}
    frame = open_map()
    expect(frame.locator("img.leaflet-tile-loaded").first).to_be_visible()
    expect(frame).to_contain_text("Kaartgegevens © Kadaster")


def test_tiles_that_cannot_be_reached_leave_a_working_map(
    page, open_map, item, settings, complaints
):
    settings.TILES = {**settings.TILES, "enabled": True}
    frame = open_map()
    expect(page.locator(".gp-map__status")).to_contain_text(
        "De achtergrondkaart is nu niet te zien. De plekken staan er wel op."
    )
    expect(frame.locator("img.leaflet-tile")).to_have_count(0)
    marker(page, f"Agendapunt: {item.title}").press("Enter")
    expect(page.get_by_role("dialog", name=item.title)).to_be_visible()
    assert all("https://service.pdok.nl/" in complaint for complaint in complaints)
    complaints.clear()


def test_without_script_the_list_stands_alone(browser, live_server, item):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_server.url}/kaart/?laag=agenda")
    expect(page.get_by_role("link", name=item.title)).to_be_visible()
    expect(page.locator("#grotekaart")).to_be_hidden()
    expect(page.get_by_role("button", name="Toon op de kaart")).to_have_count(0)
    expect(page.get_by_role("link", name="Kaart overslaan")).to_be_hidden()
    context.close()


def test_controls_speak_the_language_of_the_page(page, live_server, item):
    page.goto(f"{live_server.url}/en/kaart/?laag=agenda")
    assert page.locator("html").get_attribute("lang") == "en"
    with translation.override("en"):
        name = gettext("Inzoomen")
    expect(page.locator("#grotekaart").get_by_role("button", name=name)).to_be_visible()


def test_printed_page_has_no_map(page, open_map, item):
    open_map()
    page.emulate_media(media="print")
    expect(page.locator("#grotekaart")).to_be_hidden()


@pytest.mark.parametrize("width", WIDTHS)
def test_map_with_popup_is_accessible(page, open_map, item, agenda, assert_accessible, width):
    """Loaded at each width: a map fits what it shows, and a popup finds its place, only once."""
    make.AgendaItemPageFactory(
        parent=agenda, title="Lantaarns", geometry=Point(4.784, 52.339, srid=4326)
    )
    page.set_viewport_size(WIDTHS[width])
    open_map("?laag=agenda&laag=gebieden")
    marker(page, "2 plekken bij elkaar").press("Enter")
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        expect(page.get_by_role("dialog")).to_be_visible()
        assert_accessible(page)
