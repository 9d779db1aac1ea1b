"""The end of personal data with signals, each on its date; counts and never names."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from ..models import Attachment, Signal, SignalContact, SignalMail


def purge_contacts(*, dry_run: bool = False) -> dict[str, int]:
    """Forget who brought in a signal so long after its answer, and to whom we mailed.

    Of a double the answer of what it was merged into counts. The signal itself stays.
    """
    before = timezone.now() - timedelta(days=settings.SIGNAL_CONTACT_RETENTION_DAYS)
    answered = Q(signal__answered_at__lt=before)
    merged = Q(signal__merged_into__answered_at__lt=before)
    contacts = SignalContact.objects.filter(answered | merged)
    mails = SignalMail.objects.filter(planned_at__lt=before)
    counts = {"contacts of signals": contacts.count(), "mails about signals": mails.count()}
    if not dry_run:
        with transaction.atomic():
            contacts.delete()
            mails.delete()
    return counts


def purge_unconfirmed(*, dry_run: bool = False) -> dict[str, int]:
    """Remove signals that nobody confirmed in time, with their files and their contact."""
    before = timezone.now() - timedelta(days=settings.SIGNAL_UNCONFIRMED_RETENTION_DAYS)
    signals = Signal.objects.filter(state=Signal.State.UNCONFIRMED, created_at__lt=before)
    files = Attachment.objects.filter(signal__in=signals)
    counts = {"unconfirmed signals": signals.count(), "files of signals": files.count()}
    if not dry_run:
        for signal in signals:
            _remove(signal)
    return counts


def _remove(signal: Signal) -> None:
    """Remove one signal, unless it was confirmed meanwhile.

    The files go first: killed halfway the rows are still there, and the next run finds them.
    """
    with transaction.atomic():
        rows = Signal.objects.select_for_update().filter(
            pk=signal.pk, state=Signal.State.UNCONFIRMED
        )
        if not rows.exists():
            return
        for attachment in signal.attachments.all():
            attachment.file.delete(save=False)
        rows.delete()
