"""Office hours as visitors get them: page, list, map layer, home and area."""

from datetime import date, time

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from participation.officehours.models import Occurrence, OfficeHourException, OfficeHourPage
from tests.factories import participation as make
from tests.queries import queries_by_address


def planned(page, *, moments=(), series=(), exceptions=()):
    """Plans an office hour and publishes it, as an editor does."""
    for values in moments:
        make.OfficeHourMomentFactory(office_hour=page, **values)
    for values in series:
        make.OfficeHourSeriesFactory(office_hour=page, **values)
    for values in exceptions:
        make.OfficeHourExceptionFactory(office_hour=page, **values)
    page = OfficeHourPage.objects.get(pk=page.pk)
    page.save_revision().publish()
    return page


def moments_on(page) -> list[str]:
    """The moments a page shows, in words."""
    return [" ".join(item.get_text(" ").split()) for item in page.select("#momenten-kop ~ ul > li")]


def listed(page) -> list[str]:
    """Day and title of each moment on the list."""
    return [
        f"{section.find('h2').get_text()}: {link.get_text()}"
        for section in page.select(".gp-maplist section")
        for link in section.select(".gp-teaser__title a")
    ]


def test_page_says_who_where_when_and_how_to_get_in(soup, north, project):
    page = make.OfficeHourPageFactory(
        parent=north,
        host_phone="0900-1852",
        about="<p>Over de nieuwe brug.</p>",
        directions="De ingang is naast de bibliotheek.",
        step_free="ja",
        hearing_loop="nee",
        languages="Nederlands, Engels",
        project=project,
        geometry=make.MARKET,
    )
    main = soup(page.get_url()).find("main")
    text = main.get_text(" ")
    for part in (
        "Omgevingsmanager Badhoevedorp",
        "0900-1852",
        "Marktplein 1, Badhoevedorp",
        "Over de nieuwe brug.",
        "De ingang is naast de bibliotheek.",
        "Toegankelijk zonder drempel of trap",
        "Nederlands, Engels",
        "U hoeft geen afspraak te maken.",
    ):
        assert part in text
    assert main.find("a", string="Brug over de Ringvaart")["href"] == project.get_url()
    assert main.select_one("[data-map-config]")


def test_page_without_moments_points_to_personal_contact(soup, office_hour):
    assert "Nu niets gepland" in soup(office_hour.get_url()).find("main").get_text()


def test_weekly_series_with_a_cancelled_and_a_moved_date(soup, office_hour, on_day):
    on_day("2026-11-20 12:00")
    planned(
        office_hour,
        series=[{"weekday": 1, "until": date(2026, 12, 15)}],
        exceptions=[
            {"date": date(2026, 12, 1), "reason": "De markt is die dag dicht."},
            {
                "date": date(2026, 12, 8),
                "kind": "verplaatst",
                "new_date": date(2026, 12, 9),
                "new_start": time(14, 0),
                "new_end": time(15, 30),
                "reason": "Er is een vergadering.",
            },
        ],
    )
    page = soup(office_hour.get_url())
    assert moments_on(page) == [
        "dinsdag 24 november, 10.00 – 12.00 uur",
        "dinsdag 1 december, 10.00 – 12.00 uur Gaat niet door De markt is die dag dicht.",
        "dinsdag 8 december, 10.00 – 12.00 uur Verplaatst Nu op woensdag 9 december om 14.00 uur."
        " Er is een vergadering.",
        "woensdag 9 december, 14.00 – 15.30 uur In plaats van dinsdag 8 december. Er is een"
        " vergadering.",
        "dinsdag 15 december, 10.00 – 12.00 uur",
    ]
    assert "dinsdag 24 november" in page.select_one(".gp-panel--action").get_text()


def test_next_time_skips_what_is_cancelled(soup, office_hour, on_day):
    on_day("2026-11-20 12:00")
    planned(
        office_hour,
        series=[{"weekday": 1}],
        exceptions=[{"date": date(2026, 11, 24)}],
    )
    panel = soup(office_hour.get_url()).select_one(".gp-panel--action").get_text()
    assert "dinsdag 1 december" in panel
    assert "dinsdag 24 november" not in panel


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("series", "expected"),
    [
        # Every Tuesday from the first one on.
        ({"weekday": 1, "first": date(2027, 1, 1)}, ["5 januari", "12 januari", "19 januari"]),
        # Every second week counts from the first date that fits.
        (
            {"weekday": 1, "interval": 2, "first": date(2027, 1, 6)},
            ["12 januari", "26 januari", "9 februari"],
        ),
        # The first Monday of the month; the one before "first" does not count.
        (
            {"frequency": "maand", "weekday": 0, "week_of_month": 1, "first": date(2027, 1, 5)},
            ["1 februari", "1 maart", "5 april"],
        ),
        # The fifth Monday is there in some months only.
        (
            {"frequency": "maand", "weekday": 0, "week_of_month": 5, "first": date(2027, 1, 1)},
            ["29 maart", "31 mei", "30 augustus"],
        ),
        # The last Friday.
        (
            {"frequency": "maand", "weekday": 4, "week_of_month": -1, "first": date(2027, 1, 1)},
            ["29 januari", "26 februari", "26 maart"],
        ),
        # Every third month.
        (
            {
                "frequency": "maand",
                "interval": 3,
                "weekday": 2,
                "week_of_month": 2,
                "first": date(2027, 1, 1),
            },
            ["13 januari", "14 april", "14 juli"],
        ),
        # 29 February 2028 is a Tuesday, and the fifth of that month.
        (
            {"frequency": "maand", "weekday": 1, "week_of_month": 5, "first": date(2028, 2, 1)},
            ["29 februari 2028", "30 mei 2028"],
        ),
    ],
)
def test_repetitions(soup, office_hour, on_day, series, expected):
    on_day("2027-01-01 08:00")
    planned(office_hour, series=[series])
    found = moments_on(soup(office_hour.get_url()))[: len(expected)]
    assert [" ".join(text.split(",")[0].split()[1:]) for text in found] == expected


@pytest.mark.one_database
@pytest.mark.parametrize("day", [date(2027, 3, 23), date(2027, 10, 26)])
def test_office_hour_stays_at_ten_when_the_clock_changes(office_hour, on_day, day):
    """The clock changes on Sunday 28 March and 31 October 2027."""
    on_day(f"{day.isoformat()} 08:00")
    planned(office_hour, series=[{"weekday": 1, "first": day}, {"weekday": 6, "first": day}])
    starts = list(Occurrence.objects.values_list("start", flat=True)[:4])
    local = [start.astimezone(timezone.get_default_timezone()) for start in starts]
    assert {moment.hour for moment in local} == {10}
    assert len({moment.utcoffset() for moment in local}) == 2


def test_hour_that_the_clock_skips_comes_an_hour_later(office_hour, on_day):
    on_day("2027-03-27 08:00")
    planned(
        office_hour,
        moments=[{"date": date(2027, 3, 28), "start_time": time(2, 30), "end_time": time(3, 0)}],
    )
    (occurrence,) = Occurrence.objects.all()
    assert occurrence.start.astimezone(timezone.get_default_timezone()).hour == 3
    assert (occurrence.end - occurrence.start).total_seconds() == 1800


def test_hour_that_comes_twice_is_there_once(office_hour, on_day):
    on_day("2027-10-30 08:00")
    planned(
        office_hour,
        moments=[{"date": date(2027, 10, 31), "start_time": time(2, 30), "end_time": time(3, 30)}],
    )
    assert Occurrence.objects.count() == 1


def test_list_is_by_date_and_shows_what_is_cancelled(soup, north, on_day):
    on_day("2026-11-20 12:00")
    market = make.OfficeHourPageFactory(parent=north, title="Op de markt")
    hall = make.OfficeHourPageFactory(parent=north, title="In het dorpshuis")
    planned(
        market,
        series=[{"weekday": 1, "until": date(2026, 12, 1)}],
        exceptions=[{"date": date(2026, 12, 1), "reason": "De markt is dicht."}],
    )
    planned(hall, moments=[{"date": date(2026, 11, 25)}, {"date": date(2026, 11, 19)}])
    page = soup("/spreekuren/")
    assert listed(page) == [
        "dinsdag 24 november: Op de markt",
        "woensdag 25 november: In het dorpshuis",
        "dinsdag 1 december: Op de markt",
    ]
    assert "Gaat niet door" in page.find("main").get_text()
    assert "De markt is dicht." in page.find("main").get_text()


def test_office_hour_of_today_stays_until_it_is_over(soup, office_hour, on_day):
    on_day("2026-11-24 08:00")
    planned(office_hour, moments=[{"date": date(2026, 11, 24)}])
    on_day("2026-11-24 11:59")
    assert listed(soup("/spreekuren/")) == ["dinsdag 24 november: Spreekuur op de markt"]
    on_day("2026-11-24 12:00")
    assert listed(soup("/spreekuren/")) == []


def test_list_and_layer_by_area(client, soup, north, west, on_day):
    on_day("2026-11-20 12:00")
    here = make.OfficeHourPageFactory(parent=north, title="Spreekuur Noord", geometry=make.MARKET)
    there = make.OfficeHourPageFactory(parent=west, title="Spreekuur West")
    for page in (here, there):
        planned(page, moments=[{"date": date(2026, 12, 1)}])
    address = "/kaart/lagen/spreekuren.geojson"
    for slug, title in [
        ("haarlemmermeer-noord", "Spreekuur Noord"),
        ("haarlemmermeer-west", "Spreekuur West"),
    ]:
        page = soup("/spreekuren/", {"gebied": slug})
        assert listed(page) == [f"dinsdag 1 december: {title}"]
        assert f"/spreekuren/{slug}.ics" in str(page)
        features = client.get(address, {"gebied": slug}).json()["features"]
        assert [feature["properties"]["title"] for feature in features] == [title]


def test_layer_holds_only_office_hours_with_a_moment_to_come(client, north, on_day):
    on_day("2026-11-20 12:00")
    coming = make.OfficeHourPageFactory(parent=north, title="Komt")
    over = make.OfficeHourPageFactory(parent=north, title="Voorbij")
    off = make.OfficeHourPageFactory(parent=north, title="Gaat niet door")
    make.OfficeHourPageFactory(parent=north, title="Niets gepland")
    planned(coming, moments=[{"date": date(2026, 12, 1)}])
    planned(over, moments=[{"date": date(2026, 11, 1)}])
    planned(
        off,
        moments=[{"date": date(2026, 12, 1)}],
        exceptions=[{"date": date(2026, 12, 1)}],
    )
    features = client.get("/kaart/lagen/spreekuren.geojson").json()["features"]
    assert [feature["properties"]["title"] for feature in features] == ["Komt"]


def test_home_and_area_show_each_office_hour_once_with_its_next_moment(soup, office_hour, on_day):
    on_day("2026-11-20 12:00")
    planned(office_hour, series=[{"weekday": 1}])
    for address in ("/", "/haarlemmermeer-noord/"):
        cards = soup(address).select("#spreekuren-kop")[0].find_parent("section").select(".gp-card")
        assert len(cards) == 1
        assert "dinsdag 24 november, 10.00 – 12.00 uur" in cards[0].get_text(" ")


def test_unpublished_office_hour_is_nowhere(client, soup, office_hour, on_day):
    on_day("2026-11-20 12:00")
    page = planned(office_hour, series=[{"weekday": 1}])
    page.unpublish()
    assert listed(soup("/spreekuren/")) == []
    assert client.get("/kaart/lagen/spreekuren.geojson").json()["features"] == []
    assert "Spreekuur op de markt" not in soup("/").get_text()
    assert b"VEVENT" not in client.get("/spreekuren/agenda.ics").content


@pytest.mark.one_database
@pytest.mark.parametrize(
    "query", [{"gebied": "atlantis"}, {"pagina": "x"}, {"gebied": "<script>alert(1)</script>"}]
)
def test_wrong_filter_shows_the_error_and_all_moments(soup, office_hour, on_day, query):
    on_day("2026-11-20 12:00")
    planned(office_hour, moments=[{"date": date(2026, 12, 1)}])
    page = soup("/spreekuren/", query, status=400)
    assert page.select_one(".gp-error-summary")
    assert listed(page)
    assert "<script>alert(1)" not in str(page.find("main"))


def test_empty_list_helps_on(soup, north):
    assert "Er zijn nu geen spreekuren gepland" in soup("/spreekuren/").get_text()


def test_publishing_again_changes_only_what_changed(office_hour, on_day):
    on_day("2026-11-20 12:00")
    page = planned(office_hour, series=[{"weekday": 1}])
    before = dict(Occurrence.objects.values_list("start", "pk"))
    assert len(before) == 78  # eighteen months of Tuesdays
    planned(page, exceptions=[{"date": date(2026, 12, 1)}])
    after = dict(Occurrence.objects.values_list("start", "pk"))
    assert after == before
    assert Occurrence.objects.filter(cancelled=True).count() == 1
    page = OfficeHourPage.objects.get(pk=page.pk)
    page.series.all().delete()
    page.exceptions.all().delete()
    page.save()
    assert not Occurrence.objects.exists()


def test_draft_changes_nothing_for_visitors(soup, office_hour, on_day):
    on_day("2026-11-20 12:00")
    page = planned(office_hour, moments=[{"date": date(2026, 12, 1)}])
    page.moments.add(make.OfficeHourMomentFactory.build(date=date(2026, 12, 2)))
    page.save_revision()
    assert listed(soup("/spreekuren/")) == ["dinsdag 1 december: Spreekuur op de markt"]


def test_daily_job_adds_what_comes_within_sight_and_drops_what_is_long_over(office_hour, on_day):
    on_day("2026-11-20 12:00")
    planned(office_hour, series=[{"weekday": 1}])
    last = Occurrence.objects.latest("start").start
    on_day("2027-02-20 03:00")
    call_command("tick", only="top-up-office-hours", verbosity=0)
    assert Occurrence.objects.latest("start").start > last
    oldest = Occurrence.objects.earliest("start").start.date()
    assert oldest == date(2026, 12, 22)
    stored = list(Occurrence.objects.values_list("pk", flat=True))
    call_command("tick", only="top-up-office-hours", verbosity=0)
    assert list(Occurrence.objects.values_list("pk", flat=True)) == stored


def test_moving_onto_a_planned_date_gives_one_moment(office_hour, on_day):
    on_day("2026-11-20 12:00")
    planned(
        office_hour,
        series=[{"weekday": 1, "until": date(2026, 12, 1)}],
        exceptions=[
            {"date": date(2026, 11, 24), "kind": "verplaatst", "new_date": date(2026, 12, 1)}
        ],
    )
    assert list(Occurrence.objects.values_list("cancelled", flat=True)) == [True, False]


@pytest.mark.parametrize(
    ("factory", "values"),
    [
        (make.OfficeHourMomentFactory, {"start_time": time(12), "end_time": time(12)}),
        (make.OfficeHourSeriesFactory, {"start_time": time(12), "end_time": time(11)}),
        (make.OfficeHourSeriesFactory, {"until": date(2025, 12, 31)}),
        (make.OfficeHourSeriesFactory, {"frequency": "maand"}),
        (make.OfficeHourSeriesFactory, {"week_of_month": 2}),
        (make.OfficeHourSeriesFactory, {"interval": 0}),
        (make.OfficeHourSeriesFactory, {"weekday": 7}),
        (make.OfficeHourExceptionFactory, {"kind": "verplaatst"}),
        (make.OfficeHourExceptionFactory, {"new_start": time(12), "new_end": time(11)}),
        (make.OfficeHourExceptionFactory, {"new_start": time(12)}),
    ],
)
def test_database_refuses_what_cannot_be(office_hour, factory, values):
    with pytest.raises(IntegrityError), transaction.atomic():
        factory(office_hour=office_hour, **values)


def test_database_refuses_two_occurrences_at_once(office_hour, on_day):
    on_day("2026-11-20 12:00")
    planned(office_hour, moments=[{"date": date(2026, 12, 1)}])
    known = Occurrence.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Occurrence.objects.create(office_hour=office_hour, start=known.start, end=known.end)


def fill(area, number):
    for _ in range(number):
        page = make.OfficeHourPageFactory(parent=area, geometry=make.MARKET)
        make.OfficeHourSeriesFactory(office_hour=page)
        make.OfficeHourMomentFactory(office_hour=page)
        make.OfficeHourExceptionFactory(office_hour=page, kind=OfficeHourException.Kind.CANCELLED)
        page.save()


def test_queries_do_not_grow_with_office_hours(client, north, office_hour, on_day):
    most = {
        "/spreekuren/": 12,
        "/spreekuren/?gebied=haarlemmermeer-noord": 12,
        "/spreekuren/agenda.ics": 6,
        "/spreekuren/haarlemmermeer-noord.ics": 7,
        "/kaart/lagen/spreekuren.geojson": 4,
        "/haarlemmermeer-noord/markt/": 25,
    }
    on_day("2026-11-20 12:00")
    fill(north, 3)
    few = queries_by_address(client, most)
    fill(north, 15)
    assert queries_by_address(client, most) == few
    assert {address: number for address, number in few.items() if number > most[address]} == {}
