"""What became of a mailing, in a handful of numbers."""

from django.db.models import Count, Q

from ..models import Bounce, Delivery, Mailing


def figures(mailing: Mailing) -> dict[str, int]:
    """{"accepted", "failed", "bounced", "complained", "left"}: numbers of addresses; two queries.

    `bounced` counts addresses that a server accepted first and whose mail came back later, so it
    is part of `accepted`.
    """
    State = Delivery.State  # noqa: N806
    found = mailing.deliveries.aggregate(
        accepted=Count("pk", filter=Q(state=State.ACCEPTED)),
        failed=Count("pk", filter=Q(state=State.FAILED)),
        left=Count("pk", filter=Q(left_at__isnull=False)),
    )
    came_back = Bounce.objects.filter(delivery__mailing=mailing).aggregate(
        bounced=Count("delivery", distinct=True, filter=~Q(kind=Bounce.Kind.COMPLAINT)),
        complained=Count("delivery", distinct=True, filter=Q(kind=Bounce.Kind.COMPLAINT)),
    )
    return {**found, **came_back}
