"""A map drawn from the geometries we store: what stands where, for a drawing or a picture.

No tiles and no network. All is computed in the national grid (EPSG:28992), in metres, and planned
in a frame of `WIDTH` units wide; whoever renders it (the SVG in the pack of a council, the PNG in a
newsletter) chooses the colours.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib.gis.geos import GEOSGeometry, Polygon

from areas.models import AreaPage, Place
from cms.geometry.grid import RD, to_rd

WIDTH = 1000
MIN_HEIGHT, MAX_HEIGHT = 520, 860
#: Numbers on one map; more would cover it.
MAX_NUMBERS = 60
MARGIN = 0.09  # around the territory, as a share of its size
SMALLEST = 1_200  # metres, across a territory that is only a spot
RULERS = (100, 200, 500, 1_000, 2_000, 5_000, 10_000)

Spot = tuple[float, float]


@dataclass(frozen=True)
class Sizes:
    """How large numbers and names are, in units of the drawing."""

    radius: float = 17
    letters: float = 19


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
    def drawn_height(self) -> float:
        """Height of the drawing in its units."""
        return self.height * self.scale

    @property
    def box(self) -> Polygon:
        """The frame as a polygon, with some room so that cut edges fall outside."""
        room = 30 / self.scale
        edges = (self.west, self.south, self.west + self.width, self.south + self.height)
        west, south, east, north = edges
        box = Polygon.from_bbox((west - room, south - room, east + room, north + room))
        box.srid = RD
        return box

    def point(self, x: float, y: float) -> Spot:
        """A spot of the grid in units of the drawing, whose y grows downward."""
        return (x - self.west) * self.scale, (self.south + self.height - y) * self.scale

    def parts(self, geometry: GEOSGeometry) -> list[list[list[Spot]]]:
        """Lines and outlines within the frame, in units of the drawing.

        Each part is a list of its strokes: one of a line, and of a polygon its outline and then
        its holes. Points have none.
        """
        seen = valid(geometry).intersection(self.box).simplify(0.8 / self.scale)
        return list(self._parts(seen))

    def path(self, geometry: GEOSGeometry) -> str:
        """The `d` of an SVG path: lines and outlines within the frame, a pixel precise."""
        return " ".join(
            "M" + " ".join(f"{x:.0f},{y:.0f}" for x, y in stroke)
            for part in self.parts(geometry)
            for stroke in part
        )

    def _parts(self, geometry: GEOSGeometry) -> Iterator[list[list[Spot]]]:
        if geometry.empty or geometry.geom_type == "Point":
            return
        if geometry.geom_type == "Polygon":
            yield [self._stroke(ring) for ring in geometry]
        elif geometry.geom_type in ("LineString", "LinearRing"):
            yield [self._stroke(geometry)]
        else:
            for part in geometry:
                yield from self._parts(part)

    def _stroke(self, line) -> list[Spot]:
        return [self.point(x, y) for x, y, *_rest in line.coords]


@dataclass(frozen=True)
class Marker:
    """A number on the map: where it stands, and the spot it is about."""

    number: int
    x: float
    y: float
    spot_x: float
    spot_y: float

    @property
    def is_moved(self) -> bool:
        """Whether it stands so far from its spot that a line must tell."""
        return math.hypot(self.x - self.spot_x, self.y - self.spot_y) > 1


@dataclass(frozen=True)
class Plan:
    """Everything on a map, in units of the drawing; shapes are (pin, in the grid)."""

    frame: Frame
    areas: list[GEOSGeometry]
    territory: GEOSGeometry | None
    shapes: list[tuple]
    markers: list[Marker]
    names: list[dict]
    ruler: dict


def plan(*, territory: GEOSGeometry | None, pins: list, sizes: Sizes | None = None) -> Plan:
    """What stands where on the map of a territory, with all areas as its base.

    `territory` and the `geometry` of `pins` are WGS 84; each pin has a `number` too. Markers and
    shapes are in the order of the pins. Two queries.
    """
    sizes = sizes or Sizes()
    areas = [
        to_rd(geometry)
        for geometry in AreaPage.objects.live()
        .filter(geometry__isnull=False)
        .order_by("path")
        .values_list("geometry", flat=True)
    ]
    own = to_rd(territory) if territory is not None else None
    shapes = [(pin, to_rd(pin.geometry)) for pin in pins]
    frame = frame_around(own, [shape for _pin, shape in shapes])
    markers = _markers(frame, own, shapes, sizes.radius)
    names = [
        (name, *frame.point(*to_rd(spot).coords))
        for name, spot in Place.objects.filter(area__live=True).values_list("name", "geometry")
    ]
    return Plan(
        frame=frame,
        areas=areas,
        territory=own,
        shapes=shapes,
        markers=markers,
        names=_free_names(names, markers, frame.drawn_height, sizes),
        ruler=_ruler(frame),
    )


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


def _markers(frame: Frame, own, shapes: list, radius: float) -> list[Marker]:
    """Numbers that do not cover each other: one that would moves to the nearest free spot."""
    placed: list[Marker] = []
    height = frame.drawn_height
    for pin, shape in shapes:
        spot_x, spot_y = frame.point(*_spot(shape, own, frame))
        # What lies outside the map, such as a signal far away, gets its number at the edge.
        spot_x, spot_y = min(max(spot_x, 0), WIDTH), min(max(spot_y, 0), height)
        x, y = next(
            (x, y)
            for x, y in _around(spot_x, spot_y, radius)
            if radius <= x <= WIDTH - radius
            and radius <= y <= height - radius
            and all(math.hypot(x - other.x, y - other.y) > 2 * radius + 3 for other in placed)
        )
        placed.append(Marker(pin.number, *(round(n, 1) for n in (x, y, spot_x, spot_y))))
    return placed


def _around(x: float, y: float, radius: float) -> Iterator[Spot]:
    """The spot itself, and ever wider circles around it."""
    yield x, y
    for ring in range(1, 200):
        steps = 6 * ring
        for step in range(steps):
            angle = 2 * math.pi * step / steps - math.pi / 2
            far = ring * radius * 1.15
            yield x + far * math.cos(angle), y + far * math.sin(angle)


def _spot(shape: GEOSGeometry, own, frame: Frame) -> Spot:
    """Where the number of a shape belongs: on the shape, and in the territory where it can be."""
    inside = valid(shape)
    for limit in (own, frame.box):
        if limit is not None:
            part = inside.intersection(limit)
            inside = inside if part.empty else part
    return inside.point_on_surface.coords[:2]


def _free_names(names: list, markers: list[Marker], height: float, sizes: Sizes) -> list[dict]:
    """Names of places that are in view and that no number covers."""
    free = []
    for name, x, y in names:
        half = 0.275 * sizes.letters * len(name)
        if not (half < x < WIDTH - half and 30 < y < height - 30):
            continue
        covered = any(
            abs(m.x - x) < half + sizes.radius and abs(m.y - y + 7) < sizes.radius + 12
            for m in markers
        )
        near = any(
            abs(n["x"] - x) < half + n["half"] + 10 and abs(n["y"] - y) < 1.4 * sizes.letters
            for n in free
        )
        if not covered and not near:
            free.append({"name": name, "x": round(x), "y": round(y), "half": half})
    return free


def _ruler(frame: Frame) -> dict:
    """The largest round distance that fits in a fifth of the map."""
    metres = max((r for r in RULERS if r * frame.scale <= WIDTH / 5), default=RULERS[0])
    text = f"{metres // 1000} km" if metres >= 1000 else f"{metres} m"
    bottom = frame.drawn_height
    return {
        "length": round(metres * frame.scale),
        "text": text,
        "top": round(bottom - 32),
        "text_y": round(bottom - 42),
    }


def valid(geometry: GEOSGeometry) -> GEOSGeometry:
    """A geometry that GEOS can cut: what an editor drew may cross itself."""
    return geometry if geometry.valid else geometry.make_valid()
