"""What an editor does to the overview of a month under way: to all its mailings together."""

from django.db import transaction

from ..models import Mailing, Overview
from ..sending import control
from ..sending.mailing import CannotSendError

State = Mailing.State
STATES = {
    "pause": [State.SENDING],
    "resume": [State.PAUSED],
    "cancel": [State.SENDING, State.PAUSED],
}
_ACTS = {
    "pause": control.pause_mailing,
    "resume": control.resume_mailing,
    "cancel": control.cancel_mailing,
}


@transaction.atomic
def act(*, overview: Overview, action: str, user) -> None:
    """Do "pause", "resume" or "cancel" to what can be. Raises CannotSendError where nothing can."""
    mailings = list(overview.mailings.filter(state__in=STATES[action]).order_by("pk"))
    if not mailings:
        raise CannotSendError(str(control.CHANGED))
    for mailing in mailings:
        _ACTS[action](mailing=mailing, user=user)


@transaction.atomic
def send_again(*, overview: Overview, user, delivery_ids: list[int]) -> int:
    """Queue deliveries of which nobody knows whether they arrived once more; how many."""
    marked = overview.deliveries.filter(
        pk__in=delivery_ids, state__in=control.SENDABLE_AGAIN
    ).exclude(mailing__state=State.CANCELLED)
    number = 0
    for mailing in Mailing.objects.filter(deliveries__in=marked).distinct().order_by("pk"):
        number += control.send_again(mailing=mailing, user=user, delivery_ids=delivery_ids)
    return number
