"""Where surveys show: the list, the home page, areas, the map and search."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from tests.factories import surveys as make
from tests.surveys.helpers import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def three(north):
    """A survey that is open, one that will be and one that was."""
    return [
        make.SurveyPageFactory(parent=north, title="Oversteek bij de school"),
        make.SurveyPageFactory(parent=north, title="Nieuwe bomen", planned=True),
        make.SurveyPageFactory(parent=north, title="De haven", closed=True),
    ]


def test_the_list_tells_open_coming_and_closed_apart(client, three):
    words = text_of(client.get(reverse("surveys")))
    places = [
        words.index(text)
        for text in (
            "Nu open",
            "Oversteek bij de school",
            "Opent later",
            "Nieuwe bomen",
            "De haven",
            "Gesloten, uitkomst volgt",
        )
    ]
    assert places == sorted(places)


def test_the_list_tells_where_the_outcome_is_known(client, north):
    make.SurveyPageFactory(
        parent=north, closed=True, outcome="<p>Ja.</p>", outcome_date=date(2026, 3, 2)
    )
    assert "Gesloten, uitkomst bekend" in text_of(client.get(reverse("surveys")))


def test_the_list_by_area_holds_surveys_drawn_over_its_boundary(client, north, west):
    across = make.SurveyPageFactory(parent=north, title="Fietspad", geometry=west.geometry)
    make.SurveyPageFactory(parent=north, title="Alleen noord")
    words = text_of(client.get(reverse("surveys"), {"gebied": west.slug}))
    assert across.title in words
    assert "Alleen noord" not in words


def test_an_unknown_area_is_a_message_with_the_whole_list(client, three):
    response = client.get(reverse("surveys"), {"gebied": "atlantis"})
    assert response.status_code == 400
    assert "Dit gebied kennen we niet." in text_of(response)
    assert "Oversteek bij de school" in text_of(response)


def test_an_empty_list_says_what_one_can_do(client, home):
    assert "Er is nu geen enquête open" in text_of(client.get(reverse("surveys")))


def test_drafts_and_private_surveys_are_not_listed(client, north):
    from wagtail.models import PageViewRestriction

    make.SurveyPageFactory(parent=north, title="Concept", live=False)
    secret = make.SurveyPageFactory(parent=north, title="Besloten")
    PageViewRestriction.objects.create(page=secret, restriction_type="login")
    words = text_of(client.get(reverse("surveys")))
    assert "Concept" not in words
    assert "Besloten" not in words


def test_the_list_has_a_fixed_number_of_queries(client, areas, django_assert_max_num_queries):
    client.get(reverse("surveys"))

    def fill(count):
        for area in areas.values():
            for kind in ({}, {"planned": True}, {"closed": True}):
                make.SurveyPageFactory.create_batch(count, parent=area, **kind)

    fill(1)
    with django_assert_max_num_queries(12) as few:
        client.get(reverse("surveys"))
    fill(3)
    with django_assert_max_num_queries(len(few)):
        client.get(reverse("surveys"))


def test_home_and_area_show_what_is_open(client, north, west, three):
    assert "Oversteek bij de school" in text_of(client.get(north.url))
    assert "Nieuwe bomen" not in text_of(client.get(north.url))
    assert "Oversteek bij de school" not in text_of(client.get(west.url))
    assert "Oversteek bij de school" in text_of(client.get("/"))


def test_main_navigation_leads_to_the_list(client, home):
    assert f'href="{reverse("surveys")}"' in client.get(reverse("surveys")).content.decode()


class TestMap:
    def features(self, client, **query) -> dict[str, str]:
        response = client.get(reverse("map_layer", args=["enquetes"]), query)
        assert response.status_code == 200
        return {
            row["properties"]["title"]: row["properties"]["status"]
            for row in response.json()["features"]
        }

    def test_the_layer_tells_each_state(self, client, three):
        assert self.features(client) == {
            "Oversteek bij de school": "open",
            "Nieuwe bomen": "gepland",
            "De haven": "gesloten",
        }

    def test_the_layer_filters_by_state_area_and_text(self, client, three, north, west):
        make.SurveyPageFactory(parent=west, title="Verkeer in Vijfhuizen")
        assert set(self.features(client, status="open")) == {
            "Oversteek bij de school",
            "Verkeer in Vijfhuizen",
        }
        assert set(self.features(client, gebied=west.slug)) == {"Verkeer in Vijfhuizen"}
        assert set(self.features(client, q="bomen")) == {"Nieuwe bomen"}

    def test_the_list_of_the_map_says_the_same(self, client, three):
        words = text_of(client.get(reverse("map"), {"laag": "enquetes", "status": "gesloten"}))
        assert "De haven" in words
        assert "Nieuwe bomen" not in words

    def test_the_layer_is_one_query_of_rows(self, client, north, django_assert_max_num_queries):
        make.SurveyPageFactory(parent=north)
        self.features(client)
        with django_assert_max_num_queries(6) as few:
            self.features(client)
        make.SurveyPageFactory.create_batch(9, parent=north)
        with django_assert_max_num_queries(len(few)):
            self.features(client)


def test_search_finds_a_survey_by_the_words_of_its_questions(client, north):
    make.SurveyPageFactory(
        parent=north,
        questions=[make.question("long_text", make.LONG, "Mist u ooievaars?", max_length=200)],
    )
    call_command("update_index", verbosity=0)
    response = client.get(reverse("search"), {"q": "ooievaars"})
    assert "Wat vindt u van de speelplek" in text_of(response)


def test_a_cached_page_changes_when_the_survey_does(kept_pages, client, north):
    survey = make.SurveyPageFactory(parent=north)
    assert "De uitkomst volgt" not in text_of(client.get(survey.url))
    survey.closes_at = timezone.now() - timedelta(minutes=1)
    survey.save()
    assert "De uitkomst volgt" in text_of(client.get(survey.url))
