"""The mail that tells what was done with the answers, to who asked for it."""

import uuid
from collections.abc import Callable

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import override

from cms.mailing.frame import contact_text
from cms.mailing.mjml import render_mjml
from cms.mailing.outbox import send_rows
from cms.mailing.text import wrap
from cms.services import absolute_url

from ..models import OutcomeMail
from .services import plan_first_rounds

SIGNATURE = 24


def send_outcomes(*, stopping: Callable[[], bool] = lambda: False) -> tuple[int, int]:
    """Prepare the mails of outcomes that are new on the site, send what waits; (sent, failed)."""
    plan_first_rounds(stopping=stopping)
    return send_rows(
        OutcomeMail.objects.worth_sending(timezone.now()),
        load=OutcomeMail.objects.with_all_it_tells(),
        message_of=message_of,
        stopping=stopping,
    )


def token_of(contact_id: uuid.UUID) -> str:
    """What stands in the link for no more mail."""
    return contact_id.hex + _signature(contact_id)


def contact_in(given: str) -> uuid.UUID | None:
    """The id in a link for no more mail; None where it is not ours."""
    try:
        found = uuid.UUID(hex=given[:32])
    except ValueError:
        return None
    return found if constant_time_compare(given, token_of(found)) else None


def message_of(row: OutcomeMail) -> EmailMultiAlternatives:
    """The mail in Dutch, in HTML and plain text: each theme in a line, and the way to the rest."""
    survey, again = row.round.survey, row.round.number > 1
    with override("nl"):
        told = [(block.value.title, str(block.value.status_label)) for block in _themes(survey)]
        if again:
            subject = _("Nieuws over de uitkomst: %(title)s") % {"title": survey.title}
            lead = _(
                "U vulde onze enquête in en vroeg wat wij met de antwoorden doen. Wij mailden u "
                "daar eerder over. Er is nu iets veranderd."
            )
        else:
            subject = _("De uitkomst: %(title)s") % {"title": survey.title}
            lead = _(
                "U vulde onze enquête in en vroeg wat wij met de antwoorden doen. Dat is nu bekend."
            )
        subject = " ".join(subject.split())
        url = absolute_url(survey.get_url())
        stop_url = absolute_url(reverse("survey_no_news", args=[token_of(row.contact_id)]))
        why = _(
            "U krijgt deze mail omdat u uw adres bij deze enquête achterliet. Wij weten niet welke "
            "antwoorden van u zijn."
        )
        button, stop = _("Lees wat wij doen, en waarom"), _("Geen bericht meer over deze enquête")
        heading = _("Zo staat het ervoor")
        message = EmailMultiAlternatives(
            subject=subject,
            body="\n\n".join(
                [
                    wrap(survey.title),
                    wrap(lead),
                    *(
                        [
                            "\n".join(
                                [
                                    f"{heading}:",
                                    *(
                                        wrap(f"{title}: {status}", first="- ", rest="  ")
                                        for title, status in told
                                    ),
                                ]
                            )
                        ]
                        if told
                        else []
                    ),
                    f"{button}:\n{url}",
                    "-" * 40,
                    wrap(why),
                    f"{stop}:\n{stop_url}",
                    contact_text(),
                ]
            )
            + "\n",
            from_email=settings.DEFAULT_FROM_EMAIL,
            to=[row.contact.email],
            headers={
                "Auto-Submitted": "auto-generated",
                "X-Auto-Response-Suppress": "All",
                # One click, RFC 8058.
                "List-Unsubscribe": f"<{stop_url}>",
                "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            },
        )
        html = render_mjml(
            "mail/survey_outcome.mjml",
            {
                "title": subject,
                "preview": lead,
                "survey": survey,
                "lead": lead,
                "heading": heading,
                "told": told,
                "url": url,
                "button": button,
                "why": why,
                "stop": stop,
                "stop_url": stop_url,
            },
        )
    message.attach_alternative(html, "text/html")
    return message


def _themes(survey) -> list:
    """The themes of an outcome, as far as they have a name."""
    return [block for block in survey.outcome_per_theme if block.value.title]


def _signature(contact_id: uuid.UUID) -> str:
    made = salted_hmac("surveys.outcomes.contact", contact_id.hex, algorithm="sha256")
    return made.hexdigest()[:SIGNATURE]
