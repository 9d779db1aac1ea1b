"""Two questions against each other: how many gave each pair of answers."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, FilteredRelation, Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ..definition import Question
from ..languages.registry import DUTCH, NL, languages
from ..models import Collector, Response, SurveyPage
from ..types.base import CHOICES, CLASSES, PARTS, ROWS
from ..types.numbers import BARS_SHOWN, grouped_ranges
from ..types.summary import localized
from .filters import EVERYTHING, ResultsFilter

COLLECTOR, SOURCE, LANGUAGE = "ingang", "bron", "taal"
PLACES_SHOWN = 12


@dataclass(frozen=True)
class Line:
    """One row or column: its label, and the stored values that belong in it."""

    label: str
    values: frozenset
    archived: bool = False


@dataclass(frozen=True)
class Variable:
    """Something to put in the rows or columns of a table.

    `stored`: the field it is stored in, of an answer to `question_id` or else of the response.
    `many`: one response may be in several lines. `lines`: gives them, from counts by value.
    """

    key: str
    label: str
    stored: str
    lines: Callable[[Counter], list[Line]]
    question_id: str = ""
    many: bool = False


@dataclass(frozen=True)
class CrossTable:
    """Counts of `rows` by `columns`; of responses that say something about both.

    `row_totals` and `column_totals` are responses; they are more than sums where a response may
    be in several lines.
    """

    row: Variable
    column: Variable
    rows: list[Line]
    columns: list[Line]
    counts: list[list[int]]
    row_totals: list[int]
    column_totals: list[int]
    total: int


def variables(survey: SurveyPage, asked: Sequence[Question]) -> list[Variable]:
    """What can be put in a table: counted questions, and how responses came in. One query."""
    found = [variable for question in asked for variable in _of_question(question)]
    collectors = list(Collector.objects.filter(survey=survey))
    if collectors:
        found.append(
            Variable(COLLECTOR, _("Langs welke ingang"), "collector_id", _collectors(collectors))
        )
    found.append(Variable(SOURCE, _("Hoe ingevuld"), "source", _sources))
    if survey.languages:
        found.append(Variable(LANGUAGE, _("Taal van de vragen"), "language", _languages))
    return found


def cross_table(
    survey: SurveyPage, row: Variable, column: Variable, wanted: ResultsFilter = EVERYTHING
) -> CrossTable:
    """Count two variables against each other, in four queries at most."""
    responses, row_field, column_field = _joined(wanted.responses(survey), row, column)
    pairs: Counter = Counter()
    for *pair, count in responses.values_list(row_field, column_field).annotate(n=Count("pk")):
        pairs[tuple(pair)] += count
    rows = row.lines(_margin(pairs, 0))
    columns = column.lines(_margin(pairs, 1))
    counts = [
        [sum(pairs[r, c] for r in one.values for c in other.values) for other in columns]
        for one in rows
    ]
    row_totals = [sum(line) for line in counts]
    column_totals = [sum(line[n] for line in counts) for n in range(len(columns))]
    total = sum(row_totals)
    if column.many:
        row_totals = _distinct(responses, row_field, rows)
    if row.many:
        column_totals = _distinct(responses, column_field, columns)
    if row.many and column.many:
        total = responses.aggregate(n=Count("pk", distinct=True))["n"]
    elif row.many or column.many:
        total = sum(row_totals if column.many else column_totals)
    return CrossTable(row, column, rows, columns, counts, row_totals, column_totals, total)


def _joined(responses: QuerySet, row: Variable, column: Variable) -> tuple[QuerySet, str, str]:
    """The responses with both, and the names of the two fields."""
    names = []
    for alias, variable in (("one", row), ("other", column)):
        if not variable.question_id:
            names.append(variable.stored)
            continue
        condition = Q(answers__question_id=variable.question_id)
        responses = responses.annotate(
            **{alias: FilteredRelation("answers", condition=condition)}
        ).filter(**{f"{alias}__question_id": variable.question_id})
        names.append(f"{alias}__{variable.stored}")
    return responses.order_by(), *names


def _margin(pairs: Counter, side: int) -> Counter:
    found: Counter = Counter()
    for pair, count in pairs.items():
        found[pair[side]] += count
    return found


def _distinct(responses: QuerySet, name: str, lines: list[Line]) -> list[int]:
    rows = responses.values_list(name).annotate(n=Count("pk", distinct=True))
    counts = dict(rows)
    return [sum(counts.get(value, 0) for value in line.values) for line in lines]


def _of_question(question: Question) -> list[Variable]:
    kind = question.type.counted_as
    if kind == ROWS:
        return [
            Variable(row.id, f"{question.label}: {row.label}", "option_id",
                     _options(question), row.id)
            for row in question.rows
        ]  # fmt: skip
    if kind == CHOICES or (kind == PARTS and question.options):
        many = kind == CHOICES and question.max_choices != 1
        return [Variable(question.id, question.label, "option_id", _options(question),
                         question.id, many)]  # fmt: skip
    if kind == PARTS:
        return [Variable(question.id, question.label, "number", _scale(question), question.id)]
    if kind == CLASSES:
        stored, lines = {
            "number": ("number", _numbers), "date": ("text", _days), "postcode": ("text", _texts),
        }[question.kind]  # fmt: skip
        return [Variable(question.id, question.label, stored, lines, question.id)]
    return []


def _options(question: Question):
    def lines(counts: Counter) -> list[Line]:
        return [
            Line(option.label, frozenset([option.id]), option.archived)
            for option in question.options
            if not option.archived or counts[option.id]
        ]

    return lines


def _scale(question: Question):
    numbers = question.type.numbers(question)
    return lambda counts: [Line(str(number), frozenset([number])) for number in numbers]


def _numbers(counts: Counter) -> list[Line]:
    if len(counts) <= BARS_SHOWN:
        return [Line(localized(number), frozenset([number])) for number in sorted(counts)]
    return [
        Line(label, frozenset(number for number in counts if low <= number < high))
        for label, low, high in grouped_ranges(counts)
    ]


def _days(counts: Counter) -> list[Line]:
    months = sorted({day[:7] for day in counts})
    length, pattern = (7, "F Y") if len(months) <= PLACES_SHOWN else (4, "Y")
    return [
        Line(
            date_format(date.fromisoformat(f"{start}-01-01"[:10]), pattern),
            frozenset(day for day in counts if day.startswith(start)),
        )
        for start in sorted({day[:length] for day in counts})
    ]


def _texts(counts: Counter) -> list[Line]:
    shown = [text for text, _count in counts.most_common(PLACES_SHOWN)]
    rest = frozenset(counts) - frozenset(shown)
    others = [Line(_("Alle andere"), rest)] if rest else []
    return [Line(text, frozenset([text])) for text in sorted(shown)] + others


def _collectors(collectors: list[Collector]):
    lines = [Line(collector.name, frozenset([collector.pk])) for collector in collectors]
    lines.append(Line(_("Zonder ingang"), frozenset([None])))
    return lambda counts: lines


def _languages(counts: Counter) -> list[Line]:
    names = {DUTCH: NL.dutch_name} | {one.code: one.dutch_name for one in languages().values()}
    return [
        Line(names.get(code, code), frozenset([code]))
        for code in sorted(counts, key=lambda code: (code != DUTCH, code))
    ]


def _sources(counts: Counter) -> list[Line]:
    return [
        Line(str(label), frozenset([value]))
        for value, label in Response.Source.choices
        if counts[value]
    ]
