"""Dates of the demo, counted from the day it is loaded, so that it never looks old."""

import calendar
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone


@dataclass(frozen=True)
class Clock:
    """Days and months before and after `today`."""

    today: date

    @classmethod
    def now(cls) -> "Clock":
        return cls(timezone.localdate())

    def day(self, days: int) -> date:
        """So many days from today."""
        return self.today + timedelta(days=days)

    def month(self, months: int) -> date:
        """The first day of the month that is so many months from this one."""
        years, month = divmod(self.today.year * 12 + self.today.month - 1 + months, 12)
        return date(years, month + 1, 1)

    def month_end(self, months: int) -> date:
        """The last day of the month that is so many months from this one."""
        first = self.month(months)
        return first.replace(day=calendar.monthrange(first.year, first.month)[1])

    def year_end(self, years: int) -> date:
        """31 December of the year that is so many years from this one."""
        return date(self.today.year + years, 12, 31)

    def at(self, days: int, hour: int = 12, minute: int = 0) -> datetime:
        """A moment on the day that is so many days from today, in local time."""
        zone = timezone.get_default_timezone()
        return datetime.combine(self.day(days), time(hour, minute), tzinfo=zone)

    def next_weekday(self, weekday: int, *, after: int = 0) -> date:
        """The first such weekday (Monday is 0) that is more than `after` days from today."""
        first = self.day(after + 1)
        return first + timedelta(days=(weekday - first.weekday()) % 7)
