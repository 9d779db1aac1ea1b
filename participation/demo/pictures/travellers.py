"""People, and what they ride and sail in."""

from . import colors as k
from .buildings import windows
from .canvas import Canvas, Color, mix, rgb


def person(
    c: Canvas, x: float, base: float, size: float, *, number: int = 0, bag: bool = False
) -> None:
    """Somebody who stands; `size` is the height. `number` chooses skin and clothes."""
    skin, coat = k.SKIN[number % 4], k.CLOTHES[number % 6]
    legs = mix(k.INK, k.CLOTHES[(number + 3) % 6], 0.25)
    c.box(x - size * 0.075, base - size * 0.45, x - size * 0.01, base, legs, size * 0.02)
    c.box(x + size * 0.01, base - size * 0.45, x + size * 0.075, base, legs, size * 0.02)
    c.box(
        x - size * 0.115, base - size * 0.8, x + size * 0.115, base - size * 0.38, coat, size * 0.07
    )
    c.box(
        x - size * 0.165,
        base - size * 0.78,
        x - size * 0.1,
        base - size * 0.42,
        mix(coat, k.INK, 0.15),
        size * 0.03,
    )
    c.box(
        x + size * 0.1,
        base - size * 0.78,
        x + size * 0.165,
        base - size * 0.42,
        mix(coat, k.INK, 0.15),
        size * 0.03,
    )
    c.circle(x, base - size * 0.9, size * 0.085, skin)
    hair = [rgb("#4a3328"), rgb("#2c2523"), rgb("#c9a15d"), rgb("#d8d4cd")][(number // 2) % 4]
    c.pen.pieslice(
        [
            (x - size * 0.092) * 2,
            (base - size * 0.995) * 2,
            (x + size * 0.092) * 2,
            (base - size * 0.82) * 2,
        ],
        180,
        360,
        fill=hair,
    )
    if bag:
        c.box(
            x + size * 0.11,
            base - size * 0.46,
            x + size * 0.24,
            base - size * 0.28,
            k.PALE_PURPLE,
            size * 0.02,
        )


def cyclist(c: Canvas, x: float, base: float, size: float, *, number: int = 0) -> None:
    """Somebody on a bicycle, riding to the right; `size` is the height."""
    wheel = size * 0.22
    back, front, axle = x - size * 0.3, x + size * 0.3, base - wheel
    for place in (back, front):
        c.ring(place, axle, wheel, k.INK, size * 0.022)
    saddle, crank = (x - size * 0.13, axle - size * 0.28), (x - size * 0.02, axle + size * 0.01)
    head = (x + size * 0.22, axle - size * 0.34)
    frame = k.CLOTHES[(number + 1) % 6]
    for points in [
        [(back, axle), saddle],
        [saddle, crank],
        [crank, (back, axle)],
        [crank, head],
        [saddle, head],
        [head, (front, axle)],
    ]:
        c.line(points, frame, size * 0.028)
    skin, coat = k.SKIN[number % 4], k.CLOTHES[number % 6]
    hip, knee = (
        (saddle[0] + size * 0.02, saddle[1] - size * 0.02),
        (x + size * 0.12, axle - size * 0.17),
    )
    c.line([hip, knee, (x + size * 0.02, axle + size * 0.06)], k.INK, size * 0.075)
    shoulder = (x + size * 0.03, saddle[1] - size * 0.3)
    c.line([hip, shoulder], coat, size * 0.15)
    c.circle(*shoulder, size * 0.075, coat)
    c.line([shoulder, (head[0], head[1] - size * 0.02)], mix(coat, k.INK, 0.15), size * 0.055)
    c.circle(shoulder[0] + size * 0.03, shoulder[1] - size * 0.14, size * 0.075, skin)
    c.ellipse(
        shoulder[0] + size * 0.02,
        shoulder[1] - size * 0.19,
        size * 0.08,
        size * 0.045,
        rgb("#4a3328") if number % 2 else rgb("#c9a15d"),
    )


def boat(c: Canvas, x: float, base: float, size: float, color: Color = k.PURPLE) -> None:
    """A small cabin boat; `size` is its length."""
    c.shade(
        [
            (x, base),
            (x + size, base),
            (x + size * 0.9, base + size * 0.1),
            (x + size * 0.1, base + size * 0.1),
        ],
        k.INK,
        0.18,
    )
    c.polygon(
        [
            (x - size * 0.04, base - size * 0.16),
            (x + size * 1.08, base - size * 0.19),
            (x + size * 0.92, base + size * 0.03),
            (x + size * 0.06, base + size * 0.03),
        ],
        k.WHITE,
    )
    c.polygon(
        [
            (x, base - size * 0.06),
            (x + size * 0.99, base - size * 0.07),
            (x + size * 0.92, base + size * 0.03),
            (x + size * 0.06, base + size * 0.03),
        ],
        color,
    )
    c.box(
        x + size * 0.2,
        base - size * 0.34,
        x + size * 0.62,
        base - size * 0.16,
        k.WHITE,
        size * 0.03,
    )
    windows(
        c,
        x + size * 0.22,
        base - size * 0.33,
        x + size * 0.6,
        base - size * 0.17,
        columns=3,
        rows=1,
    )


def train(c: Canvas, x: float, base: float, size: float, *, color: Color = k.YELLOW) -> None:
    """A train with three coaches; `size` is the length of a coach."""
    for number in range(3):
        left = x + number * size * 1.02
        c.box(left, base - size * 0.3, left + size, base, color, size * 0.05)
        c.box(left, base - size * 0.1, left + size, base - size * 0.05, rgb("#2f4f8f"))
        windows(
            c,
            left + size * 0.06,
            base - size * 0.27,
            left + size * 0.94,
            base - size * 0.1,
            columns=7,
            rows=1,
            frame=k.INK,
        )
    nose = x + size * 3.04
    c.polygon(
        [
            (nose - size * 0.1, base - size * 0.3),
            (nose + size * 0.06, base - size * 0.24),
            (nose + size * 0.16, base),
            (nose - size * 0.1, base),
        ],
        color,
    )
    c.polygon(
        [
            (nose, base - size * 0.26),
            (nose + size * 0.05, base - size * 0.24),
            (nose + size * 0.1, base - size * 0.12),
            (nose, base - size * 0.12),
        ],
        k.INK,
    )
