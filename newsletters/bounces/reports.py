"""What a mail in the mailbox of bounces says: RFC 3464 (not delivered) and RFC 5965 (complaint).

Anything may stand in that mailbox: nothing here trusts a header, an encoding or a structure.
"""

import re
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message

from ..models import Bounce
from .address import delivery_of_address, delivery_of_message_id

Kind = Bounce.Kind

#: Of a very large mail the beginning is read; reports stand before the mail they are about.
MAX_BYTES = 1024 * 1024
MAX_PARTS = 50
WORDS_LENGTH = 500
ADDRESSED_IN = ("Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "To")
#: RFC 3463; not a part of the address of a machine.
STATUS = re.compile(r"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?!\.?\d)")
#: RFC 3463: the mailbox or its domain is not there, has moved away or is switched off. The rest of
#: 5.x.x (full, too large, refused as spam, a fault on the way) says nothing about the address.
GONE = {(1, 1), (1, 2), (1, 3), (1, 4), (1, 6), (1, 10), (2, 1)}
#: Codes that tell nothing: look at the words. 5.1.0 is said of senders and of spam as well.
VAGUE = {(0, 0), (1, 0)}
#: What servers say of a mailbox that is not there: Postfix and Sendmail ("User unknown"), Exim ("No
#: such user here", "Unrouteable address"), Exchange ("RecipNotFound"), Gmail ("The email account
#: that you tried to reach does not exist"), Dovecot ("User doesn't exist"), qmail ("no mailbox here
#: by that name"), Yahoo ("This user doesn't have a yahoo.com account").
GONE_WORDS = re.compile(
    r"""\b(
    (user|recipient|mailbox|address|account)\ (is\ )?(unknown|not\ found)
    | unknown\ (user|recipient|mailbox|address|account)
    | no\ such\ (user|recipient|mailbox|address|account|person)
    | (user|recipient|mailbox|address|account)\b[^.;:]{0,60}\b(does\ not|doesn'?t)\ exist
    | recip(ient)?notfound | nosuchuser | unrouteable\ address
    | no\ mailbox\ here\ by\ that\ name
    | user\ doesn'?t\ have\ an?\ \S{1,60}\ account
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)
#: What servers say of a mail or a sender that they do not want. Many say 550 to that too.
UNWANTED_WORDS = re.compile(
    r"spam|junk|black-?list|block-?list|\bblocked\b|\bbanned\b|\bpolicy\b|reputation|"
    r"\b(spf|dkim|dmarc|dnsbl|rbl)\b|content|access denied|sender",
    re.IGNORECASE,
)


class UnreadableError(Exception):
    """A mail that is no report, or not one of ours; a person may look at it."""


@dataclass(frozen=True)
class Report:
    """What came back. `kind` is None where there is nothing to do, as for a mail that waits."""

    delivery_id: int
    kind: str | None
    status: str = ""
    words: str = ""


def read(content: bytes) -> Report:
    """What a raw mail reports, about which delivery; raises UnreadableError."""
    message = message_from_bytes(content[:MAX_BYTES])
    parts = [part for _number, part in zip(range(MAX_PARTS), message.walk(), strict=False)]
    delivery_id = _delivery_id(message, parts)
    if delivery_id is None:
        raise UnreadableError("no mark of ours")
    for part in parts:
        match part.get_content_type():
            case "message/delivery-status":
                return _delivery_status(delivery_id, part)
            case "message/feedback-report":
                return _feedback(delivery_id, part)
    raise UnreadableError("no report")


def clean(words: str) -> str:
    """Words of a stranger as we can keep and show them."""
    words = words.encode("utf-8", "replace").decode()
    return " ".join("".join(c if c.isprintable() else " " for c in words).split())[:WORDS_LENGTH]


def _header(message: Message, name: str) -> str:
    return " ".join(" ".join(str(value).split()) for value in message.get_all(name, []))


def _delivery_id(message: Message, parts: list[Message]) -> int | None:
    """By the address the report came to; or by the headers of our mail that it gives back."""
    for name in ADDRESSED_IN:
        found = delivery_of_address(_header(message, name))
        if found is not None:
            return found
    for part in parts:
        found = delivery_of_address(_header(part, "Original-Mail-From"))
        if found is None and part is not message:
            found = delivery_of_message_id(_header(part, "Message-ID"))
        if found is None and part.get_content_type() in ("text/rfc822-headers", "message/rfc822"):
            found = delivery_of_message_id(_text(part)) or delivery_of_address(_text(part))
        if found is None and part.get_content_type() == "message/feedback-report":
            found = delivery_of_address(_text(part))
        if found is not None:
            return found
    return None


def _text(part: Message) -> str:
    """The content of a part, whatever it is, as text."""
    payload = part.get_payload()
    if isinstance(payload, list):
        return "\n\n".join(
            "\n".join(f"{name}: {value}" for name, value in inner.items()) for inner in payload
        )
    raw = part.get_payload(decode=True)
    return raw.decode("utf-8", "replace") if isinstance(raw, bytes) else str(payload)


def _fields(part: Message) -> list[dict[str, str]]:
    """The blocks of a report as {lower-case name: value}; the first value of a name counts."""
    blocks = []
    for block in re.split(r"\r?\n[ \t]*\r?\n", _text(part).strip()):
        found: dict[str, str] = {}
        for line in re.sub(r"\r?\n[ \t]+", " ", block).splitlines():
            name, colon, value = line.partition(":")
            if colon:
                found.setdefault(name.strip().lower(), value.strip())
        if found:
            blocks.append(found)
    return blocks


def _delivery_status(delivery_id: int, part: Message) -> Report:
    for fields in _fields(part):
        if fields.get("action", "").lower() != "failed":
            continue
        words = fields.get("diagnostic-code", "").partition(";")[2].strip()
        status = fields.get("status", "")
        return Report(delivery_id, kind_of(status, words), clean(status)[:12], clean(words))
    return Report(delivery_id, None)


def kind_of(status: str, words: str) -> str:
    """Hard where the address itself is clearly wrong, else soft."""
    if UNWANTED_WORDS.search(words):
        return Kind.SOFT
    for code in filter(None, (STATUS.search(text) for text in (status, words))):
        first, *detail = (int(number) for number in code.groups())
        if first != 5:
            return Kind.SOFT
        if tuple(detail) not in VAGUE:
            return Kind.HARD if tuple(detail) in GONE else Kind.SOFT
    return Kind.HARD if GONE_WORDS.search(words) else Kind.SOFT


def _feedback(delivery_id: int, part: Message) -> Report:
    for fields in _fields(part):
        if fields.get("feedback-type", "").lower() in ("abuse", "fraud", "opt-out"):
            words = fields.get("user-agent", "") or fields.get("reporting-mta", "")
            return Report(delivery_id, Kind.COMPLAINT, "", clean(words))
    return Report(delivery_id, None)
