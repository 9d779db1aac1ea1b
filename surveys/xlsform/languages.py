"""Which of the languages of a form a survey takes."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import get_language_info

from ..languages.registry import languages
from .reading import Form, Row

_CODE = re.compile(r"\(([a-z]{2,3})(?:-[a-z0-9]+)?\)")
_DUTCH = ("nederlands", "dutch", "nl", "nl-nl")


def _is_dutch(language: str) -> bool:
    words = language.replace("(", " ").replace(")", " ").split()
    return any(word in _DUTCH for word in words)


@dataclass(frozen=True)
class Languages:
    """The language of the labels, and those that were left; "" is a column without language."""

    taken: str
    left: tuple[str, ...]

    def text(self, row: Row, column: str) -> str:
        """The text in the language taken; else the one without language, or any."""
        for language in (self.taken, ""):
            if (column, language) in row.cells:
                return row.cells[column, language]
        return row.get(column)


def choose(form: Form) -> Languages:
    """Dutch where the form has it, else its default language, else the first."""
    found = [language for column, language in form.headings if column == "label"]
    found = list(dict.fromkeys(found)) or [""]
    default = form.settings.get("default_language", "").lower()
    taken = next(
        filter(_is_dutch, found), default if default in found else "" if "" in found else found[0]
    )
    return Languages(taken, tuple(language for language in found if language not in (taken, "")))


def our_languages(names: Iterable[str]) -> dict[str, str]:
    """Our code by the language of a column, of those in which a survey can be offered.

    By the code between brackets, as in `english (en)`, else by a name.
    """
    known = languages()
    by_name = {
        name.lower(): code
        for code, one in known.items()
        for name in (code, one.name, one.dutch_name, get_language_info(code)["name"])
    }
    found = {}
    for name in names:
        bracketed = _CODE.search(name)
        code = bracketed[1] if bracketed else by_name.get(name, "")
        if code in known and code not in found.values():
            found[name] = code
    return found
