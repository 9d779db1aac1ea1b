"""Agenda items as a table: what comes out goes in unchanged, and nothing hostile gets through."""

import csv
from datetime import date, timedelta
from io import BytesIO, StringIO

import openpyxl
import pytest
from django.contrib.gis.geos import GEOSGeometry, Point
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from odf.opendocument import load
from odf.table import TableCell

from areas.agenda.models import AgendaAction, AgendaItemPage, LedgerEntry, SheetImport
from tests.factories import pages as make
from tests.factories import participation as make_projects

FORMATS = ["csv", "xlsx", "ods"]
POLYGON = "POLYGON ((4.7512345 52.3100001, 4.79 52.31, 4.79 52.34, 4.7512345 52.3100001))"


@pytest.fixture
def agenda(north):
    return make.AgendaPageFactory(parent=north, slug="agenda", title="Agenda Noord")


@pytest.fixture
def item(agenda):
    return make.AgendaItemPageFactory(
        parent=agenda,
        title="Zebrapad bij de school",
        theme=make.ThemeFactory(name="Verkeer"),
        start_date=date(2026, 3, 1),
        end_date=date(2027, 3, 1),
        lead="Team Verkeer",
    )


@pytest.fixture
def manager(login, area_manager):
    return login(area_manager)


def export(client, agenda, name="csv"):
    response = client.get(reverse("agenda_export", args=[agenda.pk, name]))
    assert response.status_code == 200
    return response.content


def as_rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(content.decode("utf-8-sig")), delimiter=";"))


def as_csv(rows, *, delimiter=";", encoding="utf-8") -> bytes:
    file = StringIO()
    csv.writer(file, delimiter=delimiter).writerows(rows)
    return file.getvalue().encode(encoding)


def as_xlsx(rows) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def upload(client, agenda, content, name="tabel.csv", **data):
    """What follows on sending in a file: the plan, or the form with what is wrong."""
    file = SimpleUploadedFile(name, content)
    return client.post(
        reverse("agenda_sheet", args=[agenda.pk]), {"file": file, **data}, follow=True
    )


def problems(response) -> list[tuple]:
    plan = response.context["plan"]
    return [(problem.row, problem.column, problem.message) for problem in plan.problems]


def confirm(client, response):
    plan = response.context["plan"]
    assert plan.problems == []
    return client.post(
        response.request["PATH_INFO"], {"fingerprint": plan.fingerprint}, follow=True
    )


def send(client, agenda, rows, **data):
    """Send in a table and say yes."""
    return confirm(client, upload(client, agenda, as_csv(rows), **data))


def fresh(item):
    return AgendaItemPage.objects.get(pk=item.pk)


@pytest.fixture
def full(agenda, north, item):
    """Items with everything a table can hold, hard cases first."""
    theme = make.ThemeFactory(name="Groen & water")
    council = make.CouncilFactory(area=north, name="Dorpsraad ‘Noord’")
    goal = make.ProgrammeGoalFactory(
        programme=make.ProgrammePageFactory(parent=north), title="Schaduw in elke straat"
    )
    project = make_projects.ProjectPageFactory(parent=north, title="Nieuwe brug")
    values = {
        "summary": 'Met "aanhalingstekens"; puntkomma, én € ë.',
        "task": "Eerste regel.\r\n\r\n  Derde regel met  dubbele spatie.",
        "goal": "=1+1",
        "lead": "0012",
        "partners": "'=al met apostrof",
        "money": "-5 procent",
        "place_name": "@plein",
        "status": "vertraagd",
        "status_reason": "+31 dagen",
        "start_date": date(2026, 1, 31),
        "end_date": date(2028, 2, 29),
        "source": "raad",
        "source_council": council,
        "source_text": "<b>HTML</b> <script>alert(1)</script>",
        "programme_goal": goal,
        "project": project,
    }
    hard = make.AgendaItemPageFactory(parent=agenda, title="-Hard", theme=theme, **values)
    for number, (status, text, day) in enumerate(
        [
            ("klaar", "Tekenen | met streep", date(2026, 5, 1)),
            ("bezig", "Bouwen | 2026-01-01", None),
            ("open", "Feest", None),
        ]
    ):
        AgendaAction.objects.create(
            item=hard, text=text, status=status, date=day, sort_order=number
        )
    make.AgendaItemPageFactory(
        parent=agenda,
        title="Punt",
        theme=theme,
        geometry=Point(4.7812345678, 52.3398765, srid=4326),
    )
    make.AgendaItemPageFactory(
        parent=agenda, title="Vlak", theme=theme, geometry=GEOSGeometry(POLYGON, srid=4326)
    )
    make.AgendaItemPageFactory(parent=agenda, title="Concept", theme=theme, live=False, lead="")
    return hard


@pytest.mark.parametrize("name", FORMATS)
def test_an_export_comes_in_unchanged(manager, agenda, full, name):
    content = export(manager, agenda, name)
    plan = upload(manager, agenda, content, f"tabel.{name}").context["plan"]
    assert plan.problems == []
    assert [(row.item.title, row.changes) for row in plan.rows] == []
    assert (plan.unchanged, plan.untouched) == (5, 0)


@pytest.mark.parametrize("name", FORMATS)
def test_no_cell_of_an_export_is_a_formula(manager, agenda, full, name):
    content = export(manager, agenda, name)
    if name == "csv":
        texts = [cell for row in as_rows(content) for cell in row]
    elif name == "xlsx":
        cells = [cell for row in openpyxl.load_workbook(BytesIO(content)).active for cell in row]
        assert {cell.data_type for cell in cells} <= {"s", "n", "d", "inlineStr"}
        texts = [cell.value for cell in cells if isinstance(cell.value, str)]
    else:
        sheet = load(BytesIO(content)).spreadsheet
        cells = sheet.getElementsByType(TableCell)
        assert all(cell.getAttribute("formula") is None for cell in cells)
        texts = [str(cell) for cell in cells]
    assert "'=1+1" in texts
    assert not [text for text in texts if text[:1] in ("=", "+", "-", "@")]


def test_an_untouched_export_says_zero_changes(manager, agenda, item):
    response = upload(manager, agenda, export(manager, agenda, "xlsx"), "tabel.xlsx")
    html = response.content.decode()
    assert "0 wijzigingen" in html
    assert "De tabel is gelijk aan de agenda." in html
    assert "fingerprint" not in html


def test_changes_are_shown_and_then_done_through_the_ledger(
    manager, area_manager, client, agenda, item
):
    rows = as_rows(export(manager, agenda))
    head, row = rows
    row[head.index("einde")] = "1-6-2027"
    row[head.index("trekker")] = "Team Wegen"
    row[head.index("reden van de wijziging")] = "De aannemer is later klaar."
    row[head.index("acties")] = "Klaar | Tekenen | 1-5-2026\nNog te doen | Bouwen"
    row[head.index("plek op de kaart")] = "52.339, 4.784"
    response = upload(manager, agenda, as_csv(rows))
    html = response.content.decode()
    assert "1 wijziging" in html
    assert "<del>2027-03-01</del> <ins>2027-06-01</ins>" in html
    assert fresh(item).lead == "Team Verkeer"

    done = confirm(manager, response)
    assert "Gewijzigd: 1. Toegevoegd: 0." in done.content.decode()
    changed = fresh(item)
    assert (changed.lead, changed.end_date) == ("Team Wegen", date(2027, 6, 1))
    assert not changed.has_unpublished_changes
    assert changed.live_revision.user == area_manager
    assert changed.geometry.coords == (4.784, 52.339)
    assert list(changed.areas.values_list("slug", flat=True)) == ["haarlemmermeer-noord"]
    steps = [(step.text, step.status, step.date) for step in changed.steps.all()]
    assert steps == [("Tekenen", "klaar", date(2026, 5, 1)), ("Bouwen", "open", None)]
    entries = LedgerEntry.objects.filter(item=item, opening=False)
    assert {(entry.field, entry.new, entry.reason) for entry in entries} == {
        ("end_date", "2027-06-01", "De aannemer is later klaar."),
        ("lead", "Team Wegen", "De aannemer is later klaar."),
    }
    assert "De aannemer is later klaar." in client.get(changed.get_url()).content.decode()
    again = upload(manager, agenda, export(manager, agenda))
    assert "0 wijzigingen" in again.content.decode()


def test_actions_that_stay_keep_their_row(manager, agenda, item):
    step = AgendaAction.objects.create(item=item, text="Tekenen", status="bezig")
    rows = as_rows(export(manager, agenda))
    column = rows[0].index("acties")
    rows[1][column] = "Mee bezig | Vooraf praten\nKlaar | Tekenen"
    send(manager, agenda, rows)
    kept = fresh(item).steps.all()
    assert [row.text for row in kept] == ["Vooraf praten", "Tekenen"]
    assert kept[1].pk == step.pk
    assert kept[1].status == "klaar"


@pytest.mark.parametrize("publish", [True, False])
def test_new_rows_become_items(manager, agenda, item, publish):
    rows = [["id", "titel", "thema", "status"], ["", "Bankje bij de dijk", "verkeer", "gestart"]]
    rows.append(["", "Bankje bij de kade", "Verkeer", ""])
    data = {"publish_new": "on"} if publish else {}
    response = upload(manager, agenda, as_csv(rows), **data)
    assert ("meteen" in response.content.decode()) is publish
    confirm(manager, response)
    first, second = AgendaItemPage.objects.filter(title__startswith="Bankje").order_by("path")
    assert (first.live, first.status, first.theme) == (publish, "gestart", item.theme)
    assert (second.status, second.slug) == ("gepland", "bankje-bij-de-kade")
    assert LedgerEntry.objects.filter(item=first, opening=True).exists() is publish
    response = upload(manager, agenda, as_csv(rows))
    assert [problem[:2] for problem in problems(response)] == [(2, "titel"), (3, "titel")]
    assert "met deze titel" in problems(response)[0][2]


def test_more_than_a_request_can_bear_is_refused_before_it_begins(manager, agenda, item):
    rows = [["id", "titel", "thema"], *[["", f"Nieuw {n}", "Verkeer"] for n in range(101)]]
    response = upload(manager, agenda, as_csv(rows))
    (problem,) = problems(response)
    assert problem[:2] == (102, "id")
    assert "hoogstens 100 punten tegelijk" in problem[2]


def test_a_draft_stays_a_draft(manager, agenda):
    draft = make.AgendaItemPageFactory(parent=agenda, title="Concept", live=False)
    rows = as_rows(export(manager, agenda))
    rows[1][rows[0].index("trekker")] = "Team Wonen"
    send(manager, agenda, rows)
    assert not fresh(draft).live
    assert fresh(draft).get_latest_revision_as_object().lead == "Team Wonen"
    assert "0 wijzigingen" in upload(manager, agenda, export(manager, agenda)).content.decode()


def test_what_a_table_leaves_out_stays(manager, agenda, item):
    other = make.AgendaItemPageFactory(parent=agenda, title="Ander punt", theme=item.theme)
    rows = [["id", "trekker"], [item.pk, ""]]
    response = upload(manager, agenda, as_csv(rows))
    assert "1 punt staat niet in de tabel en blijft zoals het is" in response.content.decode()
    confirm(manager, response)
    assert (fresh(item).lead, fresh(item).title) == ("", "Zebrapad bij de school")
    assert fresh(other).lead == "Team Verkeer"


@pytest.mark.parametrize(
    ("column", "text", "message"),
    [
        ("titel", "", "Vul deze cel in."),
        ("titel", "x" * 256, "255 tekens hebben en heeft er 256"),
        ("status", "bijna", "Kies uit: Gepland, Gestart"),
        ("status", "Vertraagd", "Schrijf kort waarom"),
        ("thema", "Verkeerd", "Kies uit: Verkeer."),
        ("thema", "", "Vul deze cel in. Kies uit"),
        ("begin", "31-2-2027", "Dit is geen datum."),
        ("begin", "morgen", "Schrijf de dag zo: 31-12-2027."),
        ("begin", "1-1-0001", "Dit is geen datum."),
        ("einde", "2020-01-01", "De einddatum ligt vóór de begindatum."),
        ("bron", "Dorps- of wijkraad", "Kies welke dorps- of wijkraad"),
        ("raad", "Raad van elders", "Dit kennen wij niet."),
        ("project", "/nergens/", "Dit kennen wij niet."),
        ("doel uit het gebiedsprogramma", "Iets", "er is nog niets om uit te kiezen"),
        ("acties", "Tekenen", "Regel 1: begin met de status"),
        ("acties", "Klaar | " + "x" * 201, "1 tot 200 tekens"),
        ("plek op de kaart", "bij de kerk", "coördinaten zo: 52.306, 4.688"),
        ("plek op de kaart", "4.688, 52.306", "Noord en oost zijn omgewisseld"),
        ("plek op de kaart", "POINT (0 0)", "niet in Nederland"),
        ("opgave", "x" * 601, "600 tekens"),
        ("reden van de wijziging", "x" * 301, "hoogstens 300 tekens"),
    ],
)
def test_every_wrong_cell_is_named(manager, agenda, item, column, text, message):
    rows = as_rows(export(manager, agenda))
    rows.insert(1, [""] * len(rows[0]))  # an empty row counts, as in a spreadsheet
    row = rows[2]
    row[rows[0].index("geld")] = "€ 1"
    row[rows[0].index("reden van de wijziging")] = "Daarom."
    row[rows[0].index(column)] = text
    response = upload(manager, agenda, as_csv(rows))
    found = [(number, heading) for number, heading, said in problems(response) if message in said]
    if column == "status" and text == "Vertraagd":
        column = "reden"
    if column == "bron":
        column = "raad"
    assert found == [(3, column)]
    html = response.content.decode()
    assert "fingerprint" not in html
    again = manager.post(response.request["PATH_INFO"], {"fingerprint": "x"})
    assert again.status_code == 200
    assert fresh(item).money == ""


def test_a_moved_date_needs_its_reason_in_the_table(manager, agenda, item):
    rows = [["id", "einde"], [item.pk, "2027-06-01"]]
    response = upload(manager, agenda, as_csv(rows))
    assert problems(response)[0][:2] == (2, "reden van de wijziging")
    rows = [["id", "einde", "status", "reden"], [item.pk, "2027-06-01", "vertraagd", "Regen."]]
    send(manager, agenda, rows)
    assert fresh(item).status == "vertraagd"


def test_ids_that_are_double_or_of_others_are_refused(manager, west, agenda, item):
    other = make.AgendaItemPageFactory(
        parent=make.AgendaPageFactory(parent=west), title="Punt van West"
    )
    rows = [["id", "trekker"]]
    rows += [[key, "Ik"] for key in (item.pk, item.pk, other.pk, "abc", "-1", "9" * 30, "١")]
    response = upload(manager, agenda, as_csv(rows))
    assert [(row, heading) for row, heading, _text in problems(response)] == [
        (number, "id") for number in range(3, 9)
    ]
    assert "staat ook in rij 2" in problems(response)[0][2]
    assert "Punt van West" not in response.content.decode()
    assert fresh(other).lead == "Team Verkeer"


@pytest.mark.parametrize(
    ("head", "message"),
    [
        (["titel", "thema"], "De kolom ‘id’ ontbreekt."),
        (["id", "titel", "kleur"], "Deze kolom kennen wij niet."),
        (["id", "titel", "Titel "], "Deze kolom staat er twee keer: ‘titel’."),
    ],
)
def test_wrong_headings_are_named(manager, agenda, head, message):
    response = upload(manager, agenda, as_csv([head, [""] * len(head)]))
    assert message in response.content.decode()


def test_html_stays_text(manager, client, agenda, item):
    evil = "<script>alert(1)</script>"
    rows = [["id", "trekker", "samenvatting"], [item.pk, evil, evil]]
    response = upload(manager, agenda, as_csv(rows), name=f"{evil}.csv")
    assert "<script>alert(1)" not in response.content.decode()
    confirm(manager, response)
    assert "<script>alert(1)" not in client.get(fresh(item).get_url()).content.decode()


def test_yes_means_what_was_shown(manager, login, administrator, agenda, item):
    rows = [["id", "trekker"], [item.pk, "Team A"]]
    response = upload(manager, agenda, as_csv(rows))
    other = fresh(item)
    other.lead = "Team B"
    other.save_revision().publish()
    stale = confirm(manager, response)
    assert "De agenda is intussen anders" in stale.content.decode()
    assert fresh(item).lead == "Team B"
    confirm(manager, stale)
    assert fresh(item).lead == "Team A"


def test_yes_twice_happens_once(manager, agenda, item):
    response = upload(manager, agenda, as_csv([["id", "titel", "thema"], ["", "Nieuw", "Verkeer"]]))
    confirm(manager, response)
    again = manager.post(
        response.request["PATH_INFO"], {"fingerprint": response.context["plan"].fingerprint}
    )
    assert "al verwerkt" in again.content.decode()
    assert AgendaItemPage.objects.filter(title="Nieuw").count() == 1


def test_all_or_nothing(manager, agenda, item):
    blocked = make.AgendaItemPageFactory(parent=agenda, title="Vast", theme=item.theme)
    rows = [["id", "trekker"], [item.pk, "Team A"], [blocked.pk, "Team A"]]
    response = upload(manager, agenda, as_csv(rows))
    # Something that only shows when the page is saved: an address that another page took.
    other = make.AgendaItemPageFactory(parent=agenda, title="Ander", theme=item.theme)
    AgendaItemPage.objects.filter(pk=blocked.pk).update(slug=other.slug)
    done = confirm(manager, response)
    assert "Rij 3 kon niet worden bewaard" in done.content.decode()
    assert fresh(item).lead == "Team Verkeer"
    assert fresh(item).revisions.count() == 0


def test_an_unknown_format_is_not_found(manager, agenda):
    address = reverse("agenda_export", args=[agenda.pk, "exe"])
    assert manager.get(address).status_code == 404


def test_tables_are_forgotten_after_a_day(manager, agenda, item):
    upload(manager, agenda, export(manager, agenda))
    call_command("purge_expired")
    assert SheetImport.objects.count() == 1
    SheetImport.objects.update(created_at=timezone.now() - timedelta(days=2))
    call_command("purge_expired")
    assert SheetImport.objects.count() == 0


def test_queries_do_not_grow_with_the_items(manager, agenda, item, django_assert_num_queries):
    def steps(extra):
        for _ in range(extra):
            row = make.AgendaItemPageFactory(parent=agenda, theme=item.theme)
            AgendaAction.objects.create(item=row, text="Tekenen")
        rows = as_rows(export(manager, agenda))
        for row in rows[1:]:
            row[rows[0].index("trekker")] = "Team A"
            row[rows[0].index("einde")] = "2029-01-01"
            row[rows[0].index("reden van de wijziging")] = "Daarom."
        plan = upload(manager, agenda, as_csv(rows)).request["PATH_INFO"]
        return [reverse("agenda_export", args=[agenda.pk, "ods"]), plan]

    addresses = steps(2)
    counts = []
    for address in addresses:
        manager.get(address)
        with CaptureQueriesContext(connection) as few:
            manager.get(address)
        counts.append(len(few))
    assert max(counts) <= 45
    for address, count in zip(steps(20), counts, strict=True):
        with django_assert_num_queries(count):
            manager.get(address)
