"""Confirming that an edition is sent: who may, what is frozen, and calling it off."""

from datetime import datetime
from email.utils import formataddr, parseaddr
from urllib.parse import urlsplit

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from areas.councils.models import Council
from areas.models import AreaPage
from areas.permissions import areas_for

from ..letterhead import reply_address_of, sender_of
from ..models import Delivery, Mailing, NewsletterPage
from ..rendering.newsletter import render_mail
from .recipients import recipients

BATCH = 1000


class CannotSendError(Exception):
    """Why an edition cannot be sent now, in words for the editor."""


def foreign_areas(*, user, edition: NewsletterPage) -> list[str]:
    """Titles of areas that an edition goes to, by subscribers or councils, and not the user's."""
    own = set(areas_for(user).values_list("pk", flat=True))
    titles = dict(edition.to_areas.values_list("id", "title"))
    titles.update(edition.to_councils.values_list("area_id", "area__title"))
    return sorted(title for pk, title in titles.items() if pk not in own)


def foreign_to(*, user, audience: dict) -> list[str]:
    """As `foreign_areas`, of a mailing as it was confirmed (`Mailing.audience`)."""
    own = set(areas_for(user).values_list("pk", flat=True))
    areas = AreaPage.objects.filter(pk__in=audience["areas"])
    councils = Council.objects.filter(pk__in=audience["councils"])
    titles = dict(areas.values_list("pk", "title"))
    titles.update(councils.values_list("area_id", "area__title"))
    return sorted(title for pk, title in titles.items() if pk not in own)


def why_not(*, edition: NewsletterPage) -> str:
    """What an editor must do before this edition can be sent, or an empty text."""
    if not edition.live:
        return _("Publiceer de nieuwsbrief eerst: de mail verwijst naar de pagina op de site.")
    if not edition.area_ids and not edition.council_ids:
        return _("Kies eerst wie de nieuwsbrief krijgt: gebieden, raden of allebei.")
    return ""


@transaction.atomic
def confirm_mailing(*, edition: NewsletterPage, user, send_at: datetime | None) -> Mailing:
    """Freeze the text and the list of an edition, to be sent at `send_at` or else at once.

    `edition` must be what is live, not a draft. Raises CannotSendError. An edition has one mailing
    for ever (unique in the database), so two who press at the same time send once.
    """
    reason = why_not(edition=edition)
    if reason:
        raise CannotSendError(reason)
    foreign = foreign_areas(user=user, edition=edition)
    if foreign:
        raise CannotSendError(
            _(
                "Deze nieuwsbrief gaat ook naar %(areas)s. "
                "Vraag de nieuwsbriefredactie om hem te verzenden."
            )
            % {"areas": ", ".join(foreign)}
        )
    area_ids, council_ids = edition.area_ids, edition.council_ids
    with translation.override("nl"):
        found = recipients(area_ids=area_ids, council_ids=council_ids)
        if not any(not recipient.trouble for recipient in found):
            raise CannotSendError(_("Er is niemand die deze nieuwsbrief kan krijgen."))
        mail = render_mail(edition)
        try:
            with transaction.atomic():
                mailing = Mailing.objects.create(
                    edition=edition,
                    send_at=send_at or timezone.now(),
                    confirmed_by=user,
                    audience={"areas": area_ids, "councils": council_ids},
                    subject=edition.mail_subject,
                    html=mail.html,
                    text=mail.text,
                    from_email=sender(edition),
                    reply_to=reply_address(edition),
                    list_id=list_id(edition),
                )
        except IntegrityError:
            raise CannotSendError(_("Deze nieuwsbrief is al verzonden of gepland.")) from None
        for start in range(0, len(found), BATCH):  # bulk_create itself would hold all of them
            Delivery.objects.bulk_create(
                _delivery(mailing, recipient) for recipient in found[start : start + BATCH]
            )
    log(instance=edition, action="newsletters.confirm", user=user)
    return mailing


def _delivery(mailing: Mailing, recipient) -> Delivery:
    delivery = Delivery(
        mailing=mailing,
        address=recipient.address,
        subscription_id=recipient.subscription_id,
        reason=recipient.reason,
    )
    if recipient.trouble:
        delivery.state = (
            Delivery.State.SUPPRESSED if recipient.suppressed else Delivery.State.FAILED
        )
        delivery.reply = recipient.trouble
        delivery.finished_at = mailing.confirmed_at
    return delivery


def sender(edition: NewsletterPage | None = None) -> str:
    """Who an edition comes from: the name its area chose, and always the site's own address."""
    return sender_of(edition.area if edition is not None else None)


def reply_address(edition: NewsletterPage) -> str:
    """Where an answer goes: what the area chose, its manager, or else the municipality."""
    return reply_address_of(edition.area)


def sender_domain() -> str:
    """The domain of our sender, for Message-ID and List-ID."""
    address = parseaddr(sender())[1]
    return address.rpartition("@")[2] or urlsplit(settings.BASE_URL).hostname or "localhost"


def list_id(edition: NewsletterPage) -> str:
    """RFC 2919: one list for each area, so that people can sort and filter on it."""
    area = edition.area
    name = " ".join(area.title.split()) if area is not None else "Gebiedsplein"
    code = area.code if area is not None else "alle"
    return formataddr((f"Nieuwsbrief {name}", f"{code}.nieuwsbrief.{sender_domain()}"))
