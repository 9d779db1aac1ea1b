"""How hard a text is to read, in words an editor can act upon. Advice: nothing here refuses.

Long sentences and long words make a text hard for the two and a half million people in the
Netherlands who find reading difficult. The measure is our own and plain: sentences of more than
`SENTENCE_WORDS` words, words of more than `WORD_LETTERS` letters.
"""

import re
from collections.abc import Iterator
from html import unescape

from django.utils.html import strip_tags
from django.utils.translation import gettext as _

SENTENCE_WORDS = 20
WORD_LETTERS = 18
#: Longest piece of a sentence to show.
SHOWN = 90
_SENTENCE_END = re.compile(r"(?<=[.!?:])\s+|\n+")
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_BLOCK_END = re.compile(r"</(?:p|li|h[1-6])>|<br\s*/?>")


def plain(html: str) -> str:
    """The words of a rich text, a line for each paragraph."""
    return unescape(strip_tags(_BLOCK_END.sub("\n", html)))


def hard_to_read(text: str) -> Iterator[str]:
    """What is hard to read in a plain text: a sentence for the editor for each of it."""
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
