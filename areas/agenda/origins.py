"""Registry of where agenda items come from: upper floors tell what residents said about them.

An app registers a function in `AppConfig.ready()`; the page of an item shows what it gives.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Heard:
    """One subject on which people were heard: `what` they said and what is `done`, in HTML
    that Wagtail made of rich text and that is shown as it is.

    `status` is the look of a status in the design, `status_label` its words.
    """

    title: str
    what: str
    done: str
    status: str = ""
    status_label: str = ""


@dataclass(frozen=True)
class Origin:
    """Something through which people were heard, with a public page of its own.

    `label` says what it is, such as "Enquête"; `at` when its outcome came.
    """

    label: str
    title: str
    url: str
    at: date | None
    heard: tuple[Heard, ...]


#: Takes an item and gives what it comes from, in a fixed number of queries.
Finder = Callable[[object], Iterable[Origin]]

_finders: dict[str, Finder] = {}


def register(key: str, finder: Finder) -> None:
    """Let items tell where they come from; the same key replaces."""
    _finders[key] = finder


def origins_of(item) -> list[Origin]:
    """All that an item comes from, what was told last first."""
    found = [origin for key in sorted(_finders) for origin in _finders[key](item)]
    return sorted(found, key=lambda origin: origin.at or date.min, reverse=True)
