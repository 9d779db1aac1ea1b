"""GeoPackage: a layer with points for each map question, and a table with all answers.

In degrees (EPSG:4326), as the places were stored: nothing is lost on the way, and every GIS
brings them to the national grid itself.
"""

from collections.abc import Iterable
from itertools import islice
from pathlib import Path

import numpy
from pyogrio.raw import write

from ..types.parts import Storage
from .columns import Column, Layout
from .rows import Row
from .ways import WAYS

TABLE = "antwoorden"
CRS = "EPSG:4326"
CHUNK = 2_000
POINT_FIELDS = {
    "volgnummer": "int32",
    "datum": "datetime64[D]",
    "versie": "int32",
    "omschrijving": object,
    "bij_benadering": "bool",
}
DTYPES = {
    Storage.CODE: object,
    Storage.TEXT: object,
    Storage.DAY: "datetime64[D]",
    Storage.FLAG: "float64",
    Storage.RATING: "float64",
    Storage.NUMBER: "float64",
}


def write_geopackage(path: Path, layout: Layout, rows: Iterable[Row]) -> int:
    """Write a .gpkg file and return the number of responses.

    A layer is named after its variable and described by its question; `antwoorden` is the table.
    `volgnummer` ties them together.
    """
    places = [
        column
        for column in layout.columns
        if column.question.kind == "point" and column.storage is Storage.TEXT
    ]
    shown = {column.question.id for column in places}
    plain = [column for column in layout.columns if column.question.id not in shown]
    rows, count = iter(rows), 0
    while True:
        chunk = list(islice(rows, CHUNK))
        if count and not chunk:
            return count
        append = count > 0
        for column in places:
            _write_points(path, column, chunk, append=append)
        _write_table(path, plain, chunk, append=append)
        if not chunk:
            return 0
        count += len(chunk)


def _write_points(path: Path, column: Column, chunk: list[Row], *, append: bool) -> None:
    found = [(row, stored[0]) for row in chunk if (stored := row.stored(column)) and stored[0][3]]
    geometry = _array([bytes(stored[3].wkb) for _row, stored in found], object)
    fields = zip(
        *((row.number, row.day, row.version.number, stored[1] or None, stored[4])
          for row, stored in found),
        strict=True,
    )  # fmt: skip
    values = list(fields) or [()] * len(POINT_FIELDS)
    write(
        path,
        geometry,
        [_array(part, dtype) for part, dtype in zip(values, POINT_FIELDS.values(), strict=True)],
        list(POINT_FIELDS),
        layer=column.name,
        driver="GPKG",
        geometry_type="Point",
        crs=CRS,
        append=append,
        **({} if append else {"IDENTIFIER": column.question.label, "SPATIAL_INDEX": "YES"}),
    )


def _write_table(path: Path, columns: list[Column], chunk: list[Row], *, append: bool) -> None:
    own = {
        "volgnummer": _array([row.number for row in chunk], "int32"),
        "datum": _array([row.day for row in chunk], "datetime64[D]"),
        "versie": _array([row.version.number for row in chunk], "int32"),
    }
    fields = own | {
        column.name: _array([_value(row, column) for row in chunk], DTYPES[column.storage])
        for column in columns
    }
    fields |= {way.name: _array([way.read(row) or None for row in chunk], object) for way in WAYS}
    write(
        path,
        None,
        list(fields.values()),
        list(fields),
        layer=TABLE,
        driver="GPKG",
        geometry_type=None,
        crs=None,
        append=append,
    )


def _value(row: Row, column: Column):
    value = row.value(column)
    if value is None:
        return None
    if column.storage is Storage.CODE:
        return column.option_labels.get(value, value)
    return float(value) if DTYPES[column.storage] == "float64" else value


def _array(values, dtype) -> numpy.ndarray:
    """An array; what is missing is NaN, NaT or None, which all become NULL."""
    array = numpy.empty(len(values), dtype=dtype)
    array[:] = values
    return array
