"""The map of answers: points for staff, and hexagons in which nobody is found back."""

from collections import Counter
from itertools import combinations

import pytest
from django.conf import settings
from django.contrib.gis.geos import GEOSGeometry, Point
from django.core.cache import cache
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given
from hypothesis import settings as calm
from hypothesis import strategies as some

from areas.models import AreaPage
from cms.geometry.grid import to_rd, to_wgs84
from surveys.answers.grid import SIZES, answers_grid, protected
from surveys.answers.hexagons import centre, hexagon
from surveys.answers.reading import answers_to, counted_responses
from tests.factories import pages
from tests.factories import surveys as make
from tests.surveys.helpers import text_of

pytestmark = pytest.mark.django_db

#: A cell of 500 metres in the north, and its neighbours to the east.
HOME = (456, 1118)
VILLAGE = (4.784, 52.339)


@pytest.fixture
def survey(north):
    return make.SurveyPageFactory(parent=north)


@pytest.fixture
def manager(login, area_manager):
    return login(area_manager)


def middle(east: int = 0, size: int = 500) -> Point:
    """The middle of a cell, so many cells east of HOME."""
    x, y = centre((HOME[0] + 2 * east, HOME[1]), size)
    point = to_wgs84(Point(x, y, srid=28992))
    return Point(round(point.x, 6), round(point.y, 6), srid=4326)


def point_at(survey, point: Point, count: int, *, approximate=False, text="Hier") -> None:
    values = {"point": point, "text": text, "approximate": approximate}
    make.respond(survey, count=count, **{make.POINT: values})


def grid_of(survey, **kwargs):
    question = next(question for question in survey.asked if question.id == make.POINT)
    answers = answers_to(question, counted_responses(survey))
    return answers_grid(answers, **{"threshold": 5} | kwargs)


def url(survey, name="surveys_answer_map", question=make.POINT) -> str:
    return reverse(name, args=[survey.pk, question])


def test_cells_with_few_answers_are_hidden_and_cannot_be_subtracted(survey):
    pages.PlaceFactory(name="Badhoevedorp", slug="badhoevedorp", geometry=Point(*VILLAGE))
    for east, count in enumerate((30, 12, 7, 2)):
        point_at(survey, middle(east), count)
    grid = grid_of(survey)
    # 51 - 30 - 12 - 7 would tell that one cell holds two: the smallest other goes along.
    assert [(row.name, row.count, row.letter) for row in grid.cells] == [
        ("Badhoevedorp 1", 30, "C"),
        ("Badhoevedorp 2", 12, "B"),
    ]
    assert (grid.total, grid.hidden) == (51, 2)
    point_at(survey, middle(4), 4)
    assert [row.count for row in grid_of(survey).cells] == [30, 12, 7]
    assert grid_of(survey, threshold=40).cells == []
    assert grid_of(survey, threshold=60).total == 0
    point_at(survey, middle(5), 4000)
    assert [(row.count, row.letter) for row in grid_of(survey).cells] == [
        (4000, "D"),
        (30, "B"),
        (12, "A"),
        (7, "A"),
    ]


@calm(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    counts=some.lists(some.integers(1, 30), max_size=12).map(lambda n: dict(enumerate(n))),
    secret=some.lists(some.integers(1, 30), max_size=3),
    threshold=some.integers(1, 10),
)
def test_what_is_left_out_is_never_one_cell_or_a_small_number(counts, secret, threshold):
    shown = protected(counts, threshold, secret)
    assert all(counts[key] == count >= threshold for key, count in shown.items())
    lost = [*secret, *(counts[key] for key in counts.keys() - shown.keys())]
    assert not lost or not shown or (len(lost) >= 2 and sum(lost) >= threshold)


@pytest.mark.parametrize("size", SIZES)
def test_each_point_is_in_the_hexagon_that_counts_it(survey, north, size):
    """Against GEOS: each cell's number is that of the points in its shape."""
    west, south, east, top = north.geometry.extent
    steps = range(1, 12)
    spots = [
        Point(west + (east - west) * x / 40, south + (top - south) * y / 40, srid=4326)
        for x in steps
        for y in steps
    ]
    for spot in spots:
        point_at(survey, spot, 1)
    grid = grid_of(survey, threshold=1, size=size)
    shapes = [(GEOSGeometry(str(row.shape).replace("'", '"')), row.count) for row in grid.cells]
    assert [sum(shape.contains(spot) for spot in spots) for shape, _count in shapes] == [
        count for _shape, count in shapes
    ]
    assert sum(count for _shape, count in shapes) == len(spots) == grid.total
    assert not any(one.overlaps(other.buffer(-1e-6)) for (one, _n), (other, _m)
                   in combinations(shapes, 2))  # fmt: skip
    x_low, _y, x_high, _top = to_rd(hexagon(HOME, size).transform(4326, clone=True)).extent
    assert x_high - x_low == pytest.approx(size, abs=0.01)


def test_the_middle_of_a_village_is_counted_apart(survey):
    for name, east, count in (("Badhoevedorp", 0, 20), ("Lijnden", 3, 6), ("Zwanenburg", 6, 2)):
        village = pages.PlaceFactory(name=name, slug=name.lower(), geometry=middle(east))
        point_at(survey, village.geometry, count, approximate=True, text=name)
    point_at(survey, middle(1), 8)
    grid = grid_of(survey)
    assert [(row.name, row.count) for row in grid.cells] == [("Badhoevedorp 1", 8)]
    assert [(row.name, row.count) for row in grid.villages] == [("Badhoevedorp", 20)]
    assert grid.hidden_villages == 2


def test_cells_outside_the_municipality_are_not_drawn(survey):
    point_at(survey, middle(), 9)
    point_at(survey, Point(6.5, 53.2, srid=4326), 40)
    grid = grid_of(survey)
    assert (len(grid.cells), grid.hidden) == (0, 2)  # one hidden cell would be told by the total
    AreaPage.objects.update(geometry=None)
    assert [row.count for row in grid_of(survey).cells] == [40, 9]


def test_only_responses_that_are_passed_in_count(survey):
    point_at(survey, middle(), 9)
    question = next(question for question in survey.asked if question.id == make.POINT)
    some_responses = counted_responses(survey).order_by("pk")[:6]
    answers = answers_to(
        question, counted_responses(survey).filter(pk__in=some_responses.values("pk"))
    )
    assert answers_grid(answers, threshold=5).total == 6


def test_the_page_of_staff_has_both_maps_tables_and_files(manager, survey):
    pages.PlaceFactory(name="Badhoevedorp", slug="badhoevedorp", geometry=middle())
    point_at(survey, middle(), 12, text="<b>Bij de brug</b>")
    point_at(survey, middle(4), 6, text="Fietspad")
    page = manager.get(url(survey), {"vak": "500"})
    words = text_of(page)
    assert "18 inzendingen met een plek op de kaart. Elk vak is 500 meter breed." in words
    assert "Badhoevedorp 1 B 12 67%" in words
    assert "A 5 tot en met 9 inzendingen" in words
    assert '"short": "12"' in page.content.decode()
    points = manager.get(url(survey, "surveys_answer_points"), {"q": "brug"})
    assert {"private", "no-store"} <= set(points["Cache-Control"].split(", "))
    titles = Counter(one["properties"]["title"] for one in points.json()["features"])
    assert titles == {"<b>Bij de brug</b>": 12}
    cells = manager.get(url(survey, "surveys_answer_grid"), {"vak": "500"}).json()["features"]
    assert [cell["properties"] for cell in cells] == [
        {"name": "Badhoevedorp 1", "count": 12, "class": "B"},
        {"name": "Badhoevedorp 2", "count": 6, "class": "A"},
    ]
    assert "Elk vak is 500 meter breed" in text_of(manager.get(url(survey), {"vak": "3"}))
    assert "te weinig plekken" in text_of(manager.get(url(survey), {"q": "bestaat niet"}))


def test_the_include_for_public_pages_shows_the_grid_only(survey):
    point_at(survey, middle(), 12, text="Bij mijn huis")
    html = render_to_string(
        "surveys/parts/answers_grid.html", {"grid": grid_of(survey), "id": "vakken"}
    )
    assert "12 inzendingen met een plek op de kaart" in html
    assert "Bij mijn huis" not in html
    assert "style=" not in html


def test_only_for_who_may_edit_and_only_for_a_map_question(manager, survey, west, login, make_user):
    stranger = login(make_user("gebiedsmanager-west", groups=[west.manager_group]))
    for name in ("surveys_answer_map", "surveys_answer_points", "surveys_answer_grid"):
        assert stranger.get(url(survey, name)).status_code == 404
        assert Client().get(url(survey, name)).status_code == 302
        assert manager.get(url(survey, name, make.LONG)).status_code == 404
        assert manager.get(url(survey, name)).status_code == 200


def test_queries_do_not_grow(manager, survey, django_assert_max_num_queries):
    assert settings.SURVEY_SMALL_NUMBERS == 5
    names = ("surveys_answer_map", "surveys_answer_points", "surveys_answer_grid")

    def read():
        for name in names:
            assert manager.get(url(survey, name)).status_code == 200

    point_at(survey, middle(), 6)
    read()
    cache.clear()  # else the hexagons are kept
    with django_assert_max_num_queries(60) as few:
        read()
    limit = len(few)
    for east in range(1, 8):
        pages.PlaceFactory(name=f"Dorp {east}", slug=f"dorp-{east}", geometry=middle(east))
        point_at(survey, middle(east), 6 + east)
    with django_assert_max_num_queries(limit):
        read()
