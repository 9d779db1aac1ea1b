"""What lies in the territory of a council, on both databases."""

import pytest
from django.contrib.gis.geos import LineString, Point, Polygon

from areas.agenda.models import AgendaItemPage
from tests.factories import pages as make

#: About 100 m and 1 km to the north, in degrees.
NEAR, FAR = 0.0009, 0.009


@pytest.fixture
def items(north, west):
    """Agenda items at known distances from the middle of Noord, which is returned."""
    agenda = make.AgendaPageFactory(parent=north)
    middle = make.middle(north)
    spots = {
        "midden": middle,
        "naast": Point(middle.x, middle.y + NEAR, srid=4326),
        "kilometer": Point(middle.x, middle.y + FAR, srid=4326),
        "twee kilometer": Point(middle.x, middle.y + 2 * FAR, srid=4326),
        "hele gebied": None,
        "lijn": LineString((middle.x - 0.02, middle.y - 2 * FAR), (middle.x, middle.y), srid=4326),
    }
    for title, geometry in spots.items():
        make.AgendaItemPageFactory(parent=agenda, title=title, geometry=geometry)
    other = make.AgendaPageFactory(parent=west)
    make.AgendaItemPageFactory(parent=other, title="van West", geometry=make.middle(west))
    return middle


def within(council):
    rows = AgendaItemPage.objects.live().within_territory(council)
    titles = list(rows.values_list("title", flat=True))
    assert len(titles) == len(set(titles)) == rows.count()
    return set(titles)


def test_drawn_polygon_is_the_territory(north, items):
    box = Polygon.from_bbox((items.x - 0.001, items.y - 0.0005, items.x + 0.001, items.y + 0.002))
    box.srid = 4326
    council = make.CouncilFactory(area=north, geometry=box)
    council.places = [make.PlaceFactory(geometry=Point(items.x, items.y + FAR, srid=4326))]
    council.save()
    assert within(council) == {"midden", "naast", "lijn", "hele gebied"}


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("kern", {"midden", "naast", "kilometer", "lijn", "hele gebied"}),
        ("wijk", {"midden", "naast", "lijn", "hele gebied"}),
    ],
)
def test_else_the_surroundings_of_its_places(north, items, kind, expected):
    council = make.CouncilFactory(area=north, geometry=Point(4.6, 52.2, srid=4326))
    council.places = [make.PlaceFactory(kind=kind, geometry=items)]
    council.save()
    assert within(council) == expected


def test_several_places_count_together(north, items):
    spots = (items, Point(items.x, items.y + 2 * FAR, srid=4326))
    council = make.CouncilFactory(area=north)
    council.places = [make.PlaceFactory(kind="wijk", geometry=spot) for spot in spots]
    council.save()
    assert within(council) == {"midden", "naast", "twee kilometer", "lijn", "hele gebied"}


def test_else_the_surroundings_of_the_point(north, items):
    council = make.CouncilFactory(area=north, geometry=items)
    assert within(council) == {"midden", "naast", "kilometer", "lijn", "hele gebied"}


def test_else_the_whole_area(north, items):
    council = make.CouncilFactory(area=north)
    everything = {"midden", "naast", "kilometer", "twee kilometer", "lijn", "hele gebied"}
    assert within(council) == everything


def test_what_holds_for_all_of_another_area_is_not_in_it(north, west, items):
    agenda = make.AgendaPageFactory(parent=west)
    make.AgendaItemPageFactory(parent=agenda, title="heel West")
    council = make.CouncilFactory(area=north, geometry=items)
    assert "heel West" not in within(council)


def test_two_queries_at_most(north, items, django_assert_max_num_queries):
    council = make.CouncilFactory(area=north)
    council.places = [make.PlaceFactory(geometry=items) for _ in range(4)]
    council.save()
    with django_assert_max_num_queries(2):
        assert len(AgendaItemPage.objects.live().within_territory(council)) == 5
