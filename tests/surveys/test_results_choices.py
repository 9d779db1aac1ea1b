"""Results in the admin of chosen responses, cross tables, and the counts of days that are over."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from surveys.models import Answer, Collector, DayCount, Response
from surveys.results import daycounts, survey_results
from tests.factories import survey_types as kinds
from tests.factories import surveys as make
from tests.surveys.helpers import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(login, area_manager):
    return login(area_manager)


@pytest.fixture
def survey(north):
    return make.SurveyPageFactory(parent=north)


def results(client, survey, status: int = 200, **data) -> str:
    response = client.get(reverse("surveys_results", args=[survey.pk]), data)
    assert response.status_code == status
    return text_of(response)


def cross(client, survey, status: int = 200, **data) -> str:
    response = client.get(reverse("surveys_cross", args=[survey.pk]), data)
    assert response.status_code == status
    return text_of(response)


def day(ago: int):
    return timezone.localdate() - timedelta(days=ago)


def came_along(responses, **columns) -> None:
    Response.objects.filter(pk__in=[response.pk for response in responses]).update(**columns)


@pytest.fixture
def answered(survey):
    """Ten took the bike along a link last week, four the bus on paper, three walk in version 2."""
    link = Collector.objects.create(survey=survey, name="Panel van de wijk")
    bike = {make.ONE: {"option_id": make.BIKE}, make.SCALE: {"number": 4}}
    bus = {make.ONE: {"option_id": make.BUS}, make.SCALE: {"number": 2}}
    came_along(make.respond(survey, count=10, day=day(7), **bike), collector=link)
    came_along(make.respond(survey, count=4, day=day(2), **bus), source="papier")
    survey.questions = make.all_questions()[:3]
    survey.save()
    make.respond(survey, count=3, **{make.ONE: {"option_id": make.WALK}})
    return link


def test_filters_alone_and_together(manager, survey, answered):
    everything = results(manager, survey)
    assert "17 inzendingen" in everything
    assert "Gemiddeld 3,4, mediaan 4." in everything
    assert "standaardafwijking is 0,9" in everything
    for data, total, said in (
        ({"ingang": answered.pk}, 10, "Met de fiets 100% 10"),
        ({"ingang": "0"}, 7, "Met de bus 57% 4"),
        ({"bron": "papier"}, 4, "Met de bus 100% 4"),
        ({"van": day(3), "tot": day(1)}, 4, "Met de bus 100% 4"),
        ({"versie": "2"}, 3, "Lopend 100% 3"),
        ({"versie": "1", "bron": "site"}, 10, "Met de fiets 100% 10"),
        ({"ingang": answered.pk, "bron": "papier"}, 0, "Geen enkele inzending past bij uw keuze."),
    ):
        words = results(manager, survey, **data)
        assert f"{total} inzendingen van de 17" in words, data
        assert said in words, data


def test_a_wrong_filter_says_so_and_shows_everything(manager, survey, answered):
    for data, said in (
        ({"ingang": "99999999"}, "Deze keuze is er niet (meer). Kies uit de lijst."),
        ({"bron": "' OR 1=1"}, "Deze keuze is er niet (meer). Kies uit de lijst."),
        ({"versie": "7"}, "Deze keuze is er niet (meer). Kies uit de lijst."),
        ({"van": "gisteren"}, "Dit is geen dag die wij kunnen lezen. Kies een dag."),
        ({"van": "2026-05-02", "tot": "2026-05-01"}, "Deze dag is eerder dan de eerste."),
    ):
        words = results(manager, survey, 400, **data)
        assert said in words, data
        assert "17 inzendingen" in words


def test_a_cross_table_counts_pairs(manager, survey, answered):
    words = cross(manager, survey, rijen=make.ONE, kolommen=make.SCALE)
    assert "14 inzendingen met een antwoord op allebei." in words
    assert "Met de bus 0% (0) 100% (4) 0% (0) 0% (0) 0% (0) 4" in words
    assert "Samen 0% (0) 29% (4) 0% (0) 71% (10) 0% (0) 14" in words
    along = cross(manager, survey, rijen="ingang", kolommen=make.ONE)
    assert "Panel van de wijk 100% (10) 0% (0) 0% (0) 10" in along
    assert "Zonder ingang 0% (0) 43% (3) 57% (4) 7" in along
    assert "Op papier 100% (4)" in cross(
        manager, survey, rijen="bron", kolommen=make.ONE, bron="papier"
    ).replace("0% (0) ", "")


def test_a_cross_table_of_several_choices_counts_people(manager, north):
    survey = make.SurveyPageFactory(parent=north)
    both = [{"option_id": make.SHADE}, {"option_id": make.BENCH}]
    make.respond(survey, count=4, **{make.ONE: {"option_id": make.BIKE}, make.SEVERAL: both})
    make.respond(survey, count=1, **{make.ONE: {"option_id": make.BIKE}, make.SEVERAL: both[:1]})
    words = cross(manager, survey, rijen=make.ONE, kolommen=make.SEVERAL)
    assert "Met de fiets 100% (5) 80% (4) 0% (0) 5" in words
    turned = cross(manager, survey, rijen=make.SEVERAL, kolommen=make.ONE)
    assert "5 inzendingen met een antwoord op allebei." in turned
    assert "Samen 100% (5) 0% (0) 0% (0) 5" in turned
    assert "Mensen konden meer antwoorden kiezen." in turned


def test_a_wrong_cross_table_says_what_to_choose(manager, survey, answered):
    assert "Kies een vraag" in cross(manager, survey)
    for data, said in (
        ({"rijen": "", "kolommen": make.ONE}, "Kies wat er in de tabel moet."),
        ({"rijen": make.ONE, "kolommen": make.ONE}, "Kies hier iets anders dan in de rijen."),
        ({"rijen": make.LONG, "kolommen": make.ONE}, "Deze keuze is er niet (meer)."),
    ):
        assert said in cross(manager, survey, 400, **data)


def test_every_kind_of_answer_can_be_crossed(manager, north, django_assert_max_num_queries):
    survey = make.SurveyPageFactory(parent=north, questions=kinds.every_type())
    for number in range(15):
        make.respond(survey, **{
            kinds.NUMBER: {"number": Decimal(number) / 2}, kinds.DATE: {"text": "2026-03-15"},
            kinds.POSTCODE: {"text": f"11{number:02}"}, kinds.SAFE: {"option_id": kinds.GOOD},
            kinds.NPS: {"number": 9}, kinds.MOST: [{"option_id": kinds.TREES}],
        })  # fmt: skip
    for rows, columns, said in (
        (kinds.NUMBER, kinds.DATE, "1 tot 2 100% (2) 2"),
        (kinds.POSTCODE, kinds.SAFE, "Alle andere 0% (0) 0% (0) 100% (3) 3"),
        (kinds.NPS, kinds.MOST, "9 100% (15)"),
    ):
        with django_assert_max_num_queries(24):
            assert said in cross(manager, survey, rijen=rows, kolommen=columns)


def test_days_that_are_over_are_counted_once_and_never_stale(survey, answered):
    def shown():
        found = survey_results(survey)
        return found.total, found.tally.counts, found.tally.answered, found.tally.texts

    def answers_counted() -> int:
        """Queries that go through answers, apart from those that read a few of them."""
        with CaptureQueriesContext(
            connection,
        ) as queries:
            survey_results(survey, with_words=False)
        return sum('FROM "surveys_answer"' in query["sql"] for query in queries)

    before = shown()
    assert daycounts.count_days(survey=survey) == 2  # not today
    assert DayCount.objects.count() == 2
    assert shown() == before
    Response.objects.filter(submitted_on=timezone.localdate()).update(submitted_on=day(1))
    daycounts.count_days(survey=survey)
    assert answers_counted() == 0
    assert shown() == before
    assert daycounts.count_days(survey=survey) == 0

    make.respond(survey, count=2, day=day(7), **{make.ONE: {"option_id": make.BUS}})
    assert shown()[0] == 19  # a day that got more is counted anew
    assert shown()[1][make.ONE][make.BUS, None] == 6
    assert daycounts.count_days(survey=survey) == 1

    Answer.objects.filter(question_id=make.ONE, option_id=make.BUS).update(option_id=make.WALK)
    assert shown()[1][make.ONE] == {(make.BIKE, None): 10, (make.WALK, None): 9}
    daycounts.count_days(survey=survey)
    one = Response.objects.filter(collector=answered).first()
    Answer.objects.filter(response=one).delete()
    assert shown()[1][make.ONE][make.BIKE, None] == 9
    daycounts.count_days(survey=survey)
    one.source = "zuil"
    one.save()
    assert not DayCount.objects.filter(day=day(7)).exists()
    one.delete()
    assert shown()[0] == 18


def test_only_large_surveys_are_counted_by_the_clock(survey, answered, monkeypatch):
    assert daycounts.keep_day_counts() == 0
    monkeypatch.setattr(daycounts, "LEAST_RESPONSES", 17)
    assert daycounts.keep_day_counts(lambda: True) == 0
    assert daycounts.keep_day_counts() == 2
