"""The shape of an agenda item in the demo content."""

from dataclasses import dataclass

#: (latitude, longitude) in degrees. One spot is a point, more are a line, and a line that ends
#: where it begins is an outline.
Spot = tuple[float, float]


@dataclass(frozen=True)
class Stand:
    """How an item stood from so many days ago; what is not told is as it is now."""

    days: int
    reason: str = ""
    status: str | None = None
    lead: str | None = None
    money: str | None = None
    #: months from now
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True)
class Item:
    """An agenda item. Months and days count from the day the demo is loaded."""

    title: str
    theme: str
    status: str
    summary: str
    task: str
    goal: str
    actions: tuple[str, ...]
    lead: str
    start: int
    end: int
    place: str
    at: tuple[Spot, ...]
    partners: str = ""
    money: str = ""
    reason: str = ""
    source: str = ""
    council: str = ""
    source_text: str = ""
    project: str = ""
    #: (days ago, text), newest first
    updates: tuple[tuple[int, str], ...] = ()
    #: oldest first; the last one is how it is now
    history: tuple[Stand, ...] = ()
