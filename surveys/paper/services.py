"""Write paths of forms on paper."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from ..models import (
    Answer,
    Collector,
    PaperBatch,
    PaperCorrection,
    PaperEntry,
    PaperGap,
    Response,
    SurveyPage,
    SurveyVersion,
)
from ..receipts.services import change_answers, withdraw
from ..services import keep_addresses
from ..storing import insert


class ClosedError(Exception):
    """The batch was closed, or the survey takes no more paper."""


class GoneError(Exception):
    """The form was taken away already."""


def takes_paper(survey: SurveyPage) -> bool:
    """Whether forms may be entered now: from the opening until some days after the closing."""
    now = timezone.now()
    return (
        survey.opens_at <= now < survey.paper_ends
        and timezone.localdate() <= survey.last_day_of_answers
    )


def is_awaited(survey: SurveyPage) -> bool:
    """Whether forms on paper may still change the results of a survey that is closed.

    One query, and only in the days after the closing in which they are entered.
    """
    return takes_paper(survey) and PaperBatch.objects.filter(survey=survey).exists()


def may_correct(survey: SurveyPage, response: Response) -> bool:
    """Whether a form may be changed or removed: as for who has a receipt, not once results are out.

    What was entered today is in no results yet as long as paper is taken, so that a slip can be
    put right. When that ends, the forms of that day come on the site with the others.
    """
    if response.submitted_on == timezone.localdate() and takes_paper(survey):
        return True
    return not (survey.live and (survey.has_told or survey.shows_results))


@transaction.atomic
def start_batch(
    *,
    version: SurveyVersion,
    source: str,
    user,
    collector: Collector | None = None,
    remarks: str = "",
) -> PaperBatch:
    """A new batch. Raises ValueError for the collector of another survey, and ClosedError."""
    if collector is not None and collector.survey_id != version.survey_id:
        raise ValueError(f"Collector {collector.pk} is not of survey {version.survey_id}.")
    if not takes_paper(version.survey):
        raise ClosedError
    return PaperBatch.objects.create(
        survey_id=version.survey_id,
        version=version,
        source=source,
        collector=collector,
        user=user,
        remarks=remarks,
    )


def enter_form(
    *,
    batch: PaperBatch,
    key: UUID,
    answers: Sequence[Answer],
    contacts: Sequence[tuple[str, str]] = (),
    gaps: Mapping[str, str] | None = None,
) -> tuple[PaperEntry | None, bool]:
    """Store a form as a response; gives its entry, and whether it is new.

    `answers` are unsaved; `gaps` say why by question id (`PaperGap.Why`). The same `key` counts
    once, whatever came with it. A form with nothing but addresses is no response: the entry is
    then None. As everywhere the addresses go in a transaction of their own (`submit_response`).
    Raises ClosedError.
    """
    if not (batch.is_open and takes_paper(batch.survey)):
        raise ClosedError
    if contacts:
        keep_addresses(version=batch.version, contacts=contacts)
    if not answers and not gaps:
        return None, True
    with transaction.atomic():
        # Who sends a form twice waits here for the first of the two.
        locked = PaperBatch.objects.select_for_update().get(pk=batch.pk)
        known = PaperEntry.objects.filter(key=key).first()
        if known is not None:
            return known, False
        if not locked.is_open:
            raise ClosedError
        response = Response(version=batch.version, collector=batch.collector, source=batch.source)
        for answer in answers:
            answer.response = response
        insert(response, answers)
        _keep_gaps(response, gaps or {})
        PaperBatch.objects.filter(pk=batch.pk).update(
            entered=F("entered") + 1, number=F("number") + 1
        )
        entry = PaperEntry.objects.create(
            batch=batch, number=locked.entered + 1, key=key, response=response
        )
    return entry, True


def _keep_gaps(response: Response, gaps: Mapping[str, str]) -> None:
    PaperGap.objects.bulk_create(
        PaperGap(response=response, question_id=question_id, why=why)
        for question_id, why in gaps.items()
    )


@transaction.atomic
def correct_form(
    *,
    entry: PaperEntry,
    user,
    reason: str,
    answers: Sequence[Answer],
    gaps: Mapping[str, str] | None = None,
) -> None:
    """Put other answers in the place of those of a form, on record. Raises GoneError."""
    current = _locked(entry)
    if not change_answers(response_id=current.response_id, answers=answers):
        raise GoneError
    PaperGap.objects.filter(response=current.response_id).delete()
    _keep_gaps(current.response, gaps or {})
    _record(current, user, PaperCorrection.What.CHANGED, reason)


@transaction.atomic
def remove_form(*, entry: PaperEntry, user, reason: str) -> None:
    """Take a form away with its answers, on record. Raises GoneError."""
    current = _locked(entry)
    if not withdraw(response_id=current.response_id):
        raise GoneError
    PaperBatch.objects.filter(pk=current.batch_id).update(number=F("number") - 1)
    _record(current, user, PaperCorrection.What.REMOVED, reason)


def _locked(entry: PaperEntry) -> PaperEntry:
    """The entry as it is now, with its batch held."""
    PaperBatch.objects.select_for_update().get(pk=entry.batch_id)
    current = PaperEntry.objects.filter(pk=entry.pk).select_related("response").first()
    if current is None or current.response_id is None:
        raise GoneError
    return current


def _record(entry: PaperEntry, user, what: str, reason: str) -> None:
    PaperCorrection.objects.create(
        batch_id=entry.batch_id, number=entry.number, what=what, user=user, reason=reason
    )


@transaction.atomic
def close_batches(*, pks: Collection[int], on: date | None = None) -> int:
    """Close batches: nothing leads to their responses any more. Gives how many were open."""
    found = PaperBatch.objects.select_for_update().filter(pk__in=pks, closed_on__isnull=True)
    open_now = list(found.values_list("pk", flat=True))
    PaperEntry.objects.filter(batch__in=open_now).delete()
    PaperBatch.objects.filter(pk__in=open_now).update(closed_on=on or timezone.localdate())
    return len(open_now)


def close_expired_batches(*, dry_run: bool = False) -> dict[str, int]:
    """Close the batches that nobody closed in time; gives their number."""
    expired = list(PaperBatch.objects.expired(timezone.localdate()).values_list("pk", flat=True))
    return {"survey paper batches": len(expired) if dry_run else close_batches(pks=expired)}
