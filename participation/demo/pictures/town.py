"""Pictures of streets and squares."""

from . import buildings, nature, travellers
from . import colors as k
from .canvas import HEIGHT, WIDTH, Canvas, mix, rgb


def station(c: Canvas) -> None:
    nature.sky(c, horizon=560)
    nature.sun(c, 240, 150)
    nature.clouds(c, [(620, 120, 50), (1300, 96, 60), (980, 240, 30)])
    pale = mix(k.PALE_TEAL, k.SKY_LOW, 0.4)
    for x, wide, high in [
        (40, 110, 190),
        (190, 90, 250),
        (330, 130, 170),
        (1090, 110, 230),
        (1250, 120, 180),
        (1420, 130, 260),
    ]:
        c.box(x, 560 - high, x + wide, 560, pale)
    buildings.tower(c, 420, 566, 130, 330, wall=k.PALE_BRICK)
    buildings.tower(c, 580, 566, 150, 250, wall=k.WHITE, columns=5)
    buildings.tower(c, 760, 566, 120, 400, wall=k.TEAL)
    buildings.tower(c, 910, 566, 160, 220, wall=k.BRICK, columns=5)
    buildings.tower(c, 1100, 566, 120, 300, wall=mix(k.PURPLE, k.WHITE, 0.45))
    buildings.tower(c, 1250, 566, 170, 190, wall=k.STONE, columns=5)
    for place in (560, 745, 893, 1084, 1235, 1440):
        nature.tree(c, place, 574, 104, k.MOSS)
    c.box(0, 566, WIDTH, 640, mix(k.STONE, k.WHITE, 0.3))
    for pillar in range(9):
        c.box(40 + pillar * 190, 596, 62 + pillar * 190, 690, mix(k.STONE, k.INK, 0.12))
    c.box(0, 584, WIDTH, 606, k.STONE)
    travellers.train(c, 120, 586, 330)
    c.box(0, 640, WIDTH, HEIGHT, mix(k.SAND, k.STONE, 0.3))
    c.ground(672, 0, mix(k.SAND, k.STONE, 0.2))
    c.polygon([(0, 770), (WIDTH, 740), (WIDTH, 800), (0, 850)], mix(k.BRICK, k.SAND, 0.35))
    for place, size in [(90, 240), (470, 210), (1180, 220), (1500, 250)]:
        nature.tree(c, place, 760, size, k.GRASS)
    for x, base, size, number in [
        (300, 800, 150, 0),
        (352, 806, 152, 3),
        (760, 770, 132, 2),
        (1010, 812, 156, 5),
        (1330, 790, 146, 4),
    ]:
        travellers.person(c, x, base, size, number=number, bag=number in (0, 4))
    travellers.cyclist(c, 590, 820, 176, number=2)
    buildings.bench(c, 1080, 800, 130)
    buildings.lamp(c, 880, 770, 180)


def wijk(c: Canvas) -> None:
    nature.sky(c, horizon=480)
    nature.sun(c, 1330, 140)
    nature.clouds(c, [(280, 130, 52), (760, 180, 40), (1080, 90, 34)])
    nature.treeline(c, 484, k.FAR_GREEN, size=26)
    c.box(0, 480, WIDTH, 556, k.MEADOW)
    buildings.terrace(c, -30, 560, 150, 5, wall=k.PALE_BRICK)
    buildings.terrace(c, 860, 560, 150, 5, wall=k.BRICK, roof=k.DARK_ROOF)
    c.box(0, 552, WIDTH, HEIGHT, k.GRASS)
    for x in range(-10, 720, 46):
        nature.bush(c, x, 574, 34, k.MOSS)
    for x in range(872, WIDTH + 20, 46):
        nature.bush(c, x, 574, 34, k.MOSS)
    c.polygon([(730, 556), (850, 556), (1080, HEIGHT), (420, HEIGHT)], k.SAND)
    for place, base, size in [(140, 640, 230), (480, 622, 190), (1000, 624, 200), (1380, 650, 250)]:
        nature.tree(c, place, base, size, k.MOSS if base > 630 else k.GRASS)
    slide(c, 1120, 800)
    swing(c, 180, 820)
    travellers.person(c, 700, 780, 150, number=1)
    travellers.person(c, 762, 790, 96, number=2)
    travellers.person(c, 900, 740, 128, number=3, bag=True)
    buildings.bench(c, 540, 700, 110)
    nature.foreground(c, 858, mix(k.GRASS, k.MOSS, 0.3))


def slide(c: Canvas, x: float, base: float) -> None:
    """A slide with a little house on top."""
    wood = k.WOOD
    for place in (0, 92):
        c.box(x + place, base - 190, x + place + 12, base, wood)
    c.box(x - 10, base - 120, x + 114, base - 104, wood)
    c.polygon([(x - 20, base - 190), (x + 52, base - 250), (x + 124, base - 190)], k.PURPLE)
    for rung in range(5):
        c.box(x - 44 + rung * 7, base - 18 - rung * 22, x - 6, base - 10 - rung * 22, wood)
    c.line([(x - 50, base), (x - 4, base - 112)], wood, 9)
    c.polygon(
        [
            (x + 104, base - 118),
            (x + 118, base - 106),
            (x + 262, base - 8),
            (x + 300, base - 8),
            (x + 300, base),
            (x + 248, base),
            (x + 98, base - 104),
        ],
        k.TEAL,
    )
    travellers.person(c, x + 52, base - 120, 74, number=4)


def swing(c: Canvas, x: float, base: float) -> None:
    """A swing with two children."""
    bar = k.INK
    for left in (x, x + 220):
        c.line([(left, base - 200), (left - 34, base)], bar, 9)
        c.line([(left, base - 200), (left + 34, base)], bar, 9)
    c.line([(x, base - 200), (x + 220, base - 200)], bar, 10)
    for number, (top, low, lift) in enumerate([(34, 52, 16), (150, 118, 26)]):
        c.line([(x + top, base - 196), (x + low, base - 62 - lift)], bar, 3)
        c.line([(x + top + 26, base - 196), (x + low + 30, base - 62 - lift)], bar, 3)
        travellers.person(c, x + low + 15, base - 38 - lift, 92, number=number + 2)
        c.box(x + low - 6, base - 66 - lift, x + low + 36, base - 58 - lift, k.PURPLE, 3)


def dorp(c: Canvas) -> None:
    nature.sky(c, horizon=500, high=k.SKY_HIGH, low=k.DUSK_LOW)
    nature.clouds(c, [(330, 120, 56), (1210, 150, 50), (840, 80, 32)])
    nature.treeline(c, 500, k.FAR_GREEN, size=24)
    buildings.church(c, 690, 560, 380)
    for place, size, wall, roof in [
        (20, 170, k.BRICK, k.DARK_ROOF),
        (200, 150, k.WHITE, k.ROOF),
        (360, 165, k.PALE_BRICK, k.DARK_ROOF),
        (1010, 160, k.BRICK, k.ROOF),
        (1180, 175, k.PALE_BRICK, k.DARK_ROOF),
        (1370, 160, k.WHITE, k.DARK_ROOF),
    ]:
        buildings.house(
            c, place, 572, size, wall=wall, roof=roof, door=k.PURPLE if size > 160 else k.TEAL
        )
    c.box(0, 566, WIDTH, HEIGHT, mix(k.SAND, k.BRICK, 0.12))
    for row in range(8):
        y = 590 + row * row * 5.2 + row * 6
        c.line([(0, y), (WIDTH, y)], mix(k.SAND, k.BRICK, 0.22), 1.5 + row * 0.3)
    for place, base, size in [(120, 660, 230), (590, 640, 190), (1000, 640, 190), (1520, 670, 240)]:
        nature.tree(c, place, base, size, k.GRASS)
    for place, color in [(250, k.TEAL), (640, k.PURPLE), (1080, rgb("#d98f3c"))]:
        buildings.stall(c, place, 770, 280, color=color)
    for x, base, size, number in [
        (560, 812, 170, 0),
        (598, 816, 118, 2),
        (210, 806, 166, 5),
        (960, 822, 172, 1),
        (1010, 826, 168, 3),
        (1430, 806, 166, 4),
    ]:
        travellers.person(c, x, base, size, number=number, bag=number in (0, 5, 1))
    buildings.lamp(c, 1460, 700, 190)


def markt(c: Canvas) -> None:
    nature.sky(c, horizon=420)
    nature.clouds(c, [(420, 110, 46), (1180, 130, 56)])
    buildings.terrace(c, 40, 470, 170, 4, wall=k.PALE_BRICK)
    buildings.terrace(c, 860, 470, 170, 4, wall=k.WHITE, roof=k.DARK_ROOF)
    nature.tree(c, 790, 500, 240, k.MOSS)
    c.box(0, 462, WIDTH, HEIGHT, mix(k.SAND, k.STONE, 0.25))
    buildings.stall(c, 60, 660, 360, color=rgb("#d98f3c"))
    buildings.stall(c, 1190, 660, 360, color=k.TEAL)
    buildings.stall(c, 500, 790, 600, color=k.PURPLE, fruit=False)
    travellers.person(c, 700, 760, 190, number=0)
    travellers.person(c, 910, 760, 186, number=3)
    c.box(500, 700, 1100, 796, mix(k.PURPLE, k.WHITE, 0.72))
    c.box(488, 690, 1112, 708, k.WOOD)
    for x in (560, 610, 1000):
        c.box(x, 680, x + 36, 692, k.WHITE, 2)
    c.box(700, 716, 900, 776, k.WHITE, 8)
    c.circle(800, 746, 20, k.TEAL)
    for x, base, size, number in [
        (420, 850, 240, 1),
        (1180, 856, 236, 4),
        (330, 846, 150, 2),
        (1300, 846, 232, 5),
    ]:
        travellers.person(c, x, base, size, number=number, bag=number in (1, 5))


def speelplek(c: Canvas) -> None:
    nature.sky(c, horizon=440)
    nature.sun(c, 240, 140)
    nature.clouds(c, [(680, 130, 52), (1230, 170, 46)])
    nature.treeline(c, 438, k.FAR_GREEN, size=30)
    c.ground(430, 6, k.MEADOW)
    for place, base, size in [(80, 560, 290), (340, 520, 210), (1250, 530, 230), (1500, 580, 310)]:
        nature.tree(c, place, base, size, k.MOSS)
    c.ground(560, 10, k.GRASS, shift=2)
    c.ellipse(820, 740, 640, 120, k.SAND)
    swing(c, 340, 760)
    slide(c, 760, 780)
    c.polygon([(1130, 740), (1330, 660), (1336, 672), (1136, 752)], k.PURPLE)
    c.polygon([(1222, 706), (1250, 706), (1262, 752), (1210, 752)], k.TEAL)
    travellers.person(c, 1156, 732, 84, number=5)
    travellers.person(c, 1308, 670, 84, number=1)
    for number in range(6):
        c.circle(600 + number * 44, 812, 17, k.CLOTHES[number])
    travellers.person(c, 1420, 800, 190, number=3, bag=True)
    travellers.person(c, 660, 716, 92, number=3)
    buildings.bench(c, 1450, 800, 130)
    nature.foreground(c, 850, k.MOSS)


def weg(c: Canvas) -> None:
    nature.sky(c, horizon=420)
    nature.clouds(c, [(360, 130, 60), (1040, 100, 50), (1400, 220, 36)])
    nature.sun(c, 720, 180)
    nature.treeline(c, 418, k.FAR_GREEN, size=22)
    c.ground(412, 3, k.MEADOW, waves=1)
    for x, size in [(60, 70), (140, 80), (236, 66), (320, 74), (1210, 72), (1300, 84), (1400, 70)]:
        buildings.house(
            c, x, 440, size, wall=k.CLOTHES[0] if size == 66 else k.PALE_BRICK, roof=k.ROOF
        )
    c.polygon([(700, 420), (790, 420), (1700, HEIGHT), (250, HEIGHT)], k.ROAD)
    for row in range(10):
        first, last = (row / 10) ** 2, ((row + 0.45) / 10) ** 2
        y1, y2 = 424 + 476 * first, 424 + 476 * last
        x1, x2 = 745 + 230 * first, 745 + 230 * last
        c.polygon(
            [
                (x1 - 1 - 7 * first, y1),
                (x1 + 1 + 7 * first, y1),
                (x2 + 2 + 7 * last, y2),
                (x2 - 2 - 7 * last, y2),
            ],
            k.WHITE,
        )
    c.polygon([(612, 420), (648, 420), (60, HEIGHT), (-190, HEIGHT)], k.BRICK)
    for place, base, size in [(664, 436, 60), (610, 470, 104), (520, 530, 170), (330, 650, 300)]:
        nature.tree(c, place, base, size, k.MOSS)
    for place, base, size in [(824, 436, 60), (910, 466, 100), (1060, 520, 160), (1330, 630, 280)]:
        nature.tree(c, place, base, size, k.GRASS)
    car(c, 770, 610, 1.1, k.TEAL)
    car(c, 800, 480, 0.42, k.PURPLE)
    car(c, 1130, 800, 2.0, rgb("#e0a33b"))
    travellers.cyclist(c, 120, 800, 210, number=3)


def car(c: Canvas, x: float, base: float, size: float, color) -> None:
    """A car seen from behind."""
    c.box(x - 58 * size, base - 62 * size, x + 58 * size, base - 8 * size, color, 12 * size)
    c.box(x - 46 * size, base - 98 * size, x + 46 * size, base - 50 * size, color, 14 * size)
    c.box(x - 38 * size, base - 90 * size, x + 38 * size, base - 62 * size, k.GLASS, 8 * size)
    for side in (-46, 26):
        c.box(
            x + side * size,
            base - 44 * size,
            x + (side + 20) * size,
            base - 30 * size,
            rgb("#c9423a"),
            4 * size,
        )
        c.box(
            x + side * size,
            base - 12 * size,
            x + (side + 22) * size,
            base + 6 * size,
            k.INK,
            4 * size,
        )
    c.box(x - 18 * size, base - 40 * size, x + 18 * size, base - 28 * size, k.WHITE, 2 * size)


def tafel(c: Canvas) -> None:
    c.wash(0, 620, rgb("#e9f3f2"), rgb("#f7f1e4"))
    for left in (90, 620, 1150):
        c.box(left, 80, left + 360, 400, k.WHITE, 10)
        c.box(left + 16, 96, left + 344, 384, k.SKY_HIGH)
        c.box(left + 16, 290, left + 344, 384, k.MEADOW)
        for number in range(4):
            nature.tree(c, left + 52 + number * 84, 330, 110, k.MOSS)
        c.box(left + 172, 96, left + 188, 384, k.WHITE)
    c.box(0, 600, WIDTH, HEIGHT, rgb("#d9c6a5"))
    for x, number in [(300, 1), (540, 4), (800, 0), (1060, 3), (1300, 5)]:
        travellers.person(c, x, 720, 330, number=number)
    c.polygon([(160, 600), (1440, 600), (1580, 760), (20, 760)], rgb("#c69a68"))
    c.box(20, 758, 1580, 786, k.WOOD)
    c.polygon([(420, 616), (1180, 616), (1260, 736), (340, 736)], k.WHITE)
    c.polygon([(470, 628), (760, 628), (730, 724), (410, 724)], k.MEADOW)
    c.polygon([(760, 628), (1130, 628), (1190, 724), (730, 724)], mix(k.SAND, k.WHITE, 0.3))
    c.line([(440, 690), (700, 660), (900, 690), (1170, 650)], k.DEEP_WATER, 9)
    c.line([(560, 626), (620, 726)], k.ROAD, 7)
    c.line([(960, 626), (1000, 726)], k.ROAD, 7)
    for x, y, color in [
        (520, 668, k.PURPLE),
        (820, 650, k.TEAL),
        (1080, 700, k.PURPLE),
        (680, 706, k.TEAL),
    ]:
        c.circle(x, y, 13, color)
        c.polygon([(x - 10, y + 6), (x + 10, y + 6), (x, y + 26)], color)
    for x in (230, 1370, 1240):
        c.box(x, 640, x + 46, 690, k.PALE_PURPLE if x > 300 else k.PALE_TEAL, 8)
