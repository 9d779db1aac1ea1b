"""Surveys in pages, and questions that show only after certain answers: without JavaScript."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from surveys.models import Answer, Response
from tests.factories import survey_types as kinds
from tests.factories import surveys as make
from tests.surveys.helpers import field, form_on, send, text_of
from tests.surveys.test_results import csv_rows

pytestmark = pytest.mark.django_db

PAGE_TWO, PAGE_THREE, SECTION = "blad-2", "blad-3", "deel-1"


def when(question: str, operator: str, value: str = "") -> dict:
    return {"question": question, "operator": operator, "value": value}


def only_if(item: dict, *rules: dict, match: str = "all") -> dict:
    """The item with a condition, as the StreamField stores it."""
    listed = [
        {"type": "item", "id": f"regel-{number}", "value": rule}
        for number, rule in enumerate(rules)
    ]
    item["value"]["condition"] = {"match": match, "rules": listed}
    return item


def page(page_id: str, label: str) -> dict:
    return {"type": "page", "id": page_id, "value": {"label": label}}


def travel(**value) -> dict:
    choices = make.options(o_fiets="Met de fiets", o_lopend="Lopend")
    return make.question("one_choice", make.ONE, "Hoe gaat u?", options=choices, **value)


def street(**value) -> dict:
    return make.question("short_text", make.SHORT, "Welke straat?", max_length=40, **value)


def story(**value) -> dict:
    return make.question("long_text", make.LONG, "Wat nog meer?", max_length=200, **value)


@pytest.fixture
def three_pages(north):
    """Travel; then, for cyclists, a street; then a number and a story."""
    return make.SurveyPageFactory(
        parent=north,
        questions=[
            travel(required=True),
            only_if(page(PAGE_TWO, "Over fietsen"), when(make.ONE, "equals", make.BIKE)),
            street(required=True),
            page(PAGE_THREE, "Tot slot"),
            kinds.nps(),
            only_if(story(), when(kinds.NPS, "less", "7")),
        ],
    )


def go(client, shown, button: str, **answers):
    """Fill in what a page shows and press a button, as a browser without JavaScript does."""
    form = form_on(shown)
    return client.post(form.action, form.fields | answers | {"stap": button})


class TestPages:
    def test_the_way_forward_stores_all_pages_together(self, client, three_pages):
        first = client.get(three_pages.url)
        assert "Pagina 1 van 2" in text_of(first)
        assert "Welke straat?" not in text_of(first)
        second = go(client, first, "verder", **{field(make.ONE): make.BIKE})
        assert second.status_code == 200
        assert "Pagina 2 van 3" in text_of(second)
        assert "Over fietsen" in text_of(second)
        assert second.content.decode().count("<h1") == 1
        third = go(client, second, "verder", **{field(make.SHORT): "Dorpsstraat"})
        assert "Pagina 3 van 3" in text_of(third)
        assert Response.objects.count() == 0
        done = go(client, third, "verstuur", **{field(kinds.NPS): "9"})
        assert done.status_code == 302
        stored = {a.question_id: a.option_id or a.text or a.number for a in Answer.objects.all()}
        assert stored == {make.ONE: make.BIKE, make.SHORT: "Dorpsstraat", kinds.NPS: 9}

    def test_a_page_with_a_condition_is_skipped(self, client, three_pages):
        first = client.get(three_pages.url)
        last = go(client, first, "verder", **{field(make.ONE): make.WALK})
        assert "Pagina 2 van 2" in text_of(last)
        assert "Tot slot" in text_of(last)
        assert go(client, last, "verstuur", **{field(kinds.NPS): "9"}).status_code == 302

    def test_back_keeps_what_was_typed_also_where_it_is_not_valid(self, client, three_pages):
        second = go(client, client.get(three_pages.url), "verder", **{field(make.ONE): make.BIKE})
        back = go(client, second, "terug", **{field(make.SHORT): "x" * 60})
        assert back.status_code == 200
        assert "Er gaat nog iets niet goed" not in text_of(back)
        assert form_on(back).fields[field(make.ONE)] == [make.BIKE]
        again = go(client, back, "verder")
        assert form_on(again).fields[field(make.SHORT)] == ["x" * 60]
        assert "Er gaat nog iets niet goed" not in text_of(again)

    def test_an_error_stays_on_its_page_and_names_only_that(self, client, three_pages):
        second = go(client, client.get(three_pages.url), "verder", **{field(make.ONE): make.BIKE})
        wrong = go(client, second, "verder")
        assert wrong.status_code == 422
        words = text_of(wrong)
        assert "Pagina 2 van 3" in words
        assert words.count("Beantwoord deze vraag.") == 2  # in the summary and at the question

    def test_what_is_carried_along_is_checked_again(self, client, three_pages):
        first = client.get(three_pages.url)
        last = go(client, first, "verder", **{field(make.ONE): make.WALK})
        hostile = form_on(last).fields | {field(make.ONE): "o-raket", "stap": "verstuur"}
        response = client.post(form_on(last).action, hostile)
        assert response.status_code == 422
        assert "Pagina 1 van" in text_of(response)
        assert "Dit antwoord hoort niet bij deze vraag." in text_of(response)
        assert Response.objects.count() == 0

    def test_a_hidden_page_changed_by_hand_is_not_stored(self, client, three_pages):
        given = {
            field(make.ONE): make.WALK, field(make.SHORT): "Stiekem", field(kinds.NPS): "9",
            field(make.LONG): "Stiekem",
        }  # fmt: skip
        assert send(client, three_pages, given).status_code == 302
        assert set(Answer.objects.values_list("question_id", flat=True)) == {make.ONE, kinds.NPS}

    @pytest.mark.parametrize("number", ["0", "99", "-1", "²", "x" * 40, "1\x00"])
    def test_a_strange_page_number_ends_nowhere_else(self, client, three_pages, number):
        response = send(
            client, three_pages, {field(make.ONE): make.BIKE}, pagina=number, stap="verder"
        )
        assert response.status_code in (200, 422)
        assert Response.objects.count() == 0

    def test_sending_the_last_page_twice_counts_once(self, three_pages):
        visitor = Client(enforce_csrf_checks=True)
        first = visitor.get(three_pages.url)
        last = go(visitor, first, "verder", **{field(make.ONE): make.WALK})
        for _ in range(2):
            assert go(visitor, last, "verstuur", **{field(kinds.NPS): "9"}).status_code == 302
        assert Response.objects.count() == 1

    def test_closing_on_the_way_gives_back_the_answers_of_all_pages(self, client, three_pages):
        second = go(client, client.get(three_pages.url), "verder", **{field(make.ONE): make.BIKE})
        three_pages.closes_at = timezone.now() - timedelta(hours=2)
        three_pages.save()
        closed = go(client, second, "verder", **{field(make.SHORT): "Dorpsstraat"})
        assert closed.status_code == 409
        assert "Met de fiets" in text_of(closed)
        assert "Dorpsstraat" in text_of(closed)

    def test_a_change_on_the_way_goes_on_in_the_version_that_was_begun(self, client, three_pages):
        second = go(client, client.get(three_pages.url), "verder", **{field(make.ONE): make.BIKE})
        three_pages.questions = [story()]
        three_pages.save()
        third = go(client, second, "verder", **{field(make.SHORT): "Dorpsstraat"})
        assert "Pagina 3 van 3" in text_of(third)
        assert go(client, third, "verstuur", **{field(kinds.NPS): "9"}).status_code == 302
        assert Response.objects.get().version.number == 1

    def test_an_answer_that_takes_the_last_page_away_says_so(self, client, north):
        survey = make.SurveyPageFactory(
            parent=north,
            questions=[
                travel(),
                only_if(page(PAGE_TWO, "Fiets"), when(make.ONE, "equals", make.BIKE)),
                street(),
            ],
        )
        first = client.get(survey.url)
        assert "Verder" in text_of(first)
        last = go(client, first, "verder", **{field(make.ONE): make.WALK})
        assert "Dit was de laatste pagina" in text_of(last)
        assert "Verstuur uw antwoorden" in text_of(last)
        assert Response.objects.count() == 0
        assert go(client, last, "verstuur").status_code == 302

    def test_nothing_at_all_is_no_response(self, client, north):
        survey = make.SurveyPageFactory(
            parent=north, questions=[street(), page(PAGE_TWO, "Twee"), story()]
        )
        last = go(client, client.get(survey.url), "verder")
        response = go(client, last, "verstuur")
        assert response.status_code == 422
        assert "U hebt nog niets ingevuld." in text_of(response)

    def test_a_step_takes_few_queries_whatever_the_number_of_pages(
        self, client, north, django_assert_max_num_queries
    ):
        counts = []
        for pages in (3, 12):
            questions = make.many_choices(pages)
            for number in range(pages - 1, 0, -1):
                questions.insert(number, page(f"blad-{number}", f"Blad {number}"))
            survey = make.SurveyPageFactory(parent=north, questions=questions)
            first = client.get(survey.url)
            given = {field(questions[0]["id"]): "ja"}
            go(client, first, "verder", **given)
            with django_assert_max_num_queries(18) as queries:
                assert go(client, first, "verder", **given).status_code == 200
            counts.append(len(queries))
        assert counts[0] == counts[1]

    def test_the_english_interface_says_it_in_english_addresses(self, client, three_pages):
        first = client.get("/en" + three_pages.url)
        second = go(client, first, "verder", **{field(make.ONE): make.BIKE})
        assert form_on(second).action.startswith("/en/")


class TestConditions:
    @pytest.mark.parametrize(
        ("rule", "answer", "shows"),
        [
            (when(make.ONE, "equals", make.BIKE), {field(make.ONE): make.BIKE}, True),
            (when(make.ONE, "equals", make.BIKE), {field(make.ONE): make.WALK}, False),
            (when(make.ONE, "differs", make.BIKE), {}, True),
            (when(make.ONE, "filled"), {}, False),
            (when(make.ONE, "empty"), {}, True),
            (when(kinds.MOST, "contains", kinds.TREES),
             {field(kinds.MOST): [kinds.TREES, kinds.WATER]}, True),
            (when(kinds.MOST, "equals", kinds.TREES),
             {field(kinds.MOST): [kinds.TREES, kinds.WATER]}, False),
            (when(kinds.NUMBER, "more", "9,5"), {field(kinds.NUMBER): "10"}, True),
            (when(kinds.NUMBER, "more", "9,5"), {field(kinds.NUMBER): "9,5"}, False),
            (when(kinds.NUMBER, "equals", "9.0"), {field(kinds.NUMBER): "9"}, True),
            (when(kinds.DATE, "less", "2026-03-01"), {field(kinds.DATE): "2026-02-28"}, True),
            (when(make.SHORT, "contains", "DORP"), {field(make.SHORT): "Dorpsstraat"}, True),
            (when(make.SHORT, "equals", "kerkweg"), {field(make.SHORT): "Dorpsstraat"}, False),
            (when(kinds.SWING, "filled"), {}, False),
        ],
    )  # fmt: skip
    def test_what_is_stored_follows_each_comparison(self, client, north, rule, answer, shows):
        survey = make.SurveyPageFactory(
            parent=north,
            questions=[
                travel(), kinds.several(), kinds.number(), kinds.date(), street(),
                only_if(story(), rule), kinds.nps(),
            ],
        )  # fmt: skip
        given = answer | {field(make.LONG): "Ja.", field(kinds.NPS): "5"}
        assert send(client, survey, given).status_code == 302
        assert Answer.objects.filter(question_id=make.LONG).exists() == shows

    def test_all_and_any(self, client, north):
        rules = (when(make.ONE, "equals", make.BIKE), when(kinds.NPS, "more", "8"))
        for match, shows in (("all", False), ("any", True)):
            survey = make.SurveyPageFactory(
                parent=north,
                questions=[travel(), kinds.nps(), only_if(story(), *rules, match=match)],
            )
            Response.objects.all().delete()
            send(client, survey, {
                field(make.ONE): make.BIKE, field(kinds.NPS): "1", field(make.LONG): "Ja.",
            })  # fmt: skip
            assert Answer.objects.filter(question_id=make.LONG).exists() == shows

    def test_a_hidden_question_hides_what_follows_from_it(self, client, north):
        survey = make.SurveyPageFactory(
            parent=north,
            questions=[
                travel(),
                only_if(street(), when(make.ONE, "equals", make.BIKE)),
                only_if(story(), when(make.SHORT, "filled")),
            ],
        )
        given = {field(make.SHORT): "Dorpsstraat", field(make.LONG): "Ja."}
        send(client, survey, given | {field(make.ONE): make.WALK})
        assert set(Answer.objects.values_list("question_id", flat=True)) == {make.ONE}

    def test_a_section_hides_all_that_stands_in_it(self, client, north, login, area_manager):
        section = {"type": "section", "id": SECTION, "value": {"label": "Over fietsen"}}
        survey = make.SurveyPageFactory(
            parent=north,
            questions=[
                travel(),
                only_if(section, when(make.ONE, "equals", make.BIKE)),
                street(required=True),
            ],
        )
        assert send(client, survey, {field(make.ONE): make.WALK}).status_code == 302
        assert send(client, survey, {field(make.ONE): make.BIKE}).status_code == 422
        header, *_lines = csv_rows(login(area_manager), survey)
        assert header[:3] == ["Datum", "Hoe gaat u?", "Welke straat?"]

    def test_without_javascript_the_question_comes_after_sending(self, client, north):
        survey = make.SurveyPageFactory(
            parent=north,
            questions=[
                travel(),
                only_if(street(required=True), when(make.ONE, "equals", make.BIKE)),
            ],
        )
        first = client.get(survey.url)
        assert f'data-item="{make.SHORT}"' in first.content.decode()
        more = client.post(
            form_on(first).action, form_on(first).fields | {field(make.ONE): make.BIKE}
        )
        assert more.status_code == 200
        assert "Er is iets bij gekomen" in text_of(more)
        assert "Beantwoord deze vraag." not in text_of(more)
        empty = client.post(form_on(more).action, form_on(more).fields)
        assert empty.status_code == 422
        mended = form_on(empty).fields | {field(make.SHORT): "Dorpsstraat"}
        assert client.post(form_on(empty).action, mended).status_code == 302

    def test_a_condition_is_frozen_and_a_wrong_one_from_before_breaks_nothing(self, client, north):
        survey = make.SurveyPageFactory(
            parent=north,
            questions=[travel(), only_if(story(), when("weg", "equals", "x"))],
        )
        frozen = survey.versions.get().definition["questions"][1]["condition"]
        assert frozen == {
            "match": "all",
            "rules": [{"question": "weg", "operator": "equals", "value": "x", "compares": ""}],
        }
        survey.save()
        assert survey.versions.count() == 1
        assert client.get(survey.url).status_code == 200
        assert send(client, survey, {field(make.ONE): make.BIKE}).status_code == 302


class TestTrying:
    @pytest.fixture
    def manager(self, login, area_manager):
        return login(area_manager)

    def test_a_manager_tries_the_latest_draft_and_nothing_is_stored(self, manager, three_pages):
        three_pages.questions = [travel(), page(PAGE_TWO, "Concept"), street()]
        three_pages.save_revision()
        url = reverse("surveys_try", args=[three_pages.pk])
        first = manager.get(url)
        assert "Er wordt niets bewaard." in text_of(first)
        second = go(manager, first, "verder", **{field(make.ONE): make.BIKE})
        assert "Concept" in text_of(second)
        done = go(manager, second, "verstuur")
        assert "Dit was een proef" in text_of(done)
        assert Response.objects.count() == 0

    def test_it_is_for_who_may_edit_the_survey_only(
        self, client, three_pages, login, make_user, west
    ):
        url = reverse("surveys_try", args=[three_pages.pk])
        other = login(make_user("gebiedsmanager-west", groups=[west.manager_group]))
        assert other.get(url).status_code == 404
        assert client.get(url).status_code == 302

    def test_the_preview_shows_all_pages_at_once(self, manager, three_pages):
        three_pages.save_revision()
        draft = manager.get(reverse("wagtailadmin_pages:view_draft", args=[three_pages.pk]))
        words = text_of(draft)
        for said in ("Hoe gaat u?", "Over fietsen", "Welke straat?", "Tot slot", "Wat nog meer?"):
            assert said in words
