"""Mails to who was invited, one to each; what fails waits for the scheduler."""

from collections.abc import Callable

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from cms.mailing.frame import contact_text
from cms.mailing.mjml import render_mjml
from cms.mailing.outbox import AUTOMATIC_ATTEMPTS, send_rows
from cms.mailing.text import wrap
from cms.services import absolute_url

from ..models import InvitationMail
from .access import pass_of_invitation
from .letters import collector_url
from .services import plan_reminders
from .texts import mail_subject, mail_text, paragraphs


def send_invitations(*, stopping: Callable[[], bool] = lambda: False) -> tuple[int, int]:
    """Prepare reminders that are due and send all that waits; (sent, failed)."""
    plan_reminders()
    rows = InvitationMail.objects.worth_sending(timezone.now())
    return send_rows(
        rows.filter(attempts__lt=AUTOMATIC_ATTEMPTS),
        load=InvitationMail.objects.with_all_it_tells(),
        message_of=message_of,
        stopping=stopping,
    )


def message_of(row: InvitationMail) -> EmailMultiAlternatives:
    """One invitation or reminder in Dutch, in HTML and plain text, with the personal link."""
    invitation = row.invitation
    collector = invitation.collector
    token = pass_of_invitation(invitation.pk)
    with override("nl"):
        subject, text = mail_subject(collector), paragraphs(mail_text(collector))
        if row.kind == InvitationMail.Kind.REMINDER:
            subject = _("Herinnering: %(subject)s") % {"subject": subject}
            text.insert(
                0,
                _(
                    "Een tijd geleden vroegen wij u om onze enquête in te vullen. Dat kan nog. "
                    "Hierna krijgt u geen herinnering meer."
                ),
            )
        closes = min(filter(None, (collector.closes_at, collector.survey.closes_at)))
        until = _("U kunt antwoorden tot %(date)s uur.") % {
            "date": date_format(timezone.localtime(closes), "j F Y, H.i")
        }
        url = collector_url(collector, token)
        stop_url = absolute_url(reverse("survey_no_reminder", args=[token]))
        why = _(
            "U krijgt deze mail omdat wij u vragen om mee te denken. Wij bewaren uw adres alleen "
            "voor deze enquête."
        )
        button, stop = _("Naar de vragen"), _("Mail mij hier niet meer over")
        message = EmailMultiAlternatives(
            subject=subject,
            body="\n\n".join(
                [
                    wrap(collector.survey.title),
                    *map(wrap, text),
                    f"{button}:\n{url}",
                    wrap(until),
                    "-" * 40,
                    wrap(why),
                    f"{stop}:\n{stop_url}",
                    contact_text(),
                ]
            )
            + "\n",
            from_email=settings.DEFAULT_FROM_EMAIL,
            to=[invitation.email],
            headers={
                "Auto-Submitted": "auto-generated",
                "X-Auto-Response-Suppress": "All",
                # One click, RFC 8058.
                "List-Unsubscribe": f"<{stop_url}>",
                "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            },
        )
        html = render_mjml(
            "mail/survey_invitation.mjml",
            {
                "title": subject,
                "preview": until,
                "survey": collector.survey,
                "paragraphs": text,
                "until": until,
                "url": url,
                "button": button,
                "why": why,
                "stop": stop,
                "stop_url": stop_url,
            },
        )
    message.attach_alternative(html, "text/html")
    return message
