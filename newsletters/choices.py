"""What somebody wants newsletters about, and how often."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import cached_property
from wagtail.models import Page

from areas.models import AreaPage, Place, Theme

from .models import Subscription
from .topics import followed


@dataclass(frozen=True)
class Choices:
    """Topics and a frequency; false without a topic. An empty frequency changes none."""

    areas: tuple[AreaPage, ...] = ()
    places: tuple[Place, ...] = ()
    themes: tuple[Theme, ...] = ()
    pages: tuple[Page, ...] = ()
    frequency: str = ""

    def __bool__(self) -> bool:
        return bool(self.areas or self.places or self.themes or self.pages)

    @cached_property
    def ids(self) -> dict[str, list[int]]:
        """{"areas", "places", "themes", "pages"}: ids."""
        return {name: sorted(row.pk for row in getattr(self, name)) for name in TOPICS}

    @property
    def names(self) -> list[str]:
        """What was chosen, in words of the editors: Dutch, most general first."""
        return [
            *(area.title for area in self.areas),
            *(place.name for place in self.places),
            *(theme.name for theme in self.themes),
            *(page.title for page in self.pages),
        ]

    @property
    def frequency_label(self) -> str:
        """How often, in words, or an empty text."""
        return str(Subscription.Frequency(self.frequency).label) if self.frequency else ""


#: The relations of a subscription that say what it is about.
TOPICS = ("areas", "places", "themes", "pages")


def open_areas():
    """The areas a visitor may choose, without their boundaries."""
    return AreaPage.objects.live().public().without_geometry().in_order()


def open_places():
    """The places a visitor may choose, by name, each with its area."""
    return Place.objects.defer("geometry").order_by("name")


def still_there(
    *,
    areas: Iterable[int] = (),
    places: Iterable[int] = (),
    themes: Iterable[int] = (),
    pages: Iterable[int] = (),
    frequency: str = "",
) -> Choices:
    """Choices by their ids, without what was removed or hidden since; at most one query a kind."""
    return Choices(
        areas=tuple(open_areas().filter(pk__in=areas)) if areas else (),
        places=tuple(open_places().filter(pk__in=places)) if places else (),
        themes=tuple(Theme.objects.filter(pk__in=themes)) if themes else (),
        pages=tuple(followed(pages)),
        frequency=frequency if frequency in Subscription.Frequency.values else "",
    )


def choices_of(subscription: Subscription) -> Choices:
    """What a subscription is about now."""
    return still_there(
        **{name: list(getattr(subscription, name).values_list("pk", flat=True)) for name in TOPICS},
        frequency=subscription.frequency,
    )
