"""Mails that are rows: claimed, sent and marked by whichever process is first.

A model has `claimed_at`, `sent_at`, `attempts` and `error`; what the mail server does not take
waits for the scheduler.
"""

import smtplib
from collections.abc import Callable
from datetime import datetime, timedelta

from django.core.mail import EmailMessage
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

#: The scheduler stops trying after so many attempts; a person may try on.
AUTOMATIC_ATTEMPTS = 12


class OutboxQuerySet(models.QuerySet):
    """Mails as rows."""

    #: After so long the process that was sending is dead; a mail twice is better than none.
    dead_after = timedelta(minutes=10)

    def waiting(self, now: datetime):
        """Not sent, and nobody is sending them."""
        free = Q(claimed_at__isnull=True) | Q(claimed_at__lt=now - self.dead_after)
        return self.filter(free, sent_at__isnull=True)


def send_rows(
    rows: OutboxQuerySet,
    *,
    load: OutboxQuerySet,
    message_of: Callable[[models.Model], EmailMessage],
    stopping: Callable[[], bool],
) -> tuple[int, int]:
    """Send `rows`, one by one; (sent, failed). `load` gets a row with all that its mail tells.

    Each is claimed before it goes, so that two processes do not send the same.
    """
    every = rows.model.objects
    sent = failed = 0
    for pk in list(rows.values_list("pk", flat=True)):
        if stopping():
            break
        now = timezone.now()
        if not every.waiting(now).filter(pk=pk).update(claimed_at=now):
            continue
        row = load.filter(pk=pk).first()
        if row is None:
            continue  # whoever it was for left meanwhile, and took the row along
        values = {"claimed_at": None, "attempts": row.attempts + 1}
        error = ""
        try:
            message_of(row).send()
        except smtplib.SMTPRecipientsRefused:
            error = _("De mailserver weigert dit adres. Kijk of het klopt.")
        except OSError:
            error = _("De mailserver nam de mail niet aan.")
        else:
            values["sent_at"] = timezone.now()
        every.filter(pk=pk).update(error=error, **values)
        sent, failed = sent + (not error), failed + bool(error)
    return sent, failed
