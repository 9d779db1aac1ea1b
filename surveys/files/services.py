"""Write paths of files: held for the rest of a form, taken by a response or a draft, removed.

A file is written before its row. One whose row never came is taken away by `remove_files`.
"""

import hashlib
import hmac
import os
import secrets
import uuid
from base64 import urlsafe_b64encode
from collections.abc import Iterable, Sequence
from datetime import timedelta

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from cms.files.checking import CheckedFile
from cms.files.storage import private_storage

from ..models import Answer, AnswerFile, Draft, Response
from ..models.answer_file import FOLDER

#: A form may still be on its way while its files have no rows.
STRAY_AFTER = timedelta(days=2)


class FilesGoneError(Exception):
    """A file was removed while its form was on its way."""


def key_of(token: str) -> uuid.UUID:
    """The key of the file whose secret a form carries; who reads the database cannot go back."""
    return uuid.UUID(bytes=_digest("file-key", token)[:16], version=4)


def token_for(*, form_token: str, question_id: str, file: CheckedFile) -> str:
    """The secret of 192 bits of a file: the same for the same file from the same form."""
    parts = (form_token or secrets.token_urlsafe(24), question_id)
    digest = _digest("file", *parts, hashlib.sha256(file.content).hexdigest())
    return urlsafe_b64encode(digest[:24]).decode()


def _digest(*parts: str) -> bytes:
    message = "\x1f".join(parts).encode()
    return hmac.new(settings.SECRET_KEY.encode(), message, hashlib.sha256).digest()


def hold(*, survey_id: int, files: Iterable[tuple[str, str, CheckedFile]]) -> dict[str, AnswerFile]:
    """Put checked files aside for SURVEY_HELD_FILE_DAYS; gives them by their token.

    `files` are (token, id of the question, file). One query for all of them. Raises OSError where
    the disk takes no more.
    """
    until = timezone.localdate() + timedelta(days=settings.SURVEY_HELD_FILE_DAYS)
    made = {
        token: _written(
            AnswerFile(
                pk=key_of(token),
                survey_id=survey_id,
                question_id=question_id,
                own_name=file.name,
                content_type=file.content_type,
                size=file.size,
                kept_until=until,
            ),
            file.content,
        )
        for token, question_id, file in files
    }
    # The same form, sent twice at once, holds the same file.
    AnswerFile.objects.bulk_create(made.values(), ignore_conflicts=True)
    return made


def _written(row: AnswerFile, content: bytes) -> AnswerFile:
    row.file.save(row.name, ContentFile(content), save=False)
    _forget_moment(row.file.storage, row.file.name)
    return row


def _forget_moment(storage, path: str) -> None:
    """Let a file say on which day it was written, and not when: answers are anonymous."""
    try:
        on_disk = storage.path(path)
    except NotImplementedError:  # a storage without files of its own
        return
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    os.utime(on_disk, (today.timestamp(), today.timestamp()))


def take(*, response: Response, files: Sequence[AnswerFile], answers: Iterable[Answer]) -> None:
    """Let files go with a response; call it in the transaction that stores the response.

    A file that went with another response before is copied, and the name of the copy takes its
    place in the unsaved `answers`: somebody went back to a form that was sent, and sent it again.
    Raises FilesGoneError where a file is not there any more.
    """
    keys = [file.pk for file in files]
    found = {row.pk: row for row in AnswerFile.objects.select_for_update().filter(pk__in=keys)}
    if len(found) < len(set(keys)):
        raise FilesGoneError
    waiting = [row.pk for row in found.values() if row.response_id is None]
    AnswerFile.objects.filter(pk__in=waiting).update(
        response=response, draft=None, kept_until=None, own_name=""
    )
    for row in found.values():
        if row.response_id is not None:
            _copy(row, response, answers)


def _copy(row: AnswerFile, response: Response, answers: Iterable[Answer]) -> None:
    try:
        with row.file.open("rb") as file:
            content = file.read()
    except FileNotFoundError:
        raise FilesGoneError from None
    copy = AnswerFile(
        survey_id=row.survey_id,
        question_id=row.question_id,
        response=response,
        content_type=row.content_type,
        size=row.size,
    )
    _written(copy, content).save(force_insert=True)
    for answer in answers:
        if answer.question_id == row.question_id:
            answer.text = answer.text.replace(row.name, copy.name)


def keep_with_draft(*, draft: Draft, files: Sequence[AnswerFile]) -> None:
    """Keep held files as long as the draft that names them; they go with it too."""
    AnswerFile.objects.waiting().filter(pk__in=[file.pk for file in files]).update(
        draft=draft, kept_until=draft.kept_until
    )


def remove_files(*, dry_run: bool = False) -> dict[str, int]:
    """Remove files that were never sent, and those without a row; gives their numbers."""
    expired = AnswerFile.objects.waiting().filter(kept_until__lt=timezone.localdate())
    stray = list(_stray())
    counts = {"survey files never sent": expired.count(), "survey files astray": len(stray)}
    if not dry_run:
        with transaction.atomic():
            expired.delete()
        for path in stray:
            private_storage().delete(path)
    return counts


def _stray() -> Iterable[str]:
    storage = private_storage()
    if not storage.exists(FOLDER):
        return
    before = timezone.now() - STRAY_AFTER
    known = set(AnswerFile.objects.values_list("file", flat=True))
    for name in storage.listdir(FOLDER)[1]:
        path = f"{FOLDER}/{name}"
        try:
            if path not in known and storage.get_modified_time(path) < before:
                yield path
        except FileNotFoundError:  # another process was quicker
            continue
