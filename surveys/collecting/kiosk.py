"""One person at a tablet that everybody uses: when they leave, their form is worth nothing."""

import secrets

from django.core.cache import cache
from django.urls import reverse
from django.utils.translation import override

from ..languages.registry import DUTCH

#: Longer than a browser keeps a form that was sent.
KEPT_SECONDS = 86_400


def new_visit() -> str:
    """A random name for one person's time at the tablet; it stands in the form only."""
    return secrets.token_urlsafe(12)


def end_visit(visit: str) -> None:
    """From here on a form of this visit, sent again with the button "back", is refused."""
    try:
        cache.set(f"kiosk-ended:{visit}", 1, KEPT_SECONDS)
    except OSError:
        return


def is_ended(visit: str) -> bool:
    """Whether the person left; not so where the cache is out of order."""
    try:
        return cache.get(f"kiosk-ended:{visit}") is not None
    except OSError:
        return False


def start_url(key: str) -> str:
    """The screen that waits for the next person: in Dutch, whatever the last one read."""
    with override(DUTCH):
        return reverse("survey_kiosk", args=[key])
