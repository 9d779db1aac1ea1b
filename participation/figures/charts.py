"""The geometry of a line chart, for a template that writes it as SVG."""

import math
from collections.abc import Callable, Sequence
from decimal import Decimal

WIDTH, HEIGHT = 600, 260
LEFT, RIGHT, TOP, BOTTOM = 92, 30, 34, 44
TICKS = 4
#: With more points than this only the first and the last carry their value.
MOST_LABELS = 8
#: Years below the line, at most.
MOST_YEARS = 10
Points = Sequence[tuple[int, Decimal]]


def line_chart(points: Points, *, text: Callable[[Decimal], str]) -> dict:
    """Coordinates (SVG user units, as texts) of a line through (year, value) points by year.

    `text` formats a value. Gives view_box, path, dots, years, ticks, axis and from_zero.
    """
    years = [year for year, _value in points]
    values = [float(value) for _year, value in points]
    ticks = nice_ticks(min(values), max(values))
    low, high = ticks[0], ticks[-1]
    span = max(years[-1] - years[0], 1)

    def x(year: int) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * (year - years[0]) / span

    def y(value: float) -> float:
        return TOP + (HEIGHT - TOP - BOTTOM) * (high - value) / (high - low)

    labelled = range(len(points)) if len(points) <= MOST_LABELS else (0, len(points) - 1)
    every = math.ceil(len(points) / MOST_YEARS)
    dots = [
        {
            "x": _number(x(year)),
            "y": _number(y(float(value))),
            "text": text(value) if position in labelled else "",
            **_label(position, values, x(year), y(float(value))),
        }
        for position, (year, value) in enumerate(points)
    ]
    return {
        "view_box": f"0 0 {WIDTH} {HEIGHT}",
        "path": "M" + "L".join(f"{dot['x']} {dot['y']}" for dot in dots),
        "dots": dots,
        "years": [
            {"x": dots[position]["x"], "y": HEIGHT - BOTTOM + 28, "text": str(years[position])}
            for position in range(0, len(points), every)
        ],
        "ticks": [
            {"y": _number(y(tick)), "label_y": _number(y(tick) + 5), "text": text(_decimal(tick))}
            for tick in ticks
        ],
        "left": LEFT,
        "right": WIDTH - RIGHT,
        "label_x": LEFT - 12,
        "from_zero": low == 0,
    }


def nice_ticks(lowest: float, highest: float) -> list[float]:
    """Round numbers that hold all values: from zero, unless the values lie close together.

    A line shows change, so it may start higher; a caption then says so.
    """
    if lowest >= 0 and lowest < highest * 0.75:
        lowest = 0.0
    if lowest == highest:
        margin = abs(lowest) * 0.1 or 1
        lowest, highest = lowest - margin, highest + margin
    rough = (highest - lowest) / TICKS
    magnitude = 10.0 ** math.floor(math.log10(rough))
    step = next(
        factor * magnitude for factor in (1, 2, 2.5, 5, 10) if factor * magnitude >= rough * 0.999
    )
    first, last = math.floor(lowest / step), math.ceil(highest / step)
    return [round(number * step, 6) for number in range(first, last + 1)]


def _number(value: float) -> str:
    """A coordinate with a decimal point, whatever the language of the page."""
    return f"{value:.1f}"


def _decimal(value: float) -> Decimal:
    return Decimal(str(value))


def _label(position: int, values: list[float], x: float, y: float) -> dict:
    """Where the value of a dot is written, so that the line does not run through it."""
    here = values[position]
    before = values[position - 1] if position else None
    after = values[position + 1] if position + 1 < len(values) else None
    if before is None or after is None:
        higher = after if before is None else before
        below = higher is not None and higher > here
        anchor = "start" if before is None else "end"
        shift = -6 if before is None else 6
    else:
        below = before > here < after
        anchor, shift = "middle", 0
        if before <= here < after:
            anchor, shift = "end", 6
        elif before > here >= after:
            anchor, shift = "start", -6
    return {
        "label_x": _number(x + shift),
        "label_y": _number(y + 24 if below else y - 14),
        "anchor": anchor,
    }
