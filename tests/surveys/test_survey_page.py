"""The public page of a survey: open, planned, closed, with and without an outcome."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from participation.projects.models import ProjectPage
from surveys.models import SurveyPage
from tests.factories import surveys as make
from tests.factories.pages import cell
from tests.surveys.helpers import field, form_on, text_of

pytestmark = pytest.mark.django_db


def test_open_survey_shows_every_kind_of_question(client, north):
    survey = make.SurveyPageFactory(parent=north)
    response = client.get(survey.url)
    assert response.status_code == 200
    assert {
        field(make.POINT, "lat"),
        field(make.POINT, "plaats"),
        field(make.SHORT),
        field(make.LONG),
    } <= set(form_on(response).fields)
    words = text_of(response)
    for label in ("Met de fiets", "Schaduw", "1 is heel onveilig, 5 is heel veilig.", "6 vragen"):
        assert label in words
    assert "U mag ten hoogste 2 antwoorden kiezen." in words
    assert "Uw antwoorden zijn anoniem" in words


def test_page_says_what_happens_with_the_answers_and_when(client, north):
    survey = make.SurveyPageFactory(
        parent=north,
        use_of_answers="<p>De raad beslist in juni.</p>",
        outcome_due=date(2099, 6, 15),
    )
    words = text_of(client.get(survey.url))
    assert "De raad beslist in juni." in words
    assert "15 juni 2099" in words


def test_planned_survey_says_when_it_opens_and_shows_no_form(client, north):
    survey = make.SurveyPageFactory(parent=north, planned=True)
    response = client.get(survey.url)
    assert "Deze enquête is nog niet open" in text_of(response)
    assert not form_on(response).fields


def test_closed_survey_waits_for_its_outcome(client, north):
    survey = make.SurveyPageFactory(parent=north, closed=True, outcome_due=date(2099, 6, 15))
    response = client.get(survey.url)
    words = text_of(response)
    assert "De uitkomst volgt" in words
    assert "15 juni 2099" in words
    assert not form_on(response).fields


def test_closed_survey_owns_up_to_a_late_outcome(client, north):
    survey = make.SurveyPageFactory(
        parent=north, closed=True, outcome_due=timezone.localdate() - timedelta(days=1)
    )
    assert "De uitkomst is later dan wij beloofden" in text_of(client.get(survey.url))


def test_closed_survey_shows_its_outcome(client, north):
    survey = make.SurveyPageFactory(
        parent=north,
        closed=True,
        outcome="<p>Er komt een waterpomp.</p>",
        outcome_date=date(2026, 3, 2),
    )
    words = text_of(client.get(survey.url))
    assert "Er komt een waterpomp." in words
    assert "2 maart 2026" in words
    assert "De uitkomst volgt" not in words


def test_survey_below_a_project_shows_where_the_project_is(north):
    project = ProjectPage(title="Spoorzone", slug="spoorzone", geometry=cell(4.76, 52.31))
    north.add_child(instance=project)
    survey = make.SurveyPageFactory(parent=project)
    assert project.geometry.contains(SurveyPage.objects.get(pk=survey.pk).map_geometry)
    assert list(SurveyPage.objects.for_page(project)) == [survey]


def test_page_takes_few_queries_however_many_answers_there_are(
    client, north, django_assert_max_num_queries
):
    survey = make.SurveyPageFactory(parent=north)
    client.get(survey.url)
    for count in (10, 300):
        make.respond(survey, count=count)
        with django_assert_max_num_queries(12):
            client.get(survey.url)


def test_english_interface_keeps_the_questions_in_dutch(client, north):
    survey = make.SurveyPageFactory(parent=north)
    response = client.get("/en" + survey.url)
    assert response.status_code == 200
    assert 'lang="nl"' in response.content.decode()
    assert form_on(response).action.startswith("/en/")
