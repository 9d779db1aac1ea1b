"""What a mail that came back does to its address."""

from django.conf import settings
from django.db import transaction

from ..models import Bounce, Delivery, Suppression
from ..services import GONE, unsubscribe
from .reports import Report

Kind = Bounce.Kind


@transaction.atomic
def record(*, report: Report) -> bool:
    """Note what came back and block the address where that follows; False where it was known.

    A mailbox that does not exist is blocked at once, one that was full or away after
    `NEWSLETTER_SOFT_BOUNCES` newsletters in a row. Who complained has left.
    """
    delivery = (
        Delivery.objects.select_for_update(of=("self",)).filter(pk=report.delivery_id).first()
    )
    if delivery is None or report.kind is None:
        return False
    is_forgotten = delivery.address.startswith(GONE)
    _bounce, is_new = Bounce.objects.get_or_create(
        delivery=delivery,
        kind=report.kind,
        # Of who was forgotten no words: servers repeat the address.
        defaults={"status": report.status, "words": "" if is_forgotten else report.words},
    )
    if not is_new or is_forgotten:
        return is_new
    reason = Suppression.Reason
    if report.kind == Kind.COMPLAINT:
        unsubscribe(email=delivery.address, reason=reason.COMPLAINED)
    elif report.kind == Kind.HARD or _came_back_in_a_row(delivery.address):
        Suppression.objects.get_or_create(
            email=delivery.address, defaults={"reason": reason.BOUNCED}
        )
    return True


def _came_back_in_a_row(address: str) -> bool:
    """Whether the last newsletters to an address all came back."""
    number = settings.NEWSLETTER_SOFT_BOUNCES
    sent = Delivery.objects.filter(address=address, state=Delivery.State.ACCEPTED)
    last = list(sent.order_by("-finished_at", "-pk").values_list("pk", flat=True)[:number])
    came_back = Bounce.objects.filter(delivery__in=last).exclude(kind=Kind.COMPLAINT)
    return len(last) == number and came_back.values("delivery").distinct().count() == number
