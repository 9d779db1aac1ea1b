"""Office hours as iCalendar (RFC 5545), for people's own calendars.

A single date is one event and a series one event with a rule; an exception is an event with the
same UID and the RECURRENCE-ID of the date it replaces. So a calendar that fetches the feed again
moves or cancels what it has. UIDs follow from the page and its row, never from the address of
the site.
"""

import uuid
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vRecur

from cms.calendars import amsterdam
from cms.services import absolute_url

from . import schedule

PRODUCT = "-//Gebiedsplein//Spreekuren//NL"
#: How often a calendar may fetch a feed anew.
REFRESH = timedelta(hours=6)
#: Single dates stay in a feed this long after they were.
KEPT = timedelta(days=31)
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
NEVER_PUBLISHED = datetime(2020, 1, 1, tzinfo=UTC)


def calendar_of(office_hours: Iterable, *, name: str, today: date | None = None) -> bytes:
    """A calendar of office hours, which come with moments, series and exceptions prefetched.

    `name` is what the calendar is called in people's programs. No queries.
    """
    today = today or timezone.localdate()
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", PRODUCT)
    calendar.add("method", "PUBLISH")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", timezone.get_default_timezone_name())
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", REFRESH)
    calendar.add_component(amsterdam())
    for page in office_hours:
        for event in events_of(page, since=today - KEPT):
            calendar.add_component(event)
    return calendar.to_ical()


def events_of(page, *, since: date) -> list[Event]:
    """The events of one office hour that are not over before `since`."""
    exceptions = {exception.date: exception for exception in page.exceptions.all()}
    events = []
    for moment in page.moments.all():
        exception = exceptions.get(moment.date)
        ends = max(moment.date, exception.new_date or moment.date) if exception else moment.date
        if ends >= since:
            event = _event(page, f"moment-{moment.pk}", moment, moment.date, exception)
            events.append(_noted(event, moment.note))
    for series in page.series.all():
        if series.until is not None and series.until < since:
            continue
        rule = schedule.rule_of(series)
        if rule is None:
            continue
        key = f"series-{series.pk}"
        first = next(iter(rule)).date()
        event = _event(page, key, series, first, None)
        event.add("rrule", recurrence(series))
        events.append(event)
        for day, exception in exceptions.items():
            if day >= since and schedule.dates_of(series, day, day):
                change = _event(page, key, series, day, exception)
                change.add("recurrence-id", schedule.aware(day, *_times(series))[0])
                events.append(change)
    return events


def recurrence(series) -> vRecur:
    """The rule of a series (RFC 5545, 3.3.10); it counts from its first date that fits."""
    rule = {"freq": "MONTHLY" if series.frequency == schedule.MONTH else "WEEKLY"}
    if series.interval > 1:
        rule["interval"] = series.interval
    day = DAYS[series.weekday]
    rule["byday"] = f"{series.week_of_month}{day}" if series.week_of_month else day
    if series.until:
        last = datetime.combine(
            series.until, time(23, 59, 59), tzinfo=timezone.get_default_timezone()
        )
        rule["until"] = last.astimezone(UTC)
    return vRecur(rule)


def _event(page, key: str, planned, day: date, exception) -> Event:
    """One event on `day`, with what the exception says."""
    start, end = schedule.aware(day, *_times(planned))
    cancelled = exception is not None and exception.kind == schedule.CANCELLED
    if exception is not None and not cancelled:
        start, end = schedule.aware(*schedule.moved(exception, *_times(planned)))
    published = page.last_published_at or NEVER_PUBLISHED
    event = Event()
    event.add("uid", str(uuid.uuid5(page.translation_key, key)))
    event.add("dtstamp", published.astimezone(UTC))
    event.add("last-modified", published.astimezone(UTC))
    event.add("sequence", _sequence(page))
    event.add("dtstart", start)
    event.add("dtend", end)
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    title = _("Gaat niet door: %(title)s") % {"title": page.title} if cancelled else page.title
    event.add("summary", title)
    event.add("url", absolute_url(page.url))
    if page.place_name:
        event.add("location", page.place_name)
    if page.map_geometry is not None and page.map_geometry.geom_type == "Point":
        event.add("geo", (round(page.map_geometry.y, 6), round(page.map_geometry.x, 6)))
    event.add("transp", "TRANSPARENT")
    event.add("description", "\n\n".join(filter(None, _texts(page, exception))))
    return event


def _noted(event: Event, note: str) -> Event:
    if note:
        text = str(event.pop("description", ""))
        event.add("description", f"{note}\n\n{text}")
    return event


def _times(planned) -> tuple[time, time]:
    return planned.start_time, planned.end_time


def _texts(page, exception) -> list[str]:
    """Why it is otherwise, what it is about, with whom, and where to read on."""
    reason = ""
    if exception is not None and exception.kind == schedule.CANCELLED:
        reason = _("Gaat niet door: %(reason)s") % {"reason": exception.reason}
    elif exception is not None:
        reason = _("Verplaatst van %(day)s: %(reason)s") % {
            "day": schedule.day_text(exception.date),
            "reason": exception.reason,
        }
    return [reason, page.summary, page.host_name, page.appointment, absolute_url(page.url)]


def _sequence(page) -> int:
    """Grows with every publication: minutes since the first (RFC 5545, 3.8.7.4)."""
    if page.first_published_at is None or page.last_published_at is None:
        return 0
    return int((page.last_published_at - page.first_published_at).total_seconds() // 60)
