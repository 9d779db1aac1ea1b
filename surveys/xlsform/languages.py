"""Which of the languages of a form a survey takes."""

from dataclasses import dataclass

from .reading import Form, Row

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
