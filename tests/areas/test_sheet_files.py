"""Files with tables as people and attackers make them: read as meant, or refused in Dutch."""

import zipfile
from datetime import date
from io import BytesIO

import openpyxl
import pytest
from odf.opendocument import OpenDocumentSpreadsheet, load
from odf.table import CoveredTableCell, Table, TableCell, TableRow
from odf.text import P

from cms.sheets.reading import MAX_BYTES
from tests.areas.test_sheets import as_csv, as_xlsx, confirm, fresh, problems, upload
from tests.factories import pages as make


@pytest.fixture
def agenda(north):
    return make.AgendaPageFactory(parent=north, slug="agenda", title="Agenda Noord")


@pytest.fixture
def item(agenda):
    return make.AgendaItemPageFactory(parent=agenda, theme=make.ThemeFactory(name="Verkeer"))


@pytest.fixture
def manager(login, area_manager):
    return login(area_manager)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_a_csv_is_read_as_it_was_saved(manager, agenda, item, encoding, delimiter):
    rows = [["id", "trekker"], [item.pk, "Café, één; € twee"]]
    send_in = as_csv(rows, delimiter=delimiter, encoding=encoding)
    confirm(manager, upload(manager, agenda, send_in))
    assert fresh(item).lead == "Café, één; € twee"


def test_the_directive_of_excel_is_understood(manager, agenda, item):
    content = b"sep=,\r\n" + as_csv([["id", "trekker"], [item.pk, "Team A"]], delimiter=",")
    assert problems(upload(manager, agenda, content)) == []


def zip_of(**members) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return file.getvalue()


def merged_xlsx() -> bytes:
    book = openpyxl.Workbook()
    for row in (["id", "titel"], ["", "Een"], ["", ""]):
        book.active.append(row)
    book.active.merge_cells("B2:B3")
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def ods_of(*lines) -> bytes:
    """An ODS with cells given as (text, attributes)."""
    book = OpenDocumentSpreadsheet()
    table = Table(name="Blad1")
    for line in lines:
        row = TableRow()
        for text, attributes in line:
            cell = TableCell(**attributes)
            if text:
                cell.addElement(P(text=text))
            row.addElement(cell)
            for _more in range(int(attributes.get("numbercolumnsspanned", 1)) - 1):
                row.addElement(CoveredTableCell())
        table.addElement(row)
    book.spreadsheet.addElement(table)
    file = BytesIO()
    book.write(file)
    return file.getvalue()


ENTITIES = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">
<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><x>&b;</x>"""
NO_TABLE = "Bewaar uw tabel als xlsx, ods of csv"
HOSTILE = {
    "nothing": (b"", "leeg"),
    "blanks": (b" \n \n", "leeg"),
    "too large": (b"x" * (MAX_BYTES + 1), "te groot"),
    "old excel": (b"\xd0\xcf\x11\xe0" + b"x" * 100, "bewaar het als xlsx"),
    "picture": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", NO_TABLE),
    "pdf": (b"%PDF-1.7\n\x00\x01", NO_TABLE),
    "no letters": (b"id;titel\n\x81\x8d;x", "UTF-8"),
    "open quote": (b'id;titel\n"1;x', "aanhalingsteken"),
    "other zip": (zip_of(hallo="x"), NO_TABLE),
    "broken zip": (b"PK\x03\x04 and nothing more", NO_TABLE),
    "bomb": (zip_of(xl__workbook_xml=b"0" * 60_000_000), "uitpakken"),
    "entities": (zip_of(mimetype=b"x", content_xml=ENTITIES), NO_TABLE),
    "entities of excel": (
        zip_of(**{"[Content_Types]_xml": ENTITIES, "xl__workbook_xml": ENTITIES}),
        NO_TABLE,
    ),
    "merged": (merged_xlsx(), "samengevoegd (B2:B3)"),
    "merged ods": (
        ods_of([("id", {}), ("titel", {})], [("x", {"numbercolumnsspanned": "2"})]),
        "samengevoegd (A2)",
    ),
    "formula": (as_xlsx([["id", "titel"], ["", "=1+1"]]), "In cel B2 staat een formule."),
    "formula ods": (
        ods_of([("id", {}), ("titel", {})], [("", {}), ("2", {"formula": "of:=1+1"})]),
        "In cel B2 staat een formule.",
    ),
    "many rows": (b"id;titel\n" + b";x\n" * 2001, "te veel rijen"),
    "only headings": (
        ods_of([("id", {})], [("", {"numbercolumnsrepeated": "9"})]),
        "gelijk aan de agenda",
    ),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_and_broken_files_are_refused_in_dutch(manager, agenda, case):
    content, message = HOSTILE[case]
    response = upload(manager, agenda, content, "tabel.xlsx", publish_new="on")
    html = response.content.decode()
    assert response.status_code == 200
    assert message in html
    if "form" in response.context and response.context["form"].errors:
        assert 'name="publish_new"' in html
        assert "checked" in html.split('name="publish_new"')[1].split(">")[0]


def test_a_row_far_below_and_a_repeated_row_end_in_words(manager, agenda):
    book = openpyxl.Workbook()
    book.active.append(["id", "titel"])
    book.active["XFD1048576"] = "ver weg"
    file = BytesIO()
    book.save(file)
    assert "loopt te ver door" in upload(manager, agenda, file.getvalue()).content.decode()
    many = ods_of([("id", {}), ("titel", {})])
    table = load(BytesIO(many))
    row = TableRow(numberrowsrepeated="1048575")
    row.addElement(TableCell(numbercolumnsrepeated="16384"))
    row.addElement(TableCell())
    cell = TableCell(valuetype="string")
    cell.addElement(P(text="x"))
    filled = TableRow(numberrowsrepeated="1048575")
    filled.addElement(cell)
    table.spreadsheet.getElementsByType(Table)[0].addElement(filled)
    table.spreadsheet.getElementsByType(Table)[0].addElement(row)
    file = BytesIO()
    table.write(file)
    assert "te veel rijen" in upload(manager, agenda, file.getvalue()).content.decode()


def test_repeated_empty_cells_of_ods_move_nothing(manager, agenda, item):
    content = ods_of(
        [(text, {}) for text in ("id", "samenvatting", "partners", "trekker")],
        [
            (str(item.pk), {"valuetype": "float", "value": str(item.pk)}),
            ("", {"numbercolumnsrepeated": "2"}),
            ("Team A", {"valuetype": "string"}),
        ],
    )
    confirm(manager, upload(manager, agenda, content))
    assert (fresh(item).lead, fresh(item).partners) == ("Team A", "")


def test_numbers_and_dates_of_a_spreadsheet(manager, agenda, item):
    rows = [["id", "trekker", "begin", "geld"], [float(item.pk), 112, date(2026, 3, 1), 2.5]]
    confirm(manager, upload(manager, agenda, as_xlsx(rows)))
    assert (fresh(item).lead, fresh(item).money) == ("112", "2.5")


def test_a_cell_beside_the_table_is_named(manager, agenda, item):
    response = upload(manager, agenda, as_csv([["id"], [item.pk, "", "los"]]))
    assert problems(response)[0][:2] == (2, "C")
