"""Results that go out: who sees them and when, what is in them, and what nobody can work out."""

from datetime import timedelta
from io import BytesIO
from itertools import product

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from surveys.models import SurveyPage
from tests.factories import survey_types as kinds
from tests.factories import surveys as make
from tests.surveys.helpers import text_of

pytestmark = pytest.mark.django_db
Shown = SurveyPage.ResultsShown


@pytest.fixture
def manager(login, area_manager):
    return login(area_manager)


@pytest.fixture
def closed(north):
    """A survey that is over, with public results."""
    return make.SurveyPageFactory(parent=north, closed=True, results_shown=Shown.CLOSED)


def public(client, survey) -> str:
    response = client.get(survey.results_url)
    assert response.status_code == 200
    return text_of(response)


def day(ago: int):
    return timezone.localdate() - timedelta(days=ago)


def test_the_editor_chooses_when_everybody_sees_results(client, north):
    survey = make.SurveyPageFactory(parent=north)
    now = timezone.now()
    times = {
        "planned": (now + timedelta(days=1), now + timedelta(days=9)),
        "open": (now - timedelta(days=1), now + timedelta(days=9)),
        "closing": (now - timedelta(days=1), now - timedelta(minutes=5)),  # some still send
        "closed": (now - timedelta(days=1), now - timedelta(hours=2)),
    }
    sees = {Shown.NEVER: (), Shown.CLOSED: ("closed",), Shown.LIVE: ("open", "closing", "closed")}
    for shown, (state, (opens, closes)) in product(Shown, times.items()):
        SurveyPage.objects.filter(pk=survey.pk).update(
            results_shown=shown, opens_at=opens, closes_at=closes
        )
        visible = state in sees[shown]
        where = f"{shown.name} {state}"
        status = client.get(f"{survey.url}resultaten/").status_code
        assert status == (200 if visible else 404), where
        for url in (survey.url, f"{survey.url}bedankt/"):
            assert (survey.results_url in client.get(url).content.decode()) == visible, where


def test_counts_percentages_and_means_without_words_and_places(client, closed):
    make.respond(closed, count=12)
    make.respond(closed, count=8, **{make.ONE: {"option_id": make.WALK}, make.SCALE: {"number": 2}})
    words = public(client, closed)
    for said in (
        "20 mensen vulden de enquête in, van", "Met de fiets 60% (12)", "Lopend 40% (8)",
        "Met de bus 0% (0)", "Schaduw 100% (12)", "Gemiddeld 3,2, mediaan 4.",
        "Met de fiets 12 60%",
        "12 mensen antwoordden.",
    ):  # fmt: skip
        assert said in words, said
    for secret in ("Dorpsstraat", "groen", "brug", "52,3", "standaardafwijking"):
        assert secret not in words


def test_small_numbers_and_what_tells_them_are_hidden(client, closed, settings):
    make.respond(
        closed, count=30, **{make.ONE: {"option_id": make.BIKE}, make.SCALE: {"number": 4}}
    )
    make.respond(closed, count=9, **{make.ONE: {"option_id": make.BUS}, make.SCALE: {"number": 5}})
    make.respond(closed, count=2, **{make.ONE: {"option_id": make.WALK}, make.SCALE: {"number": 1}})
    make.respond(closed, count=3, **{make.SEVERAL: [{"option_id": make.SHADE}]})
    words = public(client, closed)
    assert "Met de fiets 73% (30)" in words
    assert "Lopend verborgen" in words
    assert "Met de bus verborgen" in words  # or 41 - 30 - 9 would tell
    assert "Gemiddeld" not in words
    assert "Te weinig mensen gaven antwoord." in words  # the three that want shade
    assert "kleiner dan 5" in words
    settings.SURVEY_SMALL_NUMBERS = 2
    assert "Lopend 5% (2)" in public(client, closed)


def test_fewer_responses_than_the_threshold_show_nothing(client, closed):
    make.respond(closed, count=4)
    words = public(client, closed)
    assert "Er zijn nog te weinig antwoorden" in words
    assert "Met de fiets" not in words


def test_a_question_that_follows_on_a_hidden_answer_is_hidden_too(client, north):
    follow = make.question(
        "long_text", make.LONG, "Hoe was de bus?", max_length=200,
        condition={"match": "all", "rules": [
            {"type": "item", "id": "r", "value": {
                "question": make.ONE, "operator": "equals", "value": make.BUS}}]},
    )  # fmt: skip
    survey = make.SurveyPageFactory(
        parent=north, closed=True, results_shown=Shown.CLOSED,
        questions=[make.all_questions()[0], follow],
    )  # fmt: skip
    bus = {make.ONE: {"option_id": make.BUS}, make.LONG: {"text": "Fijn."}}
    make.respond(survey, count=20, **bus)
    make.respond(survey, count=40, **{make.ONE: {"option_id": make.BIKE}})
    assert "20 mensen antwoordden. Wat mensen in eigen woorden" in public(client, survey)
    make.respond(survey, count=3, **{make.ONE: {"option_id": make.WALK}})
    words = public(client, survey)
    assert "Met de bus verborgen" in words
    assert "20 mensen" not in words
    assert "Alleen wie iets bepaalds antwoordde, kreeg deze vraag." in words


def test_every_type_has_its_own_way_out(client, north):
    survey = make.SurveyPageFactory(
        parent=north, closed=True, results_shown=Shown.CLOSED, questions=kinds.every_type()
    )
    for number in range(30):
        make.respond(survey, **{
            kinds.NUMBER: {"number": 1 + number},
            kinds.DATE: {"text": f"2026-0{1 + number // 10}-15"},
            kinds.POSTCODE: {"text": "1171" if number < 20 else f"11{number}"},
            kinds.MOST: [{"option_id": kinds.TREES}, {"option_id": kinds.WATER}],
            kinds.SAFE: {"option_id": kinds.GOOD if number < 28 else kinds.BAD},
            kinds.CLEAN: {"option_id": kinds.FAIR},
            kinds.NPS: {"number": 9 if number < 20 else 5},
            kinds.RANKING: [{"option_id": key, "number": place} for place, key in enumerate(
                [kinds.WATER, kinds.TREES, kinds.PATHS] if number < 27 else
                [kinds.PATHS, kinds.WATER, kinds.TREES], start=1)],
            kinds.CONSENT: {"number": 1},
        })  # fmt: skip
    words = public(client, survey)
    for said in (
        "minder dan 10 30% (9)", "25 of meer 20% (6)", "Gemiddeld 15,5, mediaan 15,5.",
        "januari 2026 33% (10)", "1171 67% (20)", "Alle andere 33% (10)",
        "Bomen 100% (30)", "Score (NPS) +33",
        "Water verborgen", "Paden verborgen",  # 27 and 3 first places
        "slecht verborgen", "matig 100% (30)", "Hoe komt u er? Niemand beantwoordde deze vraag.",
    ):  # fmt: skip
        assert said in words, said
    for secret in ("hoogste 30", "laagste", "1125", "gemiddeld plaats"):
        assert secret not in words, secret
    assert "akkoord" not in words.lower()


def test_a_running_survey_tells_nothing_of_the_last_few(client, north):
    survey = make.SurveyPageFactory(parent=north, results_shown=Shown.LIVE)
    make.respond(survey, count=6, day=day(6))
    assert "Er zijn nog te weinig antwoorden" in public(client, survey)
    make.respond(survey, count=4, day=day(5))
    assert "Er zijn nog te weinig antwoorden" in public(client, survey)
    make.respond(survey, day=day(4))
    assert "6 mensen vulden" in public(client, survey)
    make.respond(survey, count=4)  # today
    assert "6 mensen vulden" in public(client, survey)
    make.respond(survey)
    words = public(client, survey)
    assert "11 mensen vulden" in words
    assert "De enquête loopt nog." in words
    SurveyPage.objects.filter(pk=survey.pk).update(closes_at=timezone.now() - timedelta(hours=2))
    assert "16 mensen vulden" in public(client, survey)


def test_queries_do_not_grow_and_the_page_is_kept(
    client, closed, kept_pages, django_assert_max_num_queries, settings
):
    make.respond(closed, count=10)
    settings.PAGE_CACHE_ENABLED = False
    public(client, closed)
    cache.clear()  # else what was worked out is kept
    with django_assert_max_num_queries(21) as few:
        words = public(client, closed)
    assert "Alle vakken in een tabel" in words or "kaart" in words
    with django_assert_max_num_queries(12):
        assert public(client, closed) == words
    make.respond(closed, count=300)
    with django_assert_max_num_queries(len(few)):
        public(client, closed)
    settings.PAGE_CACHE_ENABLED = True
    public(client, closed)
    with django_assert_max_num_queries(1):
        public(client, closed)


def pdf_text(client, survey, **data) -> str:
    response = client.get(reverse("surveys_report", args=[survey.pk]), data)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/pdf"
    reader = PdfReader(BytesIO(response.content))
    assert b"pdfuaid" in response.content or "/MarkInfo" in reader.trailer["/Root"]
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def test_the_report_is_split_without_telling_small_numbers(manager, north):
    survey = make.SurveyPageFactory(parent=north)
    for number, travel, mark in (
        (20, make.BIKE, 4), (10, make.BIKE, 2), (9, make.BUS, 4), (7, make.BUS, 2),
        (2, make.WALK, 4), (8, make.WALK, 2),
    ):  # fmt: skip
        make.respond(survey, count=number, **{
            make.ONE: {"option_id": travel}, make.SCALE: {"number": mark},
            make.SEVERAL: [{"option_id": make.SHADE}] if mark == 4 else [{"option_id": make.BENCH}],
            make.LONG: {"text": "Een geheim."},
        })  # fmt: skip
    words = pdf_text(manager, survey)
    for said in (survey.title, "Ingevuld door 56 mensen", "Zo leest u dit rapport", "Met de fiets",
                 "54% 30", "De enquête liep toen nog.", "Bladzijde 1"):  # fmt: skip
        assert said in words, said
    assert "geheim" not in words
    assert "×" not in words
    split = pdf_text(manager, survey, splits=make.ONE)
    assert "Hoe veilig vindt u de oversteek? × Hoe gaat u meestal naar het centrum?" in split
    table = split[split.index("oversteek? ×") :]
    assert "65% (20)" in table
    assert "(2)" not in table
    assert "(9)" not in table  # with 2 + 9 = 11 it would tell
    assert "verborgen" in table
    assert pdf_text(manager, survey, splits="onzin")


def test_only_who_may_edit_gets_a_report(client, make_user, west, login, north):
    survey = make.SurveyPageFactory(parent=north)
    url = reverse("surveys_report", args=[survey.pk])
    other = login(make_user("gebiedsmanager-west", groups=[west.manager_group]))
    assert other.get(url).status_code == 404
    assert client.get(url).status_code == 302
