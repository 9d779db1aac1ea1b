"""Signed addresses that let who brought a signal in see its status without an account.

The token holds the key of the signal and nothing else; it is signed with the site's secret and
cannot be guessed or turned into that of another signal. It works as long as the signal exists.
"""

from django.core import signing

from .models import Signal

SALT = "signals.status"


def status_token(signal: Signal) -> str:
    """The token in the address of a signal's status, for its asker only."""
    return signing.dumps(signal.pk, salt=SALT)


def signal_for_token(token: str) -> Signal | None:
    """The signal that a token was made for, or None for a token that we did not make."""
    try:
        pk = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    rows = Signal.objects.for_list()
    return rows.filter(pk=pk).first() if isinstance(pk, int) else None
