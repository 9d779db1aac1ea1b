"""CSV and JSON."""

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from io import TextIOWrapper
from typing import BinaryIO

from django.contrib.gis.geos import GEOSGeometry

from cms.geometry.parsing import to_geojson

from ..types.parts import Storage
from .cells import DEGREE_DECIMALS, Cell
from .columns import NOT_ASKED, SKIPPED, Column, Layout
from .rows import Row, plain_number
from .ways import WAYS


def write_csv(file: BinaryIO, tables: Iterable[tuple[str, Iterable[Sequence[Cell]]]]) -> None:
    """The first table, as Excel in Dutch opens it as it is.

    Semicolons, a decimal comma and a byte order mark.
    """
    _name, rows = next(iter(tables))
    text = TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=False)
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerows([_csv_cell(cell) for cell in row] for row in rows)
    text.flush()
    text.detach()


def _csv_cell(cell: Cell):
    if cell is None:
        return ""
    if isinstance(cell, float):
        return f"{cell:.{DEGREE_DECIMALS}f}".replace(".", ",")
    if isinstance(cell, Decimal):
        return f"{cell:f}".replace(".", ",")
    return cell.isoformat() if isinstance(cell, date) else cell


def write_json(
    file: BinaryIO, title: str, layout: Layout, codebook: list[dict], rows: Iterable[Row]
) -> None:
    """One object: what was asked (`variables`) and a list of `responses`, written one by one.

    A variable that was not asked in the version of a response is not in it; one that stayed out
    of sight by a condition is named in `skipped`; one that was not answered is null. A choice is
    its label, a drawing is GeoJSON (RFC 7946). `ingang` and the like tell how a response came in.
    """
    text = TextIOWrapper(file, encoding="utf-8", newline="\n")
    dump = json.JSONEncoder(ensure_ascii=False).encode
    text.write(f'{{"survey": {dump(title)},\n"variables": {dump(codebook)},\n"responses": [')
    for row in rows:
        text.write("\n" if row.number == 1 else ",\n")
        text.write(dump(_as_object(row, layout.columns)))
    text.write("\n]}\n")
    text.flush()
    text.detach()


def _as_object(row: Row, columns: Sequence[Column]) -> dict:
    answers, skipped = {}, []
    for column in columns:
        value = row.value(column)
        if value is None:
            reason = row.why_missing(column)
            if reason == NOT_ASKED:
                continue
            if reason == SKIPPED:
                skipped.append(column.name)
                continue
        answers[column.name] = None if value is None else _JSON[column.storage](column, value)
    found = {
        "number": row.number,
        "date": row.day.isoformat(),
        "version": row.version.number,
        **{way.name: way.read(row) or None for way in WAYS},
        "answers": answers,
    }
    return found | ({"skipped": skipped} if skipped else {})


def _json_number(_column: Column, value):
    number = plain_number(value)
    return number if isinstance(number, int) else float(number)


_JSON: dict[Storage, Callable] = {
    Storage.CODE: lambda column, value: column.option_labels.get(value, value),
    Storage.FLAG: lambda _column, value: value,
    Storage.RATING: lambda _column, value: value,
    Storage.NUMBER: _json_number,
    Storage.DAY: lambda _column, value: value.isoformat(),
    Storage.TEXT: lambda _column, value: value,
    Storage.DEGREES: lambda _column, value: round(value, DEGREE_DECIMALS),
    Storage.SHAPE: lambda _column, value: to_geojson(GEOSGeometry(value, srid=4326)),
}


def csv_lines(rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Lines of a CSV file as `write_csv` makes them, to stream at once."""

    class Echo:
        def write(self, line: str) -> str:
            return line

    write = csv.writer(Echo(), delimiter=";", lineterminator="\r\n").writerow
    for number, row in enumerate(rows):
        yield ("" if number else "\ufeff") + write(row)
