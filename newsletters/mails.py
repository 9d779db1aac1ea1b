"""Mails of our own: to who asks for newsletters, and to an editor whose edition is late."""

import logging

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, send_mail
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from cms.mailing.frame import contact_text
from cms.mailing.mjml import render_mjml
from cms.mailing.text import wrap
from cms.services import absolute_url

from .choices import Choices
from .models import Mailing, Subscription
from .tokens import personal_token, preferences_token

logger = logging.getLogger(__name__)


def send_confirmation(*, subscription: Subscription, token: str, choices: Choices) -> None:
    """Mail the link that confirms a request, in the language of the visitor who asked.

    Who has a subscription already also gets the link to the own choices: so the mail, which
    only the owner of the address can read, tells more than the page that everybody sees.
    Raises OSError (smtplib's errors are) where the mail server does not take it.
    """
    known = subscription.state == Subscription.State.CONFIRMED
    context = {
        "title": _("Bevestig uw aanmelding voor de nieuwsbrief"),
        "preview": _("Klik op de knop in deze mail. Pas dan krijgt u nieuwsbrieven."),
        "names": choices.names,
        "frequency": choices.frequency_label,
        "confirm_url": absolute_url(reverse("newsletter_confirm", args=[token])),
        "preferences_url": _preferences_url(subscription) if known else "",
    }
    _send(subscription.email, "mail/confirm_subscription.mjml", context, _text(context))


def send_links(*, subscription: Subscription) -> None:
    """Mail the link to the own choices, and the one to all we hold about the address.

    Raises OSError where the mail server does not take it.
    """
    personal = reverse("newsletter_personal", args=[personal_token(subscription.pk)])
    context = {
        "title": _("Uw keuzes en uw gegevens"),
        "preview": _("Hier vindt u de links waar u om vroeg."),
        "preferences_url": _preferences_url(subscription),
        "personal_url": absolute_url(personal),
    }
    parts = [
        wrap(_("Iemand vroeg om de links bij dit e-mailadres. Was u dat niet? Doe dan niets.")),
        wrap(_("Bekijk of verander uw keuzes, of meld u af:")) + f"\n{context['preferences_url']}",
        wrap(_("Bekijk alles wat wij over dit e-mailadres bewaren (deze link werkt 48 uur):"))
        + f"\n{context['personal_url']}",
        wrap(_("Stuur deze mail niet door: wie de links heeft, kan erbij.")),
    ]
    text = "\n\n".join([*parts, "-" * 40, contact_text()]) + "\n"
    _send(subscription.email, "mail/subscription_links.mjml", context, text)


def _preferences_url(subscription: Subscription) -> str:
    path = reverse("newsletter_preferences", args=[preferences_token(subscription.pk)])
    return absolute_url(path)


def _send(address: str, template: str, context: dict, text: str) -> None:
    message = EmailMultiAlternatives(
        subject=str(context["title"]),
        body=text,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[address],
        headers={"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"},
    )
    message.attach_alternative(render_mjml(template, context), "text/html")
    message.send()


def _text(context: dict) -> str:
    parts = [
        wrap(_("Iemand heeft dit e-mailadres aangemeld voor nieuwsbrieven van Gebiedsplein.")),
        "\n".join([_("Over:"), *(f"- {name}" for name in context["names"])]),
        _("Hoe vaak: %(frequency)s") % {"frequency": context["frequency"]},
        _("Was u dat? Open dan deze link en klik op de knop:"),
        context["confirm_url"],
        wrap(_("De link werkt 48 uur, en één keer.")),
        wrap(_("Was u dat niet? Dan hoeft u niets te doen. U krijgt dan geen nieuwsbrieven.")),
    ]
    if context["preferences_url"]:
        parts.append(
            wrap(_("U krijgt al nieuwsbrieven van ons. Bekijk of verander uw keuzes:"))
            + "\n"
            + context["preferences_url"]
        )
    return "\n\n".join([*parts, "-" * 40, contact_text()]) + "\n"


def tell_late(*, mailing: Mailing) -> None:
    """Ask who planned a mailing whether it must go out now that its time is long past.

    The page of the mailing asks the same, so a mail that cannot be sent is no reason to fail.
    """
    user = mailing.confirmed_by
    if user is None or not user.email:
        return
    with translation.override("nl"):
        moment = date_format(localtime(mailing.send_at), "l j F Y H.i")
        text = wrap(
            _(
                "De nieuwsbrief ‘%(title)s’ had weg moeten gaan op %(moment)s uur. Toen liep het "
                "programma niet dat mails verstuurt. Er is nog niets verzonden. Kies zelf of hij "
                "nog weg moet:"
            )
            % {"title": mailing.edition.title, "moment": moment}
        )
        url = absolute_url(reverse("newsletter_status", args=[mailing.edition_id]))
        subject = _("Moet deze nieuwsbrief nog weg? %(subject)s") % {"subject": mailing.subject}
    try:
        send_mail(subject, f"{text}\n\n{url}\n", settings.DEFAULT_FROM_EMAIL, [user.email])
    except OSError as error:
        logger.error("The mail about late mailing %s was not sent: %s", mailing.pk, error)
