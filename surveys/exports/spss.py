"""SPSS files (.sav) with labels of variables and values, and three kinds of missing.

ReadStat writes a response at a time, but pyreadstat takes a whole data frame: at 250,000
responses that is more memory than a request may use. It reads the types of columns from the
frame, and then only asks it for its length and its rows. So it gets a frame of one row with
the widest value of each column, whose rows come from a file that was filled in one pass before.
"""

import pickle
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO

import narwhals.stable.v2 as narwhals
import pandas
from django.utils.translation import gettext as _
from pyreadstat import write_sav

from ..types.parts import Storage
from .columns import MISSING_LABELS, Column, Layout
from .rows import Row
from .ways import WAYS

#: Names of our own, in front of the variables of the survey.
NUMBER, DAY, VERSION = "volgnummer", "datum", "versie"
#: SPSS counts seconds from the first day of the Gregorian calendar.
SPSS_ZERO = date(1582, 10, 14)
SECONDS_A_DAY = 86_400
DAY_FORMAT = "EDATE10"
#: Bytes that SPSS shows of a label, and that a value label may have.
LONGEST_LABEL, LONGEST_VALUE_LABEL = 255, 120
MEASURES = dict.fromkeys((Storage.CODE, Storage.FLAG, Storage.TEXT, Storage.SHAPE), "nominal")
FORMATS = {
    Storage.CODE: "F8.0",
    Storage.FLAG: "F8.0",
    Storage.RATING: "F8.0",
    Storage.DAY: DAY_FORMAT,
    Storage.NUMBER: "F20.4",
    Storage.DEGREES: "F20.6",
}
#: Rows between two looks at the file.
BATCH = 500


class _Frame(narwhals.DataFrame):
    """One row that tells the types, and rows that come from elsewhere."""

    rows: Iterable[tuple]
    length: int

    def __len__(self) -> int:
        return self.length

    def iter_rows(self, *, named: bool = False, buffer_size: int = 512) -> Iterator[tuple]:
        return iter(self.rows)


def write_spss(path: Path, title: str, layout: Layout, rows: Iterable[Row]) -> int:
    """Write a .sav file and return the number of responses."""
    columns = layout.columns
    with TemporaryFile() as spool:
        count, widest = _fill(spool, columns, rows)
        sample = [1.0, 1.0, 1.0, *("x" * width if width else 1.0 for width in widest)]
        names = [NUMBER, DAY, VERSION, *(column.name for column in columns)]
        names += [way.name for way in WAYS]
        wrapped = narwhals.from_native(pandas.DataFrame([sample], columns=names), eager_only=True)
        frame = _Frame(wrapped._compliant_frame, level="full")
        frame.rows, frame.length = _read(spool), count
        numeric = [column for column in columns if not column.storage.is_text]
        write_sav(
            frame,
            path,
            file_label=_cut(title, 64),
            row_compress=True,
            column_labels={
                NUMBER: _("Nummer in dit bestand, zonder betekenis"),
                DAY: _("Dag van de inzending"),
                VERSION: _("Versie van de enquête"),
                **{column.name: _cut(column.label, LONGEST_LABEL) for column in columns},
                **{way.name: str(way.label) for way in WAYS},
            },
            variable_value_labels={column.name: _value_labels(column) for column in numeric},
            missing_ranges={
                column.name: [float(code) for code in column.missing_codes.values()]
                for column in numeric
            },
            variable_measure={
                column.name: MEASURES.get(column.storage, "scale") for column in columns
            }
            | {way.name: "nominal" for way in WAYS},
            variable_format={
                NUMBER: "F8.0",
                DAY: DAY_FORMAT,
                VERSION: "F8.0",
                **{column.name: FORMATS[column.storage] for column in numeric},
            },
        )
    return count


def _fill(
    spool: BinaryIO, columns: tuple[Column, ...], rows: Iterable[Row]
) -> tuple[int, list[int]]:
    """Put the values of all rows in a file; the number of rows, and the widest text in bytes."""
    widest = [int(column.storage.is_text) for column in columns] + [1] * len(WAYS)
    texts = [number for number, width in enumerate(widest) if width]
    count, batch = 0, []
    for row in rows:
        values = [_value(row, column) for column in columns]
        values += [way.read(row) for way in WAYS]
        for number in texts:
            widest[number] = max(widest[number], len(values[number].encode()))
        batch.append((float(row.number), _seconds(row.day), float(row.version.number), *values))
        count += 1
        if len(batch) == BATCH:
            pickle.dump(batch, spool, pickle.HIGHEST_PROTOCOL)
            batch = []
    pickle.dump(batch, spool, pickle.HIGHEST_PROTOCOL)
    return count, widest


def _read(spool: BinaryIO) -> Iterator[tuple]:
    spool.seek(0)
    while True:
        try:
            yield from pickle.load(spool)  # noqa: S301 - of our own making, a moment ago
        except EOFError:
            return


def _value(row: Row, column: Column) -> float | str:
    value = row.value(column)
    if column.storage.is_text:
        return value or ""
    if value is None:
        return float(column.missing_codes[row.why_missing(column)])
    if column.storage is Storage.CODE:
        return float(column.codes[value])
    if column.storage is Storage.DAY:
        return _seconds(value)
    return float(value)


def _seconds(day: date) -> float:
    return float((day - SPSS_ZERO).days * SECONDS_A_DAY)


def _value_labels(column: Column) -> dict[float, str]:
    labels = {float(code): label for code, _option, label in column.values}
    if column.storage is Storage.FLAG:
        labels = {0.0: _("Nee"), 1.0: _("Ja")}
    question = column.question
    if question.low_label and question.maximum:
        labels |= {
            float(question.type.limits(question)[0]): question.low_label,
            float(question.maximum): question.high_label,
        }
    for reason, code in column.missing_codes.items():
        labels[float(code)] = str(MISSING_LABELS[reason])
    return {code: _cut(label, LONGEST_VALUE_LABEL) for code, label in labels.items()}


def _cut(text: str, longest: int) -> str:
    """A text of at most so many bytes."""
    return text.encode()[:longest].decode(errors="ignore")
