"""Counting days that are over, and keeping that.

A reader of results never writes: the scheduler does this, and only for surveys so large that
counting everything anew would keep the reader waiting.
"""

from collections import defaultdict
from collections.abc import Callable
from datetime import date

from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from ..models import DayCount, Response, SurveyPage
from .asked import questions_ever_asked
from .counting import FORMAT, Kinds, answers_of, by_day, grouped, is_good, kept_days

#: Surveys with fewer responses than this are counted quickly enough.
LEAST_RESPONSES = 5_000
DIMENSIONS = (
    "response__version__number",
    "response__collector_id",
    "response__source",
    "response__language",
)


def keep_day_counts(stopping: Callable[[], bool] = lambda: False) -> int:
    """Count and keep what is new or changed in all large surveys; gives the number of days."""
    large = (
        Response.objects.counted()
        .values_list("version__survey_id")
        .annotate(count=Count("pk"))
        .filter(count__gte=LEAST_RESPONSES)
        .order_by()
    )
    surveys = SurveyPage.objects.filter(pk__in=[pk for pk, _count in large])
    return sum(count_days(survey=survey, stopping=stopping) for survey in surveys)


def count_days(*, survey: SurveyPage, stopping: Callable[[], bool] = lambda: False) -> int:
    """Count and keep the days of a survey that are over; gives the number that was counted."""
    asked = questions_ever_asked(survey)
    kinds = Kinds(asked)
    kept = kept_days(survey)
    counted = 0
    for day, groups in sorted(by_day(grouped(survey)).items()):
        if stopping():
            break
        if day < timezone.localdate() and not is_good(kept.get(day), groups):
            keep_day(survey=survey, day=day, kinds=kinds)
            counted += 1
    return counted


@transaction.atomic
def keep_day(*, survey: SurveyPage, day: date, kinds: Kinds) -> None:
    """Count one day and keep it.

    The row comes first: whoever changes an answer of that day meanwhile waits for it, and then
    drops it.
    """
    row, _made = DayCount.objects.update_or_create(survey=survey, day=day, defaults={"counts": {}})
    responses = Response.objects.of(survey).counted().filter(submitted_on=day)
    parts: dict[tuple, dict] = defaultdict(lambda: {"values": [], "texts": [], "answered": []})
    answered: dict[tuple, int] = defaultdict(int)
    dimensions = ("version__number", "collector_id", "source", "language")
    for *group, count in responses.values_list(*dimensions).annotate(n=Count("pk")).order_by():
        parts[tuple(group)]["responses"] = count
    answers = answers_of(responses, sum(part["responses"] for part in parts.values()))
    for *group, question_id, option_id, number, count in kinds.values(answers, *DIMENSIONS):
        number_text = None if number is None else str(number)
        parts[tuple(group)]["values"].append([question_id, option_id, number_text, count])
        if question_id not in kinds.several:
            answered[tuple(group), question_id] += count
    for *group, question_id, text, count in kinds.texts(answers, *DIMENSIONS):
        parts[tuple(group)]["texts"].append([question_id, text, count])
        answered[tuple(group), question_id] += count
    for *group, question_id, count in kinds.answered(answers, *DIMENSIONS):
        answered[tuple(group), question_id] += count
    for (group, question_id), count in answered.items():
        parts[group]["answered"].append([question_id, count])
    row.counts = {
        "format": FORMAT,
        "groups": [
            {"version": version, "collector": collector, "source": source, "language": language}
            | part
            for (version, collector, source, language), part in parts.items()
            if "responses" in part
        ],
    }
    row.save(update_fields=["counts"])
