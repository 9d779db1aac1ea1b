"""A survey as it is read in one language: translations where they are, Dutch where they are not."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from django.utils.safestring import SafeString

from ..definition import Option, Question, Questions, frozen_settings
from .registry import DUTCH, NL, language
from .rich import to_html
from .texts import (
    FIELDS,
    OPTION,
    PAGE_PARTS,
    RICH_SETTINGS,
    ROW,
    SETTINGS,
    parts_of,
)
from .words import DutchWords

#: What an editor stores: {language: {key: [translation, Dutch text that it translates]}}.
Stored = dict[str, dict[str, list[str]]]


def with_translations(questions: Questions, stored: Stored, codes: Iterable[str]) -> Questions:
    """Questions with their translations into the languages offered, as they are frozen.

    Only of texts that are there, in order of the questions; rich texts as HTML.
    """
    codes = [code for code in codes if stored.get(code)]
    if not codes:
        return questions
    found = []
    for question in questions:
        parts = [(part, html) for part, _name, _dutch, html in parts_of(question)]
        own = {}
        for code in codes:
            texts = {}
            for part, html in parts:
                words = stored[code].get(f"{question.id}/{part}", [""])[0]
                if words:
                    texts[part] = to_html(words, html) if html else words
            if texts:
                own[code] = texts
        found.append(replace(question, translations=own) if own else question)
    return tuple(found)


def translated(questions: Questions, code: str) -> Questions:
    """The questions in a language; what is not translated stays Dutch and says so."""
    return questions if code == DUTCH else _in_language(questions, code)


@lru_cache(maxsize=64)
def _in_language(questions: Questions, code: str) -> Questions:
    """Kept in memory, so that every answer in a language is read with the same questions."""
    return tuple(_translated(question, code) for question in questions)


def is_partly_dutch(questions: Questions) -> bool:
    """Whether something in translated questions stands in Dutch."""
    return any(question.dutch_parts for question in questions)


def _translated(question: Question, code: str) -> Question:
    texts = question.translations.get(code, {})
    missing = frozenset(part for part, *_rest in parts_of(question) if part not in texts)

    def words(part: str, dutch: str) -> str:
        return texts.get(part) or (DutchWords(dutch) if dutch else dutch)

    settings = dict(question.extra)
    for part in SETTINGS:
        if part in settings:
            settings[part] = words(part, settings[part])
    for part in RICH_SETTINGS:
        if part in texts and part in settings:
            settings[part] = texts[part]
    options = question.options
    if question.kind != "hidden":
        options = _options(options, OPTION, words)
    return replace(
        question,
        **{part: words(part, getattr(question, part)) for part in FIELDS},
        options=options,
        rows=_options(question.rows, ROW, words),
        settings=frozen_settings(settings),
        language=code,
        dutch_parts=missing,
    )


def _options(options: tuple[Option, ...], prefix: str, words) -> tuple[Option, ...]:
    return tuple(
        replace(option, label=words(f"{prefix}{option.id}", option.label), source=option.label)
        for option in options
    )


@dataclass(frozen=True)
class Shown:
    """A text of the page with the attributes of the element that holds it."""

    text: str
    attrs: SafeString
    is_dutch: bool = False

    def __bool__(self) -> bool:
        return bool(self.text)

    def __str__(self) -> str:
        return str(self.text)


class PageWords:
    """The texts of a survey's page (`PAGE_PARTS`) in one language, each as `Shown`."""

    def __init__(self, survey, code: str) -> None:
        self.language = language(code)
        own = (survey.translations or {}).get(self.language.code, {})
        for part, (_name, is_rich) in PAGE_PARTS.items():
            dutch = getattr(survey, part)
            words = own.get(part, [""])[0]
            if words and dutch:
                text = to_html(words, dutch) if is_rich else words
                setattr(self, part, Shown(text, self.language.attrs))
            else:
                setattr(self, part, Shown(dutch, NL.attrs, is_dutch=bool(dutch)))

    @property
    def attrs(self) -> SafeString:
        """Attributes of an element with words of questions."""
        return self.language.attrs

    @property
    def is_partly_dutch(self) -> bool:
        """Whether a text of the page stands in Dutch where another language was asked for."""
        return self.language != NL and any(getattr(self, part).is_dutch for part in PAGE_PARTS)
