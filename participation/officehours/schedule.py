"""When an office hour takes place: single dates, weekly or monthly series, and exceptions.

Dates and times are wall-clock times in the municipality's time zone, so an office hour at ten
stays at ten when the clock changes. Only here do they become moments with an offset.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Protocol

from dateutil.rrule import MONTHLY, WEEKLY, rrule, weekday
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _

WEEK, MONTH = "week", "maand"
CANCELLED, MOVED = "vervalt", "verplaatst"


class Moment(Protocol):
    """A single date."""

    date: date
    start_time: time
    end_time: time
    note: str


class Series(Protocol):
    """A weekly or monthly repetition; `week_of_month` is 1 to 5, or -1 for the last."""

    frequency: str
    interval: int
    weekday: int
    week_of_month: int | None
    first: date
    until: date | None
    start_time: time
    end_time: time


class ExceptionalDate(Protocol):
    """A date on which what was planned is cancelled or moved."""

    date: date
    kind: str
    new_date: date | None
    new_start: time | None
    new_end: time | None
    reason: str


class TimeTexts:
    """Day and times in words, for anything with `start` and `end`."""

    @property
    def day_text(self) -> str:
        """The day, with the year where that is not this one."""
        return day_text(timezone.localtime(self.start).date())

    @property
    def time_text(self) -> str:
        """From when until when, such as "10.00 - 12.00 uur"."""
        first, last = timezone.localtime(self.start), timezone.localtime(self.end)
        return time_text(first.time(), last.time())

    @property
    def moved_to_text(self) -> str:
        """Day and time of the new moment, or an empty text."""
        return moment_text(self.moved_to) if self.moved_to else ""

    @property
    def moved_from_text(self) -> str:
        """Day of the moment that this one replaces, or an empty text."""
        return day_text(timezone.localtime(self.moved_from).date()) if self.moved_from else ""


@dataclass(frozen=True)
class Slot(TimeTexts):
    """One occurrence; `start` and `end` are aware."""

    start: datetime
    end: datetime
    cancelled: bool = False
    note: str = ""
    moved_to: datetime | None = None
    moved_from: datetime | None = None


def day_text(day: date) -> str:
    """A day such as "dinsdag 24 november", with the year where that is not this one."""
    this_year = day.year == timezone.localdate().year
    return date_format(day, "l j F" if this_year else "l j F Y")


def time_text(first: time, last: time) -> str:
    """Two wall-clock times as Dutch readers write them."""
    return _("%(start)s – %(end)s uur") % {
        "start": time_format(first, "H.i"),
        "end": time_format(last, "H.i"),
    }


def moment_text(moment: datetime) -> str:
    """Day and time of a moment in words."""
    local = timezone.localtime(moment)
    return _("%(day)s om %(time)s uur") % {
        "day": day_text(local.date()),
        "time": time_format(local.time(), "H.i"),
    }


def aware(day: date, start: time, end: time) -> tuple[datetime, datetime]:
    """Start and end (UTC offset included) of wall-clock times on a day.

    A start that the clock skips in spring comes an hour later; the end never comes before it.
    """
    zone = timezone.get_default_timezone()
    first = datetime.combine(day, start, tzinfo=zone).astimezone(UTC)
    last = datetime.combine(day, end, tzinfo=zone).astimezone(UTC)
    if last <= first:
        last = first + (datetime.combine(day, end) - datetime.combine(day, start))
    return first.astimezone(zone), last.astimezone(zone)


def rule_of(series: Series) -> rrule | None:
    """The repetition as a rule on naive dates (RFC 5545, 3.3.10), or None where it has no date.

    It starts on the first date that fits, so that every second week counts from there.
    """
    if series.frequency == MONTH:
        frequency, day = MONTHLY, weekday(series.weekday, series.week_of_month)
    else:
        frequency, day = WEEKLY, weekday(series.weekday)
    midnight = datetime.combine(series.first, time())
    until = datetime.combine(series.until, time()) if series.until else None
    fitting = next(iter(rrule(frequency, dtstart=midnight, byweekday=day, until=until)), None)
    if fitting is None:
        return None
    return rrule(frequency, interval=series.interval, dtstart=fitting, byweekday=day, until=until)


def dates_of(series: Series, first: date, last: date) -> list[date]:
    """Dates of a series from `first` to `last`, both included."""
    rule = rule_of(series)
    if rule is None:
        return []
    found = rule.between(datetime.combine(first, time()), datetime.combine(last, time()), inc=True)
    return [moment.date() for moment in found]


def slots(
    *,
    moments: Iterable[Moment],
    series: Iterable[Series],
    exceptions: Iterable[ExceptionalDate],
    first: date,
    last: date,
) -> list[Slot]:
    """Every occurrence from `first` to `last`, both included, in order of time.

    A cancelled date stays, marked as such with the reason; a moved one is there twice: cancelled
    on the old date and valid on the new one. No two slots start at the same time.
    """
    by_date = {exception.date: exception for exception in exceptions}
    reach = [first, last, *by_date]
    planned = [(moment.date, moment.start_time, moment.end_time, moment.note) for moment in moments]
    for one in series:
        planned += [
            (day, one.start_time, one.end_time, "") for day in dates_of(one, min(reach), max(reach))
        ]
    found: dict[datetime, Slot] = {}
    for day, start, end, note in planned:
        for slot in _expanded(day, start, end, note, by_date.get(day), first, last):
            known = found.get(slot.start)
            if known is None or known.cancelled:
                found[slot.start] = slot
    return sorted(found.values(), key=lambda slot: slot.start)


def _expanded(day, start, end, note, exception, first, last) -> list[Slot]:
    """The slots in range that one planned date gives: one, or two where it was moved."""
    if exception is None:
        return [Slot(*aware(day, start, end), note=note)] if first <= day <= last else []
    reason = exception.reason
    new_day, new_start, new_end = moved(exception, start, end)
    result = []
    if first <= day <= last:
        original = Slot(*aware(day, start, end), cancelled=True, note=reason)
        if exception.kind == MOVED:
            original = replace(original, moved_to=aware(new_day, new_start, new_end)[0])
        result.append(original)
    if exception.kind == MOVED and first <= new_day <= last:
        both = " ".join(filter(None, [reason, note]))
        old_start = aware(day, start, end)[0]
        result.append(Slot(*aware(new_day, new_start, new_end), note=both, moved_from=old_start))
    return result


def moved(exception: ExceptionalDate, start: time, end: time) -> tuple[date, time, time]:
    """New date and times of a moved date; where no times were given they stay as they were."""
    new_day = exception.new_date or exception.date
    if exception.new_start and exception.new_end:
        return new_day, exception.new_start, exception.new_end
    return new_day, start, end


def horizon(today: date) -> date:
    """Until when occurrences are stored: eighteen months ahead."""
    return today + timedelta(days=548)
