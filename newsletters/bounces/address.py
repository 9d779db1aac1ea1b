"""The address that a mail which cannot be delivered comes back to: one of its own for each (VERP).

`NEWSLETTER_BOUNCE_ADDRESS` has {} where the mark of the delivery comes: `terug+{}@example.nl` for
plus-addressing, `{}@terug.example.nl` for a domain of its own. The mark is signed, so that nobody
can have a stranger's address blocked with a bounce of their own making.
"""

import hashlib
import hmac
import re

from django.conf import settings

DIGEST_LENGTH = 20
MARK = rf"[0-9]{{1,18}}-[0-9a-f]{{{DIGEST_LENGTH}}}"
MESSAGE_ID = re.compile(rf"<([0-9]{{1,18}})\.([0-9]{{1,18}})\.([0-9a-f]{{{DIGEST_LENGTH}}})@")


def _digest(purpose: str, delivery_id: int) -> str:
    return hmac.new(
        settings.SECRET_KEY.encode(), f"{purpose}:{delivery_id}".encode(), hashlib.sha256
    ).hexdigest()[:DIGEST_LENGTH]


def message_id(*, mailing_id: int, delivery_id: int, domain: str) -> str:
    """The same for a delivery whenever it is made, so that receivers can tell a repetition."""
    return f"<{mailing_id}.{delivery_id}.{_digest('delivery', delivery_id)}@{domain}>"


def mark_of(delivery_id: int) -> str:
    """What tells a delivery to who sends it and back to us; nobody can make it but we.

    Hexadecimal: servers on the way may change capitals.
    """
    return f"{delivery_id}-{_digest('bounce', delivery_id)}"


def delivery_of_mark(text: str) -> int | None:
    """Id of the delivery with this mark, or None where it is not ours."""
    found = re.fullmatch(MARK, text.lower(), re.ASCII)
    number = int(found[0].partition("-")[0]) if found else 0
    return number if found and hmac.compare_digest(text.lower(), mark_of(number)) else None


def return_address(delivery_id: int) -> str:
    """Where this delivery comes back to, or an empty text where that is not set up."""
    pattern = settings.NEWSLETTER_BOUNCE_ADDRESS
    if not pattern:
        return ""
    return pattern.replace("{}", mark_of(delivery_id))


def delivery_of_address(text: str) -> int | None:
    """Id of the delivery by the first mark that is ours in a text with addresses, or None."""
    pattern = settings.NEWSLETTER_BOUNCE_ADDRESS.lower()
    if "{}" not in pattern:
        return None
    before, _mark, after = pattern.partition("{}")
    wanted = re.compile(re.escape(before) + f"({MARK})" + re.escape(after))
    for found in wanted.finditer(text.lower()):
        number = delivery_of_mark(found[1])
        if number is not None:
            return number
    return None


def delivery_of_message_id(text: str) -> int | None:
    """Id of the delivery by the first Message-ID that is ours in a text, or None."""
    for found in MESSAGE_ID.finditer(text.lower()):
        if hmac.compare_digest(found[3], _digest("delivery", int(found[2]))):
            return int(found[2])
    return None
