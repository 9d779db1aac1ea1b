"""Signals on the site: what residents read, and what they never do."""

import pytest
from django.urls import reverse

from areas.signals.models import Signal
from areas.signals.services import handling, linking
from tests.factories import pages as make
from tests.factories import signals as brought


@pytest.fixture
def council(north):
    return brought.council_in(north)


@pytest.fixture
def signal(council, north):
    return brought.from_council(council, public=True, geometry=make.middle(north))


def test_the_page_tells_the_whole_story(client, signal, area_manager, north):
    address = signal.get_absolute_url()
    html = client.get(address).content.decode()
    assert "Uiterlijk op" in html
    assert 'data-map-config="plekkaart-config"' in html
    item = make.AgendaItemPageFactory(parent=make.AgendaPageFactory(parent=north), title="Zebra")
    row = linking.link_agenda_item(signal=signal, version=0, user=area_manager, item=item)
    row = handling.note(signal=row, version=1, user=area_manager, text="Intern: bel de wethouder")
    handling.answer(signal=row, version=2, user=area_manager, text="Er komt een zebrapad.")
    html = client.get(address).content.decode()
    assert "Er komt een zebrapad." in html
    assert item.get_url() in html
    assert "Intern: bel" not in html
    assert area_manager.username not in html
    assert client.get("/en" + address).status_code == 200


def test_a_missed_term_is_said(client, signal):
    brought.age(signal, due_on="2026-01-05")
    assert "Wij zijn te laat." in client.get(signal.get_absolute_url()).content.decode()


def test_taken_off_the_site_it_is_gone_at_once(client, signal, area_manager, council, north):
    addresses = (signal.get_absolute_url(), council.get_absolute_url(), north.get_url())
    for address in addresses:
        assert signal.subject in client.get(address).content.decode()
    handling.hide(signal=signal, version=0, user=area_manager, reason="Er staat een naam in.")
    assert client.get(addresses[0]).status_code == 404
    for address in addresses[1:]:
        assert signal.subject not in client.get(address).content.decode()


@pytest.mark.parametrize("values", [{"public": False}, {"published_at": None}])
def test_both_the_asker_and_the_manager_must_agree(client, signal, values):
    brought.age(signal, **values)
    assert client.get(signal.get_absolute_url()).status_code == 404


def test_a_double_is_no_page_besides_the_other(client, signal, council):
    other = brought.from_council(council, public=True)
    brought.age(signal, state="samengevoegd", merged_into=other)
    assert client.get(signal.get_absolute_url()).status_code == 404


@pytest.mark.parametrize(
    "reference", ["XXXX-YYYY", "abcd-efgh", "1", "bijlage", "../../etc", "AAAA-AAAA%00"]
)
def test_other_references_are_not_found(client, signal, reference):
    assert client.get(f"/signalen/{reference}/").status_code == 404


def test_the_layer_knows_states_and_addresses(client, signal, area_manager):
    url = reverse("map_layer", args=["signalen"])
    feature = client.get(url).json()["features"][0]
    assert feature["properties"]["url"] == signal.get_absolute_url()
    assert client.get(f"{url}?status=beantwoord").json()["features"] == []
    handling.answer(signal=signal, version=0, user=area_manager, text="Ja")
    assert len(client.get(f"{url}?status=beantwoord").json()["features"]) == 1
    english = client.get("/en" + url).json()["features"][0]["properties"]["url"]
    assert english == f"/en/signalen/{signal.reference}/"
    assert client.get(f"{url}?status=onbevestigd").status_code == 400


def test_a_get_changes_nothing(client, signal):
    before = list(Signal.objects.values())
    client.get(signal.get_absolute_url())
    assert client.post(signal.get_absolute_url()).status_code == 405
    assert list(Signal.objects.values()) == before


def test_ways_to_the_figures(client, home, council):
    assert "/zo-snel-antwoorden-wij/" in client.get("/raden/").content.decode()
    assert "/zo-snel-antwoorden-wij/" in client.get("/").content.decode()
