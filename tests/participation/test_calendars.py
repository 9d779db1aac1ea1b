"""Office hours in people's own calendars, read back by another implementation of RFC 5545."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import recurring_ical_events
from django.utils import timezone
from icalendar import Calendar

from participation.officehours.models import Occurrence, OfficeHourPage
from tests.factories import participation as make

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def publish(page):
    page = OfficeHourPage.objects.get(pk=page.pk)
    page.save_revision().publish()
    return OfficeHourPage.objects.get(pk=page.pk)


def feed(client, address="/spreekuren/agenda.ics") -> Calendar:
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    return Calendar.from_ical(response.content)


@pytest.fixture
def busy(north, on_day):
    """An office hour with everything: dates, series over clock changes, exceptions."""
    on_day("2026-11-20 12:00")
    page = make.OfficeHourPageFactory(parent=north, title="Op de markt", geometry=make.MARKET)
    make.OfficeHourMomentFactory(office_hour=page, date=date(2026, 12, 5), note="Met koffie.")
    make.OfficeHourSeriesFactory(office_hour=page, weekday=1)
    make.OfficeHourSeriesFactory(
        office_hour=page,
        frequency="maand",
        weekday=0,
        week_of_month=5,
        start_time=time(19, 30),
        end_time=time(21, 0),
        until=date(2028, 2, 29),
    )
    make.OfficeHourSeriesFactory(
        office_hour=page, weekday=6, interval=2, start_time=time(1, 30), end_time=time(2, 30)
    )
    make.OfficeHourExceptionFactory(office_hour=page, date=date(2026, 12, 1))
    make.OfficeHourExceptionFactory(
        office_hour=page,
        date=date(2026, 12, 8),
        kind="verplaatst",
        new_date=date(2026, 12, 10),
        new_start=time(9),
        new_end=time(11),
        reason="Vergadering",
    )
    return publish(page)


def test_feed_gives_the_same_moments_as_the_site(client, busy):
    """Eighteen months, three changes of the clock."""
    first = datetime(2026, 11, 20, tzinfo=AMSTERDAM)
    events = recurring_ical_events.of(feed(client)).between(first, first + timedelta(days=540))
    held = {
        (event.start.astimezone(UTC), event.end.astimezone(UTC))
        for event in events
        if event["STATUS"] == "CONFIRMED"
    }
    stored = set(
        Occurrence.objects.filter(
            cancelled=False, start__lt=first + timedelta(days=540)
        ).values_list("start", "end")
    )
    assert held == stored
    assert len(held) > 100


def test_cancelled_date_is_cancelled_and_says_why(client, busy):
    events = [event for event in feed(client).walk("VEVENT") if event["STATUS"] == "CANCELLED"]
    (event,) = events
    assert event["RECURRENCE-ID"].dt == datetime(2026, 12, 1, 10, tzinfo=AMSTERDAM)
    assert event["SUMMARY"] == "Gaat niet door: Op de markt"
    assert "De zaal is die dag gesloten." in event["DESCRIPTION"]
    assert "RRULE" not in event


def test_moved_date_keeps_the_uid_of_its_series(client, busy):
    events = feed(client).walk("VEVENT")
    (moved,) = [
        event for event in events if "RECURRENCE-ID" in event and event["RECURRENCE-ID"].dt.day == 8
    ]
    (series,) = [event for event in events if "RRULE" in event and event["UID"] == moved["UID"]]
    assert moved.start == datetime(2026, 12, 10, 9, tzinfo=AMSTERDAM)
    assert series["RRULE"]["FREQ"] == ["WEEKLY"]


def test_event_tells_where_what_and_who(client, busy):
    (event,) = [event for event in feed(client).walk("VEVENT") if event.start.day == 5]
    assert event["SUMMARY"] == "Op de markt"
    assert event["LOCATION"] == "Marktplein 1, Badhoevedorp"
    assert event["GEO"].to_ical() == "52.339;4.784"
    assert event["URL"].endswith(busy.get_url())
    assert "Met koffie." in event["DESCRIPTION"]
    assert "Omgevingsmanager Badhoevedorp" in event["DESCRIPTION"]


def test_uid_stays_and_sequence_grows_with_a_new_publication(client, busy, on_day):
    before = {event["UID"]: event for event in feed(client).walk("VEVENT") if "RRULE" in event}
    on_day("2026-11-21 12:00")
    make.OfficeHourExceptionFactory(office_hour=busy, date=date(2026, 12, 15))
    publish(busy)
    after = {event["UID"]: event for event in feed(client).walk("VEVENT") if "RRULE" in event}
    assert set(after) == set(before)
    for uid, event in after.items():
        assert event["SEQUENCE"] > before[uid]["SEQUENCE"]
        assert event["LAST-MODIFIED"].dt > before[uid]["LAST-MODIFIED"].dt


def test_feed_without_changes_stays_the_same(client, busy):
    addresses = ["/spreekuren/agenda.ics", f"/spreekuren/{busy.pk}/spreekuur.ics"]
    for address in addresses:
        assert client.get(address).content == client.get(address).content


def test_feed_is_kept_by_the_page_cache_with_a_validator(client, busy, settings):
    settings.PAGE_CACHE_ENABLED = True
    first = client.get("/spreekuren/agenda.ics")
    again = client.get("/spreekuren/agenda.ics", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304


def test_lines_are_folded_and_end_as_the_norm_says(client, north, on_day):
    on_day("2026-11-20 12:00")
    page = make.OfficeHourPageFactory(
        parent=north,
        title="Spreekuur; met een komma, een ë en een \\ erin",
        summary="Een heel lange samenvatting over de brug. " * 8,
    )
    make.OfficeHourMomentFactory(office_hour=page)
    publish(page)
    content = client.get("/spreekuren/agenda.ics").content
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert max(len(line) for line in content.split(b"\r\n")) <= 75
    (event,) = Calendar.from_ical(content).walk("VEVENT")
    assert event["SUMMARY"] == "Spreekuur; met een komma, een ë en een \\ erin"


def test_line_break_in_a_field_cannot_add_a_property(client, north, on_day):
    on_day("2026-11-20 12:00")
    page = make.OfficeHourPageFactory(
        parent=north, place_name="Plein\r\nATTENDEE:mailto:x@example.nl", summary="a\nBEGIN:VALARM"
    )
    make.OfficeHourMomentFactory(office_hour=page)
    publish(page)
    (event,) = feed(client).walk("VEVENT")
    assert "ATTENDEE" not in event
    assert not event.subcomponents


def test_time_zone_in_the_feed_is_that_of_the_time_zone_database(client, busy):
    """Every offset from 2026 to 2037, an hour around each change of the clock included."""
    (component,) = feed(client).walk("VTIMEZONE")
    zone = component.to_tz()
    moment = datetime(2026, 1, 1)  # noqa: DTZ001 - wall-clock time
    while moment.year < 2038:
        assert moment.replace(tzinfo=zone).utcoffset() == (
            moment.replace(tzinfo=AMSTERDAM).utcoffset()
        ), moment
        moment += timedelta(hours=1 if moment.month in (3, 10) and moment.day > 24 else 24)


def test_feed_of_an_area_holds_only_its_own(client, north, west, busy):
    other = make.OfficeHourPageFactory(parent=west, title="In West")
    make.OfficeHourMomentFactory(office_hour=other)
    publish(other)
    titles = {str(e["SUMMARY"]) for e in feed(client, "/spreekuren/haarlemmermeer-west.ics").events}
    assert titles == {"In West"}
    assert str(feed(client, "/spreekuren/haarlemmermeer-west.ics")["X-WR-CALNAME"]) == (
        "Spreekuren in Haarlemmermeer-West"
    )


def test_download_of_one_office_hour(client, busy, north):
    response = client.get(f"/spreekuren/{busy.pk}/spreekuur.ics")
    assert response["Content-Disposition"] == f'attachment; filename="{busy.slug}.ics"'
    page = client.get(busy.get_url()).content.decode()
    assert f"/spreekuren/{busy.pk}/spreekuur.ics" in page


@pytest.mark.parametrize(
    "address",
    [
        "/spreekuren/atlantis.ics",
        "/spreekuren/0/spreekuur.ics",
        "/spreekuren/99999999999999999999999/spreekuur.ics",
    ],
)
def test_unknown_calendar_is_not_found(client, north, address):
    assert client.get(address).status_code == 404


def test_draft_and_private_office_hours_are_in_no_calendar(client, busy):
    from wagtail.models import PageViewRestriction

    PageViewRestriction.objects.create(page=busy, restriction_type="login")
    assert not feed(client).events
    assert client.get(f"/spreekuren/{busy.pk}/spreekuur.ics").status_code == 404


def test_single_date_of_long_ago_leaves_the_feed(client, busy, on_day):
    assert any(event.start.day == 5 for event in feed(client).events)
    on_day("2027-02-01 12:00")
    assert timezone.localdate() == date(2027, 2, 1)
    assert not any("RRULE" not in e and e.start.day == 5 for e in feed(client).events)
