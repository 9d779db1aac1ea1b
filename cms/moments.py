"""When a form was shown, carried by the form itself: a signed moment in a hidden field.

Nothing is kept on the server. Forms on kept pages get the moment of each visitor, as they get a
CSRF token of their own (`cms.pageentry`), so pages stay the same for everybody.
"""

import time

from django.core import signing
from django.utils.html import format_html
from django.utils.safestring import SafeString

FIELD = "begonnen"
LONGEST = 100
_SALT = "cms.moment"


def stamp() -> str:
    """This moment, signed; letters, digits, "-", "_" and ":"."""
    return signing.TimestampSigner(salt=_SALT).sign("m")


def field(value: str | None = None) -> SafeString:
    """The hidden field of a form that shows for the first time.

    Of one that shows again, `value` is what it brought along; nothing where that is no stamp of
    ours, as nobody knows then when it showed first.
    """
    if value is not None and seconds_since(value) is None:
        return SafeString("")
    return format_html('<input type="hidden" name="{}" value="{}">', FIELD, value or stamp())


def seconds_since(value: str) -> float | None:
    """Seconds since a stamp of ours, to the second; None for anything else."""
    if not value or len(value) > LONGEST:
        return None
    signer = signing.TimestampSigner(salt=_SALT)
    try:
        if signer.unsign(value) != "m":
            return None
        moment = signing.b62_decode(value.rsplit(":", 2)[1])
    except (signing.BadSignature, ValueError):
        return None
    return max(0.0, time.time() - moment)
