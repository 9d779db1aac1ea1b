"""Places in answers as counts in hexagons, of which none tells where one person pointed.

What stands here may be published. Besides cells with few responses, cells are left out until
those left out hold at least two cells and the threshold of responses together, so that a total
less what is shown does not give a small number back.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from math import floor, log, log10

from django.contrib.gis.db.models.functions import Transform
from django.contrib.gis.geos import GEOSGeometry, MultiPolygon
from django.db import connections, transaction
from django.db.models import Count, FloatField, Func, QuerySet
from django.utils.translation import gettext as _

from areas.models import AreaPage
from areas.villages import Village, villages
from cms import pagecache
from cms.geometry.grid import RD, to_rd, to_wgs84
from cms.geometry.mapconfig import map_config

from .hexagons import Cell, cell_sql, centre, hexagon
from .reading import spots_in

#: Distances between flat sides, in metres, that an editor chooses from.
SIZES = (250, 500, 1000)
DEFAULT_SIZE = 500
LETTERS = "ABCD"
#: Where classes begin, as multiples of the threshold.
STEPS = (1, 2, 4, 10)
#: So far that two round numbers are never the same.
FAR_ABOVE = 4
DECIMALS = 6


@dataclass(frozen=True)
class Class:
    """Cells of about the same count: a letter, the lowest and the highest count (None: no end)."""

    letter: str
    low: int
    high: int | None

    @property
    def label(self) -> str:
        if self.high is None:
            return _("%(low)s of meer inzendingen") % {"low": self.low}
        return _("%(low)s tot en met %(high)s inzendingen") % {"low": self.low, "high": self.high}


@dataclass(frozen=True)
class Row:
    """A cell or a village: its name, its number of responses, percent of `Grid.total`, class."""

    name: str
    count: int
    percent: int
    letter: str = ""
    shape: dict | None = None


@dataclass(frozen=True)
class Grid:
    """Places in answers, safe to publish.

    `total`: responses with a spot of their own on the map, or 0 where those are fewer than the
    threshold. `cells` and `villages` (responses that chose a village or district in place of a
    spot), the largest first. `hidden` and `hidden_villages`: how many are left out, the
    others being too few or needed to keep those secret. `classes`: those that occur.
    """

    size: int
    threshold: int
    total: int
    cells: list[Row]
    hidden: int
    villages: list[Row]
    hidden_villages: int

    @property
    def classes(self) -> list[Class]:
        used = {row.letter for row in self.cells}
        most = max((row.count for row in self.cells), default=0)
        return [step for step in classes(self.threshold, most) if step.letter in used]

    @property
    def map_config(self) -> dict:
        """Config for components/map.html: a layer a class, with the cells in it."""
        return map_config(
            [self._layer(step) for step in self.classes], fit=True, label=_("Kaart met vakken")
        )

    def feature_collection(self) -> dict:
        """The cells as GeoJSON (RFC 7946, WGS 84): name, count and class of each."""
        return {
            "type": "FeatureCollection",
            "features": [
                {
                    "type": "Feature",
                    "geometry": row.shape,
                    "properties": {"name": row.name, "count": row.count, "class": row.letter},
                }
                for row in self.cells
            ],
        }

    def _layer(self, step: Class) -> dict:
        return {
            "key": f"vakken-{step.letter.lower()}",
            "label": step.label,
            "singular": step.label,
            "letter": step.letter,
            "shape": "hexagon",
            "color": f"grid-{step.letter.lower()}",
            "fills": True,
            "data": {
                "type": "FeatureCollection",
                "features": [
                    {
                        "type": "Feature",
                        "id": number,
                        "geometry": row.shape,
                        "properties": {
                            "title": f"{row.name}: {row.count}",
                            "short": str(row.count),
                            "url": "",
                        },
                    }
                    for number, row in enumerate(self.cells, start=1)
                    if row.letter == step.letter
                ],
            },
        }


def classes(threshold: int, most: int = 0) -> list[Class]:
    """Classes of counts from the threshold up, for a map on which `most` is the highest.

    They are fixed, so that maps can be compared. Where the highest is far above them, each class
    begins about as many times higher than the one before, at a round number.
    """
    low = max(threshold, 1)
    starts = [low * step for step in STEPS]
    if most > FAR_ABOVE * starts[-1]:
        ratio = (most / low) ** (1 / len(STEPS))
        starts = [low, *(_round_number(low * ratio**step) for step in range(1, len(STEPS)))]
    ends = [start - 1 for start in starts[1:]] + [None]
    return [Class(*step) for step in zip(LETTERS, starts, ends, strict=True)]


def _round_number(number: float) -> int:
    """The nearest of 1, 2 and 5 times a power of ten, by factor."""
    power = 10 ** floor(log10(number))
    return min((power * step for step in (1, 2, 5, 10)), key=lambda near: abs(log(near / number)))


def answers_grid(answers: QuerySet, *, threshold: int, size: int = DEFAULT_SIZE) -> Grid:
    """Count the places in answers, in hexagons of `size` metres between flat sides.

    One statement, with what is remembered of areas and villages; three queries where that is not.

    `answers` are those to one question, of the responses that count. Publish one size only: a
    large cell less the small ones in it would tell what each of them hides.
    """
    total, counts, by_place = _counts(spots_in(answers).order_by(), size)
    inside = _inside(counts, size)
    shown = protected(inside, threshold, secret=[counts[key] for key in counts.keys() - inside])
    known = villages()
    chosen = _by_village(by_place, known)
    shown_villages = protected(chosen, threshold)
    return Grid(
        size=size,
        threshold=threshold,
        total=total if total >= threshold else 0,
        cells=_cell_rows(shown, total, threshold, size, known),
        hidden=len(counts) - len(shown),
        villages=[
            Row(name, count, _percent(count, sum(chosen.values())))
            for name, count in sorted(shown_villages.items(), key=lambda row: (-row[1], row[0]))
        ],
        hidden_villages=len(chosen) - len(shown_villages),
    )


def protected(counts: dict, threshold: int, secret: Iterable[int] = ()) -> dict:
    """Those of `counts` that can be shown beside their total.

    What is left out, with the counts in `secret` that are left out anyhow, is nothing at all, or
    at least two counts of together at least the threshold: the smallest others go along.
    """
    shown = {key: count for key, count in counts.items() if count >= threshold}
    lost = [*secret, *(count for count in counts.values() if count < threshold)]
    smallest = sorted(shown, key=lambda key: (shown[key], key), reverse=True)
    while smallest and lost and (len(lost) < 2 or sum(lost) < threshold):
        lost.append(shown.pop(smallest.pop()))
    return shown


def _counts(
    places: QuerySet, size: int
) -> tuple[int, dict[Cell, int], list[tuple[float, float, int]]]:
    """Responses with a spot of their own, those by cell, and (x, y, responses) by village chosen.

    Counted by the database; a response with two places in a cell counts once.
    """
    grid = Transform("place", RD)
    placed = (
        places.filter(approximate=False)
        .annotate(x=_coordinate("ST_X", grid), y=_coordinate("ST_Y", grid))
        .values_list("response_id", "x", "y")
    )
    chosen = (
        places.filter(approximate=True)
        .annotate(x=_coordinate("ST_X", "place"), y=_coordinate("ST_Y", "place"))
        .values_list("x", "y")
        .annotate(count=Count("response_id", distinct=True))
    )
    spots, params = placed.query.get_compiler(placed.db).as_sql()
    middles, more = chosen.query.get_compiler(placed.db).as_sql()
    statement = (
        f"WITH placed(response_id, x, y) AS MATERIALIZED ({spots}), "  # noqa: S608
        f"chosen(x, y, number) AS ({middles}), {cell_sql(size)} "
        "SELECT 'cell', i, j, count(DISTINCT response_id) FROM celled GROUP BY i, j "
        "UNION ALL SELECT 'all', NULL, NULL, count(DISTINCT response_id) FROM celled "
        "UNION ALL SELECT 'village', x, y, number FROM chosen"
    )
    # Whoever asks within a transaction of their own needs no way back to halfway.
    with (
        transaction.atomic(using=placed.db, savepoint=False),
        connections[placed.db].cursor() as cursor,
    ):
        if connections[placed.db].vendor == "postgresql":
            # The planner thinks so highly of the cost of a transformation that it compiles the
            # statement first, which takes longer than running it.
            cursor.execute("SET LOCAL jit = off")
        cursor.execute(statement, [*params, *more])
        found = cursor.fetchall()
    total = next(count for what, _x, _y, count in found if what == "all")
    cells = {(int(i), int(j)): count for what, i, j, count in found if what == "cell"}
    return total, cells, [tuple(row) for what, *row in found if what == "village"]


def _inside(counts: dict[Cell, int], size: int) -> dict[Cell, int]:
    """The cells that touch the municipality; all where no area has a boundary yet."""
    areas = [GEOSGeometry(memoryview(wkb), srid=RD).prepared for wkb in _boundaries()]
    if not areas:
        return dict(counts)
    return {
        cell: count
        for cell, count in counts.items()
        if any(area.intersects(shape) for shape in [hexagon(cell, size)] for area in areas)
    }


def _boundaries() -> tuple[bytes, ...]:
    """The boundaries of the areas in RD as WKB, kept as long as a page; one query, or none.

    Geometries themselves are not shared: threads may not prepare the same one at once.
    """
    drawn = AreaPage.objects.live().filter(geometry__isnull=False)
    return pagecache.remember(
        ("boundaries-rd",),
        lambda: tuple(
            bytes(to_rd(geometry).wkb) for geometry in drawn.values_list("geometry", flat=True)
        ),
    )


def _by_village(
    rows: Iterable[tuple[float, float, int]], known: Iterable[Village]
) -> dict[str, int]:
    """Responses by the village or district that they chose in place of a spot."""
    names = {_rounded(village.lon, village.lat): village.name for village in known}
    counts: Counter[str] = Counter()
    for x, y, count in rows:
        counts[names.get(_rounded(x, y)) or _("Andere plek")] += count
    return dict(counts)


def _cell_rows(
    shown: dict[Cell, int],
    total: int,
    threshold: int,
    size: int,
    known: Iterable[Village],
) -> list[Row]:
    """The cells to show, named after the nearest village and numbered from north to south."""
    middles = [(place.name, *to_rd(place.point).coords) for place in known] if shown else []
    order = sorted(shown, key=lambda cell: (-cell[1], cell[0]))
    steps = classes(threshold, max(shown.values(), default=0))
    numbers: Counter[str] = Counter()
    rows = []
    for cell, shape in zip(order, _shapes(order, size), strict=True):
        x, y = centre(cell, size)
        near = min(
            middles,
            key=lambda middle: (middle[1] - x) ** 2 + (middle[2] - y) ** 2,
            default=(_("Vak"),),
        )
        numbers[near[0]] += 1
        name, count = f"{near[0]} {numbers[near[0]]}", shown[cell]
        letter = next(step.letter for step in reversed(steps) if count >= step.low)
        rows.append(Row(name, count, _percent(count, total), letter, shape))
    return sorted(rows, key=lambda row: -row.count)


def _shapes(cells: list[Cell], size: int) -> list[dict]:
    """Cells as GeoJSON in degrees; brought there all at once, which is much quicker."""
    if not cells:
        return []
    together = to_wgs84(MultiPolygon([hexagon(cell, size) for cell in cells], srid=RD))
    return [
        {"type": "Polygon", "coordinates": [[list(_rounded(*spot)) for spot in ring]]}
        for (ring,) in together.coords
    ]


def _coordinate(function: str, source) -> Func:
    return Func(source, function=function, output_field=FloatField())


def _rounded(x: float, y: float) -> tuple[float, float]:
    return round(x, DECIMALS), round(y, DECIMALS)


def _percent(count: int, total: int) -> int:
    return round(100 * count / total) if total else 0
