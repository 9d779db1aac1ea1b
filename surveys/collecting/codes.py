"""Codes to type from a letter: how they look, how they are read, and what is kept of them."""

import hashlib
import hmac
import re
import secrets
from collections.abc import Iterator

from django.utils.crypto import salted_hmac

#: Characters that no letter or typeface mixes up, and that spell no words. Their number is prime,
#: so that the check below finds every wrong character and every two that changed places.
LETTERS = "34679CDFGHJKMNPQRTVWXYZ"
#: Without the check: 49 bits. With 5,000 codes one in 2 x 10^11 guesses opens something.
RANDOM = 11
GROUP = 4
LENGTH = RANDOM + 1
SECRET_BYTES = 32


def new_secret() -> str:
    """What a batch of codes follows from (256 bits); it is stored nowhere."""
    return secrets.token_hex(SECRET_BYTES)


def mark_of(secret: str) -> str:
    """By what a batch is known, without its secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def codes_of(secret: str, count: int) -> Iterator[str]:
    """The first `count` codes of a batch, without their hyphens; always the same."""
    seen = set()
    number = 0
    while len(seen) < count:
        digest = hmac.new(secret.encode(), str(number).encode(), hashlib.sha256).digest()
        value, letters = int.from_bytes(digest, "big"), []
        for _place in range(RANDOM):
            value, rest = divmod(value, len(LETTERS))
            letters.append(LETTERS[rest])
        code = "".join(letters)
        number += 1
        if code not in seen:
            seen.add(code)
            yield code + _check(code)


def grouped(code: str) -> str:
    """A code as it is printed: ABCD-EFGH-JKLM."""
    return "-".join(code[place : place + GROUP] for place in range(0, len(code), GROUP))


def typed(text: str) -> str:
    """A code as somebody typed it: in any case, with or without spaces and hyphens."""
    return re.sub(r"[\s\u2010-\u2015.-]+", "", text[:60]).upper()


def is_whole(code: str) -> bool:
    """Whether a code can be one: its length, its characters and its check."""
    return (
        len(code) == LENGTH
        and all(letter in LETTERS for letter in code)
        and code[-1] == _check(code[:-1])
    )


def digest_of(code: str) -> str:
    """What the database knows of a code: without the secret key nobody can try codes on it."""
    return salted_hmac("surveys.collecting.code", code, algorithm="sha256").hexdigest()


def _check(code: str) -> str:
    """The last character: a sum in which every place weighs differently."""
    total = sum(place * LETTERS.index(letter) for place, letter in enumerate(code, start=2))
    return LETTERS[total % len(LETTERS)]
