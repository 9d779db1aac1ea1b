"""Houses and what stands in streets and on squares."""

from . import colors as k
from .canvas import Canvas, Color, mix


def windows(c, left, top, right, bottom, *, columns, rows, color=k.GLASS, frame=k.WHITE) -> None:
    """A grid of windows on a wall."""
    wide, high = (right - left) / columns, (bottom - top) / rows
    for column in range(columns):
        for row in range(rows):
            x, y = left + column * wide, top + row * high
            c.box(x + wide * 0.2, y + high * 0.2, x + wide * 0.8, y + high * 0.82, frame)
            c.box(x + wide * 0.26, y + high * 0.26, x + wide * 0.74, y + high * 0.76, color)


def house(
    c: Canvas,
    x: float,
    base: float,
    size: float,
    *,
    wall: Color = k.BRICK,
    roof: Color = k.DARK_ROOF,
    door: Color = k.TEAL,
) -> None:
    """A small house, seen from its gable; `size` is its width."""
    top = base - size * 0.72
    peak = base - size * 1.32
    c.polygon([(x, base), (x, top), (x + size / 2, peak), (x + size, top), (x + size, base)], wall)
    c.polygon(
        [
            (x - size * 0.07, top + size * 0.05),
            (x + size / 2, peak - size * 0.09),
            (x + size * 1.07, top + size * 0.05),
            (x + size * 1.0, top + size * 0.08),
            (x + size / 2, peak + size * 0.03),
            (x, top + size * 0.08),
        ],
        roof,
    )
    c.box(x + size * 0.72, peak - size * 0.02, x + size * 0.82, peak + size * 0.3, roof)
    windows(
        c, x + size * 0.3, base - size * 1.05, x + size * 0.7, base - size * 0.72, columns=1, rows=1
    )
    windows(
        c, x + size * 0.06, base - size * 0.62, x + size * 0.6, base - size * 0.1, columns=2, rows=1
    )
    c.box(x + size * 0.66, base - size * 0.5, x + size * 0.88, base, k.WHITE)
    c.box(x + size * 0.69, base - size * 0.46, x + size * 0.85, base, door)


def terrace(
    c: Canvas, x: float, base: float, wide: float, count: int, *, wall: Color, roof: Color = k.ROOF
) -> None:
    """A row of houses with one long roof, as in the districts."""
    high = wide * 0.95
    c.box(x, base - high, x + wide * count, base, wall)
    c.polygon(
        [
            (x - 8, base - high + 4),
            (x + wide * 0.28, base - high - wide * 0.52),
            (x + wide * (count - 0.28), base - high - wide * 0.52),
            (x + wide * count + 8, base - high + 4),
        ],
        roof,
    )
    for number in range(count):
        left = x + number * wide
        windows(
            c,
            left + wide * 0.05,
            base - high * 0.96,
            left + wide * 0.95,
            base - high * 0.52,
            columns=2,
            rows=1,
        )
        c.box(left + wide * 0.1, base - high * 0.42, left + wide * 0.58, base - high * 0.1, k.WHITE)
        c.box(
            left + wide * 0.13, base - high * 0.39, left + wide * 0.55, base - high * 0.13, k.GLASS
        )
        c.box(
            left + wide * 0.68, base - high * 0.42, left + wide * 0.9, base, k.CLOTHES[number % 4]
        )
        c.box(
            left + wide * 0.4,
            base - high - wide * 0.42,
            left + wide * 0.6,
            base - high - wide * 0.2,
            mix(roof, k.INK, 0.35),
        )
        c.line([(left, base - high), (left, base)], mix(wall, k.INK, 0.15), 1.5)


def church(c: Canvas, x: float, base: float, size: float) -> None:
    """A village church with a spire; `size` is its height."""
    wall = k.PALE_BRICK
    c.box(x, base - size * 0.62, x + size * 0.2, base, wall)
    c.polygon(
        [
            (x - size * 0.02, base - size * 0.62),
            (x + size * 0.1, base - size),
            (x + size * 0.22, base - size * 0.62),
        ],
        k.DARK_ROOF,
    )
    c.box(x + size * 0.2, base - size * 0.3, x + size * 0.72, base, wall)
    c.polygon(
        [
            (x + size * 0.2, base - size * 0.3),
            (x + size * 0.26, base - size * 0.48),
            (x + size * 0.66, base - size * 0.48),
            (x + size * 0.74, base - size * 0.3),
        ],
        k.ROOF,
    )
    c.circle(x + size * 0.1, base - size * 0.52, size * 0.05, k.WHITE)
    for number in range(3):
        left = x + size * (0.28 + number * 0.15)
        c.box(
            left, base - size * 0.22, left + size * 0.06, base - size * 0.06, k.GLASS, size * 0.03
        )


def tower(
    c: Canvas, x: float, base: float, wide: float, high: float, *, wall: Color, columns: int = 4
) -> None:
    """A block of flats."""
    c.box(x, base - high, x + wide, base, wall)
    c.shade(
        [
            (x + wide * 0.72, base - high),
            (x + wide, base - high),
            (x + wide, base),
            (x + wide * 0.72, base),
        ],
        k.INK,
        0.1,
    )
    windows(
        c,
        x + wide * 0.06,
        base - high + 12,
        x + wide * 0.94,
        base - 18,
        columns=columns,
        rows=max(3, round(high / 34)),
        frame=mix(wall, k.WHITE, 0.55),
    )


def stall(
    c: Canvas, x: float, base: float, size: float, *, color: Color, fruit: bool = True
) -> None:
    """A market stall with a striped roof; `size` is its width. Without fruit it has no counter."""
    for place in (0.04, 0.94):
        c.box(x + size * place, base - size * 0.74, x + size * (place + 0.025), base, k.STONE)
    top, low = base - size * 0.98, base - size * 0.72
    count = 8
    for number in range(count):
        first, last = number / count, (number + 1) / count
        shade = color if number % 2 else k.WHITE
        c.polygon(
            [
                (x + size * (0.08 + first * 0.84), top),
                (x + size * (0.08 + last * 0.84), top),
                (x + size * (-0.06 + last * 1.12), low),
                (x + size * (-0.06 + first * 1.12), low),
            ],
            shade,
        )
        c.circle(x + size * (-0.06 + (first + last) * 0.56), low, size * 0.07, shade)
    if not fruit:
        return
    c.box(x, base - size * 0.3, x + size, base - size * 0.02, mix(color, k.WHITE, 0.72))
    c.box(x - size * 0.02, base - size * 0.34, x + size * 1.02, base - size * 0.28, k.WOOD)
    goods = [k.CLOTHES[2], k.CLOTHES[4], k.GRASS, k.WHEAT, k.PURPLE]
    for number in range(9):
        place = x + size * (0.08 + number * 0.105)
        c.circle(place, base - size * 0.36, size * 0.045, goods[(number // 2) % 5])


def bench(c: Canvas, x: float, base: float, size: float) -> None:
    wood = k.WOOD
    c.box(x, base - size * 0.28, x + size, base - size * 0.22, wood, 2)
    c.box(x, base - size * 0.5, x + size, base - size * 0.4, wood, 2)
    for place in (0.1, 0.86):
        c.box(x + size * place, base - size * 0.48, x + size * (place + 0.05), base, k.INK)


def lamp(c: Canvas, x: float, base: float, size: float) -> None:
    c.box(x - 3, base - size, x + 3, base, k.INK)
    c.polygon(
        [
            (x - 14, base - size + 4),
            (x + 14, base - size + 4),
            (x + 8, base - size - 12),
            (x - 8, base - size - 12),
        ],
        k.INK,
    )
