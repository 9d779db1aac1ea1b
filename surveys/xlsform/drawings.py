"""Questions about drawings: geopoint, geotrace and geoshape.

XLSForm asks for one shape. How many more may be given, and the spots to choose from, stand in the
column of our own.
"""

from django.contrib.gis.geos import GEOSGeometry, Point

from cms.geometry.parsing import to_geojson

from ..definition import Question
from ..shapes.reading import LINE, MAX_SHAPES, MAX_VERTICES, POINT, POLYGON
from ..shapes.storing import is_reserved
from ..types.shapes import MAX_SPOTS
from ..types.shapes_field import USUAL_VERTICES, spot_of
from .columns import Ids
from .reading import Row

GEO_TYPES = {POINT: "geopoint", LINE: "geotrace", POLYGON: "geoshape"}
LONGEST_NAME = 100


def drawing_to_more(question: Question) -> dict:
    """What XLSForm does not know of the question."""
    extra = question.extra
    found = {
        name: extra[name]
        for name in ("fewest", "most", "max_vertices", "inside", "remarks")
        if name in extra
    }
    spots = [
        {"id": option.id, "label": option.label, "lat": point.y, "lon": point.x}
        for option in question.options
        if (point := spot_of(option)) is not None
    ]
    return found | ({"spots": spots} if spots else {})


def drawing_from_row(row: Row, base: str, more: dict, ids: Ids) -> dict:
    """The settings of the question; those of one shape where the row says no more."""
    return {
        "shape": base,
        "fewest": _number(more.get("fewest"), MAX_SHAPES, None),
        "most": _number(more.get("most"), MAX_SHAPES, 1),
        "max_vertices": _number(more.get("max_vertices"), MAX_VERTICES, USUAL_VERTICES),
        "inside": more.get("inside") is True,
        "remarks": more.get("remarks") is True,
        "options": list(_spots(row, more.get("spots"), ids)),
    }


def _number(value, most: int, otherwise: int | None) -> int | None:
    is_number = isinstance(value, int) and not isinstance(value, bool)
    return value if is_number and 1 <= value <= most else otherwise


def _spots(row: Row, rows, ids: Ids):
    taken: set[str] = set()
    for spot in rows[:MAX_SPOTS] if isinstance(rows, list) else ():
        point = _point(spot)
        if point is None:
            continue
        own = spot.get("id")
        label = spot["label"].strip()[:LONGEST_NAME]
        if not isinstance(own, str) or is_reserved(own) or own in taken or not ids.is_good(own):
            own = ids.of(None, row.get("name"), label, taken=taken)
        taken.add(own)
        yield {
            "type": "item",
            "id": own,
            "value": {"label": label, "geometry": to_geojson(point)},
        }


def _point(spot) -> GEOSGeometry | None:
    """The place of a spot, if it has one and a name."""
    if not isinstance(spot, dict) or not isinstance(spot.get("label"), str):
        return None
    lat, lon = spot.get("lat"), spot.get("lon")
    if not all(isinstance(part, int | float) for part in (lat, lon)):
        return None
    return Point(lon, lat, srid=4326) if abs(lat) <= 90 and abs(lon) <= 180 else None
