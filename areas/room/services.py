"""Write paths of the council room: asking for a link, using it, and forgetting it."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone

from areas.councils.models import Council, CouncilMember

from .models import SignInLink
from .querysets import councils_of

#: Links are deleted so long after they were asked for; they stop working long before.
KEPT = timedelta(days=1)


class UsedLinkError(Exception):
    """The link was used, is too old, was never ours, or its address is no longer the council's."""


def hash_of(token: str) -> str:
    """What we keep of a token. It is long and random, so a plain hash is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


def new_token() -> str:
    """256 bits that nobody guesses."""
    return secrets.token_urlsafe(32)


@transaction.atomic
def request_links(*, address: str, next_path: str = "", now: datetime | None = None) -> int:
    """Plan a link for every council that knows this address; gives how many.

    For an address that no council knows nothing is kept.
    """
    now = now or timezone.now()
    links = [
        SignInLink(council=council, address=address, next_path=next_path, requested_at=now)
        for council in councils_of(address, timezone.localdate(now))
    ]
    SignInLink.objects.bulk_create(links)
    return len(links)


def link_of(*, token: str, now: datetime | None = None) -> SignInLink:
    """The link that may be used with this token; reading it changes nothing.

    Raises UsedLinkError.
    """
    now = now or timezone.now()
    link = (
        SignInLink.objects.usable(now)
        .filter(token_hash=hash_of(token))
        .select_related("council")
        .defer("council__geometry", "council__map_geometry")
        .first()
    )
    if link is None or not may_enter(council_id=link.council_id, address=link.address, now=now):
        raise UsedLinkError
    return link


def use_link(*, token: str, now: datetime | None = None) -> SignInLink:
    """Use a link, once: of two at the same time the database lets one through.

    Raises UsedLinkError.
    """
    now = now or timezone.now()
    link = link_of(token=token, now=now)
    if not SignInLink.objects.usable(now).filter(pk=link.pk).update(used_at=now):
        raise UsedLinkError
    return link


def may_enter(*, council_id: int, address: str, now: datetime | None = None) -> bool:
    """Whether this address still belongs to this council, and the council is active."""
    on = timezone.localdate(now)
    return councils_of(address, on).filter(pk=council_id).exists()


def role_of(*, council: Council, address: str) -> str:
    """As whom somebody writes: the role of the member with this address, without the name."""
    member = (
        CouncilMember.objects.current(timezone.localdate())
        .filter(council=council, email__iexact=address)
        .first()
    )
    return f"{member.get_role_display()} {council.name}" if member else council.name


def purge_links(*, dry_run: bool = False) -> dict[str, int]:
    """Delete links asked for more than a day ago, with their addresses; counts them."""
    old = SignInLink.objects.filter(requested_at__lt=timezone.now() - KEPT)
    count = old.count() if dry_run else old.delete()[0]
    return {"links to sign in": count}


def purge_sessions(*, dry_run: bool = False) -> dict[str, int]:
    """Delete sessions that ended: those of the room hold an address; counts them."""
    ended = Session.objects.filter(expire_date__lt=timezone.now())
    count = ended.count() if dry_run else ended.delete()[0]
    return {"sessions that ended": count}


def asked_after(now: datetime) -> datetime:
    """Links asked for before this moment are not mailed any more: nobody waits for them."""
    return now - timedelta(minutes=settings.ROOM_LINK_MINUTES)
