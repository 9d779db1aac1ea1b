"""What became of a mailing, in a handful of numbers."""

from django.conf import settings
from django.db.models import Count, Q

from ..models import Bounce, Delivery, Mailing


def figures(mailing: Mailing, counts: dict[str, int]) -> dict[str, int | None]:
    """{"accepted", "failed", "bounced", "complained", "left"}: numbers of addresses; one query.

    `counts` are those of `state_counts`. `bounced` counts addresses that a server accepted first
    and whose mail came back later, so it is part of `accepted`. "answers" counts mails, and is None
    where they are not counted; else that is a second query.
    """
    complaint = Q(bounces__kind=Bounce.Kind.COMPLAINT)
    afterwards = mailing.deliveries.aggregate(
        left=Count("pk", distinct=True, filter=Q(left_at__isnull=False)),
        bounced=Count("pk", distinct=True, filter=Q(bounces__kind__in=["hard", "soft"])),
        complained=Count("pk", distinct=True, filter=complaint),
    )
    State = Delivery.State  # noqa: N806
    return {
        "accepted": counts.get(State.ACCEPTED, 0),
        "failed": counts.get(State.FAILED, 0),
        **afterwards,
        "answers": mailing.answers.count() if settings.NEWSLETTER_ANSWERS_MAILBOX else None,
    }
