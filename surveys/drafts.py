"""Going on later: the link to a form that was kept, and what of the form is kept."""

import hashlib
import re
import secrets
from collections.abc import Iterable

from django.http import QueryDict

#: Fields of the form that belong to one showing of it, not to the answers.
PASSING = (
    "csrfmiddlewaretoken",
    "stap",
    "bewaard",
    "gezien",
    "begonnen",
    "puzzel",
    "leeg-gemeld",
)
#: What was typed to find an address is no answer.
SEARCH = "-zoek"
MAX_BYTES = 200_000
TOKEN = re.compile(r"[A-Za-z0-9_-]{32}")


class TooMuchError(Exception):
    """There is more in the form than any survey asks."""


def new_token() -> str:
    """A secret of 192 bits that fits in an address."""
    return secrets.token_urlsafe(24)


def token_in(data: QueryDict) -> str:
    """The secret that a form carries along; empty where there is none, or no real one."""
    token = data.get("bewaard", "")
    return token if TOKEN.fullmatch(token) else ""


def key_of(token: str) -> str:
    """What the database knows of a secret."""
    return hashlib.sha256(token.encode()).hexdigest()


def kept_of(data: QueryDict, leave_out: Iterable[str] = ()) -> str:
    """What is kept of a form, without the fields to leave out.

    TooMuchError where that is more than `MAX_BYTES`.
    """
    kept = data.copy()
    searches = [name for name in kept if name.endswith(SEARCH)]
    for name in (*PASSING, *searches, *leave_out):
        kept.pop(name, None)
    encoded = kept.urlencode()
    if len(encoded) > MAX_BYTES:
        raise TooMuchError
    return encoded
