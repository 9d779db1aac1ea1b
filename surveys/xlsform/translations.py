"""Texts of a form in other languages: columns such as `label::English (en)`, in and out.

What XLSForm has no column for, such as the unit of a number, stands in a column of our own.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from cms.sheets.cells import restored

from ..definition import Questions
from ..languages.registry import offered
from ..languages.services import wrong_words
from ..languages.showing import Stored
from ..languages.texts import parts_of, question_texts
from .columns import exact, more_in
from .reading import Row
from .report import Report, Weight

#: In our own column: {language: {part: words}}, and the Dutch text of those perhaps outdated.
TRANSLATIONS, SOURCES = "translations", "sources"


def heading(column: str, code: str) -> str:
    """The column of a text in a language, as in `label::English (en)`."""
    (one,) = offered([code])
    return f"{column}::{one.name} ({code})"


@dataclass
class Heard:
    """Which row says which text of the survey, noted while questions are made of rows.

    `tongues`: our code by the language of a column.
    """

    tongues: dict[str, str]
    places: dict[str, tuple[Row, str]] = field(default_factory=dict)
    items: dict[str, Row] = field(default_factory=dict)

    def item(self, item_id: str, row: Row, **columns: str) -> None:
        """Note an item of the survey with its texts: columns by part."""
        self.items[item_id] = row
        for part, column in columns.items():
            self.text(item_id, part, row, column)

    def text(self, item_id: str, part: str, row: Row, column: str = "label") -> None:
        """Note where one text stands."""
        self.places.setdefault(f"{item_id}/{part}", (row, column))

    def translations(self, questions: Questions, report: Report) -> Stored:
        """The translations of texts that the survey has; what does not fit is reported."""
        found: Stored = {code: {} for code in self.tongues.values()}
        for text in question_texts(questions):
            item_id, _slash, part = text.key.partition("/")
            for tongue, code in self.tongues.items():
                row, words = self._words(item_id, part, tongue, code)
                if not words:
                    continue
                if not text.is_rich:
                    words = " ".join(words.split())
                if wrong := wrong_words(text, words):
                    report.add(Weight.LOST, row.place(f"label::{tongue}"), wrong)
                    continue
                source = _own(self.items.get(item_id), SOURCES, code, part)
                found[code][text.key] = [words, source or text.dutch]
        return {code: texts for code, texts in found.items() if texts}

    def _words(self, item_id: str, part: str, tongue: str, code: str) -> tuple[Row | None, str]:
        own = self.items.get(item_id)
        if kept := _own(own, TRANSLATIONS, code, part):
            return own, kept
        row, column = self.places.get(f"{item_id}/{part}", (None, ""))
        if row is None:
            return None, ""
        cell = restored(row.cells.get((column, tongue), ""))
        kept = exact(row, f"{column}::{code}", cell)
        return row, (kept if isinstance(kept, str) else cell).strip()


def _own(row: Row | None, name: str, code: str, part: str) -> str:
    """A text in the column of our own; empty where there is none."""
    found = more_in(row).get(name) if row is not None else None
    for key in (code, part):
        found = found.get(key) if isinstance(found, dict) else None
    return found if isinstance(found, str) else ""


@dataclass
class Told:
    """The translations of a survey as an export writes them."""

    stored: Stored
    codes: tuple[str, ...]
    _written: set[tuple[str, str]] = field(default_factory=set)

    @classmethod
    def of(cls, stored: Stored, codes: Iterable[str]) -> "Told":
        return cls(stored, tuple(one.code for one in offered(codes)))

    def words(self, key: str) -> Iterator[tuple[str, str]]:
        """(language, words) of a text that gets columns."""
        for code in self.codes:
            words = self.stored.get(code, {}).get(key, [""])[0]
            self._written.add((code, key))
            if words:
                yield code, words

    def written(self, key: str) -> None:
        """Say that columns of another row tell this text."""
        self._written.update((code, key) for code in self.codes)

    def rest(self, question) -> dict:
        """For the column of our own: what no column said of a question."""
        texts: dict = {}
        sources: dict = {}
        for part, _name, dutch, _html in parts_of(question):
            key = f"{question.id}/{part}"
            for code in self.codes:
                words, source = self.stored.get(code, {}).get(key, ("", ""))
                if words and (code, key) not in self._written:
                    texts.setdefault(code, {})[part] = words
                if words and source != dutch:
                    # No Dutch text at all: somebody translated what was changed at that moment.
                    sources.setdefault(code, {})[part] = source or _("onbekend")
        found = {TRANSLATIONS: texts, SOURCES: sources}
        return {name: value for name, value in found.items() if value}

    def columns(self, *columns: str) -> list[str]:
        """Headings for the languages of the survey."""
        return [heading(column, code) for code in self.codes for column in columns]
