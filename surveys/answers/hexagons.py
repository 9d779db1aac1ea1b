"""A grid of hexagons over the national grid (EPSG:28992): which one a point is in, and its shape.

The centres of hexagons with a point to the north are two grids of rectangles of `width` by
`width * sqrt(3)`, of which the second lies half a rectangle away. A point belongs to the nearest
centre of both (the method of Carr et al., JASA 1987). That is arithmetic only, so that both
databases give the same cells; neither needs a function for grids.
"""

from math import sqrt

from django.contrib.gis.geos import Polygon

ROOT3 = sqrt(3)

Cell = tuple[int, int]


def cell_sql(width: int) -> str:
    """SQL of the cells of rows `placed(response_id, x, y)`, x and y in metres.

    Gives two common table expressions, of which `celled` has response_id, i and j: twice the
    centre of the cell, in widths and heights of the rectangles.
    """
    size = f"{int(width)}.0"
    high = repr(int(width) * ROOT3)
    near = f"floor(x / {size} + 0.5)", f"floor(y / {high} + 0.5)"
    half = f"floor(x / {size}) + 0.5", f"floor(y / {high}) + 0.5"
    return f"""
    centred AS MATERIALIZED (SELECT response_id, x / {size} AS u, y / {high} AS v,
        {near[0]} AS a, {near[1]} AS b, {half[0]} AS c, {half[1]} AS d FROM placed),
    celled AS (SELECT response_id,
        CASE WHEN (u - a) * (u - a) + 3 * (v - b) * (v - b)
                <= (u - c) * (u - c) + 3 * (v - d) * (v - d)
            THEN 2 * a ELSE 2 * c END AS i,
        CASE WHEN (u - a) * (u - a) + 3 * (v - b) * (v - b)
                <= (u - c) * (u - c) + 3 * (v - d) * (v - d)
            THEN 2 * b ELSE 2 * d END AS j FROM centred)"""  # noqa: S608


def centre(cell: Cell, width: int) -> tuple[float, float]:
    """The middle of a cell, in metres of EPSG:28992."""
    i, j = cell
    return i * width / 2, j * width * ROOT3 / 2


def hexagon(cell: Cell, width: int) -> Polygon:
    """The shape of a cell in EPSG:28992; `width` is the distance between flat sides."""
    x, y = centre(cell, width)
    half, side = width / 2, width / ROOT3
    corners = (
        (0, side), (half, side / 2), (half, -side / 2),
        (0, -side), (-half, -side / 2), (-half, side / 2), (0, side),
    )  # fmt: skip
    return Polygon([(x + east, y + north) for east, north in corners], srid=28992)
