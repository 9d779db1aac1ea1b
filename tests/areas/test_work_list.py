"""The work list of an area manager: everything that waits, filtered, in a file, in one click."""

import csv
from datetime import timedelta
from io import BytesIO, StringIO

import openpyxl
import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from areas.agenda.models import LedgerEntry
from areas.councils.models import Council
from areas.permissions import AreaPermissionPolicy
from cms import admin_panels
from cms.admin_panels import RowAttentionSource
from tests.factories import pages as make

ADDRESS = "/beheer/reports/werklijst/"


@pytest.fixture
def agenda(north):
    return make.AgendaPageFactory(parent=north, title="Agenda Noord")


@pytest.fixture
def yesterday():
    return timezone.localdate() - timedelta(days=1)


@pytest.fixture
def manager(login, area_manager):
    return login(area_manager)


@pytest.fixture
def writer(make_user, north):
    return make_user(
        "schrijver", groups=[Group.objects.get(name="Schrijvers haarlemmermeer-noord")]
    )


def listed(client, **query) -> str:
    response = client.get(ADDRESS, query)
    assert response.status_code == 200
    return response.content.decode().split('id="main"')[1]


def lines(client, **query) -> list[list[str]]:
    response = client.get(ADDRESS, {**query, "export": "csv"})
    return list(csv.reader(StringIO(response.content.decode("utf-8-sig")), delimiter=";"))


def test_everything_that_waits_is_listed_with_what_to_do(manager, login, writer, agenda, yesterday):
    make.AgendaItemPageFactory(
        parent=agenda, title="Over tijd", end_date=yesterday, place_name="Dorp"
    )
    make.AgendaItemPageFactory(parent=agenda, title="Nergens")
    make.AgendaItemPageFactory(parent=agenda, title="Van niemand", lead="", place_name="Dorp")
    make.AgendaItemPageFactory(
        parent=agenda, title="Klaar van niemand", lead="", place_name="Dorp", status="klaar"
    )
    handed_in = make.AgendaItemPageFactory(parent=agenda, title="Ingestuurd", place_name="Dorp")
    handed_in.save_revision(user=writer)
    handed_in.get_workflow().start(handed_in, writer)
    rows = {row[2]: row for row in lines(manager)[1:]}
    assert rows["Over tijd"][0] == "Agendapunten over hun einddatum heen"
    assert rows["Over tijd"][4] == yesterday.isoformat()
    assert rows["Nergens"][0] == "Agendapunten zonder plek"
    assert rows["Van niemand"][0] == "Agendapunten zonder trekker"
    assert rows["Ingestuurd"][0] == "Wacht op goedkeuring"
    assert rows["Ingestuurd"][5].endswith(f"/beheer/pages/{handed_in.pk}/edit/")
    assert "Klaar van niemand" not in rows
    html = listed(manager)
    for title in ("Over tijd", "Nergens", "Van niemand", "Ingestuurd"):
        assert title in html


def test_first_page_names_items_without_a_lead(manager, agenda):
    make.AgendaItemPageFactory(parent=agenda, title="Van niemand", lead="", place_name="Dorp")
    html = manager.get("/beheer/").content.decode()
    assert "Agendapunten zonder trekker" in html


def test_filters_by_area_and_kind(login, administrator, north, west, yesterday):
    for area, name in ((north, "Noord"), (west, "West")):
        agenda = make.AgendaPageFactory(parent=area)
        make.AgendaItemPageFactory(parent=agenda, title=f"Punt {name}", end_date=yesterday)
    client = login(administrator)
    assert "Punt Noord" in listed(client)
    html = listed(client, gebied=west.slug, soort="agenda-overdue")
    assert "Punt West" in html
    assert "Punt Noord" not in html
    assert {row[0] for row in lines(client, soort="agenda-without-place")[1:]} == {
        "Agendapunten zonder plek"
    }


def test_nonsense_in_a_filter_says_so_and_shows_all(manager, west, agenda, yesterday):
    make.AgendaItemPageFactory(parent=agenda, title="Over tijd", end_date=yesterday)
    html = listed(manager, gebied=west.slug, soort="<script>", p="9" * 400)
    assert "Dit is geen gebied van u." in html
    assert "Deze soort kennen we niet." in html
    assert "Over tijd" in html
    assert "<script>alert" not in html


def test_still_true_comes_back_to_the_list(manager, agenda, yesterday):
    item = make.AgendaItemPageFactory(
        parent=agenda, title="Over tijd", end_date=yesterday, place_name="Dorp"
    )
    address = reverse("agenda_confirm", args=[item.pk])
    here = f"{ADDRESS}?soort=agenda-overdue"
    html = listed(manager, soort="agenda-overdue")
    assert f'action="{address}"' in html
    assert f'value="{here}"' in html
    response = manager.post(address, {"next": here})
    assert response["Location"] == here
    assert LedgerEntry.objects.filter(item=item, field="confirmed").count() == 1
    assert "1 ding wacht" not in listed(manager, soort="agenda-overdue")
    assert lines(manager, soort="agenda-overdue")[1:] == []
    elsewhere = manager.post(address, {"next": "https://elders.example.nl/"})
    assert elsewhere["Location"] == "/beheer/"


def test_a_writer_sees_the_list_without_the_button(login, writer, agenda, yesterday):
    make.AgendaItemPageFactory(parent=agenda, title="Over tijd", end_date=yesterday)
    client = login(writer)
    html = listed(client)
    assert "Over tijd" in html
    assert "klopt-nog" not in html
    assert "klopt-nog" not in client.get("/beheer/").content.decode()


def test_of_another_area_nothing_is_seen(login, make_user, west, agenda, yesterday, client):
    make.AgendaItemPageFactory(parent=agenda, title="Over tijd", end_date=yesterday)
    stranger = login(make_user("west", groups=[west.manager_group]))
    assert "Over tijd" not in listed(stranger)
    assert "Over tijd" not in str(lines(stranger))
    assert "/beheer/login/" in client.get(ADDRESS)["Location"]
    nobody = login(make_user("niemand"))
    assert nobody.get(ADDRESS).status_code in (302, 403)


def test_it_stands_among_the_reports(manager, agenda):
    assert ADDRESS in manager.get("/beheer/").content.decode()


@pytest.mark.parametrize("name", ["csv", "xlsx", "ods"])
def test_a_file_holds_no_formula(manager, agenda, yesterday, name):
    make.AgendaItemPageFactory(
        parent=agenda, title="=HYPERLINK(1)", slug="x", end_date=yesterday, place_name="Dorp"
    )
    response = manager.get(ADDRESS, {"export": name})
    assert response["Content-Disposition"] == f'attachment; filename="werklijst.{name}"'
    if name == "csv":
        assert ";'=HYPERLINK(1);" in response.content.decode("utf-8-sig")
    elif name == "xlsx":
        sheet = openpyxl.load_workbook(BytesIO(response.content)).active
        cell = sheet["C2"]
        assert (cell.value, cell.data_type) == ("'=HYPERLINK(1)", "s")
    else:
        assert response.content.startswith(b"PK")


def test_queries_do_not_grow_with_the_rows(
    manager, login, administrator, agenda, yesterday, django_assert_max_num_queries
):
    def grow(count):
        for _ in range(count):
            make.AgendaItemPageFactory(parent=agenda, end_date=yesterday, lead="").save_revision()

    grow(2)
    for client in (manager, login(administrator)):
        client.get(ADDRESS)
        with CaptureQueriesContext(connection) as few:
            client.get(ADDRESS)
        assert len(few) <= 40
        grow(30)
        with django_assert_max_num_queries(len(few)):  # the first page shows fewer kinds
            html = listed(client)
        assert "Pagina 1 van" in html
        assert "Pagina 2 van" in listed(client, p="2")


class CouncilsWithoutText(RowAttentionSource):
    """Rows that are no pages, as signals will be."""

    key = "test-councils"
    title = "Raden zonder tekst"
    place_lookup = "area_id"
    action_label = "Doe iets"

    def get_own(self, user):
        policy = AreaPermissionPolicy(Council, "area")
        return policy.instances_user_has_any_permission_for(user, ["change"]).order_by("pk")

    def get_url(self, row):
        return f"/beheer/raad/{row.pk}/"

    def get_term(self, row):
        return timezone.localdate()

    def action_url(self, row):
        return f"/beheer/raad/{row.pk}/doe/"


def test_another_app_adds_rows_that_are_no_pages(manager, north, west, monkeypatch):
    sources = {**admin_panels._attention, "test-councils": CouncilsWithoutText()}
    monkeypatch.setattr(admin_panels, "_attention", sources)
    own = make.CouncilFactory(area=north, name="Raad van Noord")
    make.CouncilFactory(area=west, name="Raad van West")
    rows = lines(manager, soort="test-councils")
    assert [row[2] for row in rows[1:]] == ["Raad van Noord"]
    assert rows[1][4] == timezone.localdate().isoformat()
    assert f'action="/beheer/raad/{own.pk}/doe/"' in listed(manager)
    assert "Raden zonder tekst" in manager.get("/beheer/").content.decode()
