"""The ledger of an agenda item: written when a change becomes public, and closed for good."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from areas.agenda.ledger import TRACKED, LedgerIsClosedError
from areas.agenda.models import AgendaItemPage, LedgerEntry, ProgressUpdate
from areas.agenda.services import public_values
from tests.areas.test_editing import item_form
from tests.factories import pages as make
from tests.queries import queries_by_address

NEEDED = "waarom de datum verandert"
DATED = {"start_date": "2026-03-01", "end_date": "2027-03-01"}


@pytest.fixture
def agenda(north):
    return make.AgendaPageFactory(parent=north)


@pytest.fixture
def item(agenda):
    return make.AgendaItemPageFactory(
        parent=agenda,
        title="Zebrapad Pa Verkuyllaan",
        goal="Veilig naar school.",
        start_date=date(2026, 3, 1),
        end_date=date(2027, 3, 1),
    )


@pytest.fixture
def manager(login, area_manager):
    return login(area_manager)


@pytest.fixture
def writer(make_user, north):
    return make_user(
        "schrijver", groups=[Group.objects.get(name="Schrijvers haarlemmermeer-noord")]
    )


def send(client, item, action="action-publish", **changes):
    """What an editor sends for `item`, with its dates unless they are in `changes`."""
    data = item_form(item.theme, **{**DATED, "change_reason": "", **changes})
    if action:
        data[action] = "1"
    return client.post(reverse("wagtailadmin_pages:edit", args=[item.pk]), data)


def fresh(item):
    return AgendaItemPage.objects.get(pk=item.pk)


def entries(item, **filters):
    """Changes after the first publication, in the order in which they were written."""
    rows = LedgerEntry.objects.filter(item=item, opening=False, **filters).order_by("pk")
    return [(row.field, row.old, row.new, row.reason) for row in rows]


def page_of(client, item, **query):
    return client.get(fresh(item).get_url(), query).content.decode()


def test_first_publication_opens_the_ledger(manager, area_manager, agenda, client):
    theme = make.ThemeFactory()
    manager.post(
        reverse("wagtailadmin_pages:add", args=["agenda", "agendaitempage", agenda.pk]),
        {**item_form(theme, end_date="2027-03-01", money="€ 10.000"), "action-publish": "1"},
    )
    item = AgendaItemPage.objects.get(slug="zebrapad")
    opened = {row.field: row.new for row in LedgerEntry.objects.filter(item=item, opening=True)}
    assert opened == {
        "status": "gestart",
        "end_date": "2027-03-01",
        "lead": "Team Verkeer",
        "goal": "Veilig naar school.",
        "money": "€ 10.000",
    }
    entry = LedgerEntry.objects.filter(item=item).first()
    assert entry.author == area_manager
    assert entry.author_role == "Gebiedsmanager Haarlemmermeer-Noord"
    assert "Dit punt kwam op de agenda" in page_of(client, item)


def test_a_draft_that_was_never_public_has_no_ledger(manager, agenda):
    theme = make.ThemeFactory()
    manager.post(
        reverse("wagtailadmin_pages:add", args=["agenda", "agendaitempage", agenda.pk]),
        item_form(theme),
    )
    assert not AgendaItemPage.objects.get(slug="zebrapad").live
    assert LedgerEntry.objects.count() == 0


def test_published_change_is_an_entry_of_its_author_and_moment(manager, area_manager, item, client):
    before = timezone.now()
    send(manager, item, status="klaar", money="€ 5.000")
    assert entries(item) == [("status", "gestart", "klaar", ""), ("money", "", "€ 5.000", "")]
    moments = {(row.at, row.author) for row in LedgerEntry.objects.filter(item=item, opening=False)}
    assert moments == {(fresh(item).last_published_at, area_manager)}
    assert fresh(item).last_published_at >= before
    html = page_of(client, item)
    assert "De geschiedenis van dit punt" in html
    assert "Status: van Gestart naar Klaar" in html
    assert 'Geld: <span lang="nl">€ 5.000</span>' in html
    assert area_manager.username not in html


def test_draft_and_a_change_of_nothing_write_no_entry(manager, item):
    send(manager, item, action="", end_date="2028-01-01")
    assert entries(item) == []
    send(manager, item)
    assert entries(item) == []


@pytest.mark.parametrize("end", ["2027-06-01", ""])
def test_moved_date_needs_a_reason(manager, item, client, end):
    response = send(manager, item, end_date=end, task="Wat ik intikte.")
    html = response.content.decode()
    assert response.status_code == 200
    assert NEEDED in html
    assert "Wat ik intikte." in html
    assert entries(item) == []
    response = send(manager, item, end_date=end, change_reason="De aannemer is later klaar.")
    assert response.status_code == 302
    assert entries(item) == [("end_date", "2027-03-01", end, "De aannemer is later klaar.")]
    html = page_of(client, item)
    assert '<span lang="nl">De aannemer is later klaar.</span>' in html
    if end:
        assert "Einde: van 1 maart 2027 naar 1 juni 2027" in html
    else:
        assert "Einde: vervalt. Dit was: 1 maart 2027" in html


def test_a_date_set_for_the_first_time_needs_no_reason(manager, agenda):
    item = make.AgendaItemPageFactory(parent=agenda, goal="Veilig naar school.")
    assert send(manager, item).status_code == 302
    assert [row[0] for row in entries(item)] == ["start_date", "end_date"]


@pytest.mark.parametrize("reason", ["   ", "x" * 301])
def test_a_reason_of_nothing_or_too_long_is_refused(manager, item, reason):
    response = send(manager, item, end_date="2027-06-01", change_reason=reason)
    assert response.status_code == 200
    assert response.context["form"].errors["change_reason"]
    assert fresh(item).end_date == date(2027, 3, 1)


def test_delayed_explains_itself_and_the_dates_that_move_with_it(manager, item):
    send(
        manager,
        item,
        status="vertraagd",
        status_reason="De grond is vervuild.",
        end_date="2027-09-01",
    )
    assert entries(item) == [
        ("status", "gestart", "vertraagd", "De grond is vervuild."),
        ("end_date", "2027-03-01", "2027-09-01", "De grond is vervuild."),
    ]
    again = {"status": "vertraagd", "status_reason": "De grond is vervuild."}
    assert NEEDED in send(manager, item, **again, end_date="2027-12-01").content.decode()


def test_reason_is_used_once(manager, item):
    send(manager, item, end_date="2027-06-01", change_reason="De aannemer is later klaar.")
    assert fresh(item).change_reason == ""
    html = manager.get(reverse("wagtailadmin_pages:edit", args=[item.pk])).content.decode()
    assert "De aannemer is later klaar." not in html
    latest = fresh(item).get_latest_revision_as_object()
    assert (latest.change_reason, latest.end_date) == ("", date(2027, 6, 1))


def test_hostile_text_stays_text(manager, item, client):
    evil = "<script>alert(1)</script><b>"
    send(manager, item, end_date="2027-06-01", change_reason=evil, lead=evil)
    html = page_of(client, item)
    assert evil not in html
    assert html.count("&lt;script&gt;alert(1)&lt;/script&gt;&lt;b&gt;") >= 3


def test_draft_may_wait_without_a_reason_and_keeps_one(manager, item):
    assert send(manager, item, action="", end_date="2027-06-01").status_code == 302
    send(manager, item, action="", end_date="2027-06-01", change_reason="Later klaar.")
    html = manager.get(reverse("wagtailadmin_pages:edit", args=[item.pk])).content.decode()
    assert "Later klaar." in html
    assert entries(item) == []


def test_approval_writes_the_entry_of_who_wrote_it(login, writer, manager, item):
    writing = login(writer)
    refused = send(writing, item, "action-submit", end_date="2027-06-01")
    assert NEEDED in refused.content.decode()
    send(writing, item, "action-submit", end_date="2027-06-01", change_reason="Later klaar.")
    assert entries(item) == []
    # What waits for approval goes on the site without the form: no way round by a draft.
    assert NEEDED in send(manager, item, action="", end_date="2027-07-01").content.decode()
    state = fresh(item).current_workflow_task_state
    address = reverse("wagtailadmin_pages:workflow_action", args=[item.pk, "approve", state.pk])
    manager.post(address, {"comment": ""})
    assert entries(item) == [("end_date", "2027-03-01", "2027-06-01", "Later klaar.")]
    assert LedgerEntry.objects.get(item=item, opening=False).author == writer


def test_scheduled_change_is_written_when_its_time_has_come(manager, area_manager, item):
    soon = timezone.localtime(timezone.now() + timedelta(days=1))
    planned = {"end_date": "2027-06-01", "go_live_at": soon.strftime("%Y-%m-%d %H:%M")}
    assert NEEDED in send(manager, item, **planned).content.decode()
    send(manager, item, **planned, change_reason="Later klaar.")
    assert entries(item) == []
    revision = fresh(item).scheduled_revision
    past = timezone.now() - timedelta(minutes=1)
    content = {**revision.content, "go_live_at": past.isoformat()}
    type(revision).objects.filter(pk=revision.pk).update(approved_go_live_at=past, content=content)
    call_command("tick")
    assert entries(item) == [("end_date", "2027-03-01", "2027-06-01", "Later klaar.")]
    assert LedgerEntry.objects.get(item=item, opening=False).author == area_manager


def test_publishing_from_the_list_does_not_pass_by_the_reason(manager, agenda, item):
    send(manager, item, action="", end_date="2027-06-01")
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    explore = reverse("wagtailadmin_explore", args=[agenda.pk])
    address = f"{bulk}?id={item.pk}&next={explore}"
    response = manager.post(address, {}, follow=True)
    assert "Er is niets gepubliceerd" in response.content.decode()
    assert fresh(item).end_date == date(2027, 3, 1)
    manager.post(reverse("wagtailadmin_pages:unpublish", args=[item.pk]))
    bulk_all = f"{bulk}?id={agenda.pk}&next={explore}"
    response = manager.post(bulk_all, {"include_descendants": "on"}, follow=True)
    assert "Er is niets gepubliceerd" in response.content.decode()
    send(manager, item, action="", end_date="2027-06-01", change_reason="Later klaar.")
    manager.post(address, {})
    assert entries(item) == [("end_date", "2027-03-01", "2027-06-01", "Later klaar.")]


def test_two_editors_of_one_date_both_stand_in_the_ledger(login, manager, administrator, item):
    send(manager, item, end_date="2027-06-01", change_reason="De aannemer is later.")
    # The other editor had the form open with the old date, and sends that.
    other = login(administrator)
    assert NEEDED in send(other, item).content.decode()
    send(other, item, change_reason="Het lukt toch op tijd.")
    assert entries(item, field="end_date") == [
        ("end_date", "2027-03-01", "2027-06-01", "De aannemer is later."),
        ("end_date", "2027-06-01", "2027-03-01", "Het lukt toch op tijd."),
    ]


def test_manager_of_another_area_writes_nothing(login, make_user, west, item):
    stranger = login(make_user("gebiedsmanager-west", groups=[west.manager_group]))
    send(stranger, item, end_date="2027-06-01", change_reason="Stiekem.")
    assert entries(item) == []
    assert fresh(item).end_date == date(2027, 3, 1)


def test_code_that_saves_a_public_date_without_a_reason_saves_nothing(item):
    item.end_date = date(2027, 6, 1)
    with pytest.raises(ValidationError):
        item.save()
    assert fresh(item).end_date == date(2027, 3, 1)


def refuses(statement, *values):
    """Whether the database refuses an SQL statement."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, values)
    except DatabaseError:
        return True
    return False


@pytest.mark.parametrize(
    ("column", "value"),
    [("reason", "Anders"), ("new", "gepland"), ("at", "2020-01-01"), ("author_role", "Iemand")],
)
def test_the_database_keeps_entries_as_they_are(item, column, value):
    assert refuses(f"UPDATE agenda_ledgerentry SET {column} = %s", value)  # noqa: S608


def test_the_database_keeps_the_author(item, administrator):
    assert refuses("UPDATE agenda_ledgerentry SET author_id = %s", administrator.pk)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite guards changes only")
def test_the_database_removes_no_entry(item):
    assert refuses("DELETE FROM agenda_ledgerentry WHERE item_id = %s", item.pk)


def test_models_refuse_to_change_or_remove_entries(item):
    entry = LedgerEntry.objects.filter(item=item).first()
    attempts = [
        entry.save,
        entry.delete,
        LedgerEntry.objects.all().delete,
        lambda: LedgerEntry.objects.update(reason="Anders"),
        lambda: LedgerEntry.objects.bulk_update([entry], ["reason"]),
    ]
    for attempt in attempts:
        with pytest.raises(LedgerIsClosedError):
            attempt()


@pytest.mark.parametrize(
    "values",
    [
        {"field": "lead", "old": "Team A", "new": "Team A"},
        {"field": "end_date", "old": "2027-03-01", "new": "2027-06-01"},
        {"field": "status", "old": "gestart", "new": "gestopt"},
        {"field": "status", "old": "", "new": "gepland", "opening": True},
    ],
)
def test_the_database_refuses_entries_that_cannot_be(item, values):
    with pytest.raises(DatabaseError), transaction.atomic():
        LedgerEntry.objects.create(item=item, at=timezone.now(), author_role="X", **values)


def test_ledger_goes_with_its_item_and_outlives_its_author(
    manager, login, administrator, area_manager, item
):
    send(manager, item, money="€ 5.000")
    area_manager.delete()
    assert LedgerEntry.objects.get(item=item, opening=False).author is None
    login(administrator).post(reverse("wagtailadmin_pages:delete", args=[item.pk]))
    assert LedgerEntry.objects.count() == 0


def test_history_holds_progress_and_changes_newest_first_and_pages(manager, item, client):
    make.ProgressUpdateFactory(item=item, date=date(2025, 1, 5), text="Heel lang geleden.")
    ProgressUpdate.objects.bulk_create(
        ProgressUpdate(item=item, date=date(2026, 1, 1) + timedelta(days=n), text=f"Bericht {n}.")
        for n in range(12)
    )
    html = page_of(client, item)
    assert html.index("Dit punt kwam op de agenda") < html.index("Bericht 11.")
    assert html.index("Bericht 11.") < html.index("Bericht 5.")
    assert "Heel lang geleden." not in html
    assert "Heel lang geleden." in page_of(client, item, pagina="2")
    for nonsense in ("abc", "999", "-1", "9" * 5000):
        assert client.get(fresh(item).get_url(), {"pagina": nonsense}).status_code == 200


def test_english_interface_marks_dutch_texts(manager, item, client):
    send(manager, item, end_date="2027-06-01", change_reason="Later klaar.", lead="Team Wonen")
    html = client.get(f"/en{fresh(item).get_url()}").content.decode()
    assert '<span lang="nl">Later klaar.</span>' in html
    assert '<span lang="nl">Team Wonen</span>' in html


def test_queries_of_the_item_do_not_grow_with_its_history(item, client):
    address = item.get_url()
    few = queries_by_address(client, [address])
    for number in range(30):
        item.money = f"€ {number}"
        item.save()
    make.ProgressUpdateFactory.create_batch(20, item=item)
    assert queries_by_address(client, [address]) == few
    assert few[address] <= 25


dates = st.none() | st.dates(date(2026, 1, 1), date(2026, 1, 4))
change = st.fixed_dictionaries(
    {},
    optional={
        "status": st.sampled_from(AgendaItemPage.Status.values),
        "start_date": dates,
        "end_date": st.none() | st.dates(date(2026, 2, 1), date(2026, 2, 4)),
        "lead": st.sampled_from(["", "Team A", "Team B"]),
        "goal": st.sampled_from(["", "Doel"]),
        "money": st.sampled_from(["", "€ 1", "€ 2"]),
    },
)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(changes=st.lists(st.tuples(change, st.booleans()), max_size=6))
def test_replaying_the_ledger_gives_the_present_state(agenda, changes):
    item = make.AgendaItemPageFactory(parent=type(agenda).objects.get(pk=agenda.pk))
    for values, publish in changes:
        draft = item.get_latest_revision_as_object() if item.latest_revision else item
        for name, value in values.items():
            setattr(draft, name, value)
        draft.status_reason = draft.change_reason = "Daarom."
        revision = draft.save_revision()
        if publish:
            revision.publish()
        item = fresh(item)
        assert LedgerEntry.objects.filter(item=item).state() == public_values(item)
        for field in TRACKED:
            rows = list(item.ledger.filter(field=field).order_by("pk").values_list("old", "new"))
            assert all(before[1] == after[0] for before, after in pairwise(rows))
