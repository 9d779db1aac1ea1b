"""Responses as a CSV file for a spreadsheet."""

import csv
from collections.abc import Iterator
from itertools import groupby

from django.utils.translation import gettext as _

from .models import Answer, ContactAddress, SurveyPage
from .results import questions_ever_asked
from .types.base import safe_cell

CHUNK = 2000


class _Echo:
    """A file that hands back what is written, so that csv can write a line at a time."""

    def write(self, line: str) -> str:
        return line


_line = csv.writer(_Echo(), delimiter=";", lineterminator="\r\n").writerow


def response_rows(survey: SurveyPage) -> Iterator[str]:
    """Lines of a CSV file, one a response, in random order; two queries, constant memory.

    Semicolons, a decimal comma and a byte order mark: what Excel in Dutch opens as it is. The
    first column is the day; several choices have a column an option, holding 1 or 0.
    """
    asked = questions_ever_asked(survey)
    header = [_("Datum")] + [name for question in asked for name in question.type.headers(question)]
    yield "\ufeff" + _line([safe_cell(str(name)) for name in header])
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
            cells += question.type.cells(question, given)
        yield _line(cells)


def contact_rows(survey: SurveyPage) -> Iterator[str]:
    """Lines of a CSV file with the e-mail addresses left with a survey; two queries.

    In random order, and without anything that leads to an answer.
    """
    labels = {question.id: question.label for question in questions_ever_asked(survey)}
    yield "\ufeff" + _line([_("Vraag"), _("E-mailadres")])
    rows = ContactAddress.objects.of(survey).values_list("question_id", "email")
    for question_id, email in rows.iterator(chunk_size=CHUNK):
        yield _line([safe_cell(labels.get(question_id, "")), safe_cell(email)])
