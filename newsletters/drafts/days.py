"""On which days the rhythm of an area falls; all days are days in Amsterdam."""

from collections.abc import Iterator
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from areas.signals.terms import is_working_day

from ..models import AreaNewsletter

Every = AreaNewsletter.Every
STEPS = {
    Every.WEEK: relativedelta(weeks=1),
    Every.TWO_WEEKS: relativedelta(weeks=2),
    Every.MONTH: relativedelta(months=1),
    Every.TWO_MONTHS: relativedelta(months=2),
    Every.QUARTER: relativedelta(months=3),
}


def due_days(row: AreaNewsletter) -> Iterator[date]:
    """The days of a rhythm from its first on, without end; none where it has no rhythm.

    Each is reckoned from the first one: after 31 January comes 28 February and then 31 March.
    """
    step = STEPS.get(row.every)
    if step is None or row.first_on is None:
        return
    number = 0
    while True:
        yield row.first_on + step * number
        number += 1


def working_day(day: date) -> date:
    """The day itself, or the first working day after it."""
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def latest_due(row: AreaNewsletter, today: date) -> date | None:
    """The last day of the rhythm whose draft should be there by now, or None.

    Only the last: who missed several days gets one draft, with all that happened meanwhile.
    """
    latest = None
    for day in due_days(row):
        if working_day(day) > today:
            break
        latest = day
    return latest if latest is not None and latest >= row.counts_from else None


def next_due(row: AreaNewsletter, today: date) -> date | None:
    """The first day after today on which a draft comes, moved to a working day, or None."""
    for day in due_days(row):
        if day >= row.counts_from and working_day(day) > today:
            return working_day(day)
    return None
