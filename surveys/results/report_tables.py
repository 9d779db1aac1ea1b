"""Cross tables of a report, in which no small number can be worked out.

All tables of one report have the same columns, so that no cell follows from two of them together.
Answers that are hidden in the results of a question are put together here too, as their sum is
known and they themselves are not.
"""

from dataclasses import dataclass

from ..models import SurveyPage
from .cross import CrossTable, Line, Variable, cross_table
from .filters import ResultsFilter
from .suppression import hidden_cells, hidden_parts, is_small

#: By the key of a variable: (label, archived) of lines.
Hidden = dict[str, set[tuple[str, bool]]]


@dataclass(frozen=True)
class ReportRow:
    """One row to print. Counts are None where they are hidden, all and the total in a row that
    is left out as a whole.
    """

    label: str
    counts: list[int | None]
    total: int | None

    @property
    def cells(self) -> list[dict]:
        """{count, percent} of each cell, both None where it is hidden."""
        return [
            {
                "count": count,
                "percent": None if count is None else round(100 * count / (self.total or 1)),
            }
            for count in self.counts
        ]


@dataclass(frozen=True)
class ReportTable:
    """A table to print; without rows it cannot be shown."""

    label: str
    columns: list[str]
    rows: list[ReportRow]
    many: bool


def report_table(
    survey: SurveyPage,
    row: Variable,
    column: Variable,
    threshold: int,
    *,
    hidden: Hidden,
    wanted: ResultsFilter,
    rest: str,
) -> ReportTable:
    """The table of one variable, split by another of which everybody has one value.

    `hidden` by the key of a variable: the lines that are hidden in the results of the question.
    `wanted`: the responses that are in it. `rest`: what answers that are put together are called.
    """
    table = cross_table(survey, row, column, wanted)
    # Each column with, as its last number, how many people it is of.
    sides = [
        [*(line[n] for line in table.counts), total] for n, total in enumerate(table.column_totals)
    ]
    forced = _places(table.columns, hidden.get(column.key, set()))
    labels = [line.label for line in table.columns]
    columns, sides = _together(labels, sides, table.column_totals, threshold, forced, rest)
    if not columns:
        return ReportTable(row.label, [], [], row.many)
    *cells, people = [list(line) for line in zip(*sides, strict=True)]
    forced = _places(table.rows, hidden.get(row.key, set()))
    if row.many:
        rows = _each_apart(table, cells, people, threshold, forced)
    else:
        rows = _in_parts(table, cells, threshold, forced, rest)
    return ReportTable(row.label, columns, rows, row.many)


def _places(lines: list[Line], hidden: set[tuple[str, bool]]) -> set[int]:
    return {place for place, line in enumerate(lines) if (line.label, line.archived) in hidden}


def _together(labels, vectors, totals, threshold: int, forced: set[int], rest: str):
    """Labels and vectors, with those put together that are forced or whose totals are hidden.

    Empty lists where that leaves less than two.
    """
    hidden = hidden_parts(totals, threshold)
    if hidden is None:
        return [], []
    hidden = {place for place in hidden | forced if totals[place]}
    kept = sorted(
        (place for place in range(len(labels)) if totals[place] and place not in hidden),
        key=lambda place: totals[place],
        reverse=True,
    )
    while kept and is_small(sum(totals[place] for place in hidden), threshold):
        hidden.add(kept.pop())
    found = [(labels[place], vectors[place]) for place in sorted(kept)]
    if hidden:
        gathered = (vectors[place] for place in hidden)
        found.append((rest, [sum(column) for column in zip(*gathered, strict=True)]))
    return [list(side) for side in zip(*found, strict=True)] if len(found) > 1 else ([], [])


def _in_parts(table: CrossTable, cells, threshold: int, forced: set[int], rest: str):
    """Rows of which everybody is in one."""
    labels = [line.label for line in table.rows]
    totals = [sum(line) for line in cells]
    labels, rows = _together(labels, cells, totals, threshold, forced, rest)
    hidden = hidden_cells(rows, threshold) if rows else None
    if hidden is None:
        return []
    return [
        ReportRow(
            label,
            [None if (r, c) in hidden else count for c, count in enumerate(rows[r])],
            sum(rows[r]),
        )
        for r, label in enumerate(labels)
    ]


def _each_apart(table: CrossTable, cells, people: list[int], threshold: int, forced: set[int]):
    """Rows of which somebody may be in several: each against who is not in it."""
    rows = []
    for place, (line, counts) in enumerate(zip(table.rows, cells, strict=True)):
        hidden = None
        if place not in forced:
            others = [total - count for total, count in zip(people, counts, strict=True)]
            hidden = hidden_cells([counts, others], threshold)
        if hidden is None:
            rows.append(ReportRow(line.label, [None] * len(counts), None))
            continue
        shown = [None if (0, c) in hidden else count for c, count in enumerate(counts)]
        rows.append(ReportRow(line.label, shown, sum(counts)))
    return rows
