"""What could be better in a survey before it is published. Advice: nothing here refuses."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from cms.reading import hard_to_read, plain

from .definition import Question, Questions, minutes

MINUTES = 10
MOST_SHOWN = 12


@dataclass(frozen=True)
class Hint:
    """One piece of advice; `number` is the item it is about, from 1, or 0 for all of it."""

    number: int
    message: str


def hints(questions: Questions, intro: str = "") -> list[Hint]:
    """Advice about a survey, in its order. `intro` is rich text."""
    found = []
    duration = minutes(questions)
    if duration > MINUTES:
        found.append(
            Hint(
                0,
                _(
                    "Invullen duurt ongeveer %(n)s minuten. Boven %(most)s minuten haken veel "
                    "mensen af. Welke vraag kan eruit?"
                )
                % {"n": duration, "most": MINUTES},
            )
        )
    found += [Hint(0, message) for message in hard_to_read(plain(intro))]
    for number, question in enumerate(questions, start=1):
        for text in _texts(question):
            found += [Hint(number, message) for message in hard_to_read(text)]
    return found


def _texts(question: Question) -> Iterable[str]:
    """What a visitor reads of one item."""
    yield question.label
    yield question.help_text
    for name in ("text", "transcript"):
        yield plain(str(question.extra.get(name, "")))
    for option in (*question.rows, *question.options):
        yield option.label
