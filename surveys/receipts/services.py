"""Changing and withdrawing answers with a receipt."""

from collections.abc import Collection, Sequence
from uuid import UUID

from django.db import transaction

from ..files.services import FilesGoneError, take
from ..models import Answer, AnswerFile, Response, ResponseMark


@transaction.atomic
def change_answers(
    *,
    response_id: UUID,
    answers: Sequence[Answer],
    marks: Collection[str] = (),
    files: Sequence[AnswerFile] = (),
) -> bool:
    """Put other answers in the place of all that a response holds; False where it is gone.

    `answers` are unsaved. The version, the day, the collector and the receipt stay. Marks of
    before stay too and `marks` come beside them; what staff decided was about other answers and
    holds no longer, though it stays on record. `files` are all that go with the answers from now
    on: those of the response that are not among them are removed, new ones are taken. Raises
    FilesGoneError where one is not there any more; then nothing changes.
    """
    response = Response.objects.select_for_update().filter(pk=response_id).first()
    if response is None:
        return False
    for answer in answers:
        answer.response = response
    _put_files(response, files, answers)
    Answer.objects.filter(response=response).delete()
    Answer.objects.bulk_create(answers)
    ResponseMark.objects.bulk_create(
        [ResponseMark(response=response, kind=kind) for kind in marks], ignore_conflicts=True
    )
    # Also where nobody decided: the kept counts of its day are dropped when the row is written.
    Response.objects.filter(pk=response_id).update(verdict=None)
    return True


def _put_files(response: Response, files: Sequence[AnswerFile], answers: Sequence[Answer]) -> None:
    own = set(
        AnswerFile.objects.select_for_update()
        .filter(response=response)
        .values_list("pk", flat=True)
    )
    wanted = {file.pk for file in files}
    if any(file.response_id == response.pk and file.pk not in own for file in files):
        raise FilesGoneError  # another change of the same answers was just before
    AnswerFile.objects.filter(pk__in=own - wanted).delete()
    new = [file for file in files if file.pk not in own]
    if new:
        take(response=response, files=new, answers=answers)


@transaction.atomic
def withdraw(*, response_id: UUID) -> bool:
    """Remove a response with its answers and marks for good; False where it was gone already."""
    response = Response.objects.select_for_update().filter(pk=response_id).first()
    if response is None:
        return False
    response.delete()
    return True
