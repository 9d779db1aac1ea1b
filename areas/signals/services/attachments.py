"""Keeping files: with a signal, or for the next try of a form that was not right yet.

A row is written after its file, so there is no row without one. A file whose row never came, or
went, is taken away on commit or else by `purge_files`.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.utils import timezone

from cms.files.checking import ENDINGS, CheckedFile
from cms.files.storage import private_storage

from ..models import Attachment, Signal

KEPT, HELD = "signals", "held"
_SALT = "signals.held-file"


@dataclass(frozen=True)
class HeldFile:
    """A checked file that waits on the server; `token` is what the form knows it by."""

    path: str
    name: str
    content_type: str
    size: int

    @property
    def token(self) -> str:
        """A signed text: nobody can name a file that we did not give to them."""
        return signing.dumps([self.path, self.name, self.content_type, self.size], salt=_SALT)


def hold(file: CheckedFile) -> HeldFile:
    """Put a checked file aside for the next try, SIGNAL_HELD_FILE_HOURS long."""
    path = f"{HELD}/{uuid.uuid4()}{ENDINGS[file.content_type]}"
    private_storage().save(path, ContentFile(file.content))
    return HeldFile(path, file.name, file.content_type, file.size)


def held_file(token: str) -> HeldFile | None:
    """The file that a form held on to; None where it is gone or was never held."""
    hours = timedelta(hours=settings.SIGNAL_HELD_FILE_HOURS)
    try:
        found = HeldFile(*signing.loads(token, salt=_SALT, max_age=hours))
    except (signing.BadSignature, TypeError, ValueError):
        return None
    return found if private_storage().exists(found.path) else None


def name_of(token: str) -> str:
    """The name of a held file, also of one that is gone; nothing where it was never held."""
    try:
        return signing.loads(token, salt=_SALT)[1]
    except (signing.BadSignature, TypeError, IndexError, ValueError):
        return ""


def attach(*, signal: Signal, files: Sequence[CheckedFile | HeldFile]) -> list[Attachment]:
    """Keep files with a signal; call it in the transaction that makes the signal.

    A held file goes from where it waits once that transaction is through.
    """
    storage = private_storage()
    made = []
    for file in files:
        if isinstance(file, HeldFile):
            with storage.open(file.path) as waiting:
                content = waiting.read()
            transaction.on_commit(lambda path=file.path: storage.delete(path), robust=True)
        else:
            content = file.content
        attachment = Attachment(
            signal=signal, name=file.name, content_type=file.content_type, size=len(content)
        )
        attachment.file.save(file.name, ContentFile(content), save=False)
        attachment.save(force_insert=True)
        made.append(attachment)
    return made


@receiver(post_delete, sender=Attachment, dispatch_uid="signals.attachment-file")
def _delete_file(instance: Attachment, **kwargs) -> None:
    """A file goes with its row, once that is sure."""
    path = instance.file.name
    transaction.on_commit(lambda: private_storage().delete(path), robust=True)


def purge_files(*, dry_run: bool = False) -> dict[str, int]:
    """Delete files that were never sent, and those whose row is gone or never came; counts them.

    Only files older than SIGNAL_HELD_FILE_HOURS, so that no form and no transaction still needs
    them.
    """
    storage = private_storage()
    before = timezone.now() - timedelta(hours=settings.SIGNAL_HELD_FILE_HOURS)
    waiting = [path for path in _files(HELD) if _written_before(path, before)]
    old = [path for path in _files(KEPT) if _written_before(path, before)]
    known = set(Attachment.objects.values_list("file", flat=True))
    lost = [path for path in old if path not in known]
    if not dry_run:
        for path in [*waiting, *lost]:
            storage.delete(path)
    return {"files that were never sent": len(waiting), "files without a signal": len(lost)}


def _files(folder: str) -> list[str]:
    storage = private_storage()
    if not storage.exists(folder):
        return []
    return [f"{folder}/{name}" for name in storage.listdir(folder)[1]]


def _written_before(path: str, moment) -> bool:
    try:
        return private_storage().get_modified_time(path) < moment
    except FileNotFoundError:  # another process was quicker
        return False
