"""The link in the mail that a resident confirms a question with."""

from datetime import timedelta

from django.conf import settings
from django.core import signing

from ..models import Signal

_SALT = "signals.confirm"


def confirm_token(signal: Signal) -> str:
    """Good for SIGNAL_CONFIRM_HOURS, for one signal."""
    return signing.dumps(signal.pk, salt=_SALT)


def signal_to_confirm(token: str) -> Signal | None:
    """The signal that a link is about, confirmed or not; None for an old or a changed link."""
    try:
        pk = signing.loads(
            token, salt=_SALT, max_age=timedelta(hours=settings.SIGNAL_CONFIRM_HOURS)
        )
    except signing.BadSignature:
        return None
    return Signal.objects.for_list().filter(pk=pk, council__isnull=True).first()
