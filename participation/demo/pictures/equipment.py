"""Pictures of playground equipment to choose from: one piece each, large and alone."""

from . import colors as k
from . import nature, travellers
from .canvas import WIDTH, Canvas


def _lawn(c: Canvas) -> None:
    nature.sky(c, horizon=520)
    nature.treeline(c, 520, k.FAR_GREEN, size=40)
    c.ground(515, 6, k.MEADOW)
    c.ground(650, 8, k.GRASS, shift=2)
    c.ellipse(WIDTH / 2, 790, 620, 90, k.SAND)


def schommel(c: Canvas) -> None:
    _lawn(c)
    for x in (480, 1120):
        c.line([(x, 190), (x - 90, 790)], k.INK, 24)
        c.line([(x, 190), (x + 90, 790)], k.INK, 24)
    c.line([(470, 190), (1130, 190)], k.INK, 26)
    for top, low, seat, number in ((640, 610, 610, 2), (900, 980, 560, 3)):
        c.line([(top, 196), (low, seat)], k.INK, 7)
        c.line([(top + 90, 196), (low + 90, seat)], k.INK, 7)
        travellers.person(c, low + 45, seat + 70, 260, number=number)
        c.box(low - 20, seat - 10, low + 110, seat + 12, k.PURPLE, 6)


def glijbaan(c: Canvas) -> None:
    _lawn(c)
    for x in (440, 660):
        c.box(x, 250, x + 26, 800, k.WOOD)
    c.polygon([(400, 260), (563, 110), (726, 260)], k.PURPLE)
    c.box(420, 470, 706, 500, k.WOOD)
    c.line([(300, 800), (430, 480)], k.WOOD, 20)
    for rung in range(6):
        x, y = 318 + rung * 20, 752 - rung * 50
        c.line([(x, y), (x + 110, y)], k.WOOD, 14)
    travellers.person(c, 563, 470, 180, number=4)
    c.polygon(
        [(690, 470), (730, 480), (1080, 740), (1240, 750), (1240, 790), (1060, 790), (680, 510)],
        k.TEAL,
    )
    c.line([(690, 462), (1090, 728), (1240, 738)], k.PALE_TEAL, 14)


def wip(c: Canvas) -> None:
    _lawn(c)
    c.polygon([(740, 800), (800, 600), (860, 800)], k.TEAL)
    c.polygon([(330, 760), (1270, 480), (1278, 512), (338, 792)], k.PURPLE)
    c.line([(470, 730), (470, 640)], k.INK, 12)
    c.line([(1120, 535), (1120, 445)], k.INK, 12)
    c.circle(800, 636, 22, k.YELLOW)
    travellers.person(c, 400, 760, 250, number=5)
    travellers.person(c, 1190, 510, 250, number=1)


def klimnet(c: Canvas) -> None:
    _lawn(c)
    top, left, right, low = (800, 120), 300, 1300, 800
    c.box(788, 110, 812, low, k.WOOD)
    for step in range(9):
        x = left + step * (right - left) / 8
        c.line([top, (x, low)], k.INK, 8)
    for share in (0.25, 0.42, 0.58, 0.74, 0.9):
        y = top[1] + (low - top[1]) * share
        half = (right - left) / 2 * share
        c.line([(800 - half, y), (800 + half, y)], k.PURPLE, 8)
    c.circle(800, 112, 26, k.YELLOW)
    travellers.person(c, 640, 560, 200, number=2)
    travellers.person(c, 930, 720, 210, number=0)
