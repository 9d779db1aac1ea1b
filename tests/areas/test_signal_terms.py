"""Terms of signals: working days by the Dutch calendar."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from areas.signals.terms import (
    add_working_days,
    is_working_day,
    last_day,
    working_days_between,
)

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
DAYS = st.dates(date(2024, 1, 1), date(2030, 12, 31))
COUNTS = st.integers(1, 60)

#: Easter Sundays as published; what moves with them is counted from these.
EASTER = [
    date(2024, 3, 31),
    date(2025, 4, 20),
    date(2026, 4, 5),
    date(2027, 3, 28),
    date(2028, 4, 16),
    date(2029, 4, 1),
    date(2030, 4, 21),
]


@pytest.mark.parametrize("easter", EASTER, ids=str)
def test_days_of_the_law_are_no_working_days(easter):
    year = easter.year
    moving = [easter + timedelta(days=n) for n in (-2, 1, 39, 50)]
    kings_day = date(year, 4, 27)
    if kings_day.isoweekday() == 7:
        kings_day -= timedelta(days=1)
    fixed = [date(year, 1, 1), date(year, 5, 5), date(year, 12, 25), date(year, 12, 26), kings_day]
    free = set(moving + fixed)
    days = [date(year, 1, 1) + timedelta(days=n) for n in range(365)]
    closed_weekdays = {day for day in days if day.weekday() < 5 and not is_working_day(day)}
    assert closed_weekdays == {day for day in free if day.weekday() < 5}


@given(DAYS, COUNTS)
def test_a_term_ends_on_a_working_day_and_holds_so_many(day, count):
    end = add_working_days(day, count)
    assert is_working_day(end)
    assert working_days_between(day, end) == count
    assert end >= day + timedelta(days=count)


@given(DAYS, COUNTS, COUNTS)
def test_an_extension_adds_up(day, first, second):
    assert add_working_days(add_working_days(day, first), second) == add_working_days(
        day, first + second
    )


@given(DAYS, st.integers(0, 30), COUNTS)
def test_who_asks_later_never_waits_shorter(day, later, count):
    assert add_working_days(day, count) <= add_working_days(day + timedelta(days=later), count)


@given(
    st.datetimes(datetime.fromisoformat("2024-01-01"), datetime.fromisoformat("2030-12-31")), COUNTS
)
def test_the_clock_of_amsterdam_decides_the_day(moment, count):
    """Also in the nights that the clock changes: an hour that is not there or there twice."""
    utc = moment.replace(tzinfo=ZoneInfo("UTC"))
    assert last_day(utc, count) == add_working_days(utc.astimezone(AMSTERDAM).date(), count)


@pytest.mark.parametrize(
    ("received", "due"),
    [
        # Sunday evening in UTC is Monday in Amsterdam, in summer two hours apart.
        (datetime(2026, 6, 14, 22, 30, tzinfo=ZoneInfo("UTC")), date(2026, 6, 29)),
        # Over the end of summer time, 25 October 2026.
        (datetime(2026, 10, 19, 9, 0, tzinfo=AMSTERDAM), date(2026, 11, 2)),
        # Over Good Friday, Easter Monday, King's Day and 5 May.
        (datetime(2026, 4, 1, 12, 0, tzinfo=AMSTERDAM), date(2026, 4, 17)),
        (datetime(2026, 4, 24, 12, 0, tzinfo=AMSTERDAM), date(2026, 5, 12)),
        # Over Christmas and New Year.
        (datetime(2026, 12, 21, 12, 0, tzinfo=AMSTERDAM), date(2027, 1, 6)),
    ],
)
def test_two_weeks_in_practice(received, due):
    assert last_day(received, 10) == due
