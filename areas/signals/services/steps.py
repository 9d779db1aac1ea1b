"""One step of a signal, with the mails that tell of it; all write paths go through here."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from areas.models import AreaPage

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

    `to_asker`: mail who brought it in (only a visible step). `to_staff`: addresses of the
    municipality to mail. The mails go out once the transaction is through.
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
    )
    planned: dict[str, SignalMail] = {}
    audiences = [(SignalMail.Audience.STAFF, to_staff or [])]
    if to_asker and visible:
        audiences.append((SignalMail.Audience.ASKER, asker_addresses(signal)))
    for audience, addresses in audiences:
        for address in addresses:
            planned[address.lower()] = SignalMail(step=step, audience=audience, address=address)
    if planned:
        SignalMail.objects.bulk_create(planned.values())
        transaction.on_commit(lambda: _send(step.pk))
    return step


def asker_addresses(signal: Signal) -> list[str]:
    """Where who brought a signal in reads about it: all addresses of a council, or one's own."""
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


def _send(step_id: int) -> None:
    from ..mails import send_mails

    send_mails(step_id=step_id)
