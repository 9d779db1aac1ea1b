"""How many people answered an edition, counted in the mailbox of its Reply-To address.

Only where `NEWSLETTER_ANSWERS_MAILBOX` names one. The mails stay there as they are, for the person
who answers them; of each we keep that it was counted, not from whom it came or what it says.
"""

import hashlib
import logging
import re
from datetime import timedelta
from email import message_from_bytes
from email.message import Message

from django.conf import settings
from django.utils import timezone

from cms.scheduler import Stopping

from ..models import Answer, Delivery
from .address import delivery_of_message_id
from .mailboxes import MailboxError, opened

logger = logging.getLogger(__name__)

#: The mailbox is looked through so far back, each time: a night or a long weekend out is no harm.
DAYS_BACK = 7
#: Headers that only programs send: RFC 3834, and what was there before it.
BY_PROGRAMS = ("X-Autoreply", "X-Autorespond", "X-Autoresponder", "List-Id", "List-Unsubscribe")
BULK = {"bulk", "junk", "list", "auto_reply"}
#: What mail programs put before our subject where an absent owner lets them answer.
AWAY = re.compile(
    r"\s*(automatisch antwoord|auto(matic)?[ -]?reply|afwezig|out of (the )?office)",
    re.IGNORECASE,
)


def count(*, address: str, stopping: Stopping = lambda: False) -> int:
    """Count the answers in a mailbox that were not counted yet: how many.

    Raises MailboxError where it cannot be read.
    """
    since = timezone.localdate() - timedelta(days=DAYS_BACK)
    number = 0
    with opened(address, only_read=True) as box:
        for content in box.headers(since=since):
            if stopping():
                break
            number += _count_one(content)
    return number


def count_set_up(stopping: Stopping = lambda: False) -> None:
    """Count in the mailbox of the settings, where there is one; a job of the scheduler."""
    if settings.NEWSLETTER_ANSWERS_MAILBOX:
        try:
            count(address=settings.NEWSLETTER_ANSWERS_MAILBOX, stopping=stopping)
        except MailboxError as error:
            logger.error("The mailbox of answers could not be read: %s", error)


def _count_one(content: bytes) -> bool:
    try:
        message = message_from_bytes(content)
        delivery_id = _answered(message)
        if delivery_id is None or _by_program(message):
            return False
        name = _header(message, "Message-ID") or content.decode("utf-8", "replace")
    except Exception as error:  # the standard library's parser fails in many ways
        logger.info("A mail in the mailbox of answers is passed over: %r", error)
        return False
    mailing_id = Delivery.objects.filter(pk=delivery_id).values_list("mailing", flat=True).first()
    if mailing_id is None:
        return False
    digest = hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()
    _answer, is_new = Answer.objects.get_or_create(mailing_id=mailing_id, digest=digest)
    return is_new


def _header(message: Message, name: str) -> str:
    return " ".join(" ".join(str(value).split()) for value in message.get_all(name, []))


def _answered(message: Message) -> int | None:
    """The delivery that a mail answers: by our Message-ID, which nobody else can make."""
    for name in ("In-Reply-To", "References"):
        found = delivery_of_message_id(_header(message, name))
        if found is not None:
            return found
    return None


def _by_program(message: Message) -> bool:
    """Whether no person wrote this: a note of absence, a list, a mail that came back."""
    submitted = _header(message, "Auto-Submitted").partition(";")[0].strip().lower()
    return (
        submitted not in ("", "no")
        or _header(message, "Precedence").lower() in BULK
        or any(name in message for name in BY_PROGRAMS)
        or _header(message, "Return-Path") == "<>"
        or message.get_content_type() == "multipart/report"
        or bool(AWAY.match(_header(message, "Subject")))
    )
