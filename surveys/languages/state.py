"""How far the translation of a survey is: which texts are there, missing or perhaps outdated."""

import hashlib
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from .registry import Language, offered
from .texts import Text, texts_of


class State(StrEnum):
    """Of one text: not translated, translated from another Dutch text, or good."""

    MISSING = "ontbreekt"
    OUTDATED = "verouderd"
    DONE = "klaar"


@dataclass(frozen=True)
class Entry:
    """A text with its translation; `source` is the Dutch text that was translated."""

    text: Text
    words: str = ""
    source: str = ""

    @property
    def state(self) -> State:
        if not self.words:
            return State.MISSING
        return State.DONE if self.source == self.text.dutch else State.OUTDATED

    @property
    def base(self) -> str:
        """What an editor saw, in short: with it we know whether somebody else changed it since."""
        return f"{fingerprint(self.words)}.{fingerprint(self.text.dutch)}"


@dataclass(frozen=True)
class Progress:
    """How many texts a survey has in one language, and how many are not (or perhaps not) good."""

    language: Language
    total: int
    missing: int
    outdated: int

    @property
    def done(self) -> int:
        """Texts with a translation, also a perhaps outdated one."""
        return self.total - self.missing

    @property
    def is_complete(self) -> bool:
        return not self.missing and not self.outdated


def fingerprint(text: str) -> str:
    """A text in short."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def entries(survey, code: str) -> list[Entry]:
    """All texts of a survey with their translations in one language."""
    stored = (survey.translations or {}).get(code, {})
    return [Entry(text, *stored.get(text.key, ("", ""))) for text in texts_of(survey, survey.asked)]


def progress(survey) -> list[Progress]:
    """How far each language is in which the survey is offered."""
    texts = texts_of(survey, survey.asked)
    found = []
    for language in offered(survey.languages):
        stored = (survey.translations or {}).get(language.code, {})
        states = Counter(Entry(text, *stored.get(text.key, ("", ""))).state for text in texts)
        found.append(Progress(language, len(texts), states[State.MISSING], states[State.OUTDATED]))
    return found
