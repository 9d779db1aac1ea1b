"""The mails about a signal, one step to one address each; what fails waits for the scheduler."""

import smtplib

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from .models import SignalMail

#: The scheduler stops trying after so many attempts.
AUTOMATIC_ATTEMPTS = 12


def send_mails(*, step_id: int | None = None, stopping=lambda: False) -> tuple[int, int]:
    """Send what waits, of one step or (as the scheduler does) of all; (sent, failed).

    Each mail is claimed before it goes, so that two processes do not send the same.
    """
    rows = SignalMail.objects.waiting(timezone.now())
    rows = (
        rows.filter(attempts__lt=AUTOMATIC_ATTEMPTS)
        if step_id is None
        else rows.filter(step=step_id)
    )
    sent = failed = 0
    for pk in list(rows.values_list("pk", flat=True)):
        if stopping():
            break
        now = timezone.now()
        if not SignalMail.objects.waiting(now).filter(pk=pk).update(claimed_at=now):
            continue
        if _send(pk):
            sent += 1
        else:
            failed += 1
    return sent, failed


def _send(pk: int) -> bool:
    row = SignalMail.objects.select_related("step__signal__area", "step__signal__council").get(
        pk=pk
    )
    values = {"claimed_at": None, "attempts": row.attempts + 1}
    try:
        message_of(row).send()
    except smtplib.SMTPRecipientsRefused:
        error = _("De mailserver weigert dit adres. Kijk of het klopt.")
    except OSError:
        error = _("De mailserver nam de mail niet aan.")
    else:
        values |= {"sent_at": timezone.now()}
        error = ""
    SignalMail.objects.filter(pk=pk).update(error=error, **values)
    return not error


def message_of(row: SignalMail) -> EmailMessage:
    """The mail of one step to one address, in plain text."""
    step = row.step
    signal = step.signal
    with override("nl"):
        body = "\n\n".join(
            [
                f"{step.get_kind_display()}: {signal.subject}",
                step.text,
                _("U krijgt uiterlijk op %(date)s antwoord.")
                % {"date": date_format(signal.due_on, "j F Y")},
                _("Kenmerk: %(reference)s") % {"reference": signal.reference},
            ]
        )
    return EmailMessage(
        subject=f"[{signal.reference}] {signal.subject}",
        body=body,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[row.address],
        reply_to=[signal.area.manager_email] if signal.area.manager_email else None,
        headers={"Auto-Submitted": "auto-generated"},
    )
