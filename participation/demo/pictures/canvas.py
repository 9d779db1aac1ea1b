"""A canvas for calm flat landscapes: shapes in a unit of its own, drawn large and scaled down.

Coordinates run from 0 to 1600 to the right and from 0 to 900 down.
"""

import math
import random
from io import BytesIO

from PIL import Image, ImageChops, ImageDraw

WIDTH, HEIGHT = 1600, 900
SCALE = 2  # drawn at twice the size, so that edges come out smooth
Color = tuple[int, int, int]


def rgb(text: str) -> Color:
    """A colour from "#rrggbb"."""
    return tuple(int(text[place : place + 2], 16) for place in (1, 3, 5))


def mix(first: Color, second: Color, share: float) -> Color:
    """A colour between two; share 0 is the first."""
    return tuple(round(a + (b - a) * share) for a, b in zip(first, second, strict=True))


class Canvas:
    """One picture. The same seed gives the same picture."""

    def __init__(self, seed: int) -> None:
        self.image = Image.new("RGB", (WIDTH * SCALE, HEIGHT * SCALE), "white")
        self.pen = ImageDraw.Draw(self.image)
        self.random = random.Random(seed)  # noqa: S311 - for looks only

    def _scaled(self, points) -> list[tuple[float, float]]:
        return [(x * SCALE, y * SCALE) for x, y in points]

    def polygon(self, points, color: Color) -> None:
        self.pen.polygon(self._scaled(points), fill=color)

    def box(self, left, top, right, bottom, color: Color, radius: float = 0) -> None:
        area = (left * SCALE, top * SCALE, right * SCALE, bottom * SCALE)
        if radius:
            self.pen.rounded_rectangle(area, radius * SCALE, fill=color)
        else:
            self.pen.rectangle(area, fill=color)

    def circle(self, x, y, radius, color: Color) -> None:
        self.ellipse(x, y, radius, radius, color)

    def ellipse(self, x, y, wide, high, color: Color) -> None:
        area = ((x - wide) * SCALE, (y - high) * SCALE, (x + wide) * SCALE, (y + high) * SCALE)
        self.pen.ellipse(area, fill=color)

    def ring(self, x, y, radius, color: Color, width: float) -> None:
        area = [(x - radius) * SCALE, (y - radius) * SCALE]
        area += [(x + radius) * SCALE, (y + radius) * SCALE]
        self.pen.ellipse(area, outline=color, width=round(width * SCALE))

    def line(self, points, color: Color, width: float) -> None:
        self.pen.line(
            self._scaled(points), fill=color, width=max(1, round(width * SCALE)), joint="curve"
        )

    def wash(self, top, bottom, above: Color, below: Color) -> None:
        """A vertical blend of two colours over the whole width."""
        first, last = round(top * SCALE), round(bottom * SCALE)
        for row in range(first, last):
            share = (row - first) / max(1, last - first - 1)
            self.pen.line([(0, row), (WIDTH * SCALE, row)], fill=mix(above, below, share))

    def ground(self, base, swing, color: Color, *, waves: float = 1.5, shift: float = 0) -> None:
        """Land from a softly waving horizon at `base` down to the lower edge."""
        points = [
            (x, base + swing * math.sin(waves * 2 * math.pi * x / WIDTH + shift))
            for x in range(0, WIDTH + 20, 20)
        ]
        self.polygon([*points, (WIDTH, HEIGHT), (0, HEIGHT)], color)

    def glow(self, x, y, radius, color: Color, strength: float = 0.55) -> None:
        """Light around a spot, that fades to nothing."""
        size = round(radius * 2 * SCALE)
        fading = ImageChops.invert(Image.radial_gradient("L")).point(
            # The gradient reaches the corners; it must be nothing at the edges.
            lambda value: max(0, round((value - 75) * 255 / 180 * strength))
        )
        mask = fading.resize((size, size))
        place = (round((x - radius) * SCALE), round((y - radius) * SCALE))
        self.image.paste(Image.new("RGB", mask.size, color), place, mask)

    def shade(self, points, color: Color, strength: float) -> None:
        """A see-through shape, for shadows and reflections."""
        scaled = self._scaled(points)
        xs, ys = [x for x, _y in scaled], [y for _x, y in scaled]
        left, top = math.floor(min(xs)), math.floor(min(ys))
        size = (math.ceil(max(xs)) - left + 1, math.ceil(max(ys)) - top + 1)
        mask = Image.new("L", size, 0)
        ImageDraw.Draw(mask).polygon(
            [(x - left, y - top) for x, y in scaled], fill=round(255 * strength)
        )
        self.image.paste(Image.new("RGB", size, color), (left, top), mask)

    def jpeg(self) -> bytes:
        """The finished picture."""
        out = BytesIO()
        self.image.reduce(SCALE).save(out, "JPEG", quality=86, progressive=True, subsampling=0)
        return out.getvalue()
