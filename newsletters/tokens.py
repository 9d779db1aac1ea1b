"""Links in mails that let someone act without an account. All are signed with SECRET_KEY."""

import secrets

from django.core import signing
from django.core.signing import BadSignature, Signer

CONFIRM_SECONDS = 48 * 3600
_CONFIRM_SALT = "newsletters.confirm"
_PREFERENCES = Signer(sep="~", salt="newsletters.preferences")
_LEAVE = Signer(sep="~", salt="newsletters.leave")


class InvalidTokenError(Exception):
    """The link was changed, has expired, or never was ours."""


def new_nonce() -> str:
    """What makes a confirmation link good for one time."""
    return secrets.token_urlsafe(16)


def confirm_token(*, subscription_id: int, nonce: str, area_ids: list[int], consent: str) -> str:
    """Token for the link that confirms a request; it carries what was asked for."""
    value = {"s": subscription_id, "n": nonce, "a": sorted(area_ids), "c": consent}
    return signing.dumps(value, salt=_CONFIRM_SALT, compress=True)


def read_confirm_token(token: str) -> dict:
    """{"s": subscription id, "n": nonce, "a": area ids, "c": consent version}.

    Raises InvalidTokenError.
    """
    try:
        return signing.loads(token, salt=_CONFIRM_SALT, max_age=CONFIRM_SECONDS)
    except BadSignature:
        raise InvalidTokenError from None


def preferences_token(subscription_id: int) -> str:
    """Token for the page where a subscriber changes areas or leaves."""
    return _PREFERENCES.sign(str(subscription_id))


def leave_token(delivery_id: int) -> str:
    """Token for leaving with one click (RFC 8058), of one delivery."""
    return _LEAVE.sign(str(delivery_id))


def read_preferences_token(token: str) -> int:
    """Subscription id; raises InvalidTokenError."""
    return _read(_PREFERENCES, token)


def read_leave_token(token: str) -> int:
    """Delivery id; raises InvalidTokenError."""
    return _read(_LEAVE, token)


def _read(signer: Signer, token: str) -> int:
    try:
        return int(signer.unsign(token))
    except (BadSignature, ValueError):
        raise InvalidTokenError from None
