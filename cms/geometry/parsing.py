"""Turn what an editor types, pastes or draws into one clean geometry in WGS 84."""

import json
import math
import re

from django.conf import settings
from django.contrib.gis.gdal import GDALException
from django.contrib.gis.geos import (
    GEOSException,
    GEOSGeometry,
    LinearRing,
    LineString,
    MultiLineString,
    MultiPoint,
    MultiPolygon,
    Point,
    Polygon,
)
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

SRID = 4326
RD_SRID = 28992
SIMPLE_TYPES = ("Point", "LineString", "Polygon")
MULTI = {"Point": MultiPoint, "LineString": MultiLineString, "Polygon": MultiPolygon}
MAX_CHARACTERS = 2_000_000

_WKT = re.compile(r"^(SRID=\d+;)?\s*(MULTI)?(POINT|LINESTRING|POLYGON)\b", re.IGNORECASE)
_NUMBER = r"[+-]?\d+[.,]\d+"
_PAIR = re.compile(rf"^({_NUMBER})(?:\s*;\s*|\s*,\s+|\s+|,)({_NUMBER})$")
_RD_PAIR = re.compile(r"^(?:x\s*[:=]?\s*)?(\d{4,6}(?:[.,]\d+)?)\D+(\d{6}(?:[.,]\d+)?)$", re.I)
_LABELLED = re.compile(r"(?i)\b(lat|breedtegraad|lon|lng|lengtegraad|n|o|e)\b\s*[:=]?\s*|°")


def parse_geometry(text, *, types=SIMPLE_TYPES, max_vertices=None):
    """Parse GeoJSON, WKT, EWKT or lines of "lat, lon" (or RD "x, y") into a valid geometry.

    `types` are the simple types allowed, out of Point, LineString and Polygon; several of
    one kind become the Multi type. Returns a GEOSGeometry with SRID 4326 and two dimensions,
    or None for empty input. Raises ValidationError with a text for the editor.
    """
    text = str(text).strip()
    if not text:
        return None
    if len(text) > MAX_CHARACTERS:
        raise ValidationError(
            _("Deze tekst is te lang voor een plek op de kaart. Teken de plek met minder punten."),
            code="too_long",
        )
    if text.startswith(("{", "[")):
        parts = _from_geojson(text)
    elif _WKT.match(text):
        parts = _from_wkt(text)
    else:
        parts = _from_lines(text, types)
    return combine(parts, types=types, max_vertices=max_vertices)


def combine(parts, *, types=SIMPLE_TYPES, max_vertices=None):
    """Check simple geometries (SRID 4326) and join them into one; None if there are none.

    Raises ValidationError: more than one kind, a kind that is not allowed, too many
    vertices, outside the allowed bounds, or a line or polygon that is not valid.
    """
    parts = [part for part in parts if not part.empty]
    if not parts:
        return None
    kinds = {part.geom_type for part in parts}
    for kind in kinds:
        if kind not in types:
            raise ValidationError(
                _("%(kind)s mag hier niet. Gebruik: %(allowed)s.")
                % {
                    "kind": kind_label(kind),
                    "allowed": ", ".join(kind_label(name).lower() for name in types),
                },
                code="wrong_type",
            )
    if len(kinds) > 1:
        raise ValidationError(
            _("Kies één soort: alleen punten, alleen lijnen of alleen vlakken. Wis de rest."),
            code="mixed_types",
        )
    limit = max_vertices or settings.GEOMETRY_MAX_VERTICES
    vertices = sum(part.num_coords for part in parts)
    if vertices > limit:
        raise ValidationError(
            ngettext(
                "Deze plek heeft %(count)d punten; het mag er hoogstens %(limit)d zijn. "
                "Teken de plek grover.",
                "Deze plek heeft %(count)d punten; het mogen er hoogstens %(limit)d zijn. "
                "Teken de plek grover.",
                limit,
            )
            % {"count": vertices, "limit": limit},
            code="too_many_vertices",
        )
    for part in parts:
        _check_bounds(part)
        _check_valid(part)
    if len(parts) == 1:
        return parts[0]
    joined = MULTI[parts[0].geom_type](parts, srid=SRID)
    if not joined.valid:
        raise ValidationError(
            _("Twee vlakken liggen over elkaar heen. Verschuif er een of teken één vlak."),
            code="overlapping_parts",
        )
    return joined


def kind_label(kind):
    """Dutch name of a simple geometry type."""
    return {"Point": _("Een punt"), "LineString": _("Een lijn"), "Polygon": _("Een vlak")}[kind]


def explode(geometry):
    """List the simple parts of a geometry, each with the SRID of the whole."""
    if geometry.geom_type in SIMPLE_TYPES:
        return [geometry]
    parts = []
    for child in geometry:
        child.srid = geometry.srid
        parts.extend(explode(child))
    return parts


def to_geojson(geometry, digits=7):
    """Return a geometry as a GeoJSON dict, rounded; seven decimals of a degree are a centimetre."""

    def rounded(coordinates):
        if isinstance(coordinates, float | int):
            return round(coordinates, digits)
        return [rounded(part) for part in coordinates]

    if geometry.geom_type == "GeometryCollection":
        return {
            "type": "GeometryCollection",
            "geometries": [to_geojson(part, digits) for part in geometry],
        }
    return {"type": geometry.geom_type, "coordinates": rounded(geometry.coords)}


def _unreadable():
    return ValidationError(
        _(
            "Deze plek kunnen we niet lezen. Teken de plek op de kaart, of typ de coördinaten "
            "zo: 52.306, 4.688 (eerst noord, dan oost)."
        ),
        code="unreadable",
    )


def _from_lines(text, types):
    """Read one "lat, lon" (or RD "x, y") a line; an empty line starts a new part."""
    groups = [
        [_pair(line) for line in group.splitlines() if line.strip()]
        for group in re.split(r"\n\s*\n", text.replace("\r\n", "\n"))
    ]
    parts = []
    for pairs in groups:
        closed = len(pairs) > 3 and pairs[0] == pairs[-1]
        if "Point" in types and (len(pairs) == 1 or types == ("Point",)):
            parts.extend(Point(pair, srid=SRID) for pair in pairs)
        elif "Polygon" in types and (closed or "LineString" not in types):
            parts.append(_polygon([pairs]))
        elif len(pairs) == 1 and "LineString" in types:
            raise ValidationError(
                _("Een lijn heeft ten minste twee punten. Zet elk punt op een eigen regel."),
                code="too_few_points",
            )
        else:
            parts.append(_line(pairs))
    return parts


def _pair(line):
    """Read a line of text as (lon, lat) in degrees; RD metres are turned into degrees."""
    line = line.strip().strip("()")
    rd = _RD_PAIR.match(line)
    if rd:
        x, y = (float(number.replace(",", ".")) for number in rd.groups())
        if x <= 300_000 and 300_000 <= y <= 630_000:
            point = Point(x, y, srid=RD_SRID)
            point.transform(SRID)
            return point.x, point.y
    match = _PAIR.match(_LABELLED.sub("", line).strip())
    if not match:
        raise _unreadable()
    lat, lon = (float(number.replace(",", ".")) for number in match.groups())
    return lon, lat


def _from_wkt(text):
    try:
        geometry = GEOSGeometry(text)
        if not geometry.srid:
            geometry.srid = SRID
        if geometry.srid != SRID:
            geometry.transform(SRID)
    except (GEOSException, GDALException, ValueError, TypeError) as error:
        raise _unreadable() from error
    return _rebuild(geometry)


def _rebuild(geometry):
    """Build the parts anew from x and y only, so that height and measure are dropped."""
    parts = []
    for part in explode(geometry):
        if part.empty:
            continue
        if part.geom_type == "Point":
            parts.append(_point(part.coords))
        elif part.geom_type == "LineString":
            parts.append(_line(part.coords))
        else:
            parts.append(_polygon(part.coords))
    return parts


def _from_geojson(text):
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise _unreadable() from error
    return _geojson_parts(data)


def _geojson_parts(data, depth=0):
    """Read a GeoJSON geometry, Feature or collection (RFC 7946) into simple geometries."""
    if data is None:
        return []
    if not isinstance(data, dict) or depth > 3:
        raise _unreadable()
    kind = data.get("type")
    if kind == "Feature":
        return _geojson_parts(data.get("geometry"), depth + 1)
    if kind in ("FeatureCollection", "GeometryCollection"):
        children = data.get("features" if kind == "FeatureCollection" else "geometries")
        if not isinstance(children, list):
            raise _unreadable()
        return [part for child in children for part in _geojson_parts(child, depth + 1)]
    build = {"Point": _point, "LineString": _line, "Polygon": _polygon}
    coordinates = data.get("coordinates")
    if not isinstance(kind, str) or not isinstance(coordinates, list):
        raise _unreadable()
    if not coordinates:
        return []
    try:
        if kind.startswith("Multi"):
            return [build[kind.removeprefix("Multi")](part) for part in coordinates]
        return [build[kind](coordinates)]
    except (KeyError, TypeError, IndexError, OverflowError) as error:
        raise _unreadable() from error


def _xy(position):
    x, y = position[0], position[1]
    if isinstance(x, bool | str) or isinstance(y, bool | str):
        raise _unreadable()
    x, y = float(x), float(y)
    if not (math.isfinite(x) and math.isfinite(y)):
        raise _unreadable()
    return x, y


def _point(position):
    return Point(_xy(position), srid=SRID)


def _line(positions):
    points = [_xy(position) for position in positions]
    if len(set(points)) < 2:
        raise ValidationError(
            _("Een lijn heeft ten minste twee verschillende punten. Zet er nog een punt bij."),
            code="too_few_points",
        )
    return LineString(points, srid=SRID)


def _polygon(rings):
    built = []
    for ring in rings:
        points = [_xy(position) for position in ring]
        if points and points[0] != points[-1]:
            points.append(points[0])
        if len(set(points)) < 3:
            raise ValidationError(
                _("Een vlak heeft ten minste drie verschillende punten. Zet er punten bij."),
                code="too_few_points",
            )
        built.append(LinearRing(points))
    return Polygon(*built, srid=SRID)


def _check_bounds(part):
    west, south, east, north = settings.MAP_ALLOWED_BOUNDS
    x_min, y_min, x_max, y_max = part.extent
    if x_min >= west and y_min >= south and x_max <= east and y_max <= north:
        return
    if west <= y_min and y_max <= east and south <= x_min and x_max <= north:
        raise ValidationError(
            _("Noord en oost zijn omgewisseld. Typ eerst noord (52…), dan oost (4…)."),
            code="swapped",
        )
    raise ValidationError(
        _(
            "Deze plek ligt niet in Nederland. Controleer de coördinaten: eerst noord, "
            "dan oost, bijvoorbeeld 52.306, 4.688."
        ),
        code="out_of_bounds",
    )


def _check_valid(part):
    if part.valid:
        return
    where = re.search(r"\[([-\d.]+) ([-\d.]+)\]", part.valid_reason)
    spot = ""
    if where:
        spot = _(" Kijk bij %(lat).5f, %(lon).5f.") % {
            "lat": float(where.group(2)),
            "lon": float(where.group(1)),
        }
    raise ValidationError(
        _("De rand van het vlak kruist zichzelf. Versleep een hoek of teken het vlak opnieuw.")
        + spot,
        code="self_crossing",
    )
