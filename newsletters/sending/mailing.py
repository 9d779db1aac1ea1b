"""Freezing text and list of an edition, and confirming that it goes: who may, and when."""

from datetime import datetime
from email.utils import formataddr, parseaddr
from urllib.parse import urlsplit

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import log

from ..checking.edition import errors_of
from ..letterhead import reply_address_of, sender_of
from ..models import Delivery, Mailing, NewsletterPage, NewsletterSettings
from ..rendering.newsletter import render_mail
from .audience import Audience, foreign_parts
from .chosen import audience_of, is_chosen, recipients_of

BATCH = 1000
ALIAS = gettext_lazy(
    "Deze nieuwsbrief is een kopie die meeverandert met een andere. Gebruik die andere, of maak "
    "hier eerst een gewone pagina van."
)
ALREADY = gettext_lazy("Deze nieuwsbrief is al verzonden of gepland.")


class CannotSendError(Exception):
    """Why an edition cannot be sent now, in words for the editor."""


def foreign_areas(*, user, edition: NewsletterPage) -> list[str]:
    """Names of areas, lists and more that an edition goes to and that are not the user's."""
    return foreign_parts(user=user, audience=edition.audience)


def foreign_to(*, user, audience: dict) -> list[str]:
    """As `foreign_areas`, of a mailing as it was confirmed (`Mailing.audience`)."""
    return foreign_parts(user=user, audience=Audience.frozen(audience))


def why_not(*, edition: NewsletterPage) -> str:
    """What an editor must do before this edition can be sent, or an empty text."""
    if not edition.live:
        return _("Publiceer de nieuwsbrief eerst: de mail verwijst naar de pagina op de site.")
    return why_not_frozen(edition=edition)


def why_not_frozen(*, edition: NewsletterPage) -> str:
    """What an editor must do before text and list of this edition can be fixed."""
    if edition.alias_of_id:  # it changes with its original, without a word about approval
        return str(ALIAS)
    if not is_chosen(edition):
        return _("Kies eerst wie de nieuwsbrief krijgt, zoals gebieden, raden of een lijst.")
    return ""


@transaction.atomic
def confirm_mailing(*, edition: NewsletterPage, user, send_at: datetime | None) -> Mailing:
    """Let an edition go, at `send_at` or else at once: as it was approved, or as it is now.

    Where nobody else need approve, text and list are frozen here, from `edition`, which must be
    what is live and not a draft. Raises CannotSendError. An edition has one mailing for ever
    (unique in the database), so two who press at the same time send once.
    """
    mailing = Mailing.objects.select_for_update().filter(edition=edition.pk).first()
    if mailing is not None and mailing.state != Mailing.State.APPROVED:
        raise CannotSendError(ALREADY)
    if mailing is None and NewsletterSettings.current().approval_needed:
        raise CannotSendError(
            _("Deze nieuwsbrief is nog niet goedgekeurd, of de goedkeuring is vervallen.")
        )
    reason = why_not(edition=edition)
    if reason:
        raise CannotSendError(reason)
    refuse_errors(edition if mailing is None else edition.get_latest_revision_as_object())
    foreign = (
        foreign_areas(user=user, edition=edition)
        if mailing is None
        else foreign_to(user=user, audience=mailing.audience)
    )
    if foreign:
        raise CannotSendError(
            _(
                "Deze nieuwsbrief gaat ook naar %(areas)s. "
                "Vraag de nieuwsbriefredactie om hem te verzenden."
            )
            % {"areas": ", ".join(foreign)}
        )
    now = timezone.now()
    planned = {
        "state": Mailing.State.SCHEDULED,
        "send_at": send_at or now,
        "confirmed_by": user,
        "confirmed_at": now,
    }
    if mailing is None:
        mailing = freeze(edition=edition, **planned)
    else:
        for name, value in planned.items():
            setattr(mailing, name, value)
        mailing.save(update_fields=list(planned))
    log(instance=edition, action="newsletters.confirm", user=user)
    return mailing


def refuse_errors(draft: NewsletterPage) -> None:
    """Raise CannotSendError where the checks find something that must be mended first."""
    if errors_of(draft):
        raise CannotSendError(
            _("De controle vond fouten. Herstel die eerst: ze staan hieronder bij ‘Controleer’.")
        )


def freeze(*, edition: NewsletterPage, **fields) -> Mailing:
    """Fix text and list of an edition, or of a draft of it, as they are now.

    `fields` are those of the mailing that say what becomes of it. For use in a transaction.
    Raises CannotSendError.
    """
    with translation.override("nl"):
        found = recipients_of(edition)
        if not any(not recipient.trouble for recipient in found):
            raise CannotSendError(_("Er is niemand die deze nieuwsbrief kan krijgen."))
        mail = render_mail(edition)
        try:
            with transaction.atomic():
                mailing = Mailing.objects.create(
                    edition_id=edition.pk,
                    audience=audience_of(edition),
                    subject=edition.mail_subject,
                    html=mail.html,
                    text=mail.text,
                    from_email=sender(edition),
                    reply_to=reply_address(edition),
                    list_id=list_id(edition),
                    **fields,
                )
        except IntegrityError:
            raise CannotSendError(ALREADY) from None
        for start in range(0, len(found), BATCH):  # bulk_create itself would hold all of them
            Delivery.objects.bulk_create(
                _delivery(mailing, recipient) for recipient in found[start : start + BATCH]
            )
    return mailing


def _delivery(mailing: Mailing, recipient) -> Delivery:
    delivery = Delivery(
        mailing=mailing,
        address=recipient.address,
        subscription_id=recipient.subscription_id,
        personal=recipient.is_personal,
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
