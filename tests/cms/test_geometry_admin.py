"""A place in the Wagtail admin: saved, kept through revisions, compared and put in a stream."""

import itertools
import json
import re
from pathlib import Path

import pytest
import wagtail
from django.contrib.gis.geos import GEOSGeometry, Point
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, streamfield

from areas.agenda.models import AgendaItemPage
from areas.models import Place
from cms.models import ContentPage
from tests.factories import pages as make

SHAPES = {
    "point": "SRID=4326;POINT (4.7841234567 52.3391234567)",
    "line": "SRID=4326;LINESTRING (4.76 52.32, 4.78 52.33, 4.8 52.33)",
    "polygon": "SRID=4326;POLYGON ((4.76 52.32, 4.78 52.33, 4.8 52.33, 4.76 52.32))",
    "points": "SRID=4326;MULTIPOINT ((4.76 52.32), (4.78 52.33))",
}


@pytest.fixture
def admin(login, administrator):
    return login(administrator)


@pytest.fixture
def item(north):
    return make.AgendaItemPageFactory(parent=make.AgendaPageFactory(parent=north))


@pytest.mark.parametrize("shape", SHAPES)
def test_geometry_survives_a_revision(item, shape):
    drawn = GEOSGeometry(SHAPES[shape])
    item.geometry = drawn
    item.save_revision()
    again = AgendaItemPage.objects.get(pk=item.pk).get_latest_revision_as_object()
    assert again.geometry.srid == 4326
    assert again.geometry.equals_exact(drawn)


def test_boundary_of_an_area_survives_a_revision(north):
    north.save_revision()
    again = north.get_latest_revision_as_object()
    assert (again.geometry.srid, again.geometry.geom_type) == (4326, "MultiPolygon")
    assert again.geometry.equals_exact(north.geometry)


def test_published_revision_keeps_the_geometry(item):
    item.geometry = GEOSGeometry(SHAPES["line"])
    item.save_revision().publish()
    stored = AgendaItemPage.objects.get(pk=item.pk).geometry
    assert (stored.srid, stored.geom_type) == (4326, "LineString")


def test_comparison_tells_how_a_place_changed(admin, item):
    revisions = []
    for shape in (None, SHAPES["point"], SHAPES["line"], SHAPES["line"], None):
        item.geometry = GEOSGeometry(shape) if shape else None
        revisions.append(item.save_revision())
    compared = [
        admin.get(
            reverse("wagtailadmin_pages:revisions_compare", args=[item.pk, before.pk, after.pk])
        ).content.decode()
        for before, after in itertools.pairwise(revisions)
    ]
    point = "Punt op 52.339123, 4.784123"
    line = "Lijn met 3 punten, 3,12 km, midden op "
    assert re.search(rf'class="addition">{point}<', compared[0])
    assert re.search(rf'class="deletion">{point}<.*class="addition">{line}', compared[1])
    assert "Er zijn geen verschillen" in compared[2]
    assert re.search(rf'class="deletion">{line}', compared[3])


def test_comparison_counts_the_corners_of_a_polygon(admin, item):
    revisions = [item.save_revision()]
    item.geometry = GEOSGeometry(SHAPES["polygon"])
    revisions.append(item.save_revision())
    page = admin.get(
        reverse("wagtailadmin_pages:revisions_compare", args=[item.pk, *(r.pk for r in revisions)])
    ).content.decode()
    assert "Vlak met 3 hoekpunten, 75,81 hectare" in page


def test_comparison_shows_a_point_that_moved_a_little(admin, item):
    first, second = Point(4.78, 52.33, srid=4326), Point(4.78, 52.330000001, srid=4326)
    revisions = []
    for point in (first, second):
        item.geometry = point
        revisions.append(item.save_revision())
    page = admin.get(
        reverse("wagtailadmin_pages:revisions_compare", args=[item.pk, *(r.pk for r in revisions)])
    ).content.decode()
    assert f'class="addition">{second.ewkt}<' in page


def test_place_snippet_is_made_with_a_typed_point(admin, north):
    response = admin.post(
        reverse(Place.snippet_viewset.get_url_name("add")),
        {
            "name": "Lijnden",
            "slug": "lijnden",
            "kind": "kern",
            "geometry": "52.354, 4.755",
            "area": "",
        },
    )
    assert response.status_code == 302, response.context["form"].errors
    place = Place.objects.get()
    assert (place.geometry.coords, place.area) == ((4.755, 52.354), north)


def test_refused_place_stands_in_the_form_again(admin, north):
    response = admin.post(
        reverse(Place.snippet_viewset.get_url_name("add")),
        {"name": "Lijnden", "slug": "lijnden", "kind": "kern", "geometry": "4.755, 52.354"},
    )
    page = response.content.decode()
    assert "Noord en oost zijn omgewisseld. Typ eerst noord (52…), dan oost (4…)." in page
    assert "4.755, 52.354</textarea>" in page
    assert not Place.objects.exists()


def content_form(blocks):
    return nested_form_data(
        {
            "title": "Uitleg",
            "slug": "uitleg",
            "summary": "",
            "image": "",
            "body": streamfield(blocks),
        }
    )


def test_place_in_a_stream_is_stored_as_geojson_and_read_back(admin, home):
    page = make.ContentPageFactory(parent=home)
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    typed = {"title": "De bank", "address": "", "geometry": "52.339, 4.784"}
    form = content_form([("place", typed)])
    response = admin.post(address, {**form, "action-publish": "1"})
    assert response.status_code == 302, response.context["form"].errors

    stored = ContentPage.objects.get(pk=page.pk)
    assert stored.body.raw_data[0]["value"]["geometry"] == {
        "type": "Point",
        "coordinates": [4.784, 52.339],
    }
    block = stored.body[0].value["geometry"]
    assert (block.srid, block.coords) == (4326, (4.784, 52.339))
    assert "52.3390000, 4.7840000" in admin.get(address).content.decode()
    assert stored.get_latest_revision_as_object().body[0].value["geometry"].equals_exact(block)


def test_refused_place_in_a_stream_stands_in_the_form_again(admin, home):
    page = make.ContentPageFactory(parent=home)
    typed = {"title": "Hier", "address": "", "geometry": "bij de kerk"}
    response = admin.post(
        reverse("wagtailadmin_pages:edit", args=[page.pk]),
        {**content_form([("place", typed)]), "action-publish": "1"},
    )
    assert response.status_code == 200
    text = response.content.decode()
    assert "bij de kerk" in text
    assert "Deze plek kunnen we niet lezen." in text


def test_stream_with_a_place_can_be_compared(admin, home):
    page = make.ContentPageFactory(parent=home)
    revisions = []
    for lat in (52.33, 52.34):
        value = {
            "title": "Bank",
            "address": "",
            "geometry": {"type": "Point", "coordinates": [4.78, lat]},
        }
        page.body = json.dumps([{"id": "a" * 8, "type": "place", "value": value}])
        revisions.append(page.save_revision())
    compared = admin.get(
        reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, *(r.pk for r in revisions)])
    ).content.decode()
    assert "330000" in compared
    assert "340000" in compared


def test_admin_loads_no_script_from_elsewhere(admin, item):
    page = admin.get(reverse("wagtailadmin_pages:edit", args=[item.pk])).content.decode()
    assert re.findall(r'(?:src|href)="(?:https?:)?//(?!www\.w3\.org)[^"]+\.(?:js|css)', page) == []
    assert "admin/geometry/controller.js" in page


def test_every_inline_script_of_wagtail_is_replaced():
    """An upgrade of Wagtail that adds an inline script fails here: replace it too."""
    root = Path(wagtail.__file__).parent
    apps = ["admin", "images", "documents", "snippets", "users", "search", "embeds", "sites"]
    found = {
        path.relative_to(root).as_posix()
        for app in apps
        for path in (root / app).rglob("*")
        if path.suffix in {".html", ".py"}
        and "rich_text" not in path.parts
        and "tests" not in path.parts
        and re.search(r"<script(?![^>]*(src=|json))[^>]*>[^<]*[({]", path.read_text(), re.S)
    }
    assert found == {
        "admin/templates/wagtailadmin/panels/inline_panel.html",
        "admin/templates/wagtailadmin/panels/multiple_chooser_panel.html",
        "admin/templates/wagtailadmin/widgets/date_input.html",
        "admin/templates/wagtailadmin/widgets/datetime_input.html",
        "admin/templates/wagtailadmin/widgets/time_input.html",
        "admin/widgets/chooser.py",
    }
