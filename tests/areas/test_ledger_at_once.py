"""The ledger and the step to a new period with two at once, and the migration that opens it."""

import threading
from datetime import date

import pytest
from django.core.management import call_command
from django.db import connection, connections
from django.test import Client
from wagtail.models import Page

from areas.agenda.models import AgendaItemPage, AgendaPage, LedgerEntry, Rollover
from areas.agenda.services import public_values
from tests.areas.test_ledger import send
from tests.areas.test_rollover import FORM, address, next_agenda, publish
from tests.areas.test_sheets import as_csv, upload
from tests.conftest import PASSWORD
from tests.factories import pages as make

pytestmark = pytest.mark.django_db(transaction=True)
at_once = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite lets one write at a time"
)


@pytest.fixture
def agenda(north):
    return make.AgendaPageFactory(parent=north, slug="agenda", title="Gebiedsagenda 2026-2027")


@pytest.fixture
def item(agenda):
    return make.AgendaItemPageFactory(
        parent=agenda,
        title="Zebrapad Pa Verkuyllaan",
        slug="zebrapad",  # as the form sends it: its address does not change
        goal="Veilig naar school.",
        start_date=date(2026, 3, 1),
        end_date=date(2027, 3, 1),
    )


def together(user, *actions) -> list:
    """Do every action in a thread of its own, each with a client of its own, at one moment."""
    start = threading.Barrier(len(actions), timeout=60)
    results: list = [None] * len(actions)

    def run(number, action):
        try:
            client = Client()
            client.login(username=user.username, password=PASSWORD)
            start.wait()
            results[number] = action(client)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(actions)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    assert None not in results
    return results


@at_once
def test_two_editors_at_once_both_stand_in_the_ledger(area_manager, item):
    ends = ["2027-06-01", "2027-09-01"]
    responses = together(
        area_manager,
        *(
            lambda client, end=end: send(
                client, item, end_date=end, change_reason=f"Het wordt {end}."
            )
            for end in ends
        ),
    )
    assert [response.status_code for response in responses] == [302, 302]
    rows = LedgerEntry.objects.filter(item=item, field="end_date").order_by("pk")
    opening, first, second = rows
    assert opening.new == first.old == "2027-03-01"
    assert first.new == second.old
    assert {first.new, second.new} == set(ends)
    for entry in (first, second):
        assert entry.reason == f"Het wordt {entry.new}."
    state = LedgerEntry.objects.filter(item=item).state()
    assert state == public_values(AgendaItemPage.objects.get(pk=item.pk))


@at_once
def test_two_who_begin_a_period_at_once_make_one_agenda(area_manager, agenda, item):
    responses = together(
        area_manager, *[lambda client: client.post(address(agenda), FORM) for _ in range(2)]
    )
    assert sorted(response.status_code for response in responses) == [200, 302]
    refused = next(response for response in responses if response.status_code == 200)
    assert "Er staat al een nieuwe agenda klaar" in refused.content.decode()
    assert AgendaPage.objects.count() == 2
    assert Rollover.objects.count() == 1
    assert Page.find_problems() == ([], [], [], [], [])


@at_once
def test_publishing_the_agenda_and_an_item_at_once_loses_neither(login, area_manager, agenda, item):
    login(area_manager).post(address(agenda), FORM)
    target = next_agenda()
    together(
        area_manager,
        lambda client: publish(client, target),
        lambda client: send(client, item, money="€ 5.000"),
    )
    moved = AgendaItemPage.objects.get(pk=item.pk)
    assert moved.get_parent().pk == target.pk
    assert moved.money == "€ 5.000"
    assert moved.url_path.startswith(target.url_path)
    assert Page.find_problems() == ([], [], [], [], [])


@at_once
def test_yes_pressed_twice_at_once_adds_once(login, area_manager, agenda, item):
    rows = [["id", "titel", "thema"], ["", "Nieuw", item.theme.name]]
    shown = upload(login(area_manager), agenda, as_csv(rows))
    path, fingerprint = shown.request["PATH_INFO"], shown.context["plan"].fingerprint
    responses = together(
        area_manager,
        *[lambda client: client.post(path, {"fingerprint": fingerprint}) for _ in range(2)],
    )
    assert sorted(response.status_code for response in responses) == [200, 302]
    assert AgendaItemPage.objects.filter(title="Nieuw").count() == 1


def test_migration_opens_the_ledger_of_what_is_public(agenda, item):
    delayed = make.AgendaItemPageFactory(
        parent=agenda, status="vertraagd", status_reason="De grond is vervuild.", lead=""
    )
    draft = make.AgendaItemPageFactory(parent=agenda, live=False)
    try:
        call_command("migrate", "agenda", "0002", verbosity=0)
    finally:
        call_command("migrate", verbosity=0)
    opened = LedgerEntry.objects.filter(item=item, opening=True)
    assert {entry.field: entry.new for entry in opened} == {
        "status": "gestart",
        "start_date": "2026-03-01",
        "end_date": "2027-03-01",
        "lead": "Team Verkeer",
        "goal": "Veilig naar school.",
    }
    assert {entry.author_role for entry in opened} == {"Gebiedsmanager Haarlemmermeer-Noord"}
    entry = LedgerEntry.objects.get(item=delayed)
    assert (entry.field, entry.reason) == ("status", "De grond is vervuild.")
    assert not LedgerEntry.objects.filter(item=draft).exists()
    saved = AgendaItemPage.objects.get(pk=item.pk)
    saved.save()
    assert LedgerEntry.objects.filter(item=item).count() == 5
