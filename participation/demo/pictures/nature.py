"""Sky, water, trees and what turns in the wind."""

import math

from . import colors as k
from .canvas import HEIGHT, WIDTH, Canvas, Color, mix, rgb


def sky(c: Canvas, *, horizon: float, high: Color = k.SKY_HIGH, low: Color = k.SKY_LOW) -> None:
    """Sky down to the horizon."""
    c.wash(0, horizon + 40, high, low)


def sun(c: Canvas, x: float, y: float, radius: float = 46) -> None:
    c.glow(x, y, radius * 4.5, k.SUN, 0.6)
    c.circle(x, y, radius, k.SUN)


def cloud(c: Canvas, x: float, y: float, size: float) -> None:
    """A flat-bottomed cloud, as over the polder."""
    parts = [
        (-1.5, 0, 0.55),
        (-0.8, -0.28, 0.75),
        (0, -0.42, 0.95),
        (0.85, -0.2, 0.72),
        (1.55, 0.02, 0.5),
    ]
    for dx, dy, radius in parts:
        c.circle(x + dx * size, y + dy * size, radius * size, k.CLOUD)
    c.box(x - 2.05 * size, y, x + 2.05 * size, y + 0.56 * size, k.CLOUD, 0.28 * size)


def clouds(c: Canvas, places) -> None:
    for x, y, size in places:
        cloud(c, x, y, size)


def birds(c: Canvas, x: float, y: float, count: int) -> None:
    """Geese in a line."""
    for number in range(count):
        dx, dy = x + number * 34, y - abs(number - count / 2) * 11
        c.line([(dx - 11, dy - 5), (dx, dy), (dx + 11, dy - 5)], mix(k.INK, k.SKY_HIGH, 0.35), 2.4)


def treeline(c: Canvas, base: float, color: Color, *, size: float = 16) -> None:
    """A far row of trees over the whole width."""
    x = -size
    while x < WIDTH + size:
        radius = size * c.random.uniform(0.7, 1.3)
        c.circle(x, base - radius * 0.5, radius, color)
        x += radius * c.random.uniform(0.7, 1.4)
    c.box(0, base - size * 0.6, WIDTH, base + 4, color)


def tree(c: Canvas, x: float, base: float, size: float, color: Color = k.MOSS) -> None:
    """A round tree; `size` is its height."""
    trunk = size * 0.055
    c.polygon(
        [
            (x - trunk, base),
            (x + trunk, base),
            (x + trunk * 0.5, base - size * 0.5),
            (x - trunk * 0.5, base - size * 0.5),
        ],
        rgb("#7a5a44"),
    )
    dark = mix(color, k.INK, 0.18)
    light = mix(color, k.SUN, 0.22)
    for dx, dy, radius in [(-0.2, 0.5, 0.2), (0.2, 0.5, 0.2), (0, 0.62, 0.28)]:
        c.circle(x + dx * size, base - dy * size, radius * size, dark)
    for dx, dy, radius in [(-0.13, 0.57, 0.17), (0.13, 0.56, 0.17), (0, 0.7, 0.22)]:
        c.circle(x + dx * size, base - dy * size, radius * size, color)
    c.circle(x - 0.07 * size, base - 0.74 * size, 0.11 * size, light)


def poplar(c: Canvas, x: float, base: float, size: float, color: Color = k.MOSS) -> None:
    """A slim tree, as along polder roads."""
    c.box(x - size * 0.02, base - size * 0.3, x + size * 0.02, base, rgb("#7a5a44"))
    c.ellipse(x, base - size * 0.56, size * 0.13, size * 0.44, mix(color, k.INK, 0.12))
    c.ellipse(x - size * 0.025, base - size * 0.58, size * 0.085, size * 0.38, color)


def bush(c: Canvas, x: float, base: float, size: float, color: Color = k.GRASS) -> None:
    for dx, radius in [(-0.5, 0.42), (0.5, 0.4), (0, 0.55)]:
        c.circle(x + dx * size, base - radius * size * 0.6, radius * size, color)


def reeds(c: Canvas, left: float, right: float, base: float, size: float) -> None:
    """Reed along a bank."""
    x = left
    while x < right:
        tall = size * c.random.uniform(0.6, 1.1)
        lean = c.random.uniform(-0.18, 0.18) * tall
        shade = c.random.choice([rgb("#8c9a56"), rgb("#a5ac63"), rgb("#6f8a4f")])
        c.line([(x, base), (x + lean, base - tall)], shade, 2.6)
        if c.random.random() < 0.3:
            c.ellipse(x + lean, base - tall, 3, 9, rgb("#8a6240"))
        x += c.random.uniform(5, 11)


def water(c: Canvas, top: float, bottom: float) -> None:
    """Water over the whole width, with streaks of light."""
    c.wash(top, bottom, mix(k.WATER, k.WHITE, 0.25), k.DEEP_WATER)
    for _ in range(46):
        depth = c.random.random() ** 0.7
        y = top + (bottom - top) * depth
        length = 30 + 150 * depth * c.random.random()
        x = c.random.uniform(-60, WIDTH)
        c.box(x, y, x + length, y + 1.5 + 2.5 * depth, mix(k.WATER, k.WHITE, 0.45), 2)


def foreground(c: Canvas, base: float, color: Color) -> None:
    """Grass with flowers along the lower edge."""
    c.ground(base, 10, color, waves=2, shift=1.2)
    for _ in range(70):
        x = c.random.uniform(0, WIDTH)
        y = c.random.uniform(base + 16, HEIGHT - 8)
        tint = c.random.choice([k.WHITE, rgb("#f2d15c"), k.PALE_PURPLE, mix(color, k.SUN, 0.35)])
        c.circle(x, y, c.random.uniform(2, 4.2), tint)


def windmill(c: Canvas, x: float, base: float, size: float) -> None:
    """An old polder mill."""
    c.polygon(
        [
            (x - size * 0.17, base),
            (x + size * 0.17, base),
            (x + size * 0.1, base - size * 0.6),
            (x - size * 0.1, base - size * 0.6),
        ],
        rgb("#8a6b52"),
    )
    c.box(x - size * 0.19, base - size * 0.2, x + size * 0.19, base - size * 0.16, k.WHITE)
    c.polygon(
        [
            (x - size * 0.12, base - size * 0.6),
            (x + size * 0.12, base - size * 0.6),
            (x + size * 0.06, base - size * 0.74),
            (x - size * 0.06, base - size * 0.74),
        ],
        k.DARK_ROOF,
    )
    hub = (x, base - size * 0.66)
    for turn in range(4):
        angle = math.radians(28 + 90 * turn)
        end = (hub[0] + math.cos(angle) * size * 0.52, hub[1] + math.sin(angle) * size * 0.52)
        side = (
            math.cos(angle + math.pi / 2) * size * 0.075,
            math.sin(angle + math.pi / 2) * size * 0.075,
        )
        start = (hub[0] + math.cos(angle) * size * 0.12, hub[1] + math.sin(angle) * size * 0.12)
        c.polygon(
            [
                start,
                end,
                (end[0] + side[0], end[1] + side[1]),
                (start[0] + side[0], start[1] + side[1]),
            ],
            k.WHITE,
        )
        c.line([hub, end], rgb("#6b5140"), size * 0.022)
    c.circle(*hub, size * 0.03, k.INK)
    c.box(x - size * 0.04, base - size * 0.13, x + size * 0.04, base, k.TEAL)


def turbine(c: Canvas, x: float, base: float, size: float, turn: float) -> None:
    """A wind turbine; `turn` in degrees."""
    c.polygon(
        [
            (x - size * 0.018, base),
            (x + size * 0.018, base),
            (x + size * 0.009, base - size * 0.68),
            (x - size * 0.009, base - size * 0.68),
        ],
        k.WHITE,
    )
    hub = (x, base - size * 0.69)
    for blade in range(3):
        angle = math.radians(turn + 120 * blade)
        reach = (hub[0] + math.cos(angle) * size * 0.36, hub[1] + math.sin(angle) * size * 0.36)
        wide = (math.cos(angle + 1.57) * size * 0.02, math.sin(angle + 1.57) * size * 0.02)
        near = (hub[0] + math.cos(angle) * size * 0.07, hub[1] + math.sin(angle) * size * 0.07)
        c.polygon([hub, (near[0] + wide[0], near[1] + wide[1]), reach], k.WHITE)
    c.circle(*hub, size * 0.02, k.STONE)
