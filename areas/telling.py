"""Registry of how a page is told elsewhere, such as in a newsletter, fed by all apps.

An app registers a `Teller` for its type of page in `AppConfig.ready()`; who shows pages of all
kinds asks `tell` what to say of each. Neither side knows the other.

What a teller promises: a fixed number of queries for all its pages together, only what everybody
may see of a public page, and plain texts in the language of the interface.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from wagtail.models import Page


@dataclass(frozen=True)
class Fact:
    """A line about a page: "Open tot", "zaterdag 2 januari".

    `in_dutch`: the text is what an editor wrote, whatever the language of the interface.
    """

    label: str
    text: str
    in_dutch: bool = False


@dataclass(frozen=True)
class Told:
    """What is told of one page besides its kind, title, summary and place.

    `status_style` is one of the styles of the status component, or empty. `button` is what the
    link to the page does, in words that make sense by themselves; empty: only the title leads
    there.
    """

    status: str = ""
    status_style: str = ""
    facts: tuple[Fact, ...] = ()
    button: str = ""


class Teller:
    """How the pages of one type are told; `page_type` is "app.Model"."""

    page_type: ClassVar[str]

    def tell(self, pages: Sequence[Page]) -> dict[int, Told]:
        """What is told of each page, by its id."""
        raise NotImplementedError


_tellers: dict[str, Teller] = {}


def register(teller: type[Teller]) -> None:
    """Make a type of page known; a second teller of the same type takes the place of the first."""
    _tellers[teller.page_type.lower()] = teller()


def tell(pages: Iterable[Page]) -> dict[int, Told]:
    """What is told of each page, by its id; every page is of its own type (`specific`).

    Queries grow with the number of types, never with the number of pages.
    """
    by_type: dict[str, list[Page]] = {}
    for page in pages:
        by_type.setdefault(page._meta.label_lower, []).append(page)
    told: dict[int, Told] = {}
    for page_type, rows in by_type.items():
        if page_type in _tellers:
            told |= _tellers[page_type].tell(rows)
    return told
