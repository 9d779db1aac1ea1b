"""GeoPackage: a layer for each map question, and a table with all answers.

A question that asks for lines or polygons has a second layer with points, of who chose a spot, an
address or a village instead.

In degrees (EPSG:4326), as the places were stored: nothing is lost on the way, and every GIS
brings them to the national grid itself.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy
from django.utils.translation import gettext as _
from pyogrio.raw import write

from ..shapes.reading import LINE, POINT, POLYGON
from ..types.parts import Storage, Stored
from ..types.shape_columns import geometry_in
from .columns import Column, Layout
from .rows import Row
from .ways import WAYS

TABLE = "antwoorden"
SPOTS = "_plekken"
GEOMETRY_TYPES = {POINT: "Point", LINE: "LineString", POLYGON: "Polygon"}
CRS = "EPSG:4326"
CHUNK = 2_000
PLACE_FIELDS = {
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
#: The column that a layer is named after, by the kind of its question.
_NAMING = {"point": Storage.TEXT, "shapes": Storage.SHAPE}
#: Answers that go with a layer: (response, stored answer).
Places = list[tuple[Row, Stored]]


def write_geopackage(path: Path, layout: Layout, rows: Iterable[Row]) -> int:
    """Write a .gpkg file and return the number of responses.

    A layer is named after its variable and described by its question; `antwoorden` is the table.
    `volgnummer` ties them together.
    """
    places = [
        column
        for column in layout.columns
        if column.question.type.has_map and column.storage is _NAMING[column.question.kind]
    ]
    plain = [
        column
        for column in layout.columns
        if not (column.question.type.has_map and column.part.is_personal)
    ]
    rows, count = iter(rows), 0
    while True:
        chunk = list(islice(rows, CHUNK))
        if count and not chunk:
            return count
        append = count > 0
        for column in places:
            for layer in _layers(column):
                _write_places(path, layer, chunk, append=append)
        _write_table(path, plain, chunk, append=append)
        if not chunk:
            return 0
        count += len(chunk)


@dataclass(frozen=True)
class _Layer:
    """One layer of a map question: the places of one type among its answers."""

    name: str
    column: Column
    geometry_type: str

    def places(self, chunk: list[Row]) -> Places:
        return [
            (row, stored)
            for row in chunk
            for stored in row.stored(self.column)
            if (place := geometry_in(stored)) and place.geom_type == self.geometry_type
        ]


def _layers(column: Column) -> list[_Layer]:
    question = column.question
    own = GEOMETRY_TYPES[question.extra.get("shape", POINT)]
    found = [_Layer(column.name, column, own)]
    if own != "Point":
        found.append(_Layer(f"{column.name}{SPOTS}", column, "Point"))
    return found


def _write_places(path: Path, layer: _Layer, chunk: list[Row], *, append: bool) -> None:
    found = layer.places(chunk)
    fields = zip(
        *((row.number, row.day, row.version.number, stored[1] or None, stored[4])
          for row, stored in found),
        strict=True,
    )  # fmt: skip
    values = list(fields) or [()] * len(PLACE_FIELDS)
    write(
        path,
        _array([bytes(geometry_in(stored).wkb) for _row, stored in found], object),
        [_array(part, dtype) for part, dtype in zip(values, PLACE_FIELDS.values(), strict=True)],
        list(PLACE_FIELDS),
        layer=layer.name,
        driver="GPKG",
        geometry_type=layer.geometry_type,
        crs=CRS,
        append=append,
        **({} if append else {"IDENTIFIER": _identifier(layer), "SPATIAL_INDEX": "YES"}),
    )


def _identifier(layer: _Layer) -> str:
    """What a map program shows as the name; no two layers may have the same."""
    label = layer.column.question.label
    if not layer.name.endswith(SPOTS):
        return label
    return _("%(question)s (gekozen plek, adres of dorp)") % {"question": label}


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
