"""Councils that get nothing from us: every address they have refuses mail or sends it back."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch, Subquery
from django.db.models.functions import Lower

from areas.councils.models import Council, CouncilAddress
from areas.models import AreaPage

from ..models import Bounce, Delivery, Suppression


@dataclass(frozen=True)
class Trouble:
    """An address and what is wrong with it; `words` are those of a mail server."""

    address: str
    name: str
    reason: str
    words: str


@dataclass(frozen=True)
class Unreachable:
    """A council and what is wrong with each of its addresses."""

    council: Council
    addresses: list[Trouble]


def unreachable_councils(*, area_ids) -> list[Unreachable]:
    """Active councils of these areas of which no address works, by name; six queries.

    An address does not work where it is blocked after bounces, or where the mail server refused
    its last newsletter. Who left by choice is no trouble.
    """
    last = (
        Delivery.objects.filter(address=OuterRef("lower"), finished_at__isnull=False)
        .exclude(state=Delivery.State.SUPPRESSED)
        .order_by("-finished_at", "-pk")
    )
    addresses = CouncilAddress.objects.annotate(lower=Lower("email")).annotate(
        last_delivery=Subquery(last.values("pk")[:1])
    )
    councils = list(
        Council.objects.filter(area__in=area_ids, active=True)
        .filter(Exists(CouncilAddress.objects.filter(council=OuterRef("pk"))))
        .only("name", "area")
        .order_by("name")
        .prefetch_related(
            Prefetch("area", queryset=AreaPage.objects.without_geometry()),
            Prefetch("addresses", queryset=addresses, to_attr="mailed"),
        )
    )
    rows = [address for council in councils for address in council.mailed]
    blocked = set(
        Suppression.objects.filter(
            email__in={row.lower for row in rows}, reason=Suppression.Reason.BOUNCED
        ).values_list("email", flat=True)
    )
    bounces = Bounce.objects.exclude(kind=Bounce.Kind.COMPLAINT).order_by("received_at")
    deliveries = Delivery.objects.prefetch_related(
        Prefetch("bounces", queryset=bounces, to_attr="came_back")
    ).in_bulk([row.last_delivery for row in rows if row.last_delivery])

    def trouble(row) -> Trouble | None:
        delivery = deliveries.get(row.last_delivery)
        back = delivery.came_back if delivery is not None else []
        if row.lower in blocked:
            reason = str(Suppression.Reason.BOUNCED.label)
        elif delivery is not None and delivery.state == Delivery.State.FAILED:
            reason = str(Delivery.State.FAILED.label)
        else:
            return None
        words = back[-1].words if back else (delivery.reply if delivery is not None else "")
        return Trouble(row.email, row.name, reason, words)

    found = []
    for council in councils:
        troubles = [trouble(row) for row in council.mailed]
        if all(troubles):
            found.append(Unreachable(council, troubles))
    return found
