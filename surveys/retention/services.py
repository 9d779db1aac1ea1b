"""Removing the answers of surveys on the day that was told."""

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from ..models import RemovedAnswers, Response, SurveyPage

#: So many responses go in one transaction: a purge that is killed goes on where it was.
BATCH = 500


def remove_expired_responses(*, dry_run: bool = False) -> dict[str, int]:
    """Remove the responses of surveys past their day, with answers and marks; gives the number.

    What stays is how many there were, the outcome on the page, the decisions of staff and the log
    of downloads.
    """
    label, today = "survey responses", timezone.localdate()
    expired = SurveyPage.objects.answers_kept_until_before(today)
    if dry_run:
        return {label: Response.objects.filter(version__survey__in=expired).count()}
    total = 0
    for survey_id in list(expired.values_list("pk", flat=True)):
        while removed := _remove_some(survey_id):
            total += removed
    return {label: total}


@transaction.atomic
def _remove_some(survey_id: int) -> int:
    responses = Response.objects.filter(version__survey=survey_id)
    keys = list(responses.select_for_update().values_list("pk", flat=True)[:BATCH])
    if keys:
        record, _made = RemovedAnswers.objects.get_or_create(survey_id=survey_id)
        RemovedAnswers.objects.filter(pk=record.pk).update(
            number=F("number") + len(keys), removed_on=timezone.localdate()
        )
        Response.objects.filter(pk__in=keys).delete()
    return len(keys)
