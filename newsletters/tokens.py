"""Links in mails that let someone act without an account. All are signed with SECRET_KEY."""

import secrets
from dataclasses import dataclass

from django.core import signing
from django.core.signing import BadSignature, Signer, TimestampSigner

CONFIRM_SECONDS = 48 * 3600
PERSONAL_SECONDS = 48 * 3600
_CONFIRM_SALT = "newsletters.confirm"
#: Short names in the link, which must not become long.
_TOPIC_KEYS = {"areas": "a", "places": "p", "themes": "t", "pages": "g"}
_PREFERENCES = Signer(sep="~", salt="newsletters.preferences")
_LEAVE = Signer(sep="~", salt="newsletters.leave")
_PERSONAL = TimestampSigner(sep="~", salt="newsletters.personal")


class InvalidTokenError(Exception):
    """The link was changed, has expired, or never was ours."""


def new_nonce() -> str:
    """What makes a confirmation link good for one time."""
    return secrets.token_urlsafe(16)


def confirm_token(
    *,
    subscription_id: int,
    nonce: str,
    topics: dict[str, list[int]],
    frequency: str,
    consent: str,
) -> str:
    """Token for the link that confirms a request; it carries what was asked for.

    `topics`: ids by "areas", "places", "themes" and "pages".
    """
    value = {"s": subscription_id, "n": nonce, "f": frequency, "c": consent}
    value |= {key: sorted(topics[name]) for name, key in _TOPIC_KEYS.items() if topics.get(name)}
    return signing.dumps(value, salt=_CONFIRM_SALT, compress=True)


@dataclass(frozen=True)
class Asked:
    """What a confirmation link asks for. Links of before topics carry areas only."""

    subscription_id: int
    nonce: str
    topics: dict[str, list[int]]
    frequency: str
    consent: str


def read_confirm_token(token: str) -> Asked:
    """Raises InvalidTokenError."""
    try:
        value = signing.loads(token, salt=_CONFIRM_SALT, max_age=CONFIRM_SECONDS)
    except BadSignature:
        raise InvalidTokenError from None
    return Asked(
        subscription_id=value["s"],
        nonce=value["n"],
        topics={name: value.get(key, []) for name, key in _TOPIC_KEYS.items()},
        frequency=value.get("f", ""),
        consent=value["c"],
    )


def preferences_token(subscription_id: int) -> str:
    """Token for the page where a subscriber changes areas or leaves."""
    return _PREFERENCES.sign(str(subscription_id))


def leave_token(delivery_id: int) -> str:
    """Token for leaving with one click (RFC 8058), of one delivery."""
    return _LEAVE.sign(str(delivery_id))


def read_preferences_token(token: str) -> int:
    """Subscription id; raises InvalidTokenError."""
    return _read(_PREFERENCES, token)


def personal_token(subscription_id: int) -> str:
    """Token for the page with all we hold about an address; only ever mailed to that address."""
    return _PERSONAL.sign(str(subscription_id))


def read_personal_token(token: str) -> int:
    """Subscription id; raises InvalidTokenError, also after 48 hours."""
    try:
        return int(_PERSONAL.unsign(token, max_age=PERSONAL_SECONDS))
    except (BadSignature, ValueError):
        raise InvalidTokenError from None


def read_leave_token(token: str) -> int:
    """Delivery id; raises InvalidTokenError."""
    return _read(_LEAVE, token)


def _read(signer: Signer, token: str) -> int:
    try:
        return int(signer.unsign(token))
    except (BadSignature, ValueError):
        raise InvalidTokenError from None
