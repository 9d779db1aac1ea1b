"""What somebody drew, in words that say the same as the map.

`static_src/js/map/shape-words.js` says it the same way while one draws.
"""

from collections.abc import Sequence

from django.contrib.gis.geos import GEOSGeometry, LineString, Point, Polygon
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from areas.territory import nearest_village
from cms.geometry.grid import to_rd

from .reading import LINE, POINT, POLYGON, Sketch

KINDS = {"Point": POINT, "LineString": LINE, "Polygon": POLYGON}
SQUARE_METRES_A_HECTARE = 10_000


def described(geometry: GEOSGeometry) -> str:
    """A geometry (SRID 4326) in words: "lijn, 3 hoeken, ongeveer 240 meter, bij Abbenes"."""
    kind = KINDS[geometry.geom_type]
    if kind == POINT:
        return _joined(_("punt"), "", "", geometry)
    if kind == LINE:
        return _joined(
            _("lijn"),
            _spots(len(geometry)),
            length_words(to_rd(geometry).length),
            _middle(geometry.coords),
        )
    return _joined(
        _("vlak"),
        _corners(len(geometry.exterior_ring) - 1),
        area_words(to_rd(geometry).area),
        _middle(geometry.exterior_ring.coords[:-1]),
    )


def sketched(sketch: Sketch, shape: str) -> str:
    """A shape that may not be finished or right, in words."""
    enough = {POINT: 1, LINE: 2, POLYGON: 3}[shape]
    if len(sketch.positions) < enough:
        name = {POINT: _("punt"), LINE: _("lijn"), POLYGON: _("vlak")}[shape]
        count = len(sketch.positions)
        return f"{name}, {_spots(count) if shape == LINE else _corners(count)}"
    if shape == POINT:
        return described(Point(sketch.positions[0], srid=4326))
    if shape == LINE:
        return described(LineString(sketch.positions, srid=4326))
    return described(Polygon((*sketch.positions, sketch.positions[0]), srid=4326))


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


def _corners(count: int) -> str:
    return ngettext("%(count)s hoek", "%(count)s hoeken", count) % {"count": count}


def _spots(count: int) -> str:
    return ngettext("%(count)s punt", "%(count)s punten", count) % {"count": count}


def _middle(positions: Sequence[tuple[float, float]]) -> Point:
    lons, lats = zip(*positions, strict=True)
    return Point(sum(lons) / len(lons), sum(lats) / len(lats), srid=4326)


def _joined(name: str, corners: str, size: str, middle: Point) -> str:
    village = nearest_village(middle)
    near = _("bij %(place)s") % {"place": village} if village else ""
    return ", ".join(filter(None, (name, corners, size, near)))
