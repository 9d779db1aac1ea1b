"""Who may see and do what with signals, contacts, figures and the export: role by object."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from areas.councils.models import AgendaPoint, CouncilMeeting
from areas.services import create_writer_group
from areas.signals.models import Signal, SignalStep
from tests.factories import signals as brought

REFUSED = {302, 403, 404}
BASE = "wagtailsnippets_signals_signal"
CONTACT = ("Bewoner Zonder Naam", "bewoner@example.nl", "0900-555222")
ROLES = ("anonymous", "writer", "manager", "other manager", "all areas", "administrator")
MAY = {"manager", "administrator"}


@pytest.fixture
def council(north):
    return brought.council_in(north)


@pytest.fixture
def objects(north, council):
    """One of each: open and on the site, closed, of a resident, and never confirmed."""
    return {
        "open": brought.from_council(council, subject="Open oversteek", public=True),
        "closed": brought.from_council(council, subject="Besloten zaak", text="Geheim genoeg"),
        "resident": brought.from_resident(north, subject="Bankje van een bewoner"),
        "unconfirmed": brought.from_resident(north, confirmed=False, subject="Nooit bevestigd"),
    }


@pytest.fixture
def clients(login, make_user, north, west, administrator, area_manager):
    editors = Group.objects.create(name="Overal")
    editors.permissions.set(
        Permission.objects.filter(
            codename__in=["access_admin", "change_areapage", "view_signal", "change_signal"]
        )
    )
    return {
        "anonymous": Client(),
        "writer": login(make_user("schrijver", groups=[create_writer_group(area=north)])),
        "manager": login(area_manager),
        "other manager": login(make_user("west", groups=[west.manager_group])),
        "all areas": login(make_user("overal", groups=[editors])),
        "administrator": login(administrator),
    }


@pytest.mark.parametrize("role", ROLES)
def test_the_admin_shows_signals_to_their_managers_only(clients, objects, role):
    client = clients[role]
    for name, signal in objects.items():
        response = client.get(reverse(f"{BASE}:edit", args=[signal.pk]))
        if role in MAY and name != "unconfirmed":
            assert response.status_code == 200
            html = response.content.decode()
            assert signal.subject in html
            assert all((part in html) == (name == "resident") for part in CONTACT)
        else:
            assert response.status_code in REFUSED
            assert signal.subject not in response.content.decode()


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", ["open", "closed", "resident", "unconfirmed"])
def test_only_managers_of_the_area_do_something(clients, objects, role, name):
    signal = objects[name]
    before = signal.steps.count()
    for action, data in (
        ("notitie", {"text": "Bel even."}),
        ("toewijzen", {"role": "Team"}),
        ("beantwoorden", {"text": "Ja."}),
    ):
        version = Signal.objects.get(pk=signal.pk).version
        clients[role].post(
            reverse(f"{BASE}:edit", args=[signal.pk]),
            {"action": action, "version": version, **data},
        )
    done = signal.steps.count() - before
    assert done == (3 if role in MAY and name != "unconfirmed" else 0)


@pytest.mark.parametrize("role", ROLES)
def test_list_chooser_and_export_hold_own_rows_and_no_residents(clients, objects, role):
    client = clients[role]
    for address in (
        reverse(f"{BASE}:list"),
        reverse(f"{BASE}:list") + "?export=csv",
        reverse(f"{BASE}:list") + "?q=Besloten",
        reverse("wagtailsnippetchoosers_signals_signal:choose"),
    ):
        response = client.get(address)
        body = (response.getvalue() if response.streaming else response.content).decode()
        assert not any(part in body for part in CONTACT)
        assert "Nooit bevestigd" not in body
        if role in MAY:
            assert response.status_code == 200
            assert "Besloten zaak" in body
        else:
            assert "Besloten zaak" not in body
            assert objects["closed"].reference not in body
        if "export" in address:
            assert "Bankje van een bewoner" not in body
            assert (objects["resident"].reference in body) == (role in MAY)


@pytest.mark.parametrize("role", ROLES)
def test_nobody_makes_removes_or_copies_signals_by_hand(clients, objects, role):
    client, signal = clients[role], objects["open"]
    count = Signal.objects.count()
    for address in (
        reverse(f"{BASE}:add"),
        reverse(f"{BASE}:delete", args=[signal.pk]),
        reverse("wagtail_bulk_action", args=["signals", "signal", "delete"]) + f"?id={signal.pk}",
    ):
        assert client.post(address, {}).status_code in REFUSED
    assert Signal.objects.count() == count


@pytest.mark.parametrize("role", ROLES)
def test_closed_signals_are_nowhere_on_the_site(clients, objects, north, council, role):
    client = clients[role]
    signal = objects["open"]
    assert client.get(reverse("signal", args=[signal.reference])).status_code == 200
    for name in ("closed", "resident", "unconfirmed"):
        assert client.get(reverse("signal", args=[objects[name].reference])).status_code == 404
    found = {
        address: client.get(address).content.decode()
        for address in (
            "/kaart/?laag=signalen",
            "/kaart/lagen/signalen.geojson",
            "/zoeken/?q=oversteek",
            "/zoeken/?q=Besloten",
            "/zoeken/?q=Geheim",
            council.get_absolute_url(),
            north.get_url(),
            "/zo-snel-antwoorden-wij/",
        )
    }
    for name in ("closed", "resident", "unconfirmed"):
        for address, html in found.items():
            assert objects[name].reference not in html, address
            if "zoeken/?q=Besloten" not in address:
                assert objects[name].subject not in html, address
            assert not any(part in html for part in CONTACT)
    with_open = [address for address, html in found.items() if "Open oversteek" in html]
    assert len(with_open) == 5


@pytest.mark.parametrize("role", ROLES)
def test_own_figures_are_for_managers(clients, objects, role):
    response = clients[role].get(reverse("signals_figures"))
    assert (response.status_code == 200) == (role in {*MAY, "other manager", "all areas"})
    if response.status_code == 200:
        html = response.content.decode()
        assert ("Dorpsraad Lijnden" in html) == (role in MAY)


def test_home_of_the_manager_names_what_is_late_and_nearly_so(clients, objects):
    today = timezone.localdate()
    brought.age(objects["closed"], due_on=today - timedelta(days=3))
    brought.age(objects["resident"], due_on=today + timedelta(days=1))
    html = clients["manager"].get(reverse("wagtailadmin_home")).content.decode()
    assert "Vragen en signalen over hun termijn heen" in html
    assert reverse(f"{BASE}:edit", args=[objects["closed"].pk]) in html
    assert "Vragen en signalen die bijna antwoord moeten hebben" in html
    for role in ("writer", "other manager", "all areas"):
        html = clients[role].get(reverse("wagtailadmin_home")).content.decode()
        assert "Besloten zaak" not in html


@pytest.mark.parametrize(
    ("query", "subjects"),
    [
        ("term=te-laat", {"Besloten zaak"}),
        ("term=open", {"Open oversteek", "Besloten zaak", "Bankje van een bewoner"}),
        ("state=beantwoord", set()),
        ("q=Open+oversteek", {"Open oversteek"}),
        ("kind=vraag", {"Bankje van een bewoner"}),
        ("area=%(north)s", {"Open oversteek", "Besloten zaak", "Bankje van een bewoner"}),
        ("council=%(council)s", {"Open oversteek", "Besloten zaak"}),
    ],
)
def test_filters_of_the_list(clients, objects, north, council, query, subjects):
    brought.age(objects["closed"], due_on=timezone.localdate() - timedelta(days=1))
    query %= {"north": north.pk, "council": council.pk}
    html = clients["manager"].get(f"{reverse(f'{BASE}:list')}?{query}").content
    links = BeautifulSoup(html, "html.parser").select("td.title .title-wrapper")
    assert {link.get_text(strip=True) for link in links} == subjects


def test_filters_offer_own_areas_and_councils_only(clients, west):
    brought.council_in(west, "Raad van West", "raad-van-west")
    html = clients["manager"].get(reverse(f"{BASE}:list")).content.decode()
    assert "Raad van West" not in html
    answer = clients["manager"].get(f"{reverse(f'{BASE}:list')}?area={west.pk}")
    assert answer.status_code == 200


def test_a_formula_in_the_export_is_text(clients, council):
    brought.from_council(council, subject="=HYPERLINK(1)")
    response = clients["manager"].get(reverse(f"{BASE}:list") + "?export=csv")
    assert "'=HYPERLINK(1)" in response.getvalue().decode()


def test_queries_of_list_and_page_do_not_grow(clients, council, django_assert_num_queries):
    client = clients["manager"]

    def few(count):
        for _ in range(count):
            signal = brought.from_council(council)
            SignalStep.objects.create(signal=signal, kind="notitie", text="x", visible=False)
        return signal

    signal = few(2)
    page = reverse(f"{BASE}:edit", args=[signal.pk])
    counts = {}
    for address in (reverse(f"{BASE}:list"), page, reverse("wagtailadmin_home")):
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        counts[address] = len(queries)
    assert counts[page] <= 35
    few(9)
    for number in range(9):
        SignalStep.objects.create(signal=signal, kind="notitie", text=str(number))
    for address, count in counts.items():
        with django_assert_num_queries(count):
            client.get(address)


def test_a_meeting_takes_signals_of_its_own_area_only(clients, council, objects, west):
    start = timezone.now() + timedelta(days=5)
    meeting = CouncilMeeting.objects.create(
        council=council, starts_at=start, ends_at=start + timedelta(hours=1)
    )
    elsewhere = brought.from_council(brought.council_in(west, "Raad West", "raad-west"))
    form = {
        "council": council.pk,
        "starts_at": timezone.localtime(start).strftime("%d-%m-%Y %H:%M"),
        "ends_at": timezone.localtime(start + timedelta(hours=1)).strftime("%d-%m-%Y %H:%M"),
        "place_name": "Dorpshuis",
        "geometry": "",
        "participants": "",
        "minutes": "null",
        "state": "concept",
        "agenda_points-TOTAL_FORMS": 1,
        "agenda_points-INITIAL_FORMS": 0,
        "agenda_points-0-title": "Oversteek",
        "agenda_points-0-ORDER": 1,
        "action_points-TOTAL_FORMS": 0,
        "action_points-INITIAL_FORMS": 0,
    }
    address = reverse("wagtailsnippets_councils_councilmeeting:edit", args=[meeting.pk])
    for role in ("manager", "administrator"):
        refused = clients[role].post(address, form | {"agenda_points-0-signal": elsewhere.pk})
        assert refused.status_code == 200
        assert "niet uit het gebied van deze raad" in refused.content.decode()
        assert "Dorpshuis" in refused.content.decode()
    response = clients["manager"].post(
        address, form | {"agenda_points-0-signal": objects["closed"].pk}
    )
    assert response.status_code == 302
    assert AgendaPoint.objects.get().signal == objects["closed"]
