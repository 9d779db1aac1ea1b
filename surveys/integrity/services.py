"""Deciding about marked responses."""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction

from ..models import DecidedResponse, Response, ResponseMark, StaffDecision, SurveyPage


@transaction.atomic
def decide(
    *,
    survey: SurveyPage,
    user,
    kind: str,
    counts: bool,
    reason: str,
    response_ids: Collection[UUID] | None = None,
) -> StaffDecision | None:
    """Put on record that marked responses count or do not; None where there are none.

    About those of `response_ids` that bear the mark `kind`, or else about all undecided ones that
    do. Nothing is removed: another decision can always follow.
    """
    marked = ResponseMark.objects.filter(kind=kind, response__version__survey=survey)
    if response_ids is None:
        marked = marked.filter(response__verdict__isnull=True)
    else:
        marked = marked.filter(response__in=response_ids)
    found = list(
        Response.objects.select_for_update()
        .filter(pk__in=marked.values("response"))
        .values_list("pk", flat=True)
    )
    if not found:
        return None
    decision = StaffDecision.objects.create(
        survey=survey, user=user, kind=kind, counts=counts, reason=reason, number=len(found)
    )
    DecidedResponse.objects.bulk_create(
        (DecidedResponse(decision=decision, response_id=pk) for pk in found), batch_size=500
    )
    for start in range(0, len(found), 500):
        Response.objects.filter(pk__in=found[start : start + 500]).update(verdict=counts)
    return decision
