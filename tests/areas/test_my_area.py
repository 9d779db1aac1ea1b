"""My area: from a place, an address we know or a spot on the map to your area."""

import pytest

from tests.factories import pages as make


@pytest.fixture
def badhoevedorp(north):
    return make.PlaceFactory(name="Badhoevedorp", slug="badhoevedorp")


def test_place_name_leads_to_area_and_manager(client, badhoevedorp):
    text = client.get("/mijn-gebied/", {"q": "badhoevedorp"}).content.decode()
    assert "Badhoevedorp ligt in Haarlemmermeer-Noord" in text
    assert "Gebiedsmanager Noord" in text


def test_point_on_the_map_leads_to_area(client, north):
    text = client.get("/mijn-gebied/", {"lat": "52.34", "lon": "4.79"}).content.decode()
    assert "Dit ligt in Haarlemmermeer-Noord" in text


def test_street_that_something_lies_on_is_offered(client, north):
    agenda = make.AgendaPageFactory(parent=north)
    make.AgendaItemPageFactory(
        parent=agenda, title="Veilig fietsen", place_name="Sloterweg, Badhoevedorp"
    )
    text = client.get("/mijn-gebied/", {"q": "sloterweg"}).content.decode()
    assert "Veilig fietsen" in text


@pytest.mark.parametrize(
    ("query", "status", "message"),
    [
        ({"q": "Timboektoe"}, 200, "Deze plek kennen wij niet"),
        ({"lat": "10", "lon": "10"}, 200, "Deze plek kennen wij niet"),
        ({"lat": "noord", "lon": "4"}, 400, "gaat nog iets niet goed"),
        ({"lat": "52.3"}, 400, "Kies de plek opnieuw"),
        ({"q": "x" * 200}, 400, "ten hoogste 100 tekens"),
        ({"plaats": "<script>"}, 400, "gaat nog iets niet goed"),
    ],
)
def test_what_we_do_not_know_gets_help(client, areas, query, status, message):
    response = client.get("/mijn-gebied/", query)
    assert response.status_code == status
    assert message in response.content.decode()
    assert "0900-1852" in response.content.decode()
