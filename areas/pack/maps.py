"""A map as a drawing (SVG), from the geometries we store: no tiles, no network.

All is computed in the national grid (EPSG:28992), in metres, and drawn in a frame of `WIDTH` units
wide. The drawing carries both colours, for paper, and classes, by which a stylesheet can replace
them on screen.
"""

import math
from dataclasses import dataclass

from django.contrib.gis.geos import GEOSGeometry, Polygon
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from areas.models import AreaPage, Place
from cms.geometry.grid import RD, to_rd
from cms.palette import palette

WIDTH = 1000
MIN_HEIGHT, MAX_HEIGHT = 520, 860
#: Numbers on one map; more would cover it.
MAX_NUMBERS = 60
RADIUS = 17
MARGIN = 0.09  # around the territory, as a share of its size
SMALLEST = 1_200  # metres, across the territory of a council that is only a spot
RULERS = (100, 200, 500, 1_000, 2_000, 5_000, 10_000)


@dataclass(frozen=True)
class PackMap:
    """The drawing as SVG, what it shows in words, and the numbered things on it."""

    svg: SafeString
    alt: str
    pins: list


@dataclass(frozen=True)
class Frame:
    """The part of the country that is drawn: its lower left corner and size in metres (RD)."""

    west: float
    south: float
    width: float
    height: float

    @property
    def scale(self) -> float:
        """Units of the drawing in a metre."""
        return WIDTH / self.width

    @property
    def box(self) -> Polygon:
        """The frame as a polygon, with some room so that cut edges fall outside."""
        room = 30 / self.scale
        edges = (self.west, self.south, self.west + self.width, self.south + self.height)
        west, south, east, north = edges
        box = Polygon.from_bbox((west - room, south - room, east + room, north + room))
        box.srid = RD
        return box

    def point(self, x: float, y: float) -> tuple[float, float]:
        """A spot of the grid in units of the drawing, whose y grows downward."""
        return (x - self.west) * self.scale, (self.south + self.height - y) * self.scale

    def path(self, geometry: GEOSGeometry) -> str:
        """The `d` of an SVG path: lines and outlines within the frame, a pixel precise."""
        seen = _valid(geometry).intersection(self.box).simplify(0.8 / self.scale)
        return " ".join(self._strokes(seen))

    def _strokes(self, geometry: GEOSGeometry):
        if geometry.empty:
            return
        if geometry.geom_type in ("LineString", "LinearRing"):
            spots = (self.point(x, y) for x, y, *_rest in geometry.coords)
            yield "M" + " ".join(f"{x:.0f},{y:.0f}" for x, y in spots)
        elif geometry.geom_type != "Point":
            for part in geometry:
                yield from self._strokes(part)


def draw(*, council, territory, pins: list) -> PackMap:
    """The map of a council: its area, its territory and the numbered things in it.

    `pins` have number, title, geometry (WGS 84) and is_item. Two queries.
    """
    areas = [
        to_rd(geometry)
        for geometry in AreaPage.objects.live()
        .filter(geometry__isnull=False)
        .order_by("path")
        .values_list("geometry", flat=True)
    ]
    whole = territory.geometry if territory.geometry is not None else council.area.geometry
    own = to_rd(whole) if whole is not None else None
    shapes = [(pin, to_rd(pin.geometry)) for pin in pins]
    frame = frame_around(own, [shape for _pin, shape in shapes])
    markers = _markers(frame, own, shapes)
    alt = _in_words(council, pins)
    names = [
        (name, *frame.point(*to_rd(spot).coords))
        for name, spot in Place.objects.filter(area__live=True).values_list("name", "geometry")
    ]
    height = frame.height * frame.scale
    svg = render_to_string(
        "pack/map.svg",
        {
            "alt": alt,
            "width": WIDTH,
            "height": round(height),
            "colors": palette()["light"],
            "areas": [path for path in map(frame.path, areas) if path],
            "territory": frame.path(own) if own is not None else "",
            "shapes": [
                {"d": path, "closed": shape.dims == 2}
                for _pin, shape in shapes
                if shape.dims and (path := frame.path(shape))
            ],
            "names": _free_names(names, markers, height),
            "markers": markers,
            "radius": RADIUS,
            "ruler": _ruler(frame),
        },
    )
    return PackMap(svg=svg, alt=alt, pins=pins)


def frame_around(own: GEOSGeometry | None, shapes: list[GEOSGeometry]) -> Frame:
    """The frame around a territory, or around all that is on the map where there is none."""
    wholes = [own] if own is not None else shapes
    if wholes:
        boxes = [shape.extent for shape in wholes]
        west, south = min(box[0] for box in boxes), min(box[1] for box in boxes)
        east, north = max(box[2] for box in boxes), max(box[3] for box in boxes)
    else:
        west, south, east, north = 100_000, 470_000, 116_000, 492_000  # the municipality
    middle_x, middle_y = (west + east) / 2, (south + north) / 2
    width = max(east - west, SMALLEST) * (1 + 2 * MARGIN)
    height = max(north - south, SMALLEST) * (1 + 2 * MARGIN)
    width = max(width, height * WIDTH / MAX_HEIGHT)
    height = max(height, width * MIN_HEIGHT / WIDTH)
    return Frame(middle_x - width / 2, middle_y - height / 2, width, height)


@dataclass(frozen=True)
class Marker:
    """A number on the map: where it stands, and the spot it is about."""

    number: int
    is_item: bool
    x: float
    y: float
    spot_x: float
    spot_y: float

    @property
    def left(self) -> float:
        """Left side of the square around the number."""
        return round(self.x - 15, 1)

    @property
    def top(self) -> float:
        """Upper side of the square around the number."""
        return round(self.y - 15, 1)

    @property
    def baseline(self) -> float:
        """Where the number stands, so that it is in the middle."""
        return round(self.y + 6, 1)

    @property
    def is_moved(self) -> bool:
        """Whether it stands so far from its spot that a line must tell."""
        return math.hypot(self.x - self.spot_x, self.y - self.spot_y) > 1


def _markers(frame: Frame, own, shapes: list) -> list[Marker]:
    """Numbers that do not cover each other: one that would moves to the nearest free spot."""
    placed: list[Marker] = []
    height = frame.height * frame.scale
    for pin, shape in shapes:
        spot_x, spot_y = frame.point(*_spot(shape, own, frame))
        # What lies outside the map, such as a signal far away, gets its number at the edge.
        spot_x, spot_y = min(max(spot_x, 0), WIDTH), min(max(spot_y, 0), height)
        x, y = next(
            (x, y)
            for x, y in _around(spot_x, spot_y)
            if RADIUS <= x <= WIDTH - RADIUS
            and RADIUS <= y <= height - RADIUS
            and all(math.hypot(x - other.x, y - other.y) > 2 * RADIUS + 3 for other in placed)
        )
        placed.append(
            Marker(pin.number, pin.is_item, *(round(n, 1) for n in (x, y, spot_x, spot_y)))
        )
    return placed


def _around(x: float, y: float):
    """The spot itself, and ever wider circles around it."""
    yield x, y
    for ring in range(1, 200):
        steps = 6 * ring
        for step in range(steps):
            angle = 2 * math.pi * step / steps - math.pi / 2
            far = ring * RADIUS * 1.15
            yield x + far * math.cos(angle), y + far * math.sin(angle)


def _spot(shape: GEOSGeometry, own, frame: Frame) -> tuple[float, float]:
    """Where the number of a shape belongs: on the shape, and in the territory where it can be."""
    inside = _valid(shape)
    for limit in (own, frame.box):
        if limit is not None:
            part = inside.intersection(limit)
            inside = inside if part.empty else part
    return inside.point_on_surface.coords[:2]


def _free_names(names: list, markers: list[Marker], height: float) -> list[dict]:
    """Names of places that are in view and that no number covers."""
    free = []
    for name, x, y in names:
        half = 5.2 * len(name)
        if not (half < x < WIDTH - half and 30 < y < height - 30):
            continue
        covered = any(
            abs(m.x - x) < half + RADIUS and abs(m.y - y + 7) < RADIUS + 12 for m in markers
        )
        near = any(abs(n["x"] - x) < half + 60 and abs(n["y"] - y) < 26 for n in free)
        if not covered and not near:
            free.append({"name": name, "x": round(x), "y": round(y)})
    return free


def _ruler(frame: Frame) -> dict:
    """The largest round distance that fits in a fifth of the map."""
    metres = max((r for r in RULERS if r * frame.scale <= WIDTH / 5), default=RULERS[0])
    text = f"{metres // 1000} km" if metres >= 1000 else f"{metres} m"
    bottom = frame.height * frame.scale
    return {
        "length": round(metres * frame.scale),
        "text": text,
        "top": round(bottom - 32),
        "text_y": round(bottom - 42),
    }


def _valid(geometry: GEOSGeometry) -> GEOSGeometry:
    """What an editor drew may cross itself, which GEOS refuses to cut."""
    return geometry if geometry.valid else geometry.make_valid()


def _in_words(council, pins: list) -> str:
    """What the map shows, for who does not see it."""
    if not pins:
        return _("Kaart van waar %(council)s voor opkomt. Er staan geen losse plekken op.") % {
            "council": council.name
        }
    return ngettext(
        "Kaart van waar %(council)s voor opkomt, met %(number)s genummerde plek. De lijst bij de "
        "kaart noemt haar.",
        "Kaart van waar %(council)s voor opkomt, met %(number)s genummerde plekken. De lijst bij "
        "de kaart noemt ze.",
        len(pins),
    ) % {"council": council.name, "number": len(pins)}
