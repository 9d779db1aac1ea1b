"""What somebody drew, in words that say the same as the map.

`static_src/js/map/shape-words.js` says it the same way while one draws.
"""

from collections.abc import Iterable, Sequence

from django.contrib.gis.geos import GEOSGeometry, LineString, Point, Polygon
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from areas.villages import Village, nearest_village
from cms.geometry.grid import to_rd

from .reading import FEWEST, LINE, POINT, POLYGON, Sketch, names

KINDS = {"Point": POINT, "LineString": LINE, "Polygon": POLYGON}
SQUARE_METRES_A_HECTARE = 10_000


def described(geometry: GEOSGeometry, places: Iterable[Village] = ()) -> str:
    """A geometry (SRID 4326) in words: "3 punten, ongeveer 240 meter, bij Abbenes".

    `places` are the villages it may lie near.
    """
    kind = KINDS[geometry.geom_type]
    if kind == POINT:
        spot = _("op %(lat)s, %(lon)s") % {"lat": f"{geometry.y:.5f}", "lon": f"{geometry.x:.5f}"}
        return _near(geometry, places) or spot
    if kind == LINE:
        corners, size = geometry.coords, length_words(to_rd(geometry).length)
    else:
        corners, size = geometry.exterior_ring.coords[:-1], area_words(to_rd(geometry).area)
    near = _near(_middle(corners), places)
    return ", ".join(filter(None, (_corners(len(corners), kind), size, near)))


def with_name(geometry: GEOSGeometry) -> str:
    """The same after what it is: "Lijn, 3 punten, ongeveer 240 meter"."""
    return f"{names(KINDS[geometry.geom_type])[0].capitalize()}, {described(geometry)}"


def sketched(sketch: Sketch, shape: str, places: Iterable[Village]) -> str:
    """A shape that may not be finished or right, in words."""
    if len(sketch.positions) < FEWEST[shape]:
        return _corners(len(sketch.positions), shape)
    if shape == POINT:
        return described(Point(sketch.positions[0], srid=4326), places)
    if shape == LINE:
        return described(LineString(sketch.positions, srid=4326), places)
    ring = (*sketch.positions, sketch.positions[0])
    return described(Polygon(ring, srid=4326), places)


def length_words(metres: float) -> str:
    """A length, as exact as a hand draws."""
    if metres < 1_000:
        rounded = max(10, round(metres / 10) * 10) if metres else 0
        return _("ongeveer %(number)s meter") % {"number": rounded}
    return _("ongeveer %(number)s kilometer") % {"number": number_format(metres / 1_000, 1)}


def area_words(square_metres: float) -> str:
    """An area, as exact as a hand draws."""
    if square_metres < SQUARE_METRES_A_HECTARE:
        rounded = max(10, round(square_metres / 10) * 10) if square_metres else 0
        return _("ongeveer %(number)s vierkante meter") % {"number": rounded}
    hectares = number_format(square_metres / SQUARE_METRES_A_HECTARE, 1)
    return _("ongeveer %(number)s hectare") % {"number": hectares}


def _corners(count: int, shape: str) -> str:
    if shape == LINE:
        return ngettext("%(count)s punt", "%(count)s punten", count) % {"count": count}
    return ngettext("%(count)s hoek", "%(count)s hoeken", count) % {"count": count}


def _middle(corners: Sequence[tuple[float, float]]) -> Point:
    lons, lats = zip(*corners, strict=True)
    return Point(sum(lons) / len(lons), sum(lats) / len(lats), srid=4326)


def _near(point: Point, places: Iterable[Village]) -> str:
    village = nearest_village(point, places)
    return _("bij %(place)s") % {"place": village} if village else ""
