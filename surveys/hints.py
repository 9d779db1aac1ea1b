"""What could be better in a survey before it is published. Advice: nothing here refuses.

Long sentences and long words make a text hard for the two and a half million people in the
Netherlands who find reading difficult. The measure is our own and plain: sentences of more than
`SENTENCE_WORDS` words, words of more than `WORD_LETTERS` letters. It says which ones, so that an
editor can do something about it.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape

from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from .definition import Question, Questions, minutes

SENTENCE_WORDS = 20
WORD_LETTERS = 18
MINUTES = 10
#: Longest piece of a sentence to show.
SHOWN = 90
MOST_SHOWN = 12
_SENTENCE_END = re.compile(r"(?<=[.!?:])\s+|\n+")
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_BLOCK_END = re.compile(r"</(?:p|li|h[1-6])>|<br\s*/?>")


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
    found += [Hint(0, message) for message in _hard(plain(intro))]
    for number, question in enumerate(questions, start=1):
        for text in _texts(question):
            found += [Hint(number, message) for message in _hard(text)]
    return found


def plain(html: str) -> str:
    """The words of a rich text, a line for each paragraph."""
    return unescape(strip_tags(_BLOCK_END.sub("\n", html)))


def _texts(question: Question) -> Iterable[str]:
    """What a visitor reads of one item."""
    yield question.label
    yield question.help_text
    for name in ("text", "transcript"):
        yield plain(str(question.extra.get(name, "")))
    for option in (*question.rows, *question.options):
        yield option.label


def _hard(text: str) -> Iterator[str]:
    """What is hard to read in a text."""
    for sentence in _SENTENCE_END.split(text):
        words = _WORD.findall(sentence)
        if len(words) > SENTENCE_WORDS:
            yield (
                _("Een zin van %(n)s woorden: ‘%(sentence)s’. Maak er twee van.")
                % {"n": len(words), "sentence": _short(sentence.strip())}
            )
        for word in words:
            longest = max(map(len, re.split(r"[-'’]", word)))
            if longest > WORD_LETTERS:
                yield (
                    _("Een lang woord: ‘%(word)s’. Kan het korter, of met een streepje erin?")
                    % {"word": word}
                )


def _short(sentence: str) -> str:
    return sentence if len(sentence) <= SHOWN else f"{sentence[:SHOWN].rstrip()}…"
