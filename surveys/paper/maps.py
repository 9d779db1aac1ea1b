"""The map on paper: drawn from what we store, with a grid so that a cross can be entered by keys.

A cross on paper has no coordinates. The map is divided in squares with a letter and a number, as
in a street guide; staff type the square ("D5") and its middle is stored. All is computed in the
national grid (EPSG:28992); the frame follows from the area, so that paper and screen agree.
"""

import math
import re
from dataclasses import dataclass

from django.contrib.gis.geos import GEOSGeometry, Point
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from areas.drawing import WIDTH, Frame, frame_around
from areas.models import AreaPage, Place
from cms.geometry.grid import RD, to_rd, to_wgs84
from cms.palette import palette

from ..definition import Option, Question
from ..types.shapes_field import spot_of

COLUMNS = 20
LETTERS = "ABCDEFGHIJKLMNOPQRST"
CELL = re.compile(r"^([A-T])\s*([0-9]{1,2})$")
USUAL_LETTERS, LARGE_LETTERS = 20, 29
EDGE = 40  # room for letters and numbers around the map, in units of the drawing


@dataclass(frozen=True)
class PaperMap:
    """A map on paper: the part of the country in squares of `cell` metres."""

    frame: Frame

    @property
    def cell(self) -> float:
        return self.frame.width / COLUMNS

    @property
    def rows(self) -> int:
        return math.ceil(self.frame.height / self.cell)

    @property
    def last(self) -> str:
        """The square in the lower right corner."""
        return f"{LETTERS[-1]}{self.rows}"

    def point(self, cell: str) -> Point | None:
        """The middle of a square such as "D5" (SRID 4326); None where it is not on the map."""
        match = CELL.match(cell.strip().upper())
        if match is None or not 1 <= int(match[2]) <= self.rows:
            return None
        x = self.frame.west + (LETTERS.index(match[1]) + 0.5) * self.cell
        y = self.frame.south + self.frame.height - (int(match[2]) - 0.5) * self.cell
        return to_wgs84(Point(x, y, srid=RD))

    def name(self, point: GEOSGeometry) -> str:
        """The square in which a point (SRID 4326) lies; empty outside the map."""
        spot = to_rd(point)
        column = math.floor((spot.x - self.frame.west) / self.cell)
        row = math.floor((self.frame.south + self.frame.height - spot.y) / self.cell)
        inside = 0 <= column < COLUMNS and 0 <= row < self.rows
        return f"{LETTERS[column]}{row + 1}" if inside else ""

    def draw(
        self, areas: list[GEOSGeometry], own: GEOSGeometry | None, spots, letters: int
    ) -> SafeString:
        """The map as SVG; `areas` and `own` in the national grid, `spots` (number, point).

        `letters`: their height in units of the drawing.
        """
        frame = self.frame
        step = self.cell * frame.scale
        height = self.rows * step
        villages = [
            (name, *frame.point(*to_rd(spot).coords))
            for name, spot in Place.objects.filter(area__live=True).values_list("name", "geometry")
        ]
        markers = [
            {"number": number, "x": round(x), "y": round(y), "text_y": round(y + letters / 3)}
            for number, point in spots
            for x, y in [frame.point(*to_rd(point).coords)]
        ]
        return render_to_string(
            "surveys/paper/map.svg",
            {
                "letters": letters,
                "name_letters": letters - 1,
                "width": WIDTH,
                "height": round(height),
                "box": f"{-EDGE} {-EDGE} {WIDTH + 2 * EDGE} {round(height) + 2 * EDGE}",
                "full_width": WIDTH + 2 * EDGE,
                "full_height": round(height) + 2 * EDGE,
                "colors": palette()["light"],
                "areas": [path for path in map(frame.path, areas) if path],
                "own": frame.path(own) if own is not None and own.dims else "",
                "villages": _free_names(villages, height, letters),
                "markers": markers,
                "columns": [
                    (letter, round((place + 0.5) * step), round(place * step))
                    for place, letter in enumerate(LETTERS)
                ],
                "rows": [
                    (row + 1, round((row + 0.5) * step + letters / 3), round(row * step))
                    for row in range(self.rows)
                ],
                "bottom": round(height) + EDGE - 8,
                "right": WIDTH + EDGE / 2,
                "left": -EDGE / 2,
            },
        )


def _free_names(villages, height: float, letters: int) -> list[dict]:
    """Names of villages in view that do not cover one another."""
    free: list[dict] = []
    for name, x, y in villages:
        half = letters / 3.3 * len(name)
        seen = half < x < WIDTH - half and 2 * letters < y < height - 12
        if seen and not any(
            abs(other["x"] - x) < half + letters / 4 * len(other["name"])
            and abs(other["y"] - y) < 1.2 * letters
            for other in free
        ):
            free.append({"name": name, "x": round(x), "y": round(y), "text_y": round(y - 8)})
    return free


@dataclass(frozen=True)
class Ground:
    """What maps of one survey are drawn on: outlines of all areas, its own, and its own place."""

    areas: list[GEOSGeometry]
    area: GEOSGeometry | None
    place: GEOSGeometry | None

    def map_of(self, question: Question) -> PaperMap:
        """The map of a question: around its spots where it has them, else the whole area."""
        spots = [to_rd(point) for _number, point in spots_of(question)]
        if spots:
            return PaperMap(frame_around(None, [*spots, *([self.place] if self.place else [])]))
        return PaperMap(frame_around(self.area, [] if self.area is not None else self.areas))

    def drawing(self, question: Question, *, large: bool = False) -> SafeString:
        """The map of a question as SVG; one query."""
        letters = LARGE_LETTERS if large else USUAL_LETTERS
        return self.map_of(question).draw(self.areas, self.place, spots_of(question), letters)


def ground_of(survey) -> Ground:
    """What the maps of a survey are drawn on; two queries."""
    rows = (
        AreaPage.objects.live()
        .filter(geometry__isnull=False)
        .order_by("path")
        .values_list("path", "geometry")
    )
    shapes = {path: to_rd(geometry) for path, geometry in rows}
    own = next((shape for path, shape in shapes.items() if survey.path.startswith(path)), None)
    place = to_rd(survey.geometry) if survey.geometry else None
    return Ground(list(shapes.values()), own, place)


def spots_of(question: Question) -> list[tuple[int, Point]]:
    """Number and point of each spot in the list of a question."""
    found: list[tuple[int, Option]] = list(enumerate(question.options, start=1))
    return [
        (number, point)
        for number, option in found
        if question.kind == "shapes" and (point := spot_of(option)) is not None
    ]


def map_in_words(question: Question) -> str:
    """What the map shows, for who does not see it."""
    count = len(spots_of(question))
    if not count:
        return _("Kaart van het gebied, verdeeld in vakken met een letter en een cijfer.")
    return ngettext(
        "Kaart met %(n)s genummerde plek, verdeeld in vakken met een letter en een cijfer. De "
        "lijst eronder noemt de plek.",
        "Kaart met %(n)s genummerde plekken, verdeeld in vakken met een letter en een cijfer. De "
        "lijst eronder noemt ze.",
        count,
    ) % {"n": count}
