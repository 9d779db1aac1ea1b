"""Emptying the mailbox of bounces; a broken mail is set apart and stops nothing."""

import logging
from dataclasses import dataclass

from django.conf import settings

from cms.scheduler import Stopping

from . import reports, services
from .mailboxes import Box, MailboxError, opened

logger = logging.getLogger(__name__)


@dataclass
class Tally:
    """How many mails were bounces or complaints, told nothing new, or were set apart."""

    recorded: int = 0
    nothing_new: int = 0
    apart: int = 0


def fetch(*, address: str, stopping: Stopping = lambda: False) -> Tally:
    """Read all mails of a mailbox. Raises MailboxError where it cannot be reached.

    A mail is noted before it is removed: killed in between, it is read again and changes nothing.
    """
    tally = Tally()
    with opened(address) as box:
        for key, content in box.mails():
            if stopping():
                break
            _deal_with(box, key, content, tally)
    return tally


def _deal_with(box: Box, key: str, content: bytes, tally: Tally) -> None:
    try:
        report = reports.read(content)
    except (
        Exception
    ) as error:  # the standard library's parser fails in many ways on what people send
        logger.info("A mail in the mailbox of bounces is set apart: %r", error)
        box.set_apart(key)
        tally.apart += 1
        return
    if services.record(report=report):
        tally.recorded += 1
    else:
        tally.nothing_new += 1
    box.remove(key)


def fetch_set_up(stopping: Stopping = lambda: False) -> None:
    """Empty the mailbox of the settings, where there is one; a job of the scheduler."""
    if settings.NEWSLETTER_BOUNCE_MAILBOX:
        try:
            fetch(address=settings.NEWSLETTER_BOUNCE_MAILBOX, stopping=stopping)
        except MailboxError as error:
            logger.error("The mailbox of bounces could not be read: %s", error)
