"""The columns that a question fills in a file, and how each is read from what is stored."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import Enum

#: What is stored of one answer: (option id, text, number, point, approximate, shape).
Stored = tuple


class Storage(Enum):
    """What the values of a column are."""

    CODE = "code"  # id of an option
    FLAG = "flag"  # 1 or 0: chosen or not
    RATING = "rating"  # a small whole number: on a scale, or a place in an order
    NUMBER = "number"  # Decimal, as somebody typed it
    DAY = "day"  # datetime.date
    TEXT = "text"
    DEGREES = "degrees"  # WGS 84
    SHAPE = "shape"  # well-known text of points, lines or polygons, WGS 84

    @property
    def is_text(self) -> bool:
        """Whether a value is a text of any length."""
        return self in (Storage.TEXT, Storage.SHAPE)


@dataclass(frozen=True)
class Part:
    """One column of a question.

    `question_id` is what its answers are stored under, `key` tells the columns of one question
    apart and never changes: the id of an option or row, or a word of ours. `read` gives the value
    from the stored answers of a response, of which there is at least one; None for none.
    """

    label: str
    storage: Storage
    question_id: str
    read: Callable[[list[Stored]], object]
    key: str = ""
    #: Label by the id of an option, where values are options.
    labels: tuple[tuple[str, str], ...] = ()
    #: Whether the column holds somebody's own words or exact place.
    is_personal: bool = False


def read_text(rows: list[Stored]) -> str | None:
    return rows[0][1] or None


def read_option(rows: list[Stored]) -> str | None:
    return rows[0][0] or None


def read_number(rows: list[Stored]):
    return rows[0][2]


def read_whole(rows: list[Stored]) -> int | None:
    return None if rows[0][2] is None else int(rows[0][2])


def read_day(rows: list[Stored]) -> date | None:
    try:
        return date.fromisoformat(rows[0][1])
    except ValueError:
        return None


def read_latitude(rows: list[Stored]) -> float | None:
    return rows[0][3].y if rows[0][3] else None


def read_longitude(rows: list[Stored]) -> float | None:
    return rows[0][3].x if rows[0][3] else None


def chosen(option_id: str) -> Callable[[list[Stored]], int]:
    """Reads whether an option is among those chosen."""
    return lambda rows: int(any(row[0] == option_id for row in rows))


def words_with(option_id: str) -> Callable[[list[Stored]], str | None]:
    """Reads the own words that stand with an option."""
    return lambda rows: next((row[1] for row in rows if row[0] == option_id), None) or None


def place_of(option_id: str) -> Callable[[list[Stored]], int | None]:
    """Reads the place that an option got in an order."""
    return lambda rows: next(
        (int(row[2]) for row in rows if row[0] == option_id and row[2] is not None), None
    )
