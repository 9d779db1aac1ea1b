"""The mail that somebody gets who asks for newsletters."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
from django.utils.translation import gettext as _

from areas.models import AreaPage
from cms.mailing.frame import contact_text
from cms.mailing.mjml import render_mjml
from cms.mailing.text import wrap
from cms.services import absolute_url

from .models import Subscription
from .tokens import preferences_token


def send_confirmation(*, subscription: Subscription, token: str, areas: list[AreaPage]) -> None:
    """Mail the link that confirms a request, in the language of the visitor who asked.

    Who has a subscription already also gets the link to the own choices: so the mail, which
    only the owner of the address can read, tells more than the page that everybody sees.
    Raises OSError (smtplib's errors are) where the mail server does not take it.
    """
    known = subscription.state == Subscription.State.CONFIRMED
    preferences = reverse("newsletter_preferences", args=[preferences_token(subscription.pk)])
    context = {
        "title": _("Bevestig uw aanmelding voor de nieuwsbrief"),
        "preview": _("Klik op de knop in deze mail. Pas dan krijgt u nieuwsbrieven."),
        "areas": [area.title for area in areas],
        "confirm_url": absolute_url(reverse("newsletter_confirm", args=[token])),
        "preferences_url": absolute_url(preferences) if known else "",
    }
    message = EmailMultiAlternatives(
        subject=str(context["title"]),
        body=_text(context),
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[subscription.email],
        headers={"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"},
    )
    message.attach_alternative(render_mjml("mail/confirm_subscription.mjml", context), "text/html")
    message.send()


def _text(context: dict) -> str:
    parts = [
        wrap(_("Iemand heeft dit e-mailadres aangemeld voor nieuwsbrieven van Gebiedsplein.")),
        "\n".join([_("Over deze gebieden:"), *(f"- {title}" for title in context["areas"])]),
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
