"""Addresses at which people read about a signal: who asked, who answers, and everybody."""

from django.core import signing
from django.urls import NoReverseMatch, reverse

from cms.services import absolute_url

from .models import Signal

SALT = "signals.status"


def status_token(signal: Signal) -> str:
    """The token in the address of a signal's status, for its asker only.

    It holds the key of the signal and nothing else; it is signed with the site's secret and
    cannot be guessed or turned into that of another signal. It works as long as the signal
    exists.
    """
    return signing.dumps(signal.pk, salt=SALT)


def signal_for_token(token: str) -> Signal | None:
    """The signal that a token was made for, or None for a token that we did not make."""
    try:
        pk = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    rows = Signal.objects.for_list()
    return rows.filter(pk=pk).first() if isinstance(pk, int) else None


def asker_url(signal: Signal) -> str:
    """Where who asked follows the signal: a council in its room, a resident by a signed link.

    A whole address; the public page, or nothing, where that room is not built in.
    """
    try:
        if signal.council_id is not None:
            return absolute_url(reverse("room_signal", args=[signal.reference]))
        return absolute_url(reverse("signal_status", args=[status_token(signal)]))
    except NoReverseMatch:
        return absolute_url(signal.get_absolute_url()) if signal.is_published else ""


def work_url(signal: Signal) -> str:
    """The page in the admin on which a manager works on the signal; a path."""
    return reverse("wagtailsnippets_signals_signal:edit", args=[signal.pk])
