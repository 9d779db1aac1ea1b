"""The address search: our server asks PDOK, and does without where it gives no answer."""

import logging

import pytest
from django.core.cache import cache

from tests.areas.pdok import ELSEWHERE, STREET
from tests.factories import pages

pytestmark = pytest.mark.django_db
DOWN = "Wij kunnen nu niet op adres zoeken, alleen op dorp of wijk."


@pytest.fixture(autouse=True)
def place(north):
    cache.clear()
    yield pages.PlaceFactory(name="Badhoevedorp", slug="badhoevedorp")
    cache.clear()


def find(client, query: str):
    return client.post("/adres/", {"q": query})


def test_an_address_is_found_in_our_municipality_and_kept(client, pdok, caplog):
    caplog.set_level(logging.DEBUG)
    response = find(client, "  Dorpsstraat   1 ")
    assert response.headers["Cache-Control"].startswith("max-age=0")
    assert response.json() == {
        "items": [
            {"id": STREET["id"], "label": STREET["weergavenaam"]},
            {"id": ELSEWHERE["id"], "label": "Dam 1"},
        ],
        "note": "",
    }
    (call, parameters), *more = pdok.asked
    assert call == "suggest"
    assert parameters == {
        "q": ["Dorpsstraat 1"], "fq": ["type:adres", "gemeentecode:0394"], "rows": ["8"]
    }  # fmt: skip
    assert not more
    assert find(client, "dorpsstraat 1").json() == response.json()
    assert len(pdok.asked) == 1
    found = client.post("/adres/", {"id": STREET["id"]})
    assert found.json() == {"lat": 52.34, "lon": 4.8, "label": STREET["weergavenaam"]}
    assert client.post("/adres/", {"id": STREET["id"]}).json() == found.json()
    assert len(pdok.asked) == 2
    assert client.post("/adres/", {"id": ELSEWHERE["id"]}).status_code == 404
    assert "orpsstraat" not in caplog.text


def test_our_own_villages_come_along_and_little_or_strange_input_asks_nobody(client, pdok):
    village = {"id": "plaats:badhoevedorp", "label": "Badhoevedorp"}
    assert find(client, "BÁDhoeve").json()["items"] == [village]
    assert client.post("/adres/", {"id": village["id"]}).json()["label"] == "Badhoevedorp"
    asked = len(pdok.asked)
    for little in ("", "  a ", "ab"):
        assert "ten minste drie letters" in find(client, little).json()["note"]
    for strange in ("plaats:nergens", "adr-", "../../x", "adr-1&x=1", "x" * 5_000, "\x00"):
        assert client.post("/adres/", {"id": strange}).status_code == 404
    assert len(pdok.asked) == asked
    assert find(client, "\x00" * 9 + "q" * 5_000).status_code == 200
    assert len(pdok.asked[-1][1]["q"][0]) == 100
    assert client.get("/adres/").status_code == 405


@pytest.mark.parametrize("mood", ["slow", "broken", "garbage", "odd", "moved", "huge", "gone"])
def test_without_an_answer_our_own_places_remain_and_nobody_waits_again(
    client,
    pdok,
    mood,
    caplog,
):
    if mood == "gone":
        pdok.server_close()
    pdok.mood = mood
    caplog.set_level(logging.WARNING)
    response = find(client, "badhoeve")
    assert [item["label"] for item in response.json()["items"]] == ["Badhoevedorp"]
    assert DOWN in response.json()["note"]
    asked = len(pdok.asked)
    assert DOWN in find(client, "dorpsstraat").json()["note"]
    response = client.post("/adres/", {"id": STREET["id"]})
    assert response.status_code == 404
    assert "Zoek de plek zelf op de kaart." in response.json()["note"]
    assert len(pdok.asked) == asked
    assert "The address search gave no answer" in caplog.text
    assert "badhoeve" not in caplog.text
    cache.clear()  # it has rested


def test_what_is_no_address_is_left_out_and_too_many_searches_are_refused(
    client,
    pdok,
    settings,
):
    pdok.mood = "strange"
    assert find(client, "dorpsstraat").json() == {
        "items": [],
        "note": "Wij vonden dit adres niet in onze gemeente. Typ het anders.",
    }
    settings.ADDRESS_SEARCHES_PER_ADDRESS = 2
    assert find(client, "dorpsstraat").status_code == 200
    refused = find(client, "dorpsstraat")
    assert refused.status_code == 429
    assert "U zocht heel vaak." in refused.json()["note"]
