"""Counting who begins a survey along a link, as a number and nothing else.

The form holds a hidden field `geteld`. A browser with JavaScript says so at the first answer, and
fills that field in; without JavaScript the first page that is sent does it. A form that goes on,
on this device or another, carries the field along and is not counted again.
"""

from datetime import date

from django.db import connections, router
from django.http import QueryDict
from django.utils import timezone

from ..models import BegunCount, Collector, SurveyPage
from ..results.filters import NO_COLLECTOR

FIELD = "geteld"
#: One statement, so that two at once are both counted.
_ADD = """
INSERT INTO surveys_beguncount (survey_id, way, number, since) VALUES (%s, %s, 1, %s)
ON CONFLICT (survey_id, way) DO UPDATE SET number = surveys_beguncount.number + 1
"""


def is_uncounted(data: QueryDict) -> bool:
    """Whether a form comes from somebody who was not counted yet."""
    return data.get(FIELD) == ""


def count_begun(*, survey_id: int, collector: Collector | None) -> None:
    """Count one more person who began. One query."""
    way = NO_COLLECTOR if collector is None else collector.pk
    with connections[router.db_for_write(BegunCount)].cursor() as cursor:
        cursor.execute(_ADD, [survey_id, way, timezone.localdate()])


def begun_along(survey: SurveyPage) -> dict[int, tuple[int, date]]:
    """How many began, and since when it was counted, by the key of the link. One query."""
    rows = BegunCount.objects.filter(survey=survey).values_list("way", "number", "since")
    return {way: (number, since) for way, number, since in rows}
