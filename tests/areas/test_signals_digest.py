"""Signals in what changed, in the pack of a council, and that pack in the council room."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from areas.signals.services import handling
from tests.areas.room import sign_in
from tests.factories import signals as make

CHANGES = "/wat-veranderde/"
PACK = "/raadskamer/stukken/"


@pytest.fixture
def council(north):
    return make.council_in(north)


@pytest.fixture
def other(north):
    return make.council_in(north, name="Dorpsraad Buren", slug="dorpsraad-buren")


@pytest.fixture
def room(council, mailoutbox):
    """A browser in which somebody of the council is signed in."""
    cache.clear()
    return sign_in("secretaris-dorpsraad-lijnden@example.nl", mailoutbox)


def answered(signal, user, text="Wij zetten er een lamp bij."):
    return handling.answer(signal=signal, version=signal.version, user=user, text=text)


def words(response, part: str = "") -> str:
    soup = BeautifulSoup(response.content, "html.parser")
    found = soup.find("section", {"aria-labelledby": part}) if part else soup.find("main")
    return " ".join(found.text.split())


def test_everybody_reads_of_published_signals_only(client, council, north, area_manager):
    shown = make.from_council(council, subject="Donkere steeg", public=True, days_ago=3)
    make.from_council(council, subject="Ruzie om de haag", days_ago=3)
    make.from_resident(north, subject="Vraag van een buur")
    answered(shown, area_manager)
    page = words(client.get(CHANGES))
    assert page.count("Donkere steeg") == 2
    assert "Vraag of signaal beantwoord" in page
    assert "Wij zetten er een lamp bij." in page
    assert "Van: Dorpsraad Lijnden" in page
    for hidden in ("Ruzie om de haag", "Vraag van een buur", "bewoner@example.nl"):
        assert hidden not in page


def test_signal_counts_where_it_lies(client, council, north, west):
    make.from_council(council, subject="Donkere steeg", public=True)
    assert "Donkere steeg" in words(client.get(CHANGES, {"gebied": north.slug}))
    assert "Donkere steeg" not in words(client.get(CHANGES, {"gebied": west.slug}))


def test_council_reads_all_of_its_own_with_their_terms(room, council, other, area_manager):
    own = make.from_council(council, subject="Ruzie om de haag")
    late = make.from_council(council, subject="Kapotte brug", days_ago=40)
    make.from_council(other, subject="Geheim van de buren")
    handling.extend(
        signal=own, version=own.version, user=area_manager, reason="Wij wachten op het Rijk."
    )
    waiting = words(room.get(PACK), "open")
    assert waiting.index("Kapotte brug") < waiting.index("Ruzie om de haag")
    assert waiting.count("De termijn is voorbij.") == 1
    assert "Wij wachten op het Rijk." in waiting
    response = room.get(PACK)
    assert reverse("room_signal", args=[late.reference]) in response.content.decode()
    assert "Geheim van de buren" not in words(response)
    assert "no-store" in response["Cache-Control"]


def test_pack_names_a_signal_once_with_all_that_happened(room, council, area_manager):
    signal = make.from_council(council, subject="Donkere steeg", days_ago=3)
    answered(signal, area_manager)
    told = words(room.get(PACK), "veranderd")
    assert told.count("Donkere steeg") == 1
    assert "Vraag of signaal ontvangen" in told
    assert "Vraag of signaal beantwoord" in told


def test_manager_reads_the_same_in_the_admin(login, area_manager, council):
    make.from_council(council, subject="Ruzie om de haag")
    page = words(login(area_manager).get(reverse("pack", args=[council.pk])), "open")
    assert "Ruzie om de haag" in page
    assert "Wacht op antwoord" in page


def test_double_is_not_told_beside_the_other(room, council, area_manager):
    from areas.signals.services.merging import merge

    first = make.from_council(council, subject="Donkere steeg")
    double = make.from_council(council, subject="Weer die steeg")
    merge(signal=double, into=first, version=double.version, user=area_manager)
    page = words(room.get(PACK), "open")
    assert "Donkere steeg" in page
    assert "Weer die steeg" not in page


def test_papers_come_as_pdf_too(room, council):
    cache.clear()
    answer = room.get(f"{PACK.rstrip('/')}.pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")
    assert "no-store" in answer["Cache-Control"]


def test_wrong_day_is_named_and_the_rest_shown(room, council):
    make.from_council(council, subject="Donkere steeg")
    answer = room.get(PACK, {"sinds": "gisteren"})
    assert answer.status_code == 400
    assert "Deze datum kennen wij niet" in words(answer)
    assert "Donkere steeg" in words(answer)


@pytest.mark.parametrize("address", [PACK, "/raadskamer/stukken.pdf"])
def test_nobody_reads_papers_without_a_link(client, council, address):
    make.from_council(council, subject="Ruzie om de haag")
    answer = client.get(address)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/raadskamer/inloggen/")


def test_queries_do_not_grow_with_signals(room, council, client, north):
    def count():
        with CaptureQueriesContext(connection) as queries:
            assert room.get(PACK).status_code == 200
            assert client.get(CHANGES).status_code == 200
        return len(queries)

    now = timezone.now()
    for number in range(2):
        make.from_council(council, subject=f"Vraag {number}", public=True)
    count()
    few = count()
    make.fill(north, council, 40, received=now - timedelta(days=2), public=True, published_at=now)
    assert count() == few
