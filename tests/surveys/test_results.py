"""Results in the admin: right counts, for the right people, in a fixed number of queries."""

import csv
import io

import pytest
from django.contrib.gis.geos import Point
from django.test import Client
from django.urls import reverse

from tests.factories import surveys as make
from tests.surveys.helpers import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def survey(north):
    return make.SurveyPageFactory(parent=north)


@pytest.fixture
def manager(login, area_manager):
    """A client of the manager of the survey's area."""
    return login(area_manager)


def results_url(survey) -> str:
    return reverse("surveys_results", args=[survey.pk])


def csv_url(survey) -> str:
    return reverse("surveys_download", args=[survey.pk, "enquete", "csv"])


def csv_rows(client, survey) -> list[list[str]]:
    response = client.get(csv_url(survey))
    assert response.status_code == 200
    body = response.getvalue().decode()
    assert body.startswith("\ufeff")
    return list(csv.reader(io.StringIO(body.removeprefix("\ufeff"), newline=""), delimiter=";"))


def test_counts_percentages_mean_and_open_answers(manager, survey):
    make.respond(survey, count=3)
    make.respond(
        survey,
        **{
            make.ONE: {"option_id": make.WALK},
            make.SCALE: {"number": 2},
            make.LONG: {"text": "Een hek graag."},
        },
    )
    words = text_of(manager.get(results_url(survey)))
    assert "4 inzendingen" in words
    assert "Met de fiets 75% 3" in words
    assert "Lopend 25% 1" in words
    assert "Met de bus 0% 0" in words
    assert "Schaduw 100% 3" in words
    assert "Gemiddeld 3,5" in words
    assert "Een hek graag." in words
    assert "Bij de brug · 52.34000, 4.80000" in words


def test_a_survey_without_responses_says_so(manager, survey):
    assert "Er zijn nog geen antwoorden." in text_of(manager.get(results_url(survey)))


def test_a_draft_shows_what_it_will_ask(manager, north):
    survey = make.SurveyPageFactory(parent=north, live=False)
    assert "Hoe gaat u meestal naar het centrum?" in text_of(manager.get(results_url(survey)))


def test_answers_are_escaped(manager, survey):
    make.respond(survey, **{make.LONG: {"text": "<script>alert(1)</script>"}})
    for url in (results_url(survey), reverse("surveys_answers", args=[survey.pk, make.LONG])):
        html = manager.get(url).content.decode()
        assert "<script>alert" not in html
        assert "&lt;script&gt;alert(1)" in html


def test_questions_and_options_taken_away_keep_their_answers(manager, survey):
    make.respond(survey, count=2)
    survey.questions = [
        make.question(
            "one_choice",
            make.ONE,
            "Hoe reist u?",
            options=make.options(o_lopend="Lopend", o_bus="Met de bus"),
        )
    ]
    survey.save()
    make.respond(survey, **{make.ONE: {"option_id": make.BUS}})
    words = text_of(manager.get(results_url(survey)))
    assert "Hoe reist u? 3 keer beantwoord" in words
    assert "Met de fiets niet meer te kiezen 67% 2" in words
    assert "Wat mist u op de speelplek? wordt niet meer gevraagd" in words
    rows = csv_rows(manager, survey)
    assert rows[0][1] == "Hoe reist u?"
    assert sorted(row[1] for row in rows[1:]) == ["Met de bus", "Met de fiets", "Met de fiets"]


def test_all_open_answers_come_in_pages(manager, survey):
    for number in range(60):
        make.respond(survey, **{make.LONG: {"text": f"Antwoord {number:03}."}})
    url = reverse("surveys_answers", args=[survey.pk, make.LONG])
    first, second = (text_of(manager.get(url, {"p": page})) for page in (1, 2))
    seen = [f"Antwoord {number:03}." for number in range(60)]
    assert sum(answer in first for answer in seen) == 50
    assert sum(answer in second for answer in seen) == 10


def test_places_are_on_a_map_and_in_a_list(manager, survey):
    make.respond(survey, **{make.POINT: {"point": Point(4.81, 52.35, srid=4326), "text": "Hier"}})
    response = manager.get(reverse("surveys_answers", args=[survey.pk, make.POINT]))
    assert "Hier · 52.35000, 4.81000" in text_of(response)
    points = manager.get(reverse("surveys_answer_points", args=[survey.pk, make.POINT])).json()
    assert points["features"][0]["geometry"]["coordinates"] == [4.81, 52.35]


def test_a_closed_or_strange_question_has_no_list_of_answers(manager, survey):
    for question_id in (make.ONE, "onbekend"):
        url = reverse("surveys_answers", args=[survey.pk, question_id])
        assert manager.get(url).status_code == 404


@pytest.mark.parametrize("name", ["surveys_results", "surveys_downloads", "surveys_answers"])
class TestWhoSeesResults:
    def url(self, name, survey) -> str:
        question = [make.LONG] if name == "surveys_answers" else []
        return reverse(name, args=[survey.pk, *question])

    def test_nobody_without_a_login(self, name, survey):
        make.respond(survey)
        response = Client().get(self.url(name, survey))
        assert response.status_code == 302
        assert response.url.startswith(reverse("wagtailadmin_login"))

    def test_not_the_manager_of_another_area(self, name, survey, make_user, west, login):
        make.respond(survey)
        other = login(make_user("gebiedsmanager-west", groups=[west.manager_group]))
        assert other.get(self.url(name, survey)).status_code == 404

    def test_the_manager_of_the_area_and_the_administrator(
        self, name, survey, manager, administrator, login
    ):
        make.respond(survey)
        for client in (manager, login(administrator)):
            assert client.get(self.url(name, survey)).status_code == 200

    def test_nobody_for_a_survey_that_is_not_there(self, name, survey, manager):
        survey.pk += 1000
        assert manager.get(self.url(name, survey)).status_code == 404


TOLD = "Wat wilt u ons nog vertellen?"


class TestCsv:
    def test_one_line_a_response_with_its_answers(self, manager, survey):
        make.respond(survey)
        header, row = csv_rows(manager, survey)
        given = dict(zip(header, row, strict=True))
        assert given["Hoe gaat u meestal naar het centrum?"] == "Met de fiets"
        assert given["Wat mist u op de speelplek?: Schaduw"] == "1"
        assert given["Wat mist u op de speelplek?: Water"] == "0"
        assert given["Hoe veilig vindt u de oversteek?"] == "4"
        assert given["Waar moet het veiliger? (omschrijving)"] == "Bij de brug"
        assert given["Waar moet het veiliger? (breedtegraad)"] == "52,340000"
        assert given["Waar moet het veiliger? (lengtegraad)"] == "4,800000"
        assert given["Wat wilt u ons nog vertellen?"] == "Maak er meer groen."
        assert len(given["Datum"]) == 10

    def test_what_was_not_answered_is_empty_and_not_zero(self, manager, survey):
        make.respond(survey, **{make.LONG: {"text": "Alleen dit."}})
        header, row = csv_rows(manager, survey)
        given = dict(zip(header, row, strict=True))
        assert given.pop("Datum")
        assert given.pop("Wat wilt u ons nog vertellen?") == "Alleen dit."
        assert given.pop("Hoe ingevuld") == "Op de site"
        assert given.pop("Taal van de vragen") == "nl"
        assert set(given.values()) == {""}

    @pytest.mark.parametrize(
        "text", ["=1+1", "+31 6", "-2", "@SUM(A1)", "\t=1", "\r=1", "  =1", "＝1"]
    )
    def test_a_formula_is_only_text(self, manager, survey, text):
        make.respond(survey, **{make.LONG: {"text": text}})
        header, row = csv_rows(manager, survey)
        assert dict(zip(header, row, strict=True))[TOLD] == f"'{text}"

    def test_separators_quotes_and_line_ends_stay_in_their_cell(self, manager, survey):
        text = 'Eén; "twee"\ndrie, vier'
        make.respond(survey, **{make.LONG: {"text": text}})
        header, row = csv_rows(manager, survey)
        assert dict(zip(header, row, strict=True))[TOLD] == text

    def test_a_hostile_question_is_only_text_too(self, manager, north):
        survey = make.SurveyPageFactory(
            parent=north,
            questions=[make.question("long_text", make.LONG, "=cmd()", max_length=200)],
        )
        assert csv_rows(manager, survey)[0][1] == "'=cmd()"

    def test_it_is_a_file_that_no_cache_keeps(self, manager, survey):
        response = manager.get(csv_url(survey))
        assert response.getvalue()
        assert response["Content-Disposition"].startswith('attachment; filename="enquete-')
        assert "no-store" in response["Cache-Control"]


class TestQueries:
    @pytest.mark.parametrize("name", ["surveys_results", "surveys_answers", "surveys_downloads"])
    def test_no_more_queries_for_a_thousand_responses(
        self, manager, survey, name, django_assert_max_num_queries
    ):
        question = [make.LONG] if name == "surveys_answers" else []
        url = reverse(name, args=[survey.pk, *question])

        def read():
            manager.get(url)

        make.respond(survey, count=10)
        read()
        with django_assert_max_num_queries(32) as few:
            read()
        make.respond(survey, count=990)
        with django_assert_max_num_queries(len(few)):
            read()

    def test_the_list_of_surveys_in_the_admin_does_not_grow(
        self, manager, north, django_assert_max_num_queries
    ):
        url = reverse("enquetes:index")
        assert "Er zijn nog geen enquêtes in uw gebied." in text_of(manager.get(url))
        make.respond(make.SurveyPageFactory(parent=north))
        assert "Inzendingen" in text_of(manager.get(url))
        with django_assert_max_num_queries(60) as few:
            manager.get(url)
        for _ in range(9):
            make.respond(make.SurveyPageFactory(parent=north), count=3)
        with django_assert_max_num_queries(len(few) + 1):
            manager.get(url)


def test_the_list_in_the_admin_shows_own_surveys_only(manager, survey, west):
    other = make.SurveyPageFactory(parent=west, title="Verkeer in Vijfhuizen")
    make.respond(survey, count=12)
    words = text_of(manager.get(reverse("enquetes:index")))
    assert survey.title in words
    assert "12" in words
    assert other.title not in words


def test_the_editor_of_a_survey_leads_to_its_results(manager, survey):
    make.respond(survey, count=2)
    response = manager.get(reverse("wagtailadmin_pages:edit", args=[survey.pk]))
    assert "Er zijn 2 inzendingen." in text_of(response)
    assert results_url(survey) in response.content.decode()


def test_a_listing_of_pages_leads_to_the_results(manager, survey, north):
    response = manager.get(reverse("wagtailadmin_explore", args=[north.pk]))
    assert results_url(survey) in response.content.decode()
