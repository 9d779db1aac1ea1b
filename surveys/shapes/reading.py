"""What the browser sends of a drawing, as geometries that are fit to store.

`static_src/js/map/shape-store.js` writes it: a JSON list of `{"c": [[lon, lat], …], "t": remark}`.
A point has one position; the ring of a polygon does not repeat its first.
"""

import json
import math
from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.gis.geos import GEOSException, GEOSGeometry, LineString, Point, Polygon
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from areas.territory import area_outline, municipality

POINT, LINE, POLYGON = "point", "line", "polygon"
#: Fewest different positions of each.
FEWEST = {POINT: 1, LINE: 2, POLYGON: 3}
DECIMALS = 7  # a centimetre
MAX_SHAPES = 10
MAX_VERTICES = 100
LONGEST_REMARK = 200
MAX_CHARACTERS = 80_000


@dataclass(frozen=True)
class Sketch:
    """One shape as it was sent: positions (lon, lat) in degrees, perhaps not a valid shape yet."""

    positions: tuple[tuple[float, float], ...]
    remark: str = ""


@dataclass(frozen=True)
class Drawn:
    """One shape that may be stored: a valid geometry (SRID 4326)."""

    geometry: GEOSGeometry
    remark: str = ""


def sketches_in(text: str) -> list[Sketch]:
    """The shapes in what was sent. Raises ValueError where it is not what the browser writes."""
    if not text.strip():
        return []
    if len(text) > MAX_CHARACTERS:
        raise ValueError("too long")
    try:
        rows = json.loads(text)
    except RecursionError as error:
        raise ValueError("too deep") from error
    if not isinstance(rows, list) or len(rows) > 10 * MAX_SHAPES:
        raise ValueError("no list of shapes")
    return [_sketch(row) for row in rows]


def sent_again(shapes: Iterable[Drawn]) -> str:
    """Stored shapes as the browser sends them; `sketches_in` reads it."""
    return json.dumps(
        [
            {"c": [list(one) for one in _positions(shape.geometry)], "t": shape.remark}
            for shape in shapes
        ]
    )


def _positions(geometry: GEOSGeometry) -> list[tuple[float, float]]:
    if isinstance(geometry, Point):
        return [geometry.coords]
    if isinstance(geometry, Polygon):
        return list(geometry.exterior_ring.coords[:-1])
    return list(geometry.coords)


def _sketch(row) -> Sketch:
    if not isinstance(row, dict) or not isinstance(row.get("c"), list):
        raise ValueError("no shape")
    remark = row.get("t", "")
    if not isinstance(remark, str) or "\x00" in remark:
        raise ValueError("no remark")
    positions = tuple(_position(pair) for pair in row["c"])
    if not positions:
        raise ValueError("nothing drawn")
    return Sketch(positions, " ".join(remark.split()))


def _position(pair) -> tuple[float, float]:
    if not isinstance(pair, list) or len(pair) != 2:
        raise ValueError("no position")
    if not all(isinstance(part, int | float) and not isinstance(part, bool) for part in pair):
        raise ValueError("no numbers")
    try:
        lon, lat = (round(float(part), DECIMALS) for part in pair)
    except OverflowError as error:
        raise ValueError("no degrees") from error
    if not (math.isfinite(lon) and math.isfinite(lat) and abs(lon) <= 180 and abs(lat) <= 90):
        raise ValueError("no degrees")
    return lon, lat


def names(shape: str) -> tuple[str, str]:
    """What one shape and several of a kind are called."""
    return {
        POINT: (_("punt"), _("punten")),
        LINE: (_("lijn"), _("lijnen")),
        POLYGON: (_("vlak"), _("vlakken")),
    }[shape]


def checked(
    sketches: Iterable[Sketch], *, shape: str, max_vertices: int, area_id: int | None
) -> list[Drawn]:
    """Shapes that may be stored, with the number of each in what is wrong (ValidationError).

    Valid, within the municipality, and within the area where there is one, a margin apart.
    """
    territory = municipality()
    area = area_outline(area_id) if area_id else None
    found, wrong = [], []
    for number, sketch in enumerate(sketches, start=1):
        name = f"{names(shape)[0].capitalize()} {number}"
        geometry, message = _geometry(sketch, shape, max_vertices)
        if geometry is not None:
            if not territory.covers(geometry):
                message = _(
                    "%(name)s ligt buiten de gemeente, of voor een deel. Verwijder dit uit de "
                    "lijst en teken het opnieuw."
                )
            elif area is not None and not area[1].covers(geometry):
                message = _(
                    "%(name)s ligt buiten het gebied %(area)s, of voor een deel. Deze vraag gaat "
                    "alleen over dat gebied. Verwijder dit uit de lijst en teken het opnieuw."
                )
        if not message and len(sketch.remark) > LONGEST_REMARK:
            message = _(
                "De opmerking bij %(name)s is te lang. Gebruik ten hoogste %(longest)s tekens."
            )
        if message:
            words = {
                "name": name,
                "area": area[0] if area else "",
                "limit": max_vertices,
                "longest": LONGEST_REMARK,
            }
            wrong.append(ValidationError(message % words, code="shape"))
        else:
            found.append(Drawn(geometry, sketch.remark))
    if wrong:
        raise ValidationError(wrong)
    return found


def _geometry(sketch: Sketch, shape: str, max_vertices: int) -> tuple[GEOSGeometry | None, str]:
    """The geometry of a sketch, or what is wrong with it."""
    positions = _without_doubles(sketch.positions, is_ring=shape == POLYGON)
    if len(set(positions)) < FEWEST[shape] or (shape == POINT and len(positions) != 1):
        return None, _(
            "%(name)s is nog niet af. Ga verder met tekenen, of verwijder dit uit de lijst."
        )
    if len(positions) > max_vertices:
        return None, _(
            "%(name)s heeft meer dan %(limit)s hoeken. Verwijder dit uit de lijst en teken het "
            "opnieuw met minder hoeken."
        )
    if shape == POINT:
        return Point(positions[0], srid=4326), ""
    if shape == LINE:
        return LineString(positions, srid=4326), ""
    try:
        polygon = Polygon((*positions, positions[0]), srid=4326)
    except (GEOSException, ValueError):
        polygon = None
    if polygon is None or not polygon.valid or not polygon.area:
        return None, _(
            "De randen van %(name)s kruisen elkaar. Verwijder dit uit de lijst en zet de hoeken op "
            "volgorde, een rondje om de plek."
        )
    return polygon, ""


def _without_doubles(positions, *, is_ring: bool) -> tuple[tuple[float, float], ...]:
    """Positions of which none equals the one before it."""
    kept = [
        position
        for number, position in enumerate(positions)
        if not number or position != positions[number - 1]
    ]
    if is_ring and len(kept) > 1 and kept[0] == kept[-1]:
        kept.pop()
    return tuple(kept)
