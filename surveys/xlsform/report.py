"""What is told about a form: why it is refused, or what of it is not in the survey as it was."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum


@dataclass(frozen=True)
class Place:
    """Where something stands in a form; the row as the spreadsheet counts, from 1."""

    sheet: str = ""
    row: int | None = None
    column: str = ""
    name: str = ""


class RefusedFormError(Exception):
    """A form that cannot become a survey; `message` says in words why and what to do.

    `detail` is what pyxform said, in its own language.
    """

    def __init__(self, message: str, place: Place | None = None, detail: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.place = place or Place()
        self.detail = detail


class Weight(StrEnum):
    """What a note is about."""

    LOST = "lost"  # not in the survey
    CHANGED = "changed"  # in the survey, in another way
    TO_DO = "to_do"  # must be put right before the survey can be published


@dataclass(frozen=True)
class Note:
    """One thing of the form that is not in the survey as it was."""

    weight: Weight
    place: Place
    message: str


@dataclass
class Report:
    """All notes about one form, in the order of its rows. `language`: the labels taken."""

    notes: list[Note] = field(default_factory=list)

    def add(self, weight: Weight, place: Place, message) -> None:
        """Note something once."""
        note = Note(weight, place, str(message))
        if note not in self.notes:
            self.notes.append(note)

    def of(self, weight: Weight) -> list[Note]:
        """The notes of one weight."""
        return [note for note in self.notes if note.weight == weight]

    def extend(self, notes: Iterable[Note]) -> None:
        self.notes.extend(notes)
