"""What all calendars (RFC 5545) of the site share: the time zone, spelled out."""

from functools import cache

from icalendar import Timezone

# The rule of Europe since 1996; a test holds it against the time zone database.
AMSTERDAM = """\
BEGIN:VTIMEZONE
TZID:Europe/Amsterdam
BEGIN:DAYLIGHT
DTSTART:19960331T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE
"""


@cache
def amsterdam() -> Timezone:
    """The VTIMEZONE of Europe/Amsterdam."""
    return Timezone.from_ical(AMSTERDAM)
