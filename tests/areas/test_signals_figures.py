"""Figures of signals: exact, the same for every reader who may have them, and nobody in them."""

from datetime import date, datetime
from statistics import median
from zoneinfo import ZoneInfo

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from areas.signals.figures import FEWEST, Figures, Overview, hide_small, overview
from areas.signals.models import Signal
from tests.factories import signals as brought
from tests.queries import queries_by_address

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
NOW = datetime(2026, 3, 2, 12, tzinfo=AMSTERDAM)
TODAY = date(2026, 11, 20)
PAGE = "/zo-snel-antwoorden-wij/"
ANSWERED = {"state": "beantwoord", "answer": "Ja", "answered_at": NOW}


@pytest.fixture
def councils(north, west):
    return [
        brought.council_in(north, "Raad Groot", "raad-groot"),
        brought.council_in(north, "Raad Klein", "raad-klein"),
        brought.council_in(west, "Raad West", "raad-west"),
    ]


def fill(area, council, count, **values):
    brought.fill(area, council, count, received=values.pop("received", NOW), **values)


def answered(area, council, days, *, in_term=True):
    for number in days:
        fill(area, council, 1, **ANSWERED, answer_days=number, in_term=in_term)


def test_everything_is_counted_once_and_in_its_year(north, west, councils):
    big, _small, other = councils
    answered(north, big, [1, 3, 8])
    answered(north, big, [15, 30], in_term=False)
    fill(north, big, 2)  # open, and over its term
    fill(north, None, 1, due_on=TODAY)  # open within its term
    brought.from_resident(west, confirmed=False)
    main = Signal.objects.first()
    fill(west, other, 1, state="samengevoegd", merged_into=main)
    for moment in ("2025-12-31T22:59:59+00:00", "2026-12-31T23:00:00+00:00"):
        fill(west, other, 1, received=datetime.fromisoformat(moment))
    fill(west, other, 1, received=datetime.fromisoformat("2025-12-31T23:00:00+00:00"))
    found = overview(year=2026, today=TODAY)
    total = found.total
    assert (total.received, total.answered, total.in_term) == (9, 5, 3)
    assert (total.open, total.late, total.median) == (4, 3, 8)
    assert total.percent == round(100 * 3 / 8)
    assert found.by_area[north.pk].received == 8
    assert found.by_area[west.pk].received == 1
    assert {key: row.received for key, row in found.by_council.items()} == {
        big.pk: 7,
        other.pk: 1,
        None: 1,
    }


@given(st.lists(st.integers(0, 60), min_size=1, max_size=40))
def test_the_median_is_the_median(days):
    figures = Figures()
    for value in days:
        figures.days[value] += 1
    assert figures.median == median(days)


ROWS = st.dictionaries(
    st.tuples(st.integers(1, 4), st.sampled_from([None, 11, 12, 21, 22, 31])),
    st.integers(0, 12),
    max_size=14,
)
HOME = {11: 1, 12: 1, 21: 2, 22: 2, 31: 3}


@given(ROWS)
def test_no_subtraction_gives_a_small_number(rows):
    """Whatever came in: what is shown is 5 or more, and so is every rest that follows from it."""
    found = Overview(Figures(), {}, {})
    for (area, council), number in rows.items():
        if number:
            for row in (
                found.total,
                found.by_area.setdefault(area, Figures()),
                found.by_council.setdefault(council, Figures()),
            ):
                row.received += number
    shown = hide_small(found, home_areas=HOME)
    areas = {key: row.received for key, row in shown.by_area.items()}
    councils = {key: row.received for key, row in shown.by_council.items()}
    total = shown.total.received
    assert all(number >= FEWEST for number in (*areas.values(), *councils.values()))
    assert total == 0 or total >= FEWEST
    rests = [total - sum(areas.values()), total - sum(councils.values())]
    for area, number in areas.items():
        inside = sum(row for key, row in councils.items() if HOME.get(key) == area)
        # A council may bring in something elsewhere; then this is no part of that.
        rests.append(number - inside)
    hidden = sum(row for key, row in councils.items() if key is not None and HOME[key] not in areas)
    rests.append(total - sum(areas.values()) - hidden)
    assert all(rest <= 0 or rest >= FEWEST for rest in rests)
    if total:
        assert total == found.total.received


def table(html, key):
    """The rows of a table on the page: name -> texts of its cells."""
    page = BeautifulSoup(html, "html.parser")
    caption = page.select_one(f"#{key}-titel")
    if caption is None:
        return {}
    rows = caption.find_parent("table").select("tbody tr")
    return {row.th.get_text(): [cell.get_text() for cell in row.select("td")] for row in rows}


@pytest.fixture
def this_year():
    """Signals of the year in which the test runs."""
    return datetime.now(AMSTERDAM).replace(month=1, day=2, hour=12)


def test_the_page_shows_five_and_hides_four(client, north, west, councils, this_year):
    big, small, other = councils
    fill(north, big, 10, received=this_year, **ANSWERED, answer_days=2, in_term=True)
    fill(north, small, 4, received=this_year, due_on=date(2099, 1, 1))
    fill(west, other, 5, received=this_year, due_on=date(2099, 1, 1))
    html = client.get(PAGE).content.decode()
    assert table(html, "gebieden") == {
        "Haarlemmermeer-Noord": ["14", "10", "100%", "2", "4", "0"],
        "Haarlemmermeer-West": ["5", "0", "–", "–", "5", "0"],
    }
    # The four of Raad Klein would follow from those of Raad Groot, so both are hidden.
    assert table(html, "raden") == {"Raad West": ["5", "0", "–", "–", "5", "0"]}
    assert "2 rijen staan hier niet, omdat er te weinig vragen zijn." in html
    fill(north, None, 1, received=this_year, due_on=date(2099, 1, 1))
    from cms.pagecache import purge

    purge()
    html = client.get(PAGE).content.decode()
    assert set(table(html, "raden")) == {"Raad Groot", "Raad West"}
    english = client.get("/en" + PAGE)
    assert english.status_code == 200
    assert 'lang="en"' in english.content.decode()


def test_a_year_with_few_signals_shows_nothing(client, north, councils, this_year):
    fill(north, councils[0], 4, received=this_year)
    html = client.get(PAGE).content.decode()
    assert "te weinig vragen om te laten zien" in html
    assert "Raad Groot" not in html


def test_years_that_are_not_there(client, north, councils):
    fill(north, councils[0], 6, received=datetime(2025, 5, 1, tzinfo=AMSTERDAM))
    assert table(client.get(PAGE + "?jaar=2025").content.decode(), "raden")
    for year in ("2019", "2999", "x", "1'--"):
        response = client.get(PAGE, {"jaar": year})
        assert response.status_code == 400
        assert "Van dit jaar zijn er geen cijfers." in response.content.decode()


def test_the_manager_sees_all_of_the_own_areas(
    login, area_manager, north, west, councils, this_year
):
    fill(north, councils[1], 2, received=this_year)
    fill(west, councils[2], 8, received=this_year)
    response = login(area_manager).get(reverse("signals_figures"))
    page = BeautifulSoup(response.content, "html.parser").get_text(" ", strip=True)
    assert "Raad Klein" in page
    assert "Raad West" not in page
    assert "Haarlemmermeer-West" not in page


def test_queries_do_not_grow(client, north, west, councils, this_year, settings):
    fill(north, councils[0], 6, received=this_year)
    settings.PAGE_CACHE_ENABLED = False
    signal = brought.from_council(councils[0], public=True)
    addresses = (PAGE, f"/signalen/{signal.reference}/", councils[0].get_absolute_url())
    client.get(PAGE)
    before = queries_by_address(client, addresses)
    assert before[PAGE] <= 14
    for area, council in ((north, councils[1]), (west, councils[2]), (north, None)):
        for days in range(20):
            fill(
                area,
                council,
                3,
                received=this_year,
                **ANSWERED,
                answer_days=days,
                in_term=True,
                public=True,
                published_at=this_year,
            )
    for number in range(12):
        brought.council_in(north, f"Raad {number}", f"raad-{number}")
    assert queries_by_address(client, addresses) == before


@pytest.mark.skipif(connection.vendor != "postgresql", reason="the plan of PostgreSQL")
def test_figures_are_read_from_one_index(north, councils):
    fill(north, councils[0], 30)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_bitmapscan = off")
    with CaptureQueriesContext(connection) as queries:
        overview(year=2026, today=TODAY)
    sql = queries[0]["sql"]
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {sql}")
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert len(queries) == 1
    assert "Index Only Scan using signal_figures" in plan
