"""Pictures of land and water."""

from . import buildings, nature, travellers
from . import colors as k
from .canvas import HEIGHT, WIDTH, Canvas, mix, rgb


def ringvaart(c: Canvas) -> None:
    nature.sky(c, horizon=470)
    nature.sun(c, 1280, 150)
    nature.clouds(c, [(300, 150, 58), (780, 96, 40), (1080, 230, 34)])
    nature.birds(c, 520, 250, 7)
    nature.treeline(c, 452, k.FAR_GREEN, size=20)
    c.ground(440, 5, mix(k.MEADOW, k.FAR_GREEN, 0.4), waves=1)
    buildings.church(c, 940, 455, 210)
    for place, size, wall in [
        (700, 92, k.BRICK),
        (812, 84, k.PALE_BRICK),
        (1110, 96, k.BRICK),
        (1226, 82, k.WHITE),
        (1330, 98, k.PALE_BRICK),
        (1460, 90, k.BRICK),
    ]:
        buildings.house(c, place, 462, size, wall=wall, roof=k.DARK_ROOF if size > 90 else k.ROOF)
    for place in (664, 905, 1100, 1440):
        nature.tree(c, place, 470, 120, k.MOSS)
    c.polygon([(0, 500), (WIDTH, 448), (WIDTH, 520), (0, 560)], k.GRASS)
    c.polygon([(0, 498), (WIDTH, 446), (WIDTH, 456), (0, 512)], k.SAND)
    nature.water(c, 516, 780)
    c.polygon([(0, 505), (WIDTH, 462), (WIDTH, 520), (0, 548)], k.GRASS)
    bridge(c, 210, 548)
    travellers.boat(c, 900, 648, 230, k.PURPLE)
    travellers.boat(c, 1290, 586, 130, k.TEAL)
    nature.reeds(c, -10, 520, 800, 78)
    nature.foreground(c, 772, k.GRASS)
    nature.reeds(c, 1050, WIDTH, 806, 62)
    travellers.cyclist(c, 470, 846, 168, number=1)
    travellers.cyclist(c, 300, 852, 160, number=4)


def bridge(c: Canvas, x: float, base: float) -> None:
    """A white drawbridge over the canal."""
    wood = k.WHITE
    for side in (0, 190):
        c.box(x + side, base - 150, x + side + 12, base + 62, wood)
    c.box(x - 18, base - 156, x + 220, base - 144, wood)
    c.line([(x + 6, base - 150), (x + 330, base - 192)], wood, 8)
    c.line([(x + 196, base - 150), (x - 96, base - 192)], wood, 8)
    c.line([(x + 326, base - 190), (x + 306, base + 12)], wood, 4)
    c.line([(x - 92, base - 190), (x - 72, base + 12)], wood, 4)
    c.box(x - 200, base + 4, x + 420, base + 26, k.STONE)
    c.box(x - 200, base - 2, x + 420, base + 6, wood)
    for post in range(9):
        c.box(x - 190 + post * 74, base - 34, x - 185 + post * 74, base + 4, wood)
    c.box(x - 200, base - 36, x + 420, base - 31, wood)
    for post in (-150, 60, 130, 340):
        c.box(x + post, base + 24, x + post + 16, base + 96, mix(k.STONE, k.INK, 0.3))


def polder(c: Canvas) -> None:
    nature.sky(c, horizon=430)
    nature.sun(c, 330, 170)
    nature.clouds(c, [(900, 130, 66), (1350, 210, 44), (560, 235, 30)])
    nature.treeline(c, 424, k.FAR_GREEN, size=18)
    for place in (1180, 1225, 1266, 1304, 1340):
        nature.poplar(c, place, 436, 96, mix(k.MOSS, k.FAR_GREEN, 0.35))
    c.ground(424, 2, k.MEADOW, waves=1)
    rows = [k.MEADOW, k.WHEAT, k.GRASS, rgb("#c9d68f"), k.MOSS, k.WHEAT, k.MEADOW, k.GRASS]
    for number, color in enumerate(rows):
        left, right = -1500 + number * 575, -1500 + (number + 1) * 575
        c.polygon(
            [(560 + number * 44, 426), (604 + number * 44, 426), (right, HEIGHT), (left, HEIGHT)],
            color,
        )
    c.polygon([(752, 426), (772, 426), (1010, HEIGHT), (700, HEIGHT)], k.DEEP_WATER)
    c.polygon([(756, 426), (768, 426), (950, HEIGHT), (760, HEIGHT)], k.WATER)
    nature.windmill(c, 1120, 560, 300)
    for place, size in [(980, 64), (1050, 74), (1230, 80), (1300, 64)]:
        nature.bush(c, place, 566, size, k.MOSS)
    buildings.house(c, 1330, 548, 96, wall=k.BRICK, roof=k.ROOF)
    c.box(1426, 500, 1560, 548, rgb("#7c5a48"))
    c.polygon([(1416, 502), (1446, 452), (1542, 452), (1572, 502)], k.DARK_ROOF)
    for x, y, size in [(300, 640, 1.2), (420, 596, 0.9), (180, 590, 0.8), (520, 560, 0.6)]:
        cow(c, x, y, size)
    nature.reeds(c, 640, 780, 900, 110)
    nature.reeds(c, 960, 1130, 900, 100)


def cow(c: Canvas, x: float, y: float, size: float) -> None:
    """A black-and-white cow that grazes."""
    c.box(x, y - 34 * size, x + 74 * size, y, k.WHITE, 14 * size)
    c.ellipse(x + 20 * size, y - 22 * size, 14 * size, 12 * size, k.INK)
    c.ellipse(x + 54 * size, y - 16 * size, 14 * size, 10 * size, k.INK)
    for leg in (6, 18, 54, 66):
        c.box(x + leg * size, y - 6 * size, x + (leg + 6) * size, y + 26 * size, k.WHITE)
    c.box(x - 22 * size, y - 16 * size, x + 4 * size, y + 8 * size, k.WHITE, 8 * size)
    c.box(x - 22 * size, y - 18 * size, x - 6 * size, y - 6 * size, k.INK, 5 * size)


def kassen(c: Canvas) -> None:
    nature.sky(c, horizon=450, high=k.DUSK_HIGH, low=k.DUSK_LOW)
    nature.sun(c, 1180, 330, 60)
    nature.clouds(c, [(360, 150, 50), (820, 210, 34)])
    nature.birds(c, 520, 160, 8)
    nature.treeline(c, 448, mix(k.FAR_GREEN, k.DUSK_LOW, 0.2), size=20)
    c.ground(440, 2, k.MEADOW, waves=1)
    for row, (base, size) in enumerate([(500, 84), (600, 124), (740, 178)]):
        greenhouse(c, -40 - row * 30, base, size, round(1700 / size) + 1)
    nature.water(c, 770, HEIGHT)
    c.polygon([(0, 742), (WIDTH, 742), (WIDTH, 772), (0, 790)], k.GRASS)
    nature.reeds(c, 0, 420, 800, 66)
    nature.reeds(c, 1180, WIDTH, 796, 60)
    travellers.boat(c, 640, 846, 250, k.TEAL)


def greenhouse(c: Canvas, x: float, base: float, size: float, count: int) -> None:
    """A row of glass gables with plants behind the panes."""
    wall = size * 0.42
    for number in range(count):
        left = x + number * size
        c.polygon(
            [
                (left, base),
                (left, base - wall),
                (left + size / 2, base - size * 0.78),
                (left + size, base - wall),
                (left + size, base),
            ],
            mix(k.GLASS, k.WHITE, 0.15),
        )
        c.box(left + 4, base - wall * 0.5, left + size - 4, base, mix(k.GRASS, k.GLASS, 0.35))
        for plant in range(3):
            c.circle(
                left + size * (0.22 + plant * 0.28),
                base - wall * 0.5,
                size * 0.1,
                mix(k.GRASS, k.GLASS, 0.28),
            )
        glow = mix(k.SUN, k.GLASS, 0.3)
        c.polygon(
            [
                (left + size * 0.5, base - size * 0.78),
                (left + size, base - wall),
                (left + size * 0.86, base - wall),
            ],
            glow,
        )
        frame = k.WHITE
        for points in [
            [(left, base), (left, base - wall)],
            [(left, base - wall), (left + size / 2, base - size * 0.78)],
            [(left + size / 2, base - size * 0.78), (left + size, base - wall)],
            [(left, base - wall), (left + size, base - wall)],
            [(left + size / 2, base - size * 0.78), (left + size / 2, base)],
        ]:
            c.line(points, frame, max(1.5, size * 0.018))


def fietspad(c: Canvas) -> None:
    nature.sky(c, horizon=430)
    nature.sun(c, 800, 250, 52)
    nature.clouds(c, [(300, 150, 56), (1220, 120, 62)])
    nature.treeline(c, 426, k.FAR_GREEN, size=20)
    for x, wide, high in [(1060, 90, 70), (1170, 120, 96), (1310, 100, 64)]:
        c.box(x, 424 - high, x + wide, 426, mix(k.PALE_TEAL, k.SKY_LOW, 0.3))
    c.ground(424, 2, k.GRASS, waves=1)
    c.polygon(
        [(772, 426), (830, 426), (1330, HEIGHT), (300, HEIGHT)], mix(k.BRICK, k.PALE_BRICK, 0.25)
    )
    for row in range(9):
        first, last = (row / 9) ** 1.8, ((row + 0.5) / 9) ** 1.8
        y1, y2 = 430 + 470 * first, 430 + 470 * last
        c.polygon(
            [
                (800 - 1 - first * 5, y1),
                (800 + 1 + first * 5, y1),
                (812 + last * 7, y2),
                (800 - last * 2, y2),
            ],
            k.WHITE,
        )
    c.polygon([(860, 426), (884, 426), (WIDTH + 320, HEIGHT), (WIDTH - 60, HEIGHT)], k.WATER)
    for place, base, size in [
        (700, 440, 60),
        (640, 462, 92),
        (556, 500, 140),
        (420, 570, 230),
        (170, 700, 400),
    ]:
        nature.tree(c, place, base, size, k.MOSS)
    for place, base, size in [(930, 440, 54), (1010, 462, 84), (1130, 500, 124), (1340, 566, 190)]:
        nature.poplar(c, place, base, size * 1.5, k.MOSS)
    travellers.cyclist(c, 690, 830, 330, number=1)
    travellers.cyclist(c, 1010, 690, 210, number=3)
    travellers.cyclist(c, 838, 520, 82, number=2)
    nature.reeds(c, 1420, WIDTH, 880, 90)


def wind(c: Canvas) -> None:
    nature.sky(c, horizon=520, high=k.DUSK_HIGH, low=k.DUSK_LOW)
    nature.sun(c, 420, 420, 56)
    nature.clouds(c, [(300, 160, 60), (900, 120, 46), (1360, 230, 52)])
    for x, base, size, turn in [
        (720, 520, 210, 10),
        (860, 520, 240, 50),
        (1010, 522, 280, 80),
        (1190, 524, 340, 25),
        (1420, 528, 430, 65),
    ]:
        nature.turbine(c, x, base, size, turn)
    nature.treeline(c, 522, k.FAR_GREEN, size=18)
    c.ground(516, 3, k.MEADOW, waves=1)
    for number, color in enumerate([k.WHEAT, k.MEADOW, k.GRASS, k.WHEAT, k.MOSS, k.MEADOW]):
        left, right = -900 + number * 560, -900 + (number + 1) * 560
        c.polygon(
            [(480 + number * 60, 520), (540 + number * 60, 520), (right, HEIGHT), (left, HEIGHT)],
            color,
        )
    buildings.house(c, 240, 590, 120, wall=k.BRICK, roof=k.ROOF)
    nature.tree(c, 210, 600, 150, k.MOSS)
    nature.tree(c, 400, 598, 130, k.MOSS)
    c.polygon([(0, 700), (WIDTH, 640), (WIDTH, 676), (0, 750)], mix(k.ROAD, k.SAND, 0.5))
    travellers.cyclist(c, 900, 700, 130, number=0)
    travellers.cyclist(c, 1040, 694, 126, number=5)
    nature.foreground(c, 800, k.GRASS)
    nature.reeds(c, 0, 380, 840, 70)


def metro(c: Canvas) -> None:
    nature.sky(c, horizon=560, high=k.DUSK_HIGH, low=k.DUSK_LOW)
    nature.sun(c, 1290, 240, 54)
    nature.clouds(c, [(420, 130, 58), (900, 190, 36)])
    for x, wide, high in [
        (60, 90, 240),
        (180, 70, 320),
        (280, 110, 200),
        (430, 80, 280),
        (1060, 90, 230),
        (1190, 120, 170),
        (1350, 80, 260),
        (1460, 110, 190),
    ]:
        c.box(x, 560 - high, x + wide, 560, mix(k.PALE_TEAL, k.DUSK_LOW, 0.35))
    nature.treeline(c, 562, k.FAR_GREEN, size=26)
    c.ground(552, 4, k.MEADOW)
    c.box(0, 520, WIDTH, 548, k.STONE)
    c.box(0, 512, WIDTH, 522, mix(k.STONE, k.WHITE, 0.4))
    for pillar in range(6):
        x = 90 + pillar * 290
        c.polygon(
            [(x, 546), (x + 60, 546), (x + 42, 700), (x + 18, 700)], mix(k.STONE, k.INK, 0.12)
        )
    travellers.train(c, 200, 514, 330, color=k.TEAL)
    c.ground(680, 8, k.GRASS, shift=1)
    nature.water(c, 760, HEIGHT)
    c.polygon([(0, 730), (WIDTH, 752), (WIDTH, 772), (0, 764)], k.MOSS)
    for place, size in [(70, 220), (470, 180), (760, 200), (1080, 180), (1500, 240)]:
        nature.tree(c, place, 742, size, k.MOSS)
    nature.reeds(c, 0, 340, 790, 60)
    nature.reeds(c, 1240, WIDTH, 792, 60)
    travellers.boat(c, 700, 850, 220, k.PURPLE)


def panorama(c: Canvas) -> None:
    nature.sky(c, horizon=500)
    nature.sun(c, 1220, 170, 52)
    nature.clouds(c, [(260, 150, 64), (700, 100, 44), (1000, 230, 34), (1440, 110, 40)])
    nature.birds(c, 480, 270, 9)
    for x, wide, high in [
        (940, 60, 120),
        (1010, 50, 180),
        (1070, 80, 140),
        (1160, 56, 210),
        (1226, 70, 130),
        (1306, 60, 160),
    ]:
        c.box(x, 500 - high, x + wide, 500, mix(k.PALE_TEAL, k.SKY_LOW, 0.35))
    nature.treeline(c, 500, k.FAR_GREEN, size=22)
    c.ground(490, 3, k.MEADOW, waves=1)
    buildings.church(c, 300, 510, 190)
    for place, size, wall in [(180, 74, k.BRICK), (450, 78, k.WHITE), (536, 70, k.BRICK)]:
        buildings.house(c, place, 514, size, wall=wall)
    for place in (150, 270, 620):
        nature.tree(c, place, 518, 90, k.MOSS)
    for x, size, turn in [(760, 190, 20), (846, 170, 60)]:
        nature.turbine(c, x, 506, size, turn)
    for number, color in enumerate([k.GRASS, k.WHEAT, k.MEADOW, k.MOSS, k.WHEAT, k.GRASS]):
        left, right = -600 + number * 480, -600 + (number + 1) * 480
        c.polygon(
            [(500 + number * 70, 520), (570 + number * 70, 520), (right, 760), (left, 760)], color
        )
    nature.windmill(c, 1360, 600, 250)
    nature.water(c, 700, HEIGHT)
    c.polygon([(0, 640), (WIDTH, 690), (WIDTH, 716), (0, 704)], k.GRASS)
    c.polygon([(0, 640), (WIDTH, 690), (WIDTH, 698), (0, 654)], k.SAND)
    travellers.cyclist(c, 560, 664, 110, number=1)
    travellers.cyclist(c, 680, 668, 110, number=4)
    travellers.person(c, 960, 682, 96, number=3)
    travellers.boat(c, 980, 800, 240, k.PURPLE)
    travellers.boat(c, 330, 770, 180, k.TEAL)
    nature.reeds(c, 0, 300, 900, 110)
    nature.reeds(c, 1330, WIDTH, 900, 120)
