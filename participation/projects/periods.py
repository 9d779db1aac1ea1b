"""Periods of project phases: their words, their state on a day, and where they collide."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

PAST, NOW, FUTURE = "past", "now", "future"


def state_on(day: date, start: date, end: date | None) -> str:
    """Whether a period (both days included, no end is open) is past, now or future on a day."""
    if start > day:
        return FUTURE
    if end is not None and end < day:
        return PAST
    return NOW


def period_text(start: date, end: date | None) -> str:
    """A period as people say it: in whole years or whole months where it is whole.

    2021-01-01..2022-12-31 reads "2021 - 2022", 2023-09-01..2026-06-30 "september 2023 -
    juni 2026", anything else names the days. Without an end: "vanaf 2027".
    """
    if end is None:
        return _("vanaf %(start)s") % {"start": _named(start, _precision(start, None))}
    precision = _precision(start, end)
    first, last = _named(start, precision), _named(end, precision)
    return first if first == last else f"{first} – {last}"


def _precision(start: date, end: date | None) -> str:
    """The coarsest of "year", "month" and "day" that loses nothing."""
    after = end + timedelta(days=1) if end is not None and end < date.max else None
    if start.day != 1 or (after is not None and after.day != 1):
        return "day"
    if start.month != 1 or (after is not None and after.month != 1):
        return "month"
    return "year"


def _named(day: date, precision: str) -> str:
    return date_format(day, {"year": "Y", "month": "F Y", "day": "j F Y"}[precision])


def collisions(periods: Iterable[tuple[date, date | None]]) -> list[tuple[int, int]]:
    """Pairs of positions (later, earlier) of periods that share a day, or follow an open end.

    Positions are those in the given order; each period is compared with the one that starts
    before it and reaches furthest.
    """
    ordered = sorted(enumerate(periods), key=lambda item: (item[1][0], item[0]))
    found = []
    furthest: tuple[int, date | None] | None = None
    for position, (start, end) in ordered:
        if furthest is not None and (furthest[1] is None or start <= furthest[1]):
            found.append((position, furthest[0]))
        if furthest is None or (furthest[1] is not None and (end is None or end > furthest[1])):
            furthest = (position, end)
    return found
