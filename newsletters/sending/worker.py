"""The worker: sends what is due. Any number may run at the same time, on any machine."""

import logging
import time
from contextlib import suppress
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db.models import Exists, OuterRef
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from cms.scheduler import Stopping

from ..mails import tell_late
from ..models import Delivery, Mailing
from ..overview.readers import still_wanted
from .claims import Claims, Closed, reap
from .control import abandon
from .message import Letter, Press
from .recipients import wanted_addresses
from .transport import Outcome, Result, ServerUnavailableError, Transport
from .whole import send_whole

logger = logging.getLogger(__name__)

State = Delivery.State
#: After a 4xx answer or a broken connection: wait so long, and so on; after the last it failed.
RETRY_AFTER = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 720)]
#: Between two attempts to reach a mail server that is away.
SHORTEST_PAUSE, LONGEST_PAUSE = timedelta(seconds=30), timedelta(minutes=15)
#: While a worker waits for the limit of mails a minute, it looks so often whether to stop.
NAP_SECONDS = 0.5


def send_due(stopping: Stopping = lambda: False) -> None:
    """Start what is due, send what is queued, and finish what is done; a job of the scheduler."""
    reap()
    start_due()
    now = timezone.now()
    mailings = Mailing.objects.sendable(now=now).filter(
        Exists(Delivery.objects.claimable(now=now).filter(mailing=OuterRef("pk")))
    )
    ids = list(mailings.order_by("send_at", "pk").values_list("pk", flat=True))
    if ids:
        with translation.override("nl"):
            Worker(stopping).run(ids)
    finish_done()


def start_due() -> None:
    """Set mailings going whose time has come; an edition that was withdrawn is not sent.

    One that should have gone hours ago, because nothing ran then, waits for a person: an
    invitation for last night must not go out this morning.
    """
    now = timezone.now()
    late = now - timedelta(minutes=settings.NEWSLETTER_LATE_MINUTES)
    for mailing in Mailing.objects.due(now=now).select_related("edition", "confirmed_by"):
        waiting = Mailing.objects.filter(pk=mailing.pk, state=Mailing.State.SCHEDULED)
        if mailing.edition.live and mailing.send_at < late:
            if waiting.update(state=Mailing.State.LATE, trouble="", trouble_since=None):
                tell_late(mailing=mailing)
        elif mailing.edition.live:
            waiting.update(
                state=Mailing.State.SENDING,
                started_at=timezone.now(),
                trouble="",
                trouble_since=None,
            )
        elif not mailing.trouble:
            with translation.override("nl"):
                trouble = _("De nieuwsbrief is niet meer gepubliceerd en wordt niet verzonden.")
            waiting.update(trouble=trouble, trouble_since=timezone.now())


def finish_done() -> None:
    """Close mailings of which nothing is left to send."""
    abandon(Delivery.objects.filter(mailing__state=Mailing.State.CANCELLED))
    left = Delivery.objects.filter(mailing=OuterRef("pk")).unfinished()
    Mailing.objects.filter(~Exists(left), state=Mailing.State.SENDING).update(
        state=Mailing.State.DONE, finished_at=timezone.now()
    )


class Worker:
    """One run over the mailings that can be sent, on one connection."""

    def __init__(self, stopping: Stopping) -> None:
        self.stopping = stopping
        self.claims = Claims()
        self.transport = Transport()
        self.closed: Closed | None = None
        #: The delivery after the one at hand, and it with its mail once that is made.
        self.following: Delivery | None = None
        self.ahead: tuple[Delivery, Letter] | None = None

    def run(self, mailing_ids: list[int]) -> None:
        """Send until the queue is empty, the server is away or we are asked to stop."""
        try:
            for mailing_id in mailing_ids:
                mailing = Mailing.objects.filter(pk=mailing_id).first()
                if mailing is not None and not self.stopping():
                    self._send_mailing(mailing)
        finally:
            self.claims.close(self.closed)
            self.transport.close()
            self.claims.release()

    def _send_mailing(self, mailing: Mailing) -> None:
        try:
            press = Press(mailing)
        except ValueError as error:  # as BadHeaderError: no reason for other mailings to wait
            logger.error("Mailing %s cannot be made into mails: %s", mailing.pk, error)
            self._pause(mailing, _("van deze nieuwsbrief is geen mail te maken"))
            return
        try:
            while not self.stopping():
                batch = self.claims.take(mailing)
                if not batch:
                    return
                self._send_batch(press, batch)
        except ServerUnavailableError as error:
            logger.warning("Mailing %s waits for the mail server: %s", mailing.pk, error)
            self._pause(mailing, str(error))
        finally:
            self.claims.close(self.closed)
            self.closed = None

    def _send_batch(self, press: Press, batch: list[Delivery]) -> None:
        addresses = [delivery.address for delivery in batch]
        if press.mailing.overview_id:
            wanted = still_wanted(addresses=addresses)
        else:
            wanted = wanted_addresses(addresses=addresses, audience=press.mailing.audience)
        for number, delivery in enumerate(batch):
            if self.stopping():
                return
            if delivery.address not in wanted:
                self.claims.end(delivery, State.SUPPRESSED, _("Afgemeld na het klaarzetten."))
                continue
            try:
                moment = self.claims.slots.next()
            except LookupError:
                self.claims.let_go()
                return
            self._wait_for(moment)
            if self.stopping():
                return
            rest = batch[number + 1 :] if moment is None else []
            self.following = next((one for one in rest if one.address in wanted), None)
            if not self._send_one(press, delivery):
                # Taken from us, as all of the batch is then: see what is left for us.
                self.claims.let_go()
                return

    def _wait_for(self, moment: datetime | None) -> None:
        """Wait for the moment of the next mail, unless we are asked to stop."""
        while moment is not None and not self.stopping():
            left = (moment - timezone.now()).total_seconds()
            if left <= 0:
                return
            time.sleep(min(left, NAP_SECONDS))

    def _send_one(self, press: Press, delivery: Delivery) -> bool:
        """Send one mail and note how that ended; False where the delivery is not ours any more."""
        self.transport.check()
        try:
            made = self._made(press, delivery)
        except ValueError as error:  # also Django's BadHeaderError
            logger.error("Delivery %s cannot be made into a mail: %s", delivery.pk, error)
            self.claims.end(delivery, State.FAILED, _("Van dit adres is geen mail te maken."))
            return True
        if self.transport.is_smtp:
            self.transport.announce(made.envelope)
        else:
            self.transport.open()
        ours = self.claims.hand_over(delivery, self.closed)
        self.closed = None
        if not ours:
            self.transport.withdraw()
            return False
        try:
            result = self._handed_over(press, delivery, made)
        except ServerUnavailableError:
            self.claims.put_back(delivery)
            raise
        except BaseException:  # a fault of ours or of a library: nobody knows what the server has
            self.closed = Closed(delivery, State.UNKNOWN, _("Het verzenden brak onverwacht af."))
            raise
        self.closed = self._closed(delivery, result)
        mailing = press.mailing
        if result.outcome is Outcome.ACCEPTED and mailing.trouble:
            mailing.trouble = ""
            Mailing.objects.filter(pk=mailing.pk).update(
                trouble="", trouble_since=None, trouble_count=0, next_attempt_at=None
            )
        return True

    def _made(self, press: Press, delivery: Delivery) -> Letter | EmailMultiAlternatives:
        """The mail of a delivery, made now or while the server worked on the one before."""
        if not self.transport.is_smtp:
            return press.message(delivery)
        ahead, self.ahead = self.ahead, None
        return ahead[1] if ahead and ahead[0] is delivery else press.letter(delivery)

    def _handed_over(
        self, press: Press, delivery: Delivery, made: Letter | EmailMultiAlternatives
    ) -> Result:
        if not self.transport.is_smtp:
            return send_whole(self.transport.backend, made, delivery)
        following, self.following = self.following, None
        envelope = None
        if following is not None:
            with suppress(ValueError):  # it says so in its own turn
                envelope = press.envelope(following)
        refused = self.transport.hand_over(made, envelope)
        if refused is None and envelope is not None:
            # The server has the mail: a fault in the next one must not blur what it answers.
            with suppress(Exception):
                self.ahead = (following, press.letter(following))
        result = refused or self.transport.result()
        if result.outcome is Outcome.NOT_SENT:
            # Often the server only ended a long conversation: once more on a new line.
            result = self.transport.hand_over(made) or self.transport.result()
        return result

    def _closed(self, delivery: Delivery, result: Result) -> Closed:
        """What a result means for a delivery, with the time of the next attempt."""
        match result.outcome:
            case Outcome.ACCEPTED:
                return Closed(delivery, State.ACCEPTED, result.reply)
            case Outcome.REFUSED:
                return Closed(delivery, State.FAILED, result.reply)
            case Outcome.UNKNOWN:
                return Closed(delivery, State.UNKNOWN, result.reply)
        tried = delivery.attempts  # before this attempt
        if tried >= len(RETRY_AFTER):
            return Closed(delivery, State.FAILED, result.reply)
        again = timezone.now() + RETRY_AFTER[tried]
        return Closed(delivery, State.DEFERRED, result.reply, next_attempt_at=again)

    def _pause(self, mailing: Mailing, words: str) -> None:
        """Let a mailing wait for its server, longer each time, and say so to the editor."""
        now = timezone.now()
        pause = min(SHORTEST_PAUSE * 2 ** min(mailing.trouble_count, 10), LONGEST_PAUSE)
        Mailing.objects.filter(pk=mailing.pk).update(
            trouble=words,
            trouble_since=mailing.trouble_since or now,
            trouble_count=mailing.trouble_count + 1,
            next_attempt_at=now + pause,
        )
