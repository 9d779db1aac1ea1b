"""The states of deliveries, and the only code that changes them while a mailing is sent.

    queued -> claimed -> handed over -> accepted
                 |            |-> deferred (4xx, or the connection broke) -> claimed again
                 |            |-> failed (5xx, or deferred too often)
                 |            '-> unknown (nobody can tell whether the server has it)
                 '-> suppressed (left since the list was frozen, or an editor stopped the
                     mailing), or queued again (we stop, or an editor pauses the mailing)

Each mail costs one write: it closes the previous delivery and opens the next together. A worker
that is killed therefore leaves at most one delivery handed over, which becomes unknown and is
never sent again by itself; what it had only claimed goes back to the queue.
"""

import os
import socket
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from ..models import Delivery, Mailing, MailWorker
from .pace import Slots, largest, reserve
from .write import close_and_open

State = Delivery.State

BATCH = 200
#: A worker not seen for this long is dead. One mail takes at most eight waits of EMAIL_TIMEOUT.
LEASE = timedelta(minutes=5)
HEARTBEAT = timedelta(seconds=15)
PROCESS_LENGTH = 120


@dataclass
class Closed:
    """How the delivery that was handed over ended."""

    delivery: Delivery
    state: str
    reply: str = ""
    next_attempt_at: datetime | None = None


class Claims:
    """What one worker holds. Every change is conditional on still being the holder."""

    def __init__(self) -> None:
        self.key = str(uuid.uuid4())
        self.seen_at: datetime | None = None
        #: When the mails of the last batch may go.
        self.slots = Slots()

    def take(self, mailing: Mailing) -> list[Delivery]:
        """Claim the next batch of a mailing; other workers skip what we have locked.

        Nothing where an editor paused or stopped it: the row of the mailing is locked meanwhile,
        so that who pauses finds every claim there is. Nothing either where the limit of mails a
        minute is used up for now.
        """
        self._show()
        now = timezone.now()
        with transaction.atomic():
            under_way = Mailing.objects.filter(pk=mailing.pk, state=Mailing.State.SENDING)
            if not under_way.select_for_update().values_list("pk", flat=True):
                return []
            rows = mailing.deliveries.claimable(now=now)
            if connection.features.has_select_for_update_skip_locked:
                rows = rows.select_for_update(skip_locked=True)
            ids = list(rows.values_list("pk", flat=True)[: largest(BATCH)])
            self.slots = reserve(number=len(ids), now=now)
            ids = ids[: self.slots.number]
            Delivery.objects.filter(pk__in=ids, state__in=[State.QUEUED, State.DEFERRED]).update(
                state=State.CLAIMED, worker=self.key, claimed_at=now
            )
        return list(
            Delivery.objects.filter(pk__in=ids, worker=self.key, state=State.CLAIMED).order_by("pk")
        )

    def hand_over(self, delivery: Delivery, closed: Closed | None) -> bool:
        """Record that `delivery` goes to the server now, and how the one before ended.

        False where it is not ours any more: then it must not be sent.
        """
        self._show()
        now = timezone.now()
        if closed is None:
            this = Delivery.objects.filter(pk=delivery.pk, worker=self.key, state=State.CLAIMED)
            opened = this.update(
                state=State.HANDED_OVER, attempts=F("attempts") + 1, handed_over_at=now
            )
            return bool(opened)
        changed = close_and_open(
            worker=self.key,
            before=closed.delivery.pk,
            after=delivery.pk,
            state=closed.state,
            reply=closed.reply,
            next_attempt_at=closed.next_attempt_at,
            now=now,
        )
        if changed == 2:
            return True
        return Delivery.objects.filter(
            pk=delivery.pk, worker=self.key, state=State.HANDED_OVER
        ).exists()

    def close(self, closed: Closed | None) -> None:
        """Record how the last delivery ended."""
        if closed is not None:
            Delivery.objects.filter(self._held(closed)).update(
                **self._ended(closed, timezone.now())
            )

    def put_back(self, delivery: Delivery) -> None:
        """The server was away before it got this one: queue it as if it had not been tried."""
        Delivery.objects.filter(
            pk=delivery.pk, worker=self.key, state__in=[State.HANDED_OVER, State.UNKNOWN]
        ).update(state=State.QUEUED, attempts=F("attempts") - 1, worker="", finished_at=None)

    def end(self, delivery: Delivery, state: str, reply: str) -> None:
        """Finish a delivery that was only claimed, without sending."""
        Delivery.objects.filter(pk=delivery.pk, worker=self.key, state=State.CLAIMED).update(
            state=state, reply=reply, finished_at=timezone.now()
        )

    def let_go(self) -> None:
        """Queue again what is claimed and was not handed over."""
        Delivery.objects.filter(worker=self.key, state=State.CLAIMED).update(
            state=State.QUEUED, worker=""
        )

    def release(self) -> None:
        """Let go and leave."""
        self.let_go()
        MailWorker.objects.filter(key=self.key).delete()
        self.seen_at = None

    def _held(self, closed: Closed) -> Q:
        """Ours, also where a reaper took us for dead meanwhile: we know how it ended."""
        return Q(
            pk=closed.delivery.pk,
            worker=self.key,
            state__in=[State.HANDED_OVER, State.UNKNOWN],
        )

    def _ended(self, closed: Closed, now: datetime) -> dict:
        return {
            "state": closed.state,
            "reply": closed.reply,
            "finished_at": None if closed.next_attempt_at else now,
            "next_attempt_at": closed.next_attempt_at,
        }

    def _show(self) -> None:
        """Let others see that we live; a write only now and then."""
        now = timezone.now()
        if self.seen_at is None or now - self.seen_at > HEARTBEAT:
            process = f"{socket.gethostname()}:{os.getpid()}"[:PROCESS_LENGTH]
            MailWorker.objects.update_or_create(
                key=self.key, defaults={"seen_at": now, "process": process}
            )
            self.seen_at = now


@transaction.atomic
def reap(*, now: datetime | None = None) -> int:
    """Take over from workers that died: how many there were.

    What they had handed over becomes unknown; what they had claimed is queued again.
    """
    now = now or timezone.now()
    dead = MailWorker.objects.filter(seen_at__lt=now - LEASE)
    if connection.features.has_select_for_update_skip_locked:
        dead = dead.select_for_update(skip_locked=True)
    keys = list(dead.values_list("key", flat=True))
    MailWorker.objects.filter(key__in=keys).delete()
    gone = ~Exists(MailWorker.objects.filter(key=OuterRef("worker")))
    held = Delivery.objects.filter(
        gone, mailing__state__in=Mailing.UNDER_WAY, state__in=[State.HANDED_OVER, State.CLAIMED]
    )
    with translation.override("nl"):
        reply = _("Het verzenden stopte onverwacht. Het is niet zeker of deze mail is aangekomen.")
    held.filter(state=State.HANDED_OVER).update(state=State.UNKNOWN, reply=reply, finished_at=now)
    held.filter(state=State.CLAIMED).update(state=State.QUEUED, worker="")
    return len(keys)
