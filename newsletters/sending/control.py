"""What an editor does to a mailing under way: pause, go on, stop, and send an unknown mail again.

Pausing and stopping take back what workers had claimed, so the next mail is not sent any more;
only the one that the mail server is getting at that moment goes.
"""

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import log

from ..approval.services import wait_again
from ..models import Delivery, Mailing
from .mailing import CannotSendError, foreign_to, why_not

State = Mailing.State
CHANGED = gettext_lazy("De stand van de verzending is intussen veranderd. Kijk hoe het nu staat.")
SENDABLE_AGAIN = (Delivery.State.UNKNOWN,)


def _held(mailing: Mailing, *states: str) -> Mailing:
    """The mailing, locked; CannotSendError where its state is none of these."""
    found = Mailing.objects.select_for_update().filter(pk=mailing.pk, state__in=states).first()
    if found is None:
        raise CannotSendError(str(CHANGED))
    return found


def _ask_rights(mailing: Mailing, user) -> None:
    """Who may not send to all its areas may halt a mailing, and decides nothing else about it."""
    foreign = foreign_to(user=user, audience=mailing.audience)
    if foreign:
        raise CannotSendError(
            _(
                "Deze nieuwsbrief gaat ook naar %(areas)s. U kunt het verzenden wel pauzeren. "
                "Vraag de nieuwsbriefredactie om de rest."
            )
            % {"areas": ", ".join(foreign)}
        )


@transaction.atomic
def pause_mailing(*, mailing: Mailing, user) -> None:
    """Send nothing more of a mailing until somebody lets it go on."""
    held = _held(mailing, State.SENDING)
    held.state, held.held_at, held.held_by = State.PAUSED, timezone.now(), user
    held.save(update_fields=["state", "held_at", "held_by"])
    _take_back(held)
    _note(held, "pause", user)


@transaction.atomic
def resume_mailing(*, mailing: Mailing, user) -> None:
    """Go on with a paused mailing, or send one that is late; at once, whatever the server did.

    Raises CannotSendError, also for a late one of which the edition was withdrawn meanwhile.
    """
    _ask_rights(mailing, user)
    held = _held(mailing, State.PAUSED, State.LATE)
    if held.state == State.LATE and not held.edition.live:
        raise CannotSendError(why_not(edition=held.edition))
    held.state, held.held_at, held.held_by = State.SENDING, None, None
    held.started_at = held.started_at or timezone.now()
    held.trouble, held.trouble_since = "", None
    held.trouble_count, held.next_attempt_at = 0, None
    held.save()
    _note(held, "resume", user)


@transaction.atomic
def cancel_mailing(*, mailing: Mailing, user) -> bool:
    """Call off a mailing; True where it had not begun, so that the edition can be sent again.

    What was approved stays approved, unless the edition was changed since.

    Of one that had begun, what is left is not sent, and its edition cannot be sent again: part of
    the people have it. Raises CannotSendError where all of it went.
    """
    _ask_rights(mailing, user)
    held = Mailing.objects.select_for_update().filter(pk=mailing.pk).first()
    if held is None or held.state in (State.DONE, State.CANCELLED):
        raise CannotSendError(_("Het verzenden is al klaar en kan niet meer worden geannuleerd."))
    _note(held, "cancel", user)
    if held.state in (State.APPROVED, State.SCHEDULED, State.LATE):
        wait_again(mailing=held, user=user)
        return True
    now = timezone.now()
    held.state, held.held_at, held.held_by = State.CANCELLED, now, user
    held.finished_at = now
    held.save(update_fields=["state", "held_at", "held_by", "finished_at"])
    _take_back(held)
    abandon(held.deliveries.all())
    return False


@transaction.atomic
def send_again(*, mailing: Mailing, user, delivery_ids: list[int]) -> int:
    """Queue deliveries of which nobody knows whether they arrived once more; how many.

    The mail keeps its Message-ID, by which some mail programs hide the second copy.
    """
    _ask_rights(mailing, user)
    held = _held(mailing, State.SENDING, State.PAUSED, State.DONE)
    queued = held.deliveries.filter(pk__in=delivery_ids, state__in=SENDABLE_AGAIN).update(
        state=Delivery.State.QUEUED, worker="", finished_at=None, next_attempt_at=None
    )
    if queued and held.state == State.DONE:
        held.state, held.finished_at = State.SENDING, None
        held.save(update_fields=["state", "finished_at"])
    if queued:
        _note(held, "send_again", user, number=queued)
    return queued


def abandon(deliveries) -> None:
    """End what still waits among deliveries of a stopped mailing."""
    with translation.override("nl"):
        reply = _("Het verzenden is gestopt.")
    waiting = [Delivery.State.QUEUED, Delivery.State.DEFERRED]
    deliveries.filter(state__in=waiting).update(
        state=Delivery.State.SUPPRESSED, reply=reply, finished_at=timezone.now()
    )


def _take_back(mailing: Mailing) -> None:
    """Queue again what workers claimed and did not hand over yet."""
    mailing.deliveries.filter(state=Delivery.State.CLAIMED).update(
        state=Delivery.State.QUEUED, worker=""
    )


def _note(mailing: Mailing, action: str, user, **data) -> None:
    """Into the history of the edition, which every editor of it can read, or of the overview."""
    log(
        instance=mailing.edition or mailing.overview,
        action=f"newsletters.{action}",
        user=user,
        data=data or None,
    )
