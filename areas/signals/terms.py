"""Terms in working days by the Dutch calendar.

No working days are Saturday, Sunday and the days of article 3 of the Algemene termijnenwet: New
Year's Day, Good Friday, Easter Monday, King's Day, 5 May, Ascension Day, Whit Monday and both
Christmas days. The calendar itself comes from the library `holidays`.
"""

from datetime import date, datetime, timedelta
from functools import lru_cache

import holidays
from django.utils import timezone

SATURDAY = 5


@lru_cache(maxsize=64)
def free_days(year: int) -> frozenset[date]:
    """The days of one year on which the law lets no term end, weekends not counted."""
    # 5 May is a day off once in five years, but ends no term in any year: "optional".
    return frozenset(holidays.NL(years=year, categories=("public", "optional")))


def is_working_day(day: date) -> bool:
    """Whether a municipality works on this day."""
    return day.weekday() < SATURDAY and day not in free_days(day.year)


def add_working_days(day: date, count: int) -> date:
    """The `count`-th working day after `day`; for 0 `day` itself, whatever day that is."""
    while count > 0:
        day += timedelta(days=1)
        if is_working_day(day):
            count -= 1
    return day


def working_days_between(first: date, last: date) -> int:
    """The number of working days after `first` up to and including `last`; 0 in reverse order."""
    span = (last - first).days
    return sum(is_working_day(first + timedelta(days=n)) for n in range(1, span + 1))


def last_day(received: datetime, working_days: int) -> date:
    """The day at whose end a term is over; the day of receipt, in Amsterdam, does not count."""
    return add_working_days(timezone.localdate(received), working_days)
