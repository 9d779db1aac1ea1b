"""The mail with the links to sign in: one to an address, whatever number of councils it has."""

from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from cms.services import absolute_url

from .models import SignInLink
from .services import asked_after, hash_of, new_token


def send_links(*, address: str = "", stopping=lambda: False) -> int:
    """Mail the links that wait, to one address or (as the scheduler does) to all; gives how many.

    Each address is claimed before its mail goes, so that two processes do not send the same.
    """
    now = timezone.now()
    rows = SignInLink.objects.waiting(now, asked_after=asked_after(now))
    if address:
        rows = rows.filter(address=address)
    sent = 0
    for one in sorted(set(rows.values_list("address", flat=True))):
        if stopping():
            break
        sent += _send(one)
    return sent


def _send(address: str) -> bool:
    now = timezone.now()
    claimed = SignInLink.objects.waiting(now, asked_after=asked_after(now)).filter(address=address)
    if not claimed.update(claimed_at=now):
        return False
    links = list(
        SignInLink.objects.filter(address=address, claimed_at=now, sent_at__isnull=True)
        .select_related("council")
        .defer("council__geometry", "council__map_geometry")
        .order_by("council__name", "-requested_at")
    )
    tokens = {}
    for link in links:
        # Two requests before the first mail went: one link to each council is enough.
        tokens.setdefault(link.council.name, (link, new_token()))
    for link, token in tokens.values():
        link.token_hash = hash_of(token)
        link.expires_at = now + timedelta(minutes=settings.ROOM_LINK_MINUTES)
        link.save(update_fields=["token_hash", "expires_at"])
    used = SignInLink.objects.filter(pk__in=[link.pk for link, _token in tokens.values()])
    SignInLink.objects.filter(pk__in=[link.pk for link in links]).exclude(pk__in=used).delete()
    try:
        _message(address, {name: token for name, (_link, token) in tokens.items()}).send()
    except OSError:
        used.update(claimed_at=None)
        return False
    used.update(sent_at=timezone.now())
    return True


def _message(address: str, tokens: dict[str, str]) -> EmailMessage:
    with override("nl"):
        parts = [
            _("U wilt inloggen op de pagina's van uw raad op Gebiedsplein."),
            _("Open de link en klik op de knop. Dan bent u binnen."),
            *(
                f"{name}:\n{absolute_url(reverse('room_link', args=[token]))}"
                for name, token in tokens.items()
            ),
            _(
                "De link werkt %(minutes)s minuten en één keer. Stuur hem niet door: wie hem het "
                "eerst gebruikt, is binnen als uw raad."
            )
            % {"minutes": settings.ROOM_LINK_MINUTES},
            _("Hebt u hier niet om gevraagd? Dan hoeft u niets te doen."),
        ]
        return EmailMessage(
            subject=_("Uw link om in te loggen op Gebiedsplein"),
            body="\n\n".join(parts) + "\n",
            from_email=settings.DEFAULT_FROM_EMAIL,
            to=[address],
            headers={"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"},
        )
