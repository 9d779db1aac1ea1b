"""One step of a signal, with the mails that tell of it; all write paths go through here."""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from areas.models import AreaPage
from cms.pagecache import purge

from ..models import Signal, SignalMail, SignalStep


def take_step(
    *,
    signal: Signal,
    kind: str,
    text: str = "",
    author=None,
    author_role: str = "",
    visible: bool = True,
    to_asker: bool = True,
    to_staff: list[str] | None = None,
    at: datetime | None = None,
) -> SignalStep:
    """Write a step down and plan its mails; call it in the transaction that changes the signal.

    `to_asker`: mail who brought it in, and who brought in its doubles (only a visible step).
    `to_staff`: addresses of the municipality to mail. Of one step an address gets one mail. The
    mails go out once the transaction is through.
    """
    step = SignalStep.objects.create(
        signal=signal,
        at=at or timezone.now(),
        kind=kind,
        author=author,
        author_role=author_role,
        text=text,
        due_on=signal.due_on,
        visible=visible,
        version=signal.version,
    )
    planned: dict[str, SignalMail] = {}
    for address in to_staff or []:
        planned[address.lower()] = SignalMail(
            step=step, signal=signal, audience=SignalMail.Audience.STAFF, address=address
        )
    if to_asker and visible:
        for asked, address in followers(signal):
            planned[address.lower()] = SignalMail(
                step=step, signal=asked, audience=SignalMail.Audience.ASKER, address=address
            )
    if visible and signal.is_published:
        purge()
    if planned:
        SignalMail.objects.bulk_create(planned.values())
        transaction.on_commit(lambda: _send(step.pk))
    return step


def followers(signal: Signal) -> Iterator[tuple[Signal, str]]:
    """(what was brought in, address) of all who hear of a signal: its doubles first, then it."""
    doubles = Signal.objects.filter(merged_into=signal).select_related("council", "contact")
    for asked in (*doubles.defer("geometry", "map_geometry"), signal):
        for address in asker_addresses(asked):
            yield asked, address


def asker_addresses(signal: Signal) -> list[str]:
    """Where who brought a signal in reads about it: all addresses of a council, or one's own."""
    if signal.council_id is not None and not signal.council.active:
        return []
    if signal.council_id is not None:
        return list(signal.council.addresses.values_list("email", flat=True))
    contact = getattr(signal, "contact", None)
    return [contact.email] if contact and contact.confirmed_at else []


def manager_addresses(area: AreaPage) -> list[str]:
    """Where the managers of an area read that there is something to do."""
    users = area.manager_group.user_set.filter(is_active=True) if area.manager_group else []
    found = {user.email.lower(): user.email for user in users if user.email}
    if not found and area.manager_email:
        found[area.manager_email.lower()] = area.manager_email
    return list(found.values())


def role_in(area: AreaPage) -> str:
    """As whom the managers of an area sign: a function, as the asker reads no names."""
    return f"{area.manager_role or 'Gebiedsmanager'} {area.title}"


def handlers(area: AreaPage):
    """The users whom a signal of this area can be assigned to, as a QuerySet by name."""
    from django.contrib.auth import get_user_model

    group = Q(groups=area.manager_group_id) if area.manager_group_id else Q(pk__in=[])
    users = get_user_model().objects.filter(group, is_active=True)
    return users.order_by("first_name", "last_name", "username")


def _send(step_id: int) -> None:
    from ..mails import send_mails

    send_mails(step_id=step_id)
