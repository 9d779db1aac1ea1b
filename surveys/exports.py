"""Responses as a CSV file for a spreadsheet."""

import csv
from collections.abc import Iterable, Iterator
from itertools import groupby

from django.utils.translation import gettext as _

from . import definition
from .definition import Question
from .models import Answer, SurveyPage
from .results import questions_ever_asked

#: A spreadsheet reads a text that begins with one of these as a formula (OWASP, CSV injection).
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
CHUNK = 2000


class _Echo:
    """A file that hands back what is written, so that csv can write a line at a time."""

    def write(self, line: str) -> str:
        return line


def response_rows(survey: SurveyPage) -> Iterator[str]:
    """Lines of a CSV file, one a response, in random order; two queries, constant memory.

    Semicolons, a decimal comma and a byte order mark: what Excel in Dutch opens as it is. The
    first column is the day; several choices have a column an option, holding 1 or 0.
    """
    asked = questions_ever_asked(survey)
    writer = csv.writer(_Echo(), delimiter=";", lineterminator="\r\n")
    header = [_("Datum")] + [name for question in asked for name in _headers(question)]
    yield "\ufeff" + writer.writerow([safe_cell(name) for name in header])
    answers = (
        Answer.objects.filter(response__version__survey=survey)
        .order_by("response_id", "question_id", "option_id")
        .values_list(
            "response_id",
            "response__submitted_on",
            "question_id",
            "option_id",
            "text",
            "number",
            "point",
        )
        .iterator(chunk_size=CHUNK)
    )
    for (_key, day), rows in groupby(answers, key=lambda row: row[:2]):
        given: dict[str, list] = {}
        for row in rows:
            given.setdefault(row[2], []).append(row[3:])
        cells = [day.isoformat()]
        for question in asked:
            cells += _cells(question, given.get(question.id))
        yield writer.writerow(cells)


def safe_cell(text: str) -> str:
    """A text that a spreadsheet shows and does not run."""
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA_STARTS) else text


def _headers(question: Question) -> Iterable[str]:
    if question.kind == definition.SEVERAL_CHOICES:
        return [f"{question.label}: {option.label}" for option in question.options]
    if question.kind == definition.POINT:
        return [
            _("%(question)s (omschrijving)") % {"question": question.label},
            _("%(question)s (breedtegraad)") % {"question": question.label},
            _("%(question)s (lengtegraad)") % {"question": question.label},
        ]
    return [question.label]


def _cells(question: Question, rows: list[tuple] | None) -> list:
    """Cells of one question; all empty where the response has no answer to it."""
    if rows is None:
        return [""] * len(list(_headers(question)))
    option_id, text, number, point = rows[0]
    if question.kind == definition.SEVERAL_CHOICES:
        chosen = {row[0] for row in rows}
        return [int(option.id in chosen) for option in question.options]
    if question.kind == definition.ONE_CHOICE:
        return [safe_cell(question.option_labels.get(option_id, option_id))]
    if question.kind == definition.SCALE:
        return [number]
    if question.kind == definition.POINT:
        spot = [_decimal(point.y), _decimal(point.x)] if point else ["", ""]
        return [safe_cell(text), *spot]
    return [safe_cell(text)]


def _decimal(degrees: float) -> str:
    return f"{degrees:.6f}".replace(".", ",")
