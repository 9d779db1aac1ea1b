"""Writing a table as CSV, XLSX or ODS."""

import csv
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from io import BytesIO, StringIO

import tablib
from django.http import HttpResponse
from django.utils.text import slugify
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.teletype import addTextToElement
from odf.text import P

from .cells import clean, neutralised

Cell = str | int | date | None
Row = Sequence[Cell]

COLUMN_WIDTH = 24  # characters


def _safe(value: Cell) -> Cell:
    return neutralised(clean(value)) or None if isinstance(value, str) else value


def _as_csv(title: str, head: Sequence[str], rows: list[Row]) -> bytes:
    """Semicolons and a byte order mark: what Excel in Dutch opens as it is."""
    file = StringIO()
    writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
    writer.writerow(head)
    for row in rows:
        writer.writerow(
            [
                cell.isoformat() if isinstance(cell, date) else "" if cell is None else cell
                for cell in row
            ]
        )
    return file.getvalue().encode("utf-8-sig")


def _as_xlsx(title: str, head: Sequence[str], rows: list[Row]) -> bytes:
    table = tablib.Dataset(headers=head, title=title[:31])
    table.extend(rows)
    return table.export("xlsx", column_width=COLUMN_WIDTH)


def _as_ods(title: str, head: Sequence[str], rows: list[Row]) -> bytes:
    """Not by tablib, which puts lines and repeated spaces of a text on one line."""
    book = OpenDocumentSpreadsheet()
    table = Table(name=title)
    for row in [head, *rows]:
        line = TableRow()
        for value in row:
            line.addElement(_ods_cell(value))
        table.addElement(line)
    book.spreadsheet.addElement(table)
    file = BytesIO()
    book.write(file)
    return file.getvalue()


def _ods_cell(value: Cell) -> TableCell:
    if value is None:
        return TableCell()
    if isinstance(value, int):
        cell = TableCell(valuetype="float", value=value)
        cell.addElement(P(text=str(value)))
    elif isinstance(value, date):
        cell = TableCell(valuetype="date", datevalue=value.isoformat())
        cell.addElement(P(text=value.isoformat()))
    else:
        cell = TableCell(valuetype="string")
        for text in value.split("\n"):
            paragraph = P()
            addTextToElement(paragraph, text)
            cell.addElement(paragraph)
    return cell


#: Extension -> (media type, writer).
FORMATS: dict[str, tuple[str, Callable[..., bytes]]] = {
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _as_xlsx),
    "ods": ("application/vnd.oasis.opendocument.spreadsheet", _as_ods),
    "csv": ("text/csv; charset=utf-8", _as_csv),
}


def sheet_response(
    *, format_name: str, name: str, title: str, head: Sequence[str], rows: Iterable[Row]
) -> HttpResponse:
    """A table as a file to download; texts that look like formulas are neutralised.

    `format_name`: a key of FORMATS; anything else raises KeyError. `name` becomes the file's.
    """
    media_type, write = FORMATS[format_name]
    safe = [[_safe(value) for value in row] for row in rows]
    content = write(slugify(title) or "tabel", [str(_safe(str(text))) for text in head], safe)
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{slugify(name)}.{format_name}"'
    response["Cache-Control"] = "private, no-store"
    return response
