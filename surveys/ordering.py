"""A random order of answers that stays the same for one visitor, without a cookie.

The order follows from a seed in the form and from the ids of what is ordered. The page cache gives
everybody the same seed, so the browser draws its own when a form is new; the server goes by
whatever seed a form brings along. `static_src/js/surveys/shuffle.js` orders in the same way.
"""

import re
import secrets
from collections.abc import Iterable
from dataclasses import replace

from django.http import QueryDict

from .definition import NONE_OF_THESE, OTHER, Option, Question

SEED_FIELD = "volgorde"
_SEED = re.compile(r"[0-9a-f]{8}")
_MASK = 0xFFFFFFFF


def new_seed() -> str:
    """A seed for one showing of a form."""
    return secrets.token_hex(4)


def seed_in(data: QueryDict) -> str:
    """The seed that a form brings along; empty where there is none."""
    seed = data.get(SEED_FIELD, "")
    return seed if _SEED.fullmatch(seed) else ""


def is_shuffled(question: Question) -> bool:
    """Whether the editor wants a random order."""
    return bool(question.extra.get("shuffle"))


def in_order(options: Iterable[Option], *, seed: str, question_id: str) -> tuple[Option, ...]:
    """The options in the order of a seed; an own answer and "none of these" stay last."""
    options = tuple(options)
    last = [option for option in options if option.id in (OTHER, NONE_OF_THESE)]
    free = [option for option in options if option not in last]
    free.sort(key=lambda option: (_number(f"{seed}/{question_id}/{option.id}"), option.id))
    return (*free, *last)


def order(field, question: Question, seed: str) -> None:
    """Let a form field of this very form show its answers, or its rows, in the order of a seed."""

    def ordered(options):
        return in_order(options, seed=seed, question_id=question.id)

    widget = field.widget
    if question.rows:
        widget.question = replace(question, rows=ordered(question.rows))
    elif hasattr(widget, "choices"):
        labels = {option.id: option.label for option in question.options}
        empty = [choice for choice in widget.choices if choice[0] not in labels]
        widget.choices = [*empty, *((one.id, one.label) for one in ordered(question.options))]
    else:
        widget.question = replace(question, options=ordered(question.options))


def _number(text: str) -> int:
    """A number of 32 bits that looks random: FNV-1a, stirred as MurmurHash3 ends."""
    number = 0x811C9DC5
    for byte in text.encode():
        number = ((number ^ byte) * 0x01000193) & _MASK
    number = ((number ^ number >> 16) * 0x85EBCA6B) & _MASK
    number = ((number ^ number >> 13) * 0xC2B2AE35) & _MASK
    return number ^ number >> 16
