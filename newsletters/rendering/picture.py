"""A planned map (`areas.drawing`) as a picture, for mail programs that know no SVG."""

from PIL import Image, ImageColor, ImageDraw, ImageFont

from areas.drawing import WIDTH, Plan, Sizes

from .column import WIDTH as COLUMN

#: Sharp on a dense screen.
PIXELS = 2 * COLUMN
#: Drawn so many times larger and then made smaller, which smooths the edges.
SMOOTH = 2
FONTS = ("Verdana.ttf", "DejaVuSans.ttf")
BOLD_FONTS = ("Verdana_Bold.ttf", "DejaVuSans-Bold.ttf")


def draw(planned: Plan, sizes: Sizes, colors: dict[str, str]) -> Image.Image:
    """The map as an image of `PIXELS` wide; `colors` by token, as in `cms.palette`."""
    return _Canvas(planned, sizes, colors).image()


class _Canvas:
    """Draws in units of the plan."""

    def __init__(self, planned: Plan, sizes: Sizes, colors: dict[str, str]):
        self.plan, self.sizes, self.colors = planned, sizes, colors
        self.unit = PIXELS * SMOOTH / WIDTH
        size = (PIXELS * SMOOTH, round(planned.frame.drawn_height * self.unit))
        self.canvas = Image.new("RGB", size, colors["map_land"])
        self.pen = ImageDraw.Draw(self.canvas)

    def image(self) -> Image.Image:
        line, active = self.colors["map_area_line"], self.colors["map_active"]
        for area in self.plan.areas:
            parts = self.plan.frame.parts(area)
            self.fill(parts, "#ffffff", 0.55)
            self.stroke(parts, line, 2)
        if self.plan.territory is not None:
            parts = self.plan.frame.parts(self.plan.territory)
            self.fill(parts, self.colors["map_area_fill"], 0.35)
            self.stroke(parts, line, 5)
        for _pin, shape in self.plan.shapes:
            parts = self.plan.frame.parts(shape)
            if shape.dims == 2:
                self.fill(parts, active, 0.25)
            self.stroke(parts, active, 6)
        self.names()
        self.numbers()
        self.ruler()
        return self.canvas.resize((PIXELS, self.canvas.height // SMOOTH), Image.Resampling.LANCZOS)

    def fill(self, parts, color: str, opacity: float) -> None:
        """Fill outlines, and leave their holes as they are."""
        for outline, *holes in parts:
            if len(outline) < 3:
                continue
            mask = Image.new("L", self.canvas.size)
            pen = ImageDraw.Draw(mask)
            pen.polygon(self.pixels(outline), fill=round(255 * opacity))
            for hole in holes:
                pen.polygon(self.pixels(hole), fill=0)
            self.canvas.paste(ImageColor.getrgb(color), (0, 0), mask)

    def stroke(self, parts, color: str, width: float) -> None:
        for part in parts:
            for line in part:
                if len(line) > 1:
                    self.pen.line(
                        self.pixels(line), fill=color, width=self.length(width), joint="curve"
                    )

    def names(self) -> None:
        font = _font(FONTS, self.length(self.sizes.letters))
        for name in self.plan.names:
            self.pen.text(
                self.pixel(name["x"], name["y"]),
                name["name"],
                font=font,
                anchor="ms",
                fill=self.colors["color_text"],
                # Lines of the map run behind a name; a rim keeps it readable.
                stroke_width=self.length(3),
                stroke_fill="#ffffff",
            )

    def numbers(self) -> None:
        marker, text = self.colors["map_marker"], self.colors["map_marker_text"]
        for one in self.plan.markers:
            if one.is_moved:
                spot, place = self.pixel(one.spot_x, one.spot_y), self.pixel(one.x, one.y)
                self.pen.line([spot, place], fill=marker, width=self.length(3))
                self.pen.circle(spot, self.length(6), fill=marker)
        font = _font(BOLD_FONTS, self.length(1.05 * self.sizes.radius))
        for one in self.plan.markers:
            place = self.pixel(one.x, one.y)
            self.pen.circle(
                place,
                self.length(self.sizes.radius),
                fill=marker,
                outline=text,
                width=self.length(3),
            )
            self.pen.text(place, str(one.number), font=font, anchor="mm", fill=text)

    def ruler(self) -> None:
        ruler, color = self.plan.ruler, self.colors["color_text"]
        top, left = ruler["top"], 24
        corners = [
            (left, top),
            (left, top + 10),
            (left + ruler["length"], top + 10),
            (left + ruler["length"], top),
        ]
        self.pen.line(self.pixels(corners), fill=color, width=self.length(3))
        font = _font(FONTS, self.length(self.sizes.letters * 0.85))
        self.pen.text(
            self.pixel(left + 6, ruler["text_y"] + 6),
            ruler["text"],
            font=font,
            anchor="ls",
            fill=color,
            stroke_width=self.length(3),
            stroke_fill="#ffffff",
        )

    def pixel(self, x: float, y: float) -> tuple[float, float]:
        return x * self.unit, y * self.unit

    def pixels(self, spots) -> list[tuple[float, float]]:
        return [self.pixel(x, y) for x, y in spots]

    def length(self, units: float) -> int:
        return max(1, round(units * self.unit))


def _font(names: tuple[str, ...], size: int) -> ImageFont.FreeTypeFont:
    """The font of the house where the machine has it, or else the one that Pillow brings."""
    for name in names:
        try:
            return ImageFont.truetype(name, size)
        except OSError:
            continue
    return ImageFont.load_default(size)
