"""Write paths of collectors: codes, invitations, reminders, and their end."""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import salted_hmac

from ..models import (
    AccessCode,
    CodeBatch,
    Collector,
    Invitation,
    InvitationMail,
    InvitedAddress,
)
from . import codes

AT_ONCE = 1_000
MOST_CODES = 5_000
MOST_INVITED = 5_000
EDITABLE = (
    "name", "kind", "access", "password", "opens_at", "closes_at", "is_kiosk", "letter_text",
    "mail_subject", "mail_text", "reminder_days",
)  # fmt: skip


class HasResponsesError(Exception):
    """Answers came in along this collector: it can be stopped, but not go."""


class TooFewError(Exception):
    """With so few people everybody could guess who answered what."""


class TooManyError(Exception):
    """More codes or addresses than one collector can have."""


@transaction.atomic
def save_collector(*, collector: Collector, password: str = "") -> Collector:
    """Store a new or changed collector; `password` as typed, nothing keeps the one there is."""
    if collector.access != Collector.Access.PASSWORD:
        collector.password = ""
    elif password:
        collector.password = make_password(password)
    if collector._state.adding:
        collector.save()
    else:
        # Not what others change meanwhile: whether it is in use, and how many were invited.
        collector.save(update_fields=EDITABLE)
    return collector


def set_active(*, collector: Collector, is_active: bool) -> None:
    """Stop a collector, or open it again."""
    collector.is_active = is_active
    collector.save(update_fields=["is_active"])


@transaction.atomic
def delete_collector(*, collector: Collector) -> None:
    """Remove a collector along which nothing came in. Raises HasResponsesError."""
    locked = Collector.objects.select_for_update().get(pk=collector.pk)
    if locked.responses.exists():
        raise HasResponsesError
    locked.delete()


@transaction.atomic
def make_codes(*, collector: Collector, secret: str, count: int) -> CodeBatch:
    """Make codes that follow from a secret; the same batch where it was made before.

    Raises TooFewError and TooManyError.
    """
    locked = Collector.objects.select_for_update().get(pk=collector.pk)
    mark = codes.mark_of(secret)
    batch = CodeBatch.objects.filter(mark=mark, collector=locked).first()
    if batch is not None:
        return batch
    made = sum(CodeBatch.objects.filter(collector=locked).values_list("made", flat=True))
    _check_number(made, count, MOST_CODES)
    batch = CodeBatch.objects.create(collector=locked, mark=mark, made=count)
    AccessCode.objects.bulk_create(
        (
            AccessCode(digest=codes.digest_of(code), batch=batch)
            # In the order of the hashes, so that no place in the table tells the number of a letter
            for code in sorted(codes.codes_of(secret, count), key=codes.digest_of)
        ),
        batch_size=AT_ONCE,
    )
    return batch


@transaction.atomic
def withdraw_codes(*, batch: CodeBatch) -> int:
    """Let the unused codes of a batch open nothing any more; gives their number."""
    return AccessCode.objects.filter(batch=batch).delete()[0]


@transaction.atomic
def invite(*, collector: Collector, addresses: Sequence[str]) -> int:
    """Invite who was not invited yet, and prepare their mails; gives how many are new.

    Raises TooFewError and TooManyError.
    """
    locked = Collector.objects.select_for_update().get(pk=collector.pk)
    by_digest = {_digest_of(address): address for address in addresses}
    known = set(
        InvitedAddress.objects.filter(
            collector=locked, digest__in=list(by_digest)
        ).values_list("digest", flat=True)
    )  # fmt: skip
    new = {digest: address for digest, address in by_digest.items() if digest not in known}
    if not new:
        return 0
    _check_number(locked.invited, len(new), MOST_INVITED)
    InvitedAddress.objects.bulk_create(
        [InvitedAddress(collector=locked, digest=digest) for digest in sorted(new)],
        batch_size=AT_ONCE,
    )
    invitations = [Invitation(collector=locked, email=address) for address in new.values()]
    # In random order: the order of the list that was pasted is nobody's business later.
    invitations.sort(key=lambda invitation: invitation.pk)
    Invitation.objects.bulk_create(invitations, batch_size=AT_ONCE)
    InvitationMail.objects.bulk_create(
        [InvitationMail(invitation=invitation) for invitation in invitations], batch_size=AT_ONCE
    )
    Collector.objects.filter(pk=locked.pk).update(invited=F("invited") + len(new))
    return len(new)


def plan_reminders() -> int:
    """Prepare one reminder for each who was invited long enough ago and did not answer."""
    due = list(Invitation.objects.to_remind(timezone.now()).values_list("pk", flat=True))
    for start in range(0, len(due), AT_ONCE):
        _plan(due[start : start + AT_ONCE])
    return len(due)


@transaction.atomic
def _plan(ids: Iterable) -> None:
    # Locked: who answers just now must not get a mail prepared for a row that is gone.
    still_there = Invitation.objects.select_for_update().filter(pk__in=ids)
    InvitationMail.objects.bulk_create(
        [
            InvitationMail(invitation=invitation, kind=InvitationMail.Kind.REMINDER)
            for invitation in still_there
        ],
        ignore_conflicts=True,
    )


@transaction.atomic
def stop_reminders(*, invitation: Invitation) -> None:
    """No more mail to somebody who was invited; their link goes on working."""
    invitation.wants_reminder = False
    invitation.save(update_fields=["wants_reminder"])
    InvitationMail.objects.filter(invitation=invitation, sent_at__isnull=True).delete()


def remove_expired_invitations(*, dry_run: bool = False) -> dict[str, int]:
    """Remove the addresses of who was invited to surveys that closed too long ago."""
    before = timezone.now() - timedelta(days=settings.SURVEY_INVITATION_DAYS)
    found = Invitation.objects.expired(before)
    hashes = InvitedAddress.objects.filter(collector__survey__closes_at__lt=before)
    count = found.count()
    if not dry_run:
        hashes.delete()
        found.delete()
    return {"survey invitations": count}


def _check_number(have: int, more: int, most: int) -> None:
    if have + more < settings.SURVEY_SMALL_NUMBERS:
        raise TooFewError
    if have + more > most:
        raise TooManyError


def _digest_of(address: str) -> str:
    made = salted_hmac("surveys.collecting.address", address.lower(), algorithm="sha256")
    return made.hexdigest()
