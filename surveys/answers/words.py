"""The words that most responses use, read one answer after another in bounded memory."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from unicodedata import normalize

from django.db import transaction
from django.db.models import QuerySet

from .folding import fold
from .stopwords import STOP_WORDS

SHORTEST, LONGEST = 3, 30
WORDS_SHOWN = 100
CHUNK = 5_000
#: Different words that are kept while counting. Beyond it the rarest go, and may come out low.
MOST_KEPT = 300_000
#: An apostrophe ends a word, so that "foto's" counts as "foto"; a number alone is no word.
WORD = re.compile(rf"(?<![^\W_])(?=[0-9]*[^\W\d_])[^\W_]{{{SHORTEST},{LONGEST}}}(?![^\W_])")


@dataclass(frozen=True)
class Word:
    """A word without capitals and accents, in how many responses it stands, and their percent."""

    text: str
    count: int
    percent: int


@dataclass(frozen=True)
class Words:
    """Most used words, the most used first; `responses` is the number that wrote anything."""

    responses: int
    rows: list[Word]


def most_used_words(
    answers: QuerySet, *, threshold: int, limit: int = WORDS_SHOWN, keep: int = MOST_KEPT
) -> Words:
    """Words that at least `threshold` responses use: a name that one person gives never shows.

    One query. Of more than `keep` different words the rarest are forgotten on the way (lossy
    counting, Manku and Motwani 2002): a count can then be too low, never too high.
    """
    counts: Counter[str] = Counter()
    responses = forgotten = 0
    for words in _words_by_response(answers):
        responses += 1
        counts.update(words)
        if len(counts) > keep:
            forgotten += 1
            counts = Counter({word: n for word, n in counts.items() if n > forgotten})
    common = sorted(
        ((word, count) for word, count in counts.items() if count >= threshold),
        key=lambda row: (-row[1], row[0]),
    )
    return Words(
        responses,
        [Word(word, n, round(100 * n / responses)) for word, n in common[:limit]],
    )


def _words_by_response(answers: QuerySet) -> Iterator[set[str]]:
    """The different words of each response that wrote anything."""
    folded: dict[str, str] = {}
    rows = answers.exclude(text="").order_by("response_id").values_list("response_id", "text")
    with transaction.atomic():
        found = rows.iterator(chunk_size=CHUNK)
        for _response, texts in groupby(found, key=itemgetter(0)):
            words = set()
            for _key, text in texts:
                words.update(WORD.findall(normalize("NFC", text).lower()))
            yield {folded.get(word) or _remember(folded, word) for word in words} - STOP_WORDS


def _remember(folded: dict[str, str], word: str) -> str:
    """Fold a word and keep that: most words come back."""
    if len(folded) >= MOST_KEPT:
        folded.clear()
    folded[word] = fold(word)
    return folded[word]
