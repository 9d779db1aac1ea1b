"""The responses of a survey, one after another: one query, constant memory."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import groupby

from django.db import transaction

from ..conditions import given_by
from ..definition import Question
from ..models import Collector, Response, SurveyPage
from .columns import NOT_ANSWERED, NOT_ASKED, SKIPPED, Column, Layout, VersionAsked
from .gaps import Gaps
from .marks import Marks

CHUNK = 5_000
FIELDS = (
    "pk",
    "submitted_on",
    "version_id",
    "collector_id",
    "source",
    "language",
    "answers__question_id",
    "answers__option_id",
    "answers__text",
    "answers__number",
    "answers__point",
    "answers__approximate",
    "answers__shape",
)


class Row:
    """One response. `number` counts from 1 in random order and means nothing outside one file."""

    def __init__(
        self,
        number: int,
        day: date,
        version: VersionAsked,
        given: dict[str, list],
        collector: Collector | None = None,
        source: str = "",
        language: str = "",
    ):
        self.number = number
        self.day = day
        self.version = version
        self.given = given
        self.collector = collector
        self.source = source
        self.language = language

    def value(self, column: Column):
        """The value in a column, or None; see `Storage` for its type."""
        rows = self.given.get(column.part.question_id)
        if not rows or column.key not in self.version.keys:
            return None
        return column.part.read(rows)

    def why_missing(self, column: Column) -> str:
        """Why a column holds no value: NOT_ASKED, SKIPPED or NOT_ANSWERED."""
        if column.key not in self.version.keys:
            return NOT_ASKED
        return NOT_ANSWERED if self._is_shown(column.question.id) else SKIPPED

    def stored(self, column: Column) -> list:
        """The stored answers behind a column."""
        return self.given.get(column.part.question_id, [])

    def _is_shown(self, question_id: str) -> bool:
        return self.version.flow.is_plain or question_id in self._shown

    @cached_property
    def _shown(self) -> set[str]:
        return self.version.flow.shown(self._answer_to)[1]

    def _answer_to(self, question: Question) -> list[str]:
        return given_by(
            [
                {"option_id": row[0], "text": row[1], "number": row[2], "point": row[3]}
                for stored_as in question.type.answer_ids(question)
                for row in self.given.get(stored_as, ())
            ]
        )


def rows_of(survey: SurveyPage, layout: Layout, *, only_counted: bool = False) -> Iterator[Row]:
    """Every response, in the random order of their keys; one query with a cursor on the server.

    With `only_counted` without those that staff decided not to count. All rows are as they were
    at one moment. Responses to a version that is newer than the layout are left out.
    """
    with transaction.atomic():
        versions = list(layout.versions)
        labels = {column.question.id: column.question.label for column in layout.columns}
        said = [Marks(versions)] if layout.has_marks else []
        said += [Gaps(versions, labels)] if layout.has_gaps else []
        responses = Response.objects.filter(version_id__in=versions)
        if only_counted:
            responses = responses.counted()
        found = (
            responses.order_by("pk", "answers__question_id", "answers__option_id")
            .values_list(*FIELDS)
            .iterator(chunk_size=CHUNK)
        )
        for number, ((pk, day, version, collector, source, tongue), answers) in enumerate(
            groupby(found, key=lambda row: row[:6]), start=1
        ):
            given: dict[str, list] = {}
            for one in said:
                given |= one.of(pk)
            for answer in answers:
                if answer[6] is not None:
                    given.setdefault(answer[6], []).append(answer[7:])
            along = layout.collectors.get(collector)
            asked = layout.versions[version]
            yield Row(number, day, asked, given, along, source, tongue)


def plain_number(value: Decimal | int) -> Decimal | int:
    """A number without useless zeros, whole where it can be."""
    return int(value) if value == int(value) else Decimal(value).normalize()
