"""Changing and withdrawing answers with a receipt."""

from collections.abc import Collection, Sequence
from uuid import UUID

from django.db import transaction

from ..models import Answer, Response, ResponseMark


@transaction.atomic
def change_answers(
    *, response_id: UUID, answers: Sequence[Answer], marks: Collection[str] = ()
) -> bool:
    """Put other answers in the place of all that a response holds; False where it is gone.

    `answers` are unsaved. The version, the day, the collector and the receipt stay. Marks of
    before stay too and `marks` come beside them; what staff decided was about other answers and
    holds no longer, though it stays on record.
    """
    response = Response.objects.select_for_update().filter(pk=response_id).first()
    if response is None:
        return False
    for answer in answers:
        answer.response = response
    Answer.objects.filter(response=response).delete()
    Answer.objects.bulk_create(answers)
    ResponseMark.objects.bulk_create(
        [ResponseMark(response=response, kind=kind) for kind in marks], ignore_conflicts=True
    )
    # Also where nobody decided: the kept counts of its day are dropped when the row is written.
    Response.objects.filter(pk=response_id).update(verdict=None)
    return True


@transaction.atomic
def withdraw(*, response_id: UUID) -> bool:
    """Remove a response with its answers and marks for good; False where it was gone already."""
    response = Response.objects.select_for_update().filter(pk=response_id).first()
    if response is None:
        return False
    response.delete()
    return True
