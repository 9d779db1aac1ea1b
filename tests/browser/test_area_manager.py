"""An area manager changes an agenda item and sees the result on the site."""

import json

from django.contrib.gis.geos import Point

from areas.agenda.models import AgendaItemPage
from tests.conftest import PASSWORD
from tests.factories import pages as make


def test_manager_logs_in_moves_the_point_and_publishes(page, live_server, north, area_manager):
    agenda = make.AgendaPageFactory(parent=north, title="Agenda Noord")
    start = Point(4.79, 52.34, srid=4326)
    item = make.AgendaItemPageFactory(
        parent=agenda, title="Zebrapad bij de school", status="gepland", geometry=start
    )

    page.goto(f"{live_server.url}/beheer/pages/{item.pk}/edit/")
    page.get_by_label("Gebruikersnaam").fill(area_manager.username)
    page.locator("input[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Inloggen").click()
    page.locator("select[name=status]").wait_for()

    page.locator("select[name=status]").select_option("klaar")
    marker = page.locator(".gp-geometry__map .leaflet-marker-icon").first
    marker.scroll_into_view_if_needed()
    box = marker.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + 90, box["y"] + 60, steps=8)
    page.mouse.up()

    page.get_by_role("button", name="Publiceren").click()
    page.get_by_text("gepubliceerd").first.wait_for()

    moved = AgendaItemPage.objects.get(pk=item.pk)
    assert moved.status == "klaar"
    assert moved.geometry.distance(start) > 0

    page.goto(f"{live_server.url}/kaart/?laag=agenda&gebied={north.slug}")
    listed = page.locator("#kaartlijst li", has_text="Zebrapad bij de school")
    listed.get_by_text("Klaar").wait_for()
    listed.get_by_role("button", name="Toon op de kaart").click()
    popup = page.locator(".leaflet-popup")
    popup.get_by_role("heading", name="Zebrapad bij de school").wait_for()
    layer = page.request.get(f"{live_server.url}/kaart/lagen/agenda.geojson?status=klaar")
    (feature,) = json.loads(layer.body())["features"]
    assert feature["geometry"]["coordinates"] == [round(c, 6) for c in moved.geometry.coords]
