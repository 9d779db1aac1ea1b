"""How fast signals are answered, per area and per council; what residents may read of it.

Counted are signals by the year in which they came in (Europe/Amsterdam): those that a resident
never confirmed are not, and a double is not counted besides the signal it was merged into.
Working days are those of all the waiting, also after a signal was opened again, and a term that
was missed once stays missed.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Case, Count, IntegerField, Min, Q, Value, When
from django.utils import timezone

from .models import Signal

#: What fewer signals than this say is about people, not about figures.
FEWEST = 5


@dataclass
class Figures:
    """Counts of a set of signals; `days` holds how often an answer took so many working days."""

    received: int = 0
    answered: int = 0
    in_term: int = 0
    open: int = 0
    late: int = 0
    days: Counter = field(default_factory=Counter)

    def add(self, number: int, *, answered: bool, in_term: bool, days: int, late: bool) -> None:
        """Count so many signals that are alike."""
        self.received += number
        if answered:
            self.answered += number
            self.days[days] += number
            self.in_term += number * in_term
        else:
            self.open += number
            self.late += number * late

    @property
    def percent(self) -> int | None:
        """Answered within the term, of those answered or past it, in whole percents."""
        due = self.answered + self.late
        return round(100 * self.in_term / due) if due else None

    @property
    def median(self) -> float | None:
        """The median number of working days to the answer."""
        total = sum(self.days.values())
        if not total:
            return None
        middle = [(total - 1) // 2, total // 2]
        found, passed = [], 0
        for value in sorted(self.days):
            passed += self.days[value]
            while len(found) < 2 and passed > middle[len(found)]:
                found.append(value)
        return sum(found) / 2


@dataclass
class Overview:
    """Figures of one year. Keys are primary keys; the council None stands for residents."""

    total: Figures
    by_area: dict[int, Figures]
    by_council: dict[int | None, Figures]


def year_span(year: int) -> tuple[datetime, datetime]:
    """The first moment of a year and that of the next, in Amsterdam."""
    zone = timezone.get_default_timezone()
    return datetime(year, 1, 1, tzinfo=zone), datetime(year + 1, 1, 1, tzinfo=zone)


def years_with_figures(today: date) -> list[int]:
    """The years from the first signal to today's, the newest first; one query."""
    first = Signal.objects.aggregate(first=Min("received_at"))["first"]
    start = timezone.localtime(first).year if first else today.year
    return list(range(today.year, min(start, today.year) - 1, -1))


def overview(*, year: int, today: date, area_ids: Iterable[int] | None = None) -> Overview:
    """All figures of a year, of some areas or of all; one query, whatever there is.

    The database counts per area, council, state and number of days, all from one index; what is
    left to add up here grows with the councils and not with the signals.
    """
    start, end = year_span(year)
    rows = Signal.objects.counted().filter(received_at__gte=start, received_at__lt=end)
    if area_ids is not None:
        rows = rows.filter(area_id__in=list(area_ids))
    is_late = Case(
        When(Q(state__in=Signal.OPEN_STATES, due_on__lt=today), then=Value(1)),
        default=Value(0),
        output_field=IntegerField(),
    )
    counted = (
        rows.order_by()
        .annotate(is_late=is_late)
        .values_list("area_id", "council_id", "state", "in_term", "answer_days", "is_late")
        .annotate(number=Count("*"))
    )
    found, answered = Overview(Figures(), {}, {}), Signal.State.ANSWERED.value
    for area, council, state, in_term, days, late, number in counted:
        for figures in (
            found.total,
            found.by_area.setdefault(area, Figures()),
            found.by_council.setdefault(council, Figures()),
        ):
            figures.add(
                number,
                answered=state == answered,
                in_term=bool(in_term),
                days=days,
                late=bool(late),
            )
    return found


def hide_small(found: Overview, *, home_areas: dict[int, int]) -> Overview:
    """Only what residents may read: no figures of fewer than `FEWEST` signals, nor by subtraction.

    `home_areas`: council -> its area. After the small rows are gone, the smallest of the others
    goes too as long as a total less the rows below it would leave 1 to 4 signals. That holds
    for areas and for councils under the municipality, for councils under their area, and for
    councils of hidden areas together with the areas that are shown. A year of fewer than
    `FEWEST` signals shows nothing at all.
    """
    if found.total.received < FEWEST:
        return Overview(Figures(), {}, {})
    areas = {key: row for key, row in found.by_area.items() if row.received >= FEWEST}
    councils = {key: row for key, row in found.by_council.items() if row.received >= FEWEST}
    while True:
        for total, parts, smaller in _sums(found, areas, councils, home_areas):
            rest = total - sum(row.received for row in parts.values())
            if 0 < rest < FEWEST and smaller:
                key = min(smaller, key=lambda key: (smaller[key].received, str(key)))
                (areas if smaller is areas else councils).pop(key)
                break
        else:
            return Overview(found.total, areas, councils)


def _sums(found: Overview, areas: dict, councils: dict, home_areas: dict[int, int]):
    """(total, rows that add up to part of it, rows of which one may go) of what can be subtracted.

    Rows that may go are given as `areas` itself, or as councils.
    """
    # The narrow ones first: what has to go for those often mends the wide ones too.
    everything = found.total.received
    for area, figures in areas.items():
        inside = {key: row for key, row in councils.items() if home_areas.get(key) == area}
        yield figures.received, inside, inside
    inside = {
        key: row
        for key, row in councils.items()
        if key is not None and home_areas.get(key) not in areas
    }
    shown_areas = {("area", key): row for key, row in areas.items()}
    yield everything, shown_areas | inside, inside
    yield everything, shown_areas, areas
    yield everything, councils, councils
