"""The limit of mails a minute, which all workers on all machines keep together.

A worker reserves moments for a few mails at a time, one after the other on one clock (the virtual
scheduling of ATM's generic cell rate algorithm, ITU-T I.371): so no minute holds more than the
limit, also where two minutes meet. Moments that a worker did not use are lost, never saved up.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from ..models import Pace

#: A worker reserves for so long at a time, and waits no longer than the second for its first mail.
STRETCH = timedelta(seconds=10)
PATIENCE = timedelta(seconds=20)
MINUTE = timedelta(minutes=1)


@dataclass
class Slots:
    """Moments for `number` mails, from `begin` on and `interval` apart; no interval: at once."""

    number: int = 0
    begin: datetime | None = None
    interval: timedelta = timedelta()
    used: int = 0

    def next(self) -> datetime | None:
        """When the next mail may go, None for now; to be called once for each mail.

        Raises LookupError where the moments have passed: what is left must be reserved anew. The
        first mail always goes, so that however slow a machine is it gets somewhere.
        """
        if not self.interval:
            return None
        late = (timezone.now() - self.begin) // self.interval
        if self.used == 0:
            late = min(late, self.number - 1)
        self.used = max(self.used, late)
        if self.used >= self.number:
            raise LookupError
        moment = self.begin + self.used * self.interval
        self.used += 1
        return moment


def largest(number: int) -> int:
    """How many of `number` mails a worker may reserve at a time."""
    limit = settings.NEWSLETTER_MAILS_PER_MINUTE
    return min(number, max(1, int(limit * (STRETCH / MINUTE)))) if limit else number


def reserve(*, number: int, now: datetime) -> Slots:
    """Moments for `number` mails, or none where the first is too far away.

    To be called in a transaction.
    """
    limit = settings.NEWSLETTER_MAILS_PER_MINUTE
    if not limit or not number:
        return Slots(number)
    Pace.objects.get_or_create(pk=1)
    pace = Pace.objects.select_for_update().get(pk=1)
    interval = MINUTE / limit
    begin = max(now, pace.next_free_at)
    if begin - now > PATIENCE:
        return Slots()
    pace.next_free_at = begin + number * interval
    pace.save(update_fields=["next_free_at"])
    return Slots(number, begin, interval)
