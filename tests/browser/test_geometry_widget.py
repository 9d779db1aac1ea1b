"""Drawing a place in the Wagtail admin, in a real browser."""

import json

import pytest
from django.contrib.gis.geos import GEOSGeometry, Point
from django.urls import reverse
from playwright.sync_api import expect

from areas.agenda.models import AgendaItemPage
from areas.models import Place
from cms.models import ContentPage
from tests.factories import pages as make
from tests.factories.participation import ProjectPageFactory

POLYGON = "SRID=4326;POLYGON ((4.76 52.32, 4.78 52.34, 4.80 52.32, 4.76 52.32))"


@pytest.fixture(autouse=True)
def logged_in(administrator, browser_login):
    browser_login(administrator)


@pytest.fixture
def item(north):
    return make.AgendaItemPageFactory(parent=make.AgendaPageFactory(parent=north))


@pytest.fixture
def edit(page, live_server):
    """Opens the edit page of a page and gives its widget."""

    def open_it(target):
        page.goto(live_server.url + reverse("wagtailadmin_pages:edit", args=[target.pk]))
        widget = page.locator(".gp-geometry").first
        widget.locator(".gp-geometry__map").scroll_into_view_if_needed()
        return widget

    return open_it


def click_map(page, widget, *spots):
    """Click on spots given as parts of the width and height of the map."""
    box = widget.locator(".gp-geometry__map").bounding_box()
    for x, y in spots:
        page.mouse.move(box["x"] + box["width"] * x, box["y"] + box["height"] * y, steps=3)
        page.mouse.down()
        page.mouse.up()
        page.wait_for_timeout(60)  # Leaflet.draw takes no second click within 50 ms


def value(widget):
    return widget.locator("textarea").input_value()


def shape(widget):
    return json.loads(value(widget))


def publish(page):
    page.get_by_role("button", name="Publiceren").click()
    expect(page.locator(".messages .success")).to_contain_text("gepubliceerd")


def test_point_is_drawn_moved_by_keyboard_undone_and_published(page, edit, item):
    widget = edit(item)
    expect(widget.get_by_role("status")).to_have_text("Er staat nog geen plek op de kaart.")
    expect(widget.locator(".gp-geometry__background")).to_have_count(6)  # the areas
    widget.get_by_role("button", name="Punt zetten").click()
    click_map(page, widget, (0.4, 0.4))
    drawn = value(widget)
    expect(widget.get_by_role("status")).to_contain_text(f"1 punt op de kaart: {drawn}.")

    marker = widget.get_by_role("button", name=f"Punt op {drawn}.")
    marker.press("ArrowRight")
    moved = value(widget)
    assert float(moved.split(", ")[1]) > float(drawn.split(", ")[1])
    assert moved.split(", ")[0] == drawn.split(", ")[0]

    widget.get_by_role("button", name="Ongedaan maken").click()
    assert value(widget) == drawn
    publish(page)
    lat, lon = map(float, drawn.split(", "))
    assert AgendaItemPage.objects.get(pk=item.pk).geometry.coords == pytest.approx((lon, lat))


def test_line_is_drawn_and_finished_with_a_button(page, edit, item):
    widget = edit(item)
    widget.get_by_role("button", name="Lijn tekenen").click()
    click_map(page, widget, (0.2, 0.3), (0.4, 0.5), (0.5, 0.3), (0.6, 0.7))
    widget.get_by_role("button", name="Laatste punt weg").click()
    widget.get_by_role("button", name="Klaar met tekenen").click()
    drawn = shape(widget)
    assert (drawn["type"], len(drawn["coordinates"])) == ("LineString", 3)
    expect(widget.get_by_role("status")).to_contain_text("1 lijn met 3 punten.")
    publish(page)
    assert AgendaItemPage.objects.get(pk=item.pk).geometry.geom_type == "LineString"


def test_polygon_is_drawn_and_a_second_one_joins_it(page, edit, item):
    widget = edit(item)
    for left in (0.1, 0.5):
        widget.get_by_role("button", name="Vlak tekenen").click()
        corners = [(left, 0.3), (left + 0.2, 0.3), (left + 0.1, 0.6)]
        click_map(page, widget, *corners, corners[0])
    drawn = shape(widget)
    assert (drawn["type"], len(drawn["coordinates"])) == ("MultiPolygon", 2)
    expect(widget.get_by_role("button", name="Lijn tekenen")).to_be_disabled()
    publish(page)
    assert AgendaItemPage.objects.get(pk=item.pk).geometry.geom_type == "MultiPolygon"

    widget = edit(item)
    widget.get_by_role("button", name="Wis", exact=True).click()
    assert value(widget) == ""
    expect(widget.get_by_role("button", name="Lijn tekenen")).to_be_enabled()


def test_corner_of_a_polygon_is_dragged(page, edit, item):
    item.geometry = GEOSGeometry(POLYGON)
    item.save_revision().publish()
    widget = edit(item)
    before = shape(widget)["coordinates"][0]
    corner = widget.locator(".leaflet-editing-icon").first
    box = corner.bounding_box()
    page.mouse.move(box["x"] + 4, box["y"] + 4)
    page.mouse.down()
    page.mouse.move(box["x"] - 40, box["y"] + 4, steps=6)
    page.mouse.up()
    after = shape(widget)["coordinates"][0]
    assert len(after) == len(before)
    assert sum(a != b for a, b in zip(before, after, strict=True)) == 2  # the ring closes on it
    widget.get_by_role("button", name="Gekozen vorm wissen").click()
    assert value(widget) == ""


def test_typed_coordinates_appear_on_the_map_and_back(page, edit, item):
    widget = edit(item)
    widget.get_by_text("Coördinaten typen of plakken").click()
    text = widget.locator("textarea")
    text.fill("52.339, 4.784")
    expect(widget.get_by_role("button", name="Punt op 52.3390000, 4.7840000.")).to_be_visible()
    text.fill("52.33, 4.76\n52.34, 4.78\n52.33, 4.80\n52.33, 4.76")
    expect(widget.get_by_role("status")).to_contain_text("1 vlak met 3 hoeken.")
    text.fill("bij de kerk")
    expect(widget.get_by_role("status")).to_contain_text("Bij het opslaan controleren we hem.")
    assert value(widget) == "bij de kerk"


def test_refused_text_is_shown_again_with_what_to_do(page, edit, item):
    widget = edit(item)
    widget.get_by_text("Coördinaten typen of plakken").click()
    widget.locator("textarea").fill("4.784, 52.339")
    page.get_by_role("button", name="Publiceren").click()
    expect(page.get_by_text("Noord en oost zijn omgewisseld.")).to_be_visible()
    expect(page.locator(".gp-geometry textarea")).to_be_visible()
    assert page.locator(".gp-geometry textarea").input_value() == "4.784, 52.339"


def test_one_point_field_replaces_the_point(page, live_server, north):
    page.goto(live_server.url + reverse(Place.snippet_viewset.get_url_name("add")))
    widget = page.locator(".gp-geometry")
    widget.locator(".gp-geometry__map").scroll_into_view_if_needed()
    for spot in ((0.3, 0.4), (0.5, 0.5)):
        widget.get_by_role("button", name="Punt zetten").click()
        click_map(page, widget, spot)
    expect(widget.locator(".gp-geometry__pin")).to_have_count(1)
    expect(widget.locator("textarea")).to_be_visible()
    for name in ("Lijn tekenen", "Vlak tekenen"):
        expect(widget.get_by_role("button", name=name)).to_have_count(0)
    page.locator("[name=name]").fill("Lijnden")
    page.locator("[name=slug]").fill("lijnden")
    drawn = value(widget)
    page.get_by_role("button", name="Opslaan").click()
    expect(page.locator(".messages .success")).to_be_visible()
    lat, lon = map(float, drawn.split(", "))
    assert Place.objects.get().geometry.coords == pytest.approx((lon, lat))


def test_widget_works_in_a_stream_block_added_later(page, edit, home, live_server):
    content = make.ContentPageFactory(parent=home)
    page.goto(live_server.url + reverse("wagtailadmin_pages:edit", args=[content.pk]))
    titles = page.locator("[name$='value-title']")
    for number, title in enumerate(("De bank", "De boom"), start=1):
        page.get_by_title("Blok invoegen").last.click()
        page.get_by_role("option", name="Plek op de kaart").click()
        expect(titles).to_have_count(number)
        titles.last.fill(title)
        widget = page.locator(".gp-geometry").last
        widget.locator(".gp-geometry__map").scroll_into_view_if_needed()
        widget.get_by_role("button", name="Punt zetten").click()
        click_map(page, widget, (0.4, 0.5))
        expect(widget.get_by_role("status")).to_contain_text("1 punt op de kaart")

    second = value(page.locator(".gp-geometry").last)
    page.get_by_title("Verplaats naar boven").last.click()
    expect(page.locator(".gp-geometry textarea").first).to_have_value(second)
    expect(page.locator(".gp-geometry").first.locator(".gp-geometry__pin")).to_have_count(1)
    publish(page)
    stored = ContentPage.objects.get(pk=content.pk)
    assert [block.value["title"] for block in stored.body] == ["De boom", "De bank"]
    assert all(isinstance(block.value["geometry"], Point) for block in stored.body)


def test_map_stays_under_the_footer(page, edit, item):
    """A click on the save button over the map reaches the button."""
    widget = edit(item)
    footer = page.locator("footer .button").first.bounding_box()
    map_frame = widget.locator(".gp-geometry__map")
    page.evaluate(
        "([map, y]) => document.querySelector('#main').scrollBy(0, map - y)",
        [map_frame.bounding_box()["y"] + 100, footer["y"]],
    )
    frame = map_frame.bounding_box()
    assert frame["y"] < footer["y"] < frame["y"] + frame["height"]
    top = page.evaluate(
        "([x, y]) => document.elementFromPoint(x, y).closest('footer') !== null",
        [footer["x"] + 10, footer["y"] + 10],
    )
    assert top


def test_widget_works_in_inline_rows_added_later(page, edit, north, live_server):
    project = ProjectPageFactory(parent=north)
    page.goto(live_server.url + reverse("wagtailadmin_pages:edit", args=[project.pk]))
    rows = page.locator("#id_places-FORMS > *")
    for number, name in enumerate(("Speelplek Bornholm", "Speelplek Pax"), start=1):
        page.get_by_role("button", name="Voeg Plek toe").click()
        expect(rows).to_have_count(number)
        rows.last.get_by_label("Naam").fill(name)
        widget = rows.last.locator(".gp-geometry")
        widget.locator(".gp-geometry__map").scroll_into_view_if_needed()
        widget.get_by_role("button", name="Punt zetten").click()
        click_map(page, widget, (0.3 + number / 10, 0.5))
        expect(widget.get_by_role("status")).to_contain_text("1 punt op de kaart")
    drawn = [value(rows.nth(row).locator(".gp-geometry")) for row in (0, 1)]
    publish(page)
    stored = [f"{place.geometry.y:.7f}, {place.geometry.x:.7f}" for place in project.places.all()]
    assert stored == drawn
    page.goto(live_server.url + project.url)
    spot = page.locator("#plek-2").get_by_role("button")
    spot.click()
    popup = page.locator(".leaflet-popup")
    expect(popup.get_by_role("link")).to_have_text("Lees meer over Speelplek Pax")
