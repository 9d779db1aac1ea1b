"""The variant for open data: nobody can be found back in it.

Left out: own words, exact places, exact days, whole postcodes, and the number of the response.
What stays is brought to a coarser measure. Then cells are emptied until every value, every pair
of values, and every combination of all that tells where or who somebody is (month, place,
postcode, date, typed number) occurs in at least `threshold` rows: k-anonymity for those
combinations by local suppression (Samarati and Sweeney, 1998).

All answers are kept as numbers of two bytes, so that a survey of any length fits in memory.
"""

from array import array
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy
from django.utils.translation import gettext as _

from cms.geometry.grid import to_rd

from ..types.parts import Storage
from .cells import Cell, safe_text
from .columns import Column, Layout
from .rows import Row, plain_number

#: Side of a cell of the national grid, in kilometres.
CELL_KM = 1
#: Numbers that people typed become this many classes at most.
NUMBER_CLASSES = 5
EMPTY = 0
#: What two bytes can count. A column with more different values than this stays empty.
MOST_VALUES = 65_535
#: So that it is not the same responses that are emptied in every column.
SPREAD = 7
#: Pairs are counted in an array up to this size, and by sorting beyond it.
MOST_PAIRS = 4_000_000


@dataclass(frozen=True)
class _Field:
    """A column to be. `is_key`: it tells who or where somebody is."""

    label: str
    read: Callable[[Row], object]
    is_key: bool = False
    is_typed: bool = False


class OpenData:
    """Rows to publish, of which `rows()` gives a table with its first line.

    `count` is the number of responses in it: none where there are fewer than the threshold.
    """

    def __init__(self, layout: Layout, rows: Iterable[Row], threshold: int) -> None:
        self.threshold = threshold
        self._fields = list(_fields(layout))
        self._words: list[list] = []
        self._codes = self._read(rows)
        if len(self._codes) < threshold:
            self._codes = self._codes[:0]
        self.count = len(self._codes)
        if self.count:
            for number, field in enumerate(self._fields):
                if field.is_typed:
                    self._classify(number)
            self._given = self._codes != EMPTY
            while self._suppress():
                pass

    def rows(self) -> Iterator[list[Cell]]:
        """The first line, then a line a response in a random order of its own."""
        yield [safe_text(field.label) for field in self._fields]
        for place in numpy.random.default_rng().permutation(self.count):
            yield [words[code] for words, code in zip(self._words, self._codes[place], strict=True)]

    def _read(self, rows: Iterable[Row]) -> numpy.ndarray:
        """All values as numbers from 1, 0 for none: an array of responses by fields."""
        known: list[dict[object, int]] = [{} for _field in self._fields]
        codes = array("H")
        for row in rows:
            for field, words in zip(self._fields, known, strict=True):
                value = field.read(row)
                if value is None or (value not in words and len(words) == MOST_VALUES):
                    codes.append(EMPTY)
                else:
                    codes.append(words.setdefault(value, len(words) + 1))
        self._words = [
            [None, *(safe_text(word) if isinstance(word, str) else word for word in words)]
            for words in known
        ]
        width = max(len(self._fields), 1)
        found = numpy.frombuffer(codes, dtype=numpy.uint16).reshape(-1, width).copy()
        for number, words in enumerate(known):
            if len(words) == MOST_VALUES:
                found[:, number] = EMPTY
        return found

    def _classify(self, number: int) -> None:
        """Bring the numbers of a column to classes of about equal size."""
        words, codes = self._words[number], self._codes[:, number]
        if len(words) == 1:
            return
        counts = numpy.bincount(codes, minlength=len(words))
        order = sorted(range(1, len(words)), key=lambda code: words[code])
        size = max(self.threshold, -(-int(counts[1:].sum()) // NUMBER_CLASSES))
        groups: list[list[int]] = [[]]
        filled = 0
        for code in order:
            if filled >= size:
                groups.append([])
                filled = 0
            groups[-1].append(code)
            filled += counts[code]
        if len(groups) > 1 and filled < self.threshold:
            last = groups.pop()
            groups[-1] += last
        classes = numpy.zeros(len(words), dtype=numpy.uint16)
        names: list = [None]
        for place, group in enumerate(groups, start=1):
            classes[group] = place
            low, high = (_in_dutch(words[code]) for code in (group[0], group[-1]))
            names.append(
                safe_text(
                    low if low == high else _("%(low)s t/m %(high)s") % {"low": low, "high": high}
                )
            )
        self._codes[:, number] = classes[codes]
        self._words[number] = names

    def _suppress(self) -> bool:
        """Empty what occurs too seldom; whether anything was emptied."""
        before = numpy.count_nonzero(self._codes)
        self._values()
        self._pairs()
        self._keys()
        return numpy.count_nonzero(self._codes) < before

    def _values(self) -> None:
        """Single values; and a few others where those emptied are so few that they stand out.

        The others follow from the order of the keys, which is random and stays the same: two
        files of the same responses must not differ, or one would tell what the other hides.
        """
        for number in range(len(self._fields)):
            column = self._codes[:, number]
            counts = numpy.bincount(column)
            column[counts[column] < self.threshold] = EMPTY
            emptied = numpy.count_nonzero(self._given[:, number] & (column == EMPTY))
            if 0 < emptied < self.threshold:
                filled = numpy.roll(numpy.flatnonzero(column), -number * SPREAD)
                column[filled[: self.threshold - emptied]] = EMPTY

    def _pairs(self) -> None:
        for pair in combinations(range(len(self._fields)), 2):
            first, second = (self._codes[:, number].astype(numpy.int64) for number in pair)
            filled = (first != EMPTY) & (second != EMPTY)
            if filled.any():
                width = int(second.max()) + 1
                rare = filled & (_counts(first * width + second, filled) < self.threshold)
                self._codes[rare, max(pair, key=self._rank)] = EMPTY

    def _keys(self) -> None:
        """Combinations of all keys together; the finest key of a rare one goes."""
        keys = [number for number, field in enumerate(self._fields) if field.is_key]
        together = numpy.zeros(self.count, dtype=numpy.int64)
        for number in keys:
            wide = together * (MOST_VALUES + 1) + self._codes[:, number]
            together = numpy.unique(wide, return_inverse=True)[1]
        rare = _counts(together, numpy.ones(self.count, dtype=bool)) < self.threshold
        for number in sorted(keys, key=self._rank, reverse=True):
            goes = rare & (self._codes[:, number] != EMPTY)
            self._codes[goes, number] = EMPTY
            rare &= ~goes

    def _rank(self, number: int) -> tuple[bool, int]:
        """How much a column gives away: keys first, then by their number of values."""
        return self._fields[number].is_key, len(self._words[number])


def _counts(codes: numpy.ndarray, taking_part: numpy.ndarray) -> numpy.ndarray:
    """For each row how many of those that take part have the same code."""
    if int(codes.max()) < MOST_PAIRS:
        return numpy.bincount(codes, weights=taking_part)[codes]
    places = numpy.unique(codes, return_inverse=True)[1]
    return numpy.bincount(places, weights=taking_part)[places]


def _fields(layout: Layout) -> Iterator[_Field]:
    yield _Field(_("Maand"), lambda row: f"{row.day:%Y-%m}", is_key=True)
    if layout.collectors:
        # The kind and not the name, which may be of one shop or street; and it tells who somebody
        # is, so small groups disappear together with the other keys.
        yield _Field(
            _("Ingang: voor wie"),
            lambda row: row.collector.get_kind_display() if row.collector else None,
            is_key=True,
        )
    for column in layout.columns:
        kind, storage = column.question.kind, column.storage
        if kind == "point":
            if storage is Storage.TEXT:  # one of the three columns of a place
                label = _("%(question)s (vak van 1 km in RD, linksonder)")
                yield _Field(
                    label % {"question": column.question.label}, _cell_of(column), is_key=True
                )
        elif column.part.is_personal or kind == "consent":
            continue
        elif storage is Storage.TEXT:
            yield _Field(column.label, _short_postcode(column), is_key=True)
        elif storage is Storage.DAY:
            yield _Field(column.label, _month(column), is_key=True)
        elif storage is Storage.NUMBER:
            yield _Field(column.label, _value(column), is_key=True, is_typed=True)
        else:
            yield _Field(column.label, _value(column))


def _value(column: Column) -> Callable[[Row], object]:
    def read(row: Row):
        value = row.value(column)
        if value is not None and column.storage is Storage.CODE:
            return column.option_labels.get(value)
        return value

    return read


def _month(column: Column) -> Callable[[Row], str | None]:
    return lambda row: None if (day := row.value(column)) is None else f"{day:%Y-%m}"


def _short_postcode(column: Column) -> Callable[[Row], str | None]:
    """Four digits; a village or district stays."""

    def read(row: Row) -> str | None:
        text = row.value(column)
        return text[:4] if text and text[:4].isdigit() else text

    return read


def _cell_of(column: Column) -> Callable[[Row], str | None]:
    """The lower left corner of the cell a place is in, in kilometres of the national grid."""

    def read(row: Row) -> str | None:
        stored = row.stored(column)
        point = stored[0][3] if stored else None
        if point is None:
            return None
        x, y = to_rd(point).coords
        return f"{int(x // 1000 // CELL_KM * CELL_KM)} {int(y // 1000 // CELL_KM * CELL_KM)}"

    return read


def _in_dutch(number) -> str:
    return f"{plain_number(number):f}".replace(".", ",")
