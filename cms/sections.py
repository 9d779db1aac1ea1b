"""Registry of what upper floors show on pages of lower floors.

The home page and the area page show open surveys, coming office hours and so on without
knowing those apps: an app registers a `Section` for a slot in `AppConfig.ready()`.
"""

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from django.http import HttpRequest


class Section:
    """One list or figure on a page.

    `template` gets `section`, `items`, `area`, `request` and the page's own context.
    `get_items` must take a fixed number of queries, whatever the amount of data.
    """

    key: ClassVar[str]
    title: ClassVar[Any]
    order: ClassVar[int] = 100
    template: ClassVar[str]
    limit: ClassVar[int] = 4
    show_empty: ClassVar[bool] = False
    #: What the visitor reads where there is nothing to show (with `show_empty`).
    empty_text: ClassVar[Any] = ""

    def get_items(self, *, request: HttpRequest, area=None, limit: int) -> Sequence[Any]:
        """The items to show; `area` is an areas.AreaPage or None for the whole municipality."""
        raise NotImplementedError

    def get_more_url(self, *, area=None) -> str:
        """Address of the whole list, or an empty text."""
        return ""


_sections: dict[str, dict[str, Section]] = {}


def register(slots: str | Iterable[str], section_class: type[Section]) -> None:
    """Show a section in one slot ("home", "area") or in several; the same key replaces."""
    for slot in [slots] if isinstance(slots, str) else slots:
        _sections.setdefault(slot, {})[section_class.key] = section_class()


def sections_for(slot: str) -> list[Section]:
    """The sections of a slot in their order."""
    return sorted(_sections.get(slot, {}).values(), key=lambda section: section.order)
