"""The villages and districts, kept in the process as long as a page would be."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import cos, hypot, radians

from django.contrib.gis.geos import Point

from cms import pagecache

from .models import Place

NEAR_METRES = 3_000
METRES_A_DEGREE = 111_320


@dataclass(frozen=True)
class Village:
    """A village or district with its middle in degrees (WGS 84)."""

    name: str
    slug: str
    lat: float
    lon: float

    @property
    def point(self) -> Point:
        return Point(self.lon, self.lat, srid=4326)


def villages() -> tuple[Village, ...]:
    """All villages and districts by name; one query, or none."""
    return pagecache.remember(
        ("villages",),
        lambda: tuple(
            Village(name, slug, point.y, point.x)
            for name, slug, point in Place.objects.order_by("name").values_list(
                "name", "slug", "geometry"
            )
        ),
    )


def nearest_village(point: Point, places: Iterable[Village]) -> str:
    """Name of the one of `places` whose middle is nearest, within 3 km; empty where none is."""
    width = cos(radians(point.y))

    def away(village: Village) -> float:
        return METRES_A_DEGREE * hypot((village.lon - point.x) * width, village.lat - point.y)

    nearest = min(places, key=away, default=None)
    return nearest.name if nearest is not None and away(nearest) < NEAR_METRES else ""
