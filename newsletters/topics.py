"""Registry of pages that people can follow by e-mail, such as projects.

This floor does not know projects: an app above registers a `TopicKind` in `AppConfig.ready()`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from wagtail.models import Page

from areas.models import AreaPage


class TopicKind:
    """One kind of page to follow. `singular` and `plural` are its names in a form."""

    key: ClassVar[str]
    singular: ClassVar[Any]
    plural: ClassVar[Any]
    order: ClassVar[int] = 100

    def get_pages(self):
        """QuerySet of all pages of this kind that everybody may see; one query."""
        raise NotImplementedError


@dataclass(frozen=True)
class Topic:
    """A page that can be followed; `area` is the title of the area it lives under, or empty."""

    pk: int
    title: str
    kind: str
    area: str = ""


_kinds: dict[str, TopicKind] = {}


def register(kind_class: type[TopicKind]) -> None:
    """Let people follow pages of a kind; the same key replaces."""
    _kinds[kind_class.key] = kind_class()


def kinds() -> list[TopicKind]:
    """All kinds in their order."""
    return sorted(_kinds.values(), key=lambda kind: (kind.order, kind.key))


def topics(areas: Iterable[AreaPage]) -> list[Topic]:
    """Everything that can be followed now, by area and title; one query a kind.

    `areas` are the areas of the form, in order; what lives under none of them comes last.
    """
    places = [(area.path, number, area.title) for number, area in enumerate(areas)]
    found = []
    for kind in kinds():
        for pk, title, path in (
            kind.get_pages().order_by("title").values_list("pk", "title", "path")
        ):
            number, area = next(
                ((number, area) for start, number, area in places if path.startswith(start)),
                (len(places), ""),
            )
            found.append((number, title.casefold(), Topic(pk, title, kind.key, area)))
    return [topic for _number, _title, topic in sorted(found, key=lambda row: row[:2])]


def followed(page_ids: Iterable[int]) -> list[Page]:
    """Those of the pages that can be followed now, by title; one query a kind."""
    ids = set(page_ids)
    if not ids:
        return []
    open_ids: set[int] = set()
    for kind in kinds():
        open_ids.update(kind.get_pages().filter(pk__in=ids).values_list("pk", flat=True))
    return list(Page.objects.filter(pk__in=open_ids).order_by("title"))
