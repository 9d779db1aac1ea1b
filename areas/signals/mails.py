"""The mails about a signal, one step to one address each; what fails waits for the scheduler."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from cms.mailing.frame import contact_text
from cms.mailing.mjml import render_mjml
from cms.mailing.outbox import AUTOMATIC_ATTEMPTS, send_rows
from cms.mailing.text import wrap

from .mail_content import Content, content_of, one_line
from .models import SignalMail


def send_mails(*, step_id: int | None = None, stopping=lambda: False) -> tuple[int, int]:
    """Send what waits, of one step or (as the scheduler does) of all; (sent, failed)."""
    rows = SignalMail.objects.waiting(timezone.now())
    rows = (
        rows.filter(attempts__lt=AUTOMATIC_ATTEMPTS)
        if step_id is None
        else rows.filter(step=step_id)
    )
    load = SignalMail.objects.with_all_it_tells()
    return send_rows(rows, load=load, message_of=message_of, stopping=stopping)


def language_of(row: SignalMail) -> str:
    """The language of the reader: a resident chose one, a council and colleagues read Dutch."""
    contact = getattr(row.signal, "contact", None)
    if row.audience == SignalMail.Audience.ASKER and contact is not None:
        return contact.language
    return "nl"


def message_of(row: SignalMail) -> EmailMultiAlternatives:
    """The mail of one step to one address, in HTML and plain text."""
    area = row.step.signal.area
    with override(language_of(row)):
        content = content_of(row)
        message = EmailMultiAlternatives(
            subject=one_line(content.subject),
            body=_text(row, content),
            from_email=settings.DEFAULT_FROM_EMAIL,
            to=[row.address],
            reply_to=[area.manager_email] if area.manager_email else None,
            headers={"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"},
        )
        html = render_mjml(
            "mail/signal_step.mjml",
            {
                "title": content.title,
                "preview": content.before[0] if content.before else "",
                "content": content,
                "reference": row.signal.reference,
                "subject": one_line(row.signal.subject),
                "is_staff": row.audience == SignalMail.Audience.STAFF,
            },
        )
    message.attach_alternative(html, "text/html")
    return message


def _text(row: SignalMail, content: Content) -> str:
    parts = [wrap(content.title), *map(wrap, content.before)]
    if content.quote:
        parts.append(wrap(content.quote, first="  ", rest="  "))
    parts += map(wrap, content.after)
    if content.url:
        parts.append(f"{content.button}:\n{content.url}")
    parts.append(
        wrap(_("Onderwerp: %(subject)s") % {"subject": one_line(row.signal.subject)})
        + "\n"
        + _("Kenmerk: %(reference)s") % {"reference": row.signal.reference}
    )
    if row.audience == SignalMail.Audience.ASKER:
        parts += ["-" * 40, contact_text()]
    return "\n\n".join(parts) + "\n"
