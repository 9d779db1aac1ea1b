"""The map page and its layers: list and map say the same."""

import json

import pytest
from bs4 import BeautifulSoup
from django.contrib.gis.geos import LineString, Point

from areas.agenda.models import AgendaItemPage
from tests.factories import pages as make


@pytest.fixture
def agenda(north):
    return make.AgendaPageFactory(parent=north, slug="agenda")


def features(client, layer, **query):
    response = client.get(f"/kaart/lagen/{layer}.geojson", query)
    assert response.status_code == 200, response.content
    assert response["Content-Type"] == "application/geo+json"
    return json.loads(response.content)["features"]


def listed(client, **query):
    page = BeautifulSoup(client.get("/kaart/", query).content, "html.parser")
    return [link.get_text() for link in page.select("#kaartlijst h2 a")]


def test_list_and_layer_show_the_same(client, agenda):
    item = make.AgendaItemPageFactory(
        parent=agenda,
        title='Oversteek "De Wijzer" & <b>school</b> 🚸',
        geometry=Point(4.79, 52.34, srid=4326),
    )
    (feature,) = features(client, "agenda")
    assert feature["geometry"] == {"type": "Point", "coordinates": [4.79, 52.34]}
    assert feature["id"] == item.pk
    assert feature["properties"]["title"] == item.title
    assert feature["properties"]["url"] == item.get_url()
    assert feature["properties"]["status"] == "gestart"
    assert listed(client, laag="agenda") == [item.title]


def test_item_without_place_stands_inside_its_area(client, agenda, north):
    make.AgendaItemPageFactory(parent=agenda)
    (feature,) = features(client, "agenda", gebied=north.slug)
    assert north.geometry.contains(Point(*feature["geometry"]["coordinates"], srid=4326))


def test_area_filter_follows_the_geometry_over_borders(client, agenda, north, west):
    line = LineString((4.60, 52.35), (4.79, 52.35), srid=4326)
    make.AgendaItemPageFactory(parent=agenda, title="Fietspad langs de Ringvaart", geometry=line)
    for area in (north, west):
        assert listed(client, laag="agenda", gebied=area.slug) == ["Fietspad langs de Ringvaart"]
    assert listed(client, laag="agenda", gebied="nieuw-vennep") == []


def test_status_and_text_filter_list_and_layer_alike(client, agenda):
    make.AgendaItemPageFactory(parent=agenda, title="Zebrapad")
    make.AgendaItemPageFactory(parent=agenda, title="Bomen", status=AgendaItemPage.Status.DONE)
    assert listed(client, laag="agenda", status="klaar") == ["Bomen"]
    assert [f["properties"]["title"] for f in features(client, "agenda", status="klaar")] == [
        "Bomen"
    ]
    assert listed(client, q="zebra") == ["Zebrapad"]
    assert len(features(client, "agenda", q="zebra")) == 1


def test_drafts_are_on_neither(client, agenda):
    make.AgendaItemPageFactory(parent=agenda, live=False, title="Nog geheim")
    assert features(client, "agenda") == []
    assert "Nog geheim" not in listed(client)


def test_councils_and_places_have_their_layers(client, north):
    council = make.CouncilFactory(area=north)
    place = make.PlaceFactory(area=north)
    (feature,) = features(client, "raden")
    assert feature["properties"]["url"] == council.get_absolute_url()
    (feature,) = features(client, "plaatsen")
    assert feature["properties"]["url"] == f"/mijn-gebied/?plaats={place.slug}"
    assert len(features(client, "gebieden")) == 6


def test_layer_addresses_follow_the_language(client, agenda):
    address = make.AgendaItemPageFactory(parent=agenda).get_url()
    response = client.get("/en/kaart/lagen/agenda.geojson")
    (feature,) = json.loads(response.content)["features"]
    assert feature["properties"]["url"] == f"/en{address}"


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ({"gebied": "bestaat-niet"}, "Dit gebied kennen we niet"),
        ({"status": "kwijt"}, "Deze status kennen we niet"),
        ({"q": "x" * 101}, "ten hoogste 100 tekens"),
        ({"kleur": "rood"}, "Dit filter kennen we niet"),
    ],
)
def test_wrong_filter_of_a_layer_is_a_dutch_400(client, areas, query, message):
    response = client.get("/kaart/lagen/agenda.geojson", query)
    assert response.status_code == 400
    assert message in response.json()["title"]


def test_wrong_filter_of_the_page_is_a_400_that_still_shows_the_list(client, agenda):
    item = make.AgendaItemPageFactory(parent=agenda)
    response = client.get("/kaart/", {"gebied": "bestaat-niet"})
    assert response.status_code == 400
    assert "Dit gebied kennen we niet" in response.content.decode()
    assert item.title in response.content.decode()


def test_unknown_layer_is_a_404(client, areas):
    assert client.get("/kaart/lagen/kastelen.geojson").status_code == 404


def test_layer_takes_a_fixed_number_of_queries(client, agenda, django_assert_max_num_queries):
    """One for the features; now and then one for the pages that visitors may not see."""
    for number in (1, 30):
        for _ in range(number):
            make.AgendaItemPageFactory(parent=agenda)
        client.get("/kaart/lagen/agenda.geojson")
        with django_assert_max_num_queries(2):
            client.get("/kaart/lagen/agenda.geojson")


def test_list_goes_on_over_pages(client, agenda):
    for number in range(55):
        make.AgendaItemPageFactory(parent=agenda, title=f"Punt {number:02}")
    first, second = listed(client, laag="agenda"), listed(client, laag="agenda", pagina=2)
    assert len(first) == 50
    assert len(second) == 5
    assert not set(first) & set(second)
