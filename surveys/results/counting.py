"""Counts of all answers to a survey, made by the database.

Days that are over are counted once and kept (`daycounts`); what is kept is used only where the
responses of that day are still as many in every group, so that results are those of this moment.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection, models
from django.db.models import Count, F, Func, QuerySet

from ..definition import Question
from ..models import Answer, ContactAddress, DayCount, Response, SurveyPage
from ..types.base import Tally
from .filters import EVERYTHING, Group, ResultsFilter
from .words import samples

#: What a kept day is read with; another number makes all of them count anew.
FORMAT = 2
#: Of so many responses PostgreSQL looks the answers up one by one.
MOST_LOOKED_UP = 20_000


@dataclass
class Counts:
    """Counts that can be added up; the keys are those of `Tally`, plus the id of the question."""

    values: Counter = field(default_factory=Counter)
    texts: Counter = field(default_factory=Counter)
    answered: Counter = field(default_factory=Counter)


def grouped(survey: SurveyPage) -> dict[Group, int]:
    """Number of responses that count in each group of a survey. One query."""
    rows = (
        Response.objects.of(survey)
        .counted()
        .values_list("version__number", "collector_id", "source", "submitted_on", "language")
        .annotate(count=Count("pk"))
        .order_by()
    )
    return {Group(*row[:5]): row[5] for row in rows}


def survey_tally(
    survey: SurveyPage,
    asked: Sequence[Question],
    wanted: ResultsFilter = EVERYTHING,
    groups: dict[Group, int] | None = None,
    *,
    with_words: bool = True,
) -> Tally:
    """Counts of all questions together, of the responses that `wanted` chooses.

    `groups` from `grouped` where they are known already. Nine queries at most.
    """
    groups = grouped(survey) if groups is None else groups
    counts = Counts()
    live = _add_kept(survey, wanted, groups, counts)
    if live is None or live:
        responses = wanted.responses(survey)
        if live:
            responses = responses.filter(submitted_on__in=live)
        count = sum(n for group, n in groups.items() if live is None or group.day in live)
        _add_counted(answers_of(responses, count), asked, counts)
    return Tally(
        answered=dict(counts.answered),
        counts=_nested(counts.values),
        texts={key: {text[0]: n for text, n in found.items()}
               for key, found in _nested(counts.texts).items()},
        samples=samples(survey, asked, wanted) if with_words else {},
        contacts=_addresses(survey) if any(one.kind == "email" for one in asked) else {},
    )  # fmt: skip


def _addresses(survey: SurveyPage) -> dict[str, int]:
    """Number of addresses that people left, by the id of the question."""
    return dict(
        ContactAddress.objects.filter(survey=survey)
        .values_list("question_id")
        .annotate(count=Count("email", distinct=True))
    )


def _nested(counts: Counter) -> dict[str, dict]:
    """{question id: {rest of the key: count}}."""
    found: dict[str, dict] = defaultdict(dict)
    for (question_id, *rest), count in counts.items():
        found[question_id][tuple(rest)] = count
    return dict(found)


def kept_days(survey: SurveyPage) -> dict[date, dict]:
    """What is kept of each day of a survey. One query."""
    return dict(DayCount.objects.filter(survey=survey).values_list("day", "counts"))


def is_good(kept: dict | None, groups: dict[Group, int]) -> bool:
    """Whether what is kept of one day is of just these groups of responses."""
    if kept is None or kept.get("format") != FORMAT:
        return False
    found = {(part["version"], part["collector"], part["source"], part["language"]):
             part["responses"] for part in kept["groups"]}  # fmt: skip
    return found == {
        (group.version, group.collector, group.source, group.language): count
        for group, count in groups.items()
    }


def by_day(groups: dict[Group, int]) -> dict[date, dict[Group, int]]:
    """The groups of each day."""
    found: dict[date, dict[Group, int]] = defaultdict(dict)
    for group, count in groups.items():
        found[group.day][group] = count
    return found


def _add_kept(survey, wanted, groups, counts: Counts) -> list[date] | None:
    """Add the days that are kept; the days left to count, or None for all of them."""
    kept = kept_days(survey)
    if not kept:
        return None
    left = []
    for day, of_day in by_day(groups).items():
        taken = [group for group in of_day if wanted.takes(group)]
        if not taken:
            continue
        if not is_good(kept.get(day), of_day):
            left.append(day)
            continue
        for part in kept[day]["groups"]:
            whose = Group(part["version"], part["collector"], part["source"], day, part["language"])
            if whose in taken:
                _add_part(part, counts)
    return left


def _add_part(part: dict, counts: Counts) -> None:
    for question_id, option_id, number, count in part["values"]:
        key = (question_id, option_id, None if number is None else Decimal(number))
        counts.values[key] += count
    for question_id, text, count in part["texts"]:
        counts.texts[question_id, text] += count
    for question_id, count in part["answered"]:
        counts.answered[question_id] += count


class AnyOf(Func):
    """Whether a value is in an array (PostgreSQL)."""

    template = "%(expressions)s)"
    arg_joiner = " = ANY("
    output_field = models.BooleanField()


def answers_of(responses: QuerySet, count: int) -> QuerySet:
    """The answers of `count` responses at most.

    PostgreSQL thinks that looking up the answers of a single day takes longer than reading all
    answers there are, as it does not know that those of a response lie together. An array has
    it look them up.
    """
    if connection.vendor == "postgresql" and count <= MOST_LOOKED_UP:
        return Answer.objects.filter(
            AnyOf(F("response_id"), ArraySubquery(responses.order_by().values("pk")))
        )
    return Answer.objects.filter(response__in=responses)


def _add_counted(answers: QuerySet, asked: Sequence[Question], counts: Counts) -> None:
    """Count answers now, in three queries at most."""
    kinds = Kinds(asked)
    for *key, count in kinds.values(answers):
        counts.values[tuple(key)] += count
        if key[0] not in kinds.several:
            counts.answered[key[0]] += count
    for *key, count in kinds.texts(answers):
        counts.texts[tuple(key)] += count
        counts.answered[key[0]] += count
    for key, count in kinds.answered(answers):
        counts.answered[key] += count


class Kinds:
    """The queries that count answers; `dimensions` are fields to group by besides."""

    def __init__(self, asked: Sequence[Question]) -> None:
        self.by_text = [question.id for question in asked if question.type.counts_texts]
        self.several = {
            key
            for question in asked
            if not question.type.one_row
            for key in question.type.answer_ids(question)
        }

    def values(self, answers: QuerySet, *dimensions: str) -> QuerySet:
        """Rows of (dimensions, question id, option id, number, count)."""
        return (
            answers.exclude(question_id__in=self.by_text)
            .values_list(*dimensions, "question_id", "option_id", "number")
            .annotate(count=Count("response_id"))
            .order_by()
        )

    def texts(self, answers: QuerySet, *dimensions: str) -> QuerySet | tuple:
        """Rows of (dimensions, question id, text, count)."""
        if not self.by_text:
            return ()
        return (
            answers.filter(question_id__in=self.by_text)
            .values_list(*dimensions, "question_id", "text")
            .annotate(count=Count("response_id"))
            .order_by()
        )

    def answered(self, answers: QuerySet, *dimensions: str) -> QuerySet | tuple:
        """Rows of (dimensions, question id, responses), where an answer may be several rows."""
        if not self.several:
            return ()
        return (
            answers.filter(question_id__in=self.several)
            .values_list(*dimensions, "question_id")
            .annotate(count=Count("response_id", distinct=True))
            .order_by()
        )
