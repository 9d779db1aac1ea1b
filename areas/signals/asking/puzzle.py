"""A puzzle that a browser solves by itself, in place of a test for people (ALTCHA, version 1).

The browser looks for the number whose SHA-256 with the salt gives the challenge; that takes it a
second, and who sends thousands of forms much more. Our own worker does it (js/puzzle.js): the
widget that comes with the library writes style into the page and runs a script from a blob, which
our Content Security Policy forbids. Nobody needs to see, hear or click anything.
"""

import base64
import binascii
import hashlib
import json
from datetime import timedelta

import altcha
from django.core.cache import cache
from django.utils import timezone
from django.utils.crypto import salted_hmac

#: Numbers to try at most: a second for a telephone, a few for an old one.
MOST_TRIES = 30_000
GOOD_FOR = timedelta(hours=2)


def new_puzzle() -> dict:
    """A challenge as JSON for the browser: algorithm, challenge, maxNumber, salt, signature."""
    options = altcha.ChallengeOptions(
        hmac_key=_key(), max_number=MOST_TRIES, expires=timezone.localtime() + GOOD_FOR
    )
    return altcha.create_challenge(options).to_dict()


#: What a solution is worth: see `check`.
SOLVED, MISSING, FALSE = "solved", "missing", "false"


def is_solved(payload: str) -> bool:
    """Whether this is the solution of a puzzle of ours, not too old and not used before."""
    return check(payload) == SOLVED


def check(payload: str) -> str:
    """SOLVED; MISSING for none or one that is too old; FALSE for one that is wrong or was used.

    A good solution is used up.
    """
    if not payload:
        return MISSING
    if len(payload) > 2000:
        return FALSE
    try:
        value = json.loads(base64.b64decode(payload, validate=True))
        if not isinstance(value, dict) or not isinstance(value.get("number"), int):
            return FALSE
        if not altcha.verify_solution(value, _key(), check_expires=False)[0]:
            return FALSE
        if not altcha.verify_solution(value, _key(), check_expires=True)[0]:
            return MISSING
    except (binascii.Error, UnicodeDecodeError, ValueError, TypeError, KeyError, AttributeError,
            RecursionError):  # fmt: skip
        return FALSE
    used = hashlib.sha256(str(value["challenge"]).encode()).hexdigest()
    is_new = cache.add(f"puzzle:{used}", 1, timeout=int(GOOD_FOR.total_seconds()))
    return SOLVED if is_new else FALSE


def _key() -> str:
    return salted_hmac("signals.puzzle", "altcha", algorithm="sha256").hexdigest()
