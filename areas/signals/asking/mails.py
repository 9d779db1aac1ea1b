"""The mail that a resident confirms a question or an initiative with."""

from django.conf import settings
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils.translation import gettext as _

from cms.services import absolute_url, default_site_settings

from ..models import Signal
from .tokens import confirm_token


def send_confirmation(*, signal: Signal) -> None:
    """Mail the link that confirms a question, once, in the language of the visitor who asks.

    Raises OSError (smtplib's errors are) where the mail server does not take it; the next try of
    the same form then sends it.
    """
    sent = f"signal-confirmation:{signal.pk}"
    if not cache.add(sent, 1, timeout=settings.SIGNAL_CONFIRM_HOURS * 3600):
        return
    try:
        _message(signal).send()
    except OSError:
        cache.delete(sent)
        raise


def _message(signal: Signal) -> EmailMessage:
    site = default_site_settings()
    link = absolute_url(reverse("signal_confirm", args=[confirm_token(signal)]))
    parts = [
        # Not in the stranger's own words: the mail goes to whatever address was filled in.
        _("U stuurde ons via Gebiedsplein een vraag of voorstel."),
        _("Was u dat? Open dan deze link en klik op de knop. Pas dan gaan wij ermee aan de slag."),
        link,
        _("De link werkt %(hours)s uur.") % {"hours": settings.SIGNAL_CONFIRM_HOURS},
        _("Was u dat niet? Dan hoeft u niets te doen. Wij wissen alles binnen een week."),
    ]
    channels = [
        _("Bel %(phone)s") % {"phone": site.phone} if site.phone else "",
        _("Balie: %(address)s, %(hours)s")
        % {"address": site.desk_address, "hours": site.desk_hours}
        if site.desk_address
        else "",
    ]
    parts += ["-" * 40, "\n".join([_("Liever persoonlijk contact?"), *filter(None, channels)])]
    return EmailMessage(
        subject=_("Bevestig uw vraag of voorstel aan de gemeente"),
        body="\n\n".join(parts) + "\n",
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[signal.contact.email],
        headers={"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"},
    )
