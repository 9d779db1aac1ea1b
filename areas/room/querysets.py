"""Queries about links to sign in, and which councils an address belongs to."""

from datetime import date, datetime, timedelta

from django.db import models
from django.db.models import Exists, OuterRef, Q

from areas.councils.models import Council, CouncilAddress, CouncilMember


def councils_of(address: str, on: date):
    """Active councils that have this address, or whose member of that day has it.

    ASCII only: databases take some other letters for the same, such as the Kelvin sign for a k,
    and the mail would go to somebody else's address that only looks like a council's.
    """
    if not address.isascii():
        return Council.objects.none()
    own = CouncilAddress.objects.filter(council=OuterRef("pk"), email__iexact=address)
    member = CouncilMember.objects.current(on).filter(council=OuterRef("pk"), email__iexact=address)
    return (
        Council.objects.active()
        .filter(Exists(own) | Exists(member))
        .select_related("area")
        .defer("geometry", "map_geometry", "area__geometry")
    )


class SignInLinkQuerySet(models.QuerySet):
    #: After so long the process that was sending is dead; a second mail does no harm.
    dead_after = timedelta(minutes=2)

    def waiting(self, now: datetime, *, asked_after: datetime):
        """Asked for lately, not sent, and nobody is sending them."""
        free = Q(claimed_at__isnull=True) | Q(claimed_at__lt=now - self.dead_after)
        return self.filter(free, sent_at__isnull=True, requested_at__gt=asked_after)

    def usable(self, now: datetime):
        """Not used and not too old."""
        return self.filter(used_at__isnull=True, expires_at__gt=now)
