"""Where the municipality and its areas lie, kept in the process as long as a page would be."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import cos, hypot, radians

from django.conf import settings
from django.contrib.gis.geos import GEOSGeometry, Point, Polygon

from cms import pagecache

from .models import AreaPage, Place
from .point_field import MARGIN_DEGREES

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


def municipality() -> GEOSGeometry:
    """All areas together with a margin around them, as boundaries are never exact (SRID 4326).

    Where no area has a boundary yet, the default bounds of the map.
    """
    kept = pagecache.remember(("municipality",), lambda: _outline(AreaPage.objects.all()))
    return _geometry(kept) if kept else Polygon.from_bbox(settings.MAP_DEFAULT_BOUNDS)


def area_outline(area_id: int) -> tuple[str, GEOSGeometry] | None:
    """Name and outline of one area with the same margin; None without a boundary."""
    name, kept = pagecache.remember(
        ("area-outline", area_id),
        lambda: (
            AreaPage.objects.filter(pk=area_id).values_list("title", flat=True).first() or "",
            _outline(AreaPage.objects.filter(pk=area_id)),
        ),
    )
    return (name, _geometry(kept)) if kept else None


def _geometry(wkb: bytes) -> GEOSGeometry:
    return GEOSGeometry(memoryview(wkb), srid=4326)


def _outline(areas) -> bytes:
    """As WKB, because a geometry object may not be shared between threads."""
    shapes = [shape for shape in areas.values_list("geometry", flat=True) if shape]
    if not shapes:
        return b""
    whole = shapes[0]
    for shape in shapes[1:]:
        whole = whole.union(shape)
    return bytes(whole.buffer(MARGIN_DEGREES).wkb)
