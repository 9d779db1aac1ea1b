"""Reading open answers: search, tags by hand, and the words that are used most."""

import re
import threading
from html import unescape

import pytest
from django.core.cache import cache
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from surveys.answers.reading import answers_to, counted_responses
from surveys.answers.services import TagGoneError, ensure_tag, merge_tags, tag_answers
from surveys.answers.words import most_used_words
from surveys.models import Answer, AnswerTag, AnswerTagging, Response
from tests.factories import surveys as make
from tests.surveys.helpers import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def survey(north):
    return make.SurveyPageFactory(parent=north)


@pytest.fixture
def manager(login, area_manager):
    return login(area_manager)


def write(survey, *texts: str) -> list[Answer]:
    """An answer in words for each text, in that order."""
    return [
        Answer.objects.get(
            response=make.respond(survey, **{make.LONG: {"text": text}})[0],
            question_id=make.LONG,
        )
        for text in texts
    ]


def url(survey, name: str = "surveys_answers", question: str = make.LONG) -> str:
    return reverse(name, args=[survey.pk, question])


def key(answer: Answer) -> str:
    return f"{answer.response_id}.{answer.option_id}"


def put(client, survey, chosen, *, to: str = "", **fields):
    """Tag answers with the form above the list."""
    data = {"answers": [key(answer) for answer in chosen]} | fields
    return client.post((to or url(survey)), data, follow=True)


def click(client, survey, answer, tag, wanted: str = "on", **headers):
    """Press the button of a tag at one answer."""
    data = {"toggle": f"{wanted}:{tag.pk}:{key(answer)}:3", "query": "q=hek&p=2"}
    return client.post(url(survey, "surveys_toggle_tag"), data, headers=headers)


def tags_of(answer: Answer) -> set[str]:
    rows = AnswerTagging.objects.filter(response_id=answer.response_id)
    return {row.tag.name for row in rows.select_related("tag")}


def shown(client, survey, **query) -> list[str]:
    """The answers on the page."""
    html = client.get(url(survey), query).content.decode()
    found = re.findall(r'<label class="gp-answers__text"[^>]*>([^<]*)<', html)
    return sorted(unescape(text).strip() for text in found)


def keep(row) -> None:
    """Store a row as far as the database allows, foreign keys included."""
    with transaction.atomic():
        row.save(force_insert=True)
        connection.check_constraints()


class TestSearch:
    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("fiets", {"Het fietspad is smal", "FIETSEN kan niet"}),
            ("FIETSPAD smal", {"Het fietspad is smal"}),
            ("cafe", {"Bij het Café", "Naast cafe\u0301 De Meer"}),
            ("ÉÉN", {"Er is maar één hek", "Voor 100% mee eens"}),
            ("100%", {"Voor 100% mee eens"}),
            ("_", {"snake_case"}),
            (r".* (", {r"Rare tekens: .* ( [ \ ?"}),
            ("foto's", {"De foto’s kloppen niet"}),
            ('"fietspad"', {"Het fietspad is smal"}),
            ('"fiets"', set()),
            ('"is smal"', {"Het fietspad is smal"}),
            ("niets van dit alles", set()),
        ],
    )  # fmt: skip
    def test_parts_of_words_without_capitals_and_accents(self, manager, survey, query, found):
        write(
            survey,
            "Het fietspad is smal",
            "FIETSEN kan niet",
            "Bij het Café",
            "Naast cafe\u0301 De Meer",
            "Er is maar één hek",
            "Voor 100% mee eens",
            "snake_case",
            r"Rare tekens: .* ( [ \ ?",
            "De foto’s kloppen niet",
        )
        assert set(shown(manager, survey, q=query)) == found

    def test_what_cannot_be_looked_for_is_said_and_all_answers_stay(self, manager, survey):
        write(survey, "Een hek")
        words = text_of(manager.get(url(survey), {"q": "x" * 101, "label": "999"}))
        assert "Zoek met ten hoogste 100 tekens." in words
        assert "Dit label is er niet meer." in words
        assert "Een hek" in words
        assert manager.get(url(survey), {"q": "a\x00b"}).status_code == 200

    def test_own_words_beside_the_options_are_read_too(self, manager, north):
        survey = make.SurveyPageFactory(
            parent=north,
            questions=[
                make.question(
                    "one_choice",
                    make.ONE,
                    "Hoe reist u?",
                    options=make.options(o_fiets="Fiets"),
                    other="Anders, namelijk",
                )
            ],
        )
        make.respond(survey, **{make.ONE: {"option_id": "other", "text": "Met de step"}})
        make.respond(survey, **{make.ONE: {"option_id": make.BIKE}})
        page = manager.get(url(survey, question=make.ONE), {"q": "STEP"})
        assert "Met de step" in text_of(page)
        response = Response.objects.get(answers__option_id="other")
        manager.post(
            url(survey, question=make.ONE), {"answers": f"{response.pk}.other", "name": "Wielen"}
        )
        assert AnswerTagging.objects.get().option_id == "other"


class TestTagging:
    def test_many_at_once_one_with_a_click_and_off_again(self, manager, survey):
        first, second, third = write(survey, "Een hek", "Een haag", "Een poort")
        words = text_of(put(manager, survey, [first, second], name="  Rand  van het veld "))
        assert "2 antwoorden hebben nu het label ‘Rand van het veld’." in words
        assert re.search(r"Rand van het veld\s+67%\s+2", words)
        tag = AnswerTag.objects.get()
        back = click(manager, survey, third, tag)
        assert back.url == f"{url(survey)}?q=hek&p=2#antwoord-3"
        assert all(tags_of(one) == {"Rand van het veld"} for one in (first, second, third))
        click(manager, survey, third, tag)  # a double click comes to the same
        assert click(manager, survey, third, tag, "off", accept="application/json").json() == {
            "on": False
        }
        assert tags_of(third) == set()
        assert shown(manager, survey, label="zonder") == ["Een poort"]
        assert shown(manager, survey, label=tag.pk) == ["Een haag", "Een hek"]
        put(manager, survey, [first], tag=tag.pk, take_off="1")
        assert (tags_of(first), tags_of(second)) == (set(), {"Rand van het veld"})

    def test_all_that_was_found_on_other_pages_too(self, manager, survey):
        write(survey, *(f"Een hek {number}" for number in range(52)), "Iets anders")
        put(manager, survey, [], to=f"{url(survey)}?q=hek", name="Hek", whole="on")
        assert AnswerTagging.objects.count() == 52
        tag = AnswerTag.objects.get()
        put(manager, survey, [], to=f"{url(survey)}?q=hek", tag=tag.pk, whole="on", take_off="1")
        assert AnswerTagging.objects.count() == 0

    def test_the_same_name_in_other_letters_is_the_same_tag(self, manager, survey):
        first, second = write(survey, "Een hek", "Een haag")
        put(manager, survey, [first], name="Café")
        put(manager, survey, [second], name="CAFE")
        assert AnswerTag.objects.get().taggings.count() == 2
        with pytest.raises(IntegrityError), transaction.atomic():
            AnswerTag.objects.create(survey=survey, name="cafe")
        with pytest.raises(IntegrityError), transaction.atomic():
            AnswerTag.objects.create(survey=survey, name=" ")

    @pytest.mark.parametrize(
        ("fields", "message"),
        [
            ({}, "Kies een label of vul een nieuw label in."),
            ({"name": "x" * 51}, "De naam is te lang. Gebruik ten hoogste 50 tekens."),
            ({"tag": "999"}, "Dit label is er niet meer. Kies een ander label."),
            ({"name": "Nieuw", "answers": []}, "Zet een vinkje bij de antwoorden"),
            ({"name": "Nieuw", "take_off": "1"}, "Kies het label dat eraf moet in de lijst."),
        ],
    )
    def test_what_cannot_be_done_is_said_and_the_choice_stays(
        self, manager, survey, fields, message
    ):
        (answer,) = write(survey, "Een hek")
        response = put(manager, survey, [answer], **fields)
        assert response.status_code == 422
        assert message in text_of(response)
        if "answers" not in fields:
            assert f'value="{key(answer)}" id="kies-1" checked' in response.content.decode()
        assert not AnswerTagging.objects.exists()

    def test_answers_that_went_and_strange_keys_are_passed_over(self, manager, survey):
        first, second = write(survey, "Een hek", "Een haag")
        gone = key(second)
        second.response.delete()
        data = {"answers": [key(first), gone, "onzin", "1.2.3"], "name": "Rand"}
        words = text_of(manager.post(url(survey), data, follow=True))
        assert "1 antwoord heeft nu het label ‘Rand’." in words
        assert "1 antwoord is er niet meer." in words
        for toggle in ("", "on:1", "on:x:y:z", f"on:{'9' * 30}:{key(first)}:1"):
            status = manager.post(url(survey, "surveys_toggle_tag"), {"toggle": toggle}).status_code
            assert status in (302, 404)
        refused = click(manager, survey, first, AnswerTag(pk=99), accept="application/json")
        assert (refused.status_code, "refusal" in refused.json()) == (409, True)

    def test_a_tag_goes_with_its_answer_and_its_response(self, survey):
        answers = write(survey, "Een hek", "Een haag", "Een poort")
        tag = ensure_tag(survey=survey, name="Rand")
        tag_answers(tag=tag, answers=Answer.objects.filter(question_id=make.LONG))
        answers[0].response.delete()
        Answer.objects.filter(response_id=answers[1].response_id).delete()
        assert [row.response_id for row in tag.taggings.all()] == [answers[2].response_id]
        orphan = AnswerTagging(tag=tag, response_id=answers[0].response_id, question_id=make.LONG)
        with pytest.raises(IntegrityError):
            keep(orphan)

    def test_rename_merge_and_delete_with_their_counts(self, manager, survey):
        first, second, third = write(survey, "Een hek", "Een haag", "Een poort")
        put(manager, survey, [first, second], name="Rand")
        put(manager, survey, [second, third], name="Heg")
        edge, hedge = AnswerTag.objects.order_by("name")[::-1]
        page = text_of(manager.get(reverse("surveys_tags", args=[survey.pk])))
        assert re.search(r"Heg \(veranderen\)\s+2 Rand \(veranderen\)\s+2", page)
        here = reverse("surveys_tag", args=[survey.pk, edge.pk])
        assert "staat bij 2 antwoorden" in text_of(manager.get(here))
        taken = manager.post(here, {"action": "rename", "name": "HEG"})
        assert taken.status_code == 422
        assert "Er is al een label met deze naam." in text_of(taken)
        for data in ({"action": "rename", "name": " "}, {"action": "merge"}, {}):
            assert manager.post(here, data).status_code == 422
        assert manager.post(here, {"action": "merge", "into": edge.pk}).status_code == 422
        manager.post(here, {"action": "rename", "name": "rand van het veld"})
        edge.refresh_from_db()
        assert edge.name == "rand van het veld"
        manager.post(here, {"action": "merge", "into": hedge.pk})
        assert [tags_of(one) for one in (first, second, third)] == [{"Heg"}] * 3
        assert manager.get(here).status_code == 404
        here = reverse("surveys_tag", args=[survey.pk, hedge.pk])
        said = text_of(manager.post(here, {"action": "delete"}, follow=True))
        assert "Het label ‘Heg’ is weg. Het stond bij 3 antwoorden." in said
        assert "Er zijn nog geen labels." in said
        assert Answer.objects.filter(question_id=make.LONG).count() == 3

    def test_nobody_reaches_the_tags_of_another_survey(
        self, manager, survey, west, login, make_user
    ):
        (own,) = write(survey, "Een hek")
        other = make.SurveyPageFactory(parent=west)
        (theirs,) = write(other, "Een haag")
        tag, strange = (ensure_tag(survey=one, name="Rand") for one in (survey, other))
        stranger = login(make_user("gebiedsmanager-west", groups=[west.manager_group]))
        pages = [
            url(survey),
            url(survey, "surveys_words"),
            reverse("surveys_tags", args=[survey.pk]),
            reverse("surveys_tag", args=[survey.pk, tag.pk]),
        ]
        assert {stranger.get(page).status_code for page in pages} == {404}
        assert click(stranger, survey, own, tag).status_code == 404
        assert put(stranger, survey, [own], name="Nieuw").status_code == 404
        assert {Client().get(page).status_code for page in pages} == {302}
        assert manager.get(reverse("surveys_tag", args=[survey.pk, strange.pk])).status_code == 404
        assert put(manager, survey, [own], tag=strange.pk).status_code == 422
        put(manager, survey, [own, theirs], tag=tag.pk)
        click(manager, survey, theirs, tag)
        assert (tags_of(own), tags_of(theirs)) == ({"Rand"}, set())


class TestWords:
    def test_counted_by_response_without_function_words_and_rare_ones(self, manager, survey):
        write(
            survey,
            *["De bomen! Bomen, BOMEN en een café omdat het moet"] * 3,
            *["Meer bomen bij het cafe, met foto's"] * 2,
            *["Foto’s van de heer Jansen uit 2132"] * 3,
            "Mevrouw De Vries-Bakker",
        )
        words = text_of(manager.get(url(survey, "surveys_words")))
        found = re.findall(r"(\w+) \(zoek de antwoorden\) (\d+)% (\d+)", words)
        assert found == [("bomen", "56", "5"), ("cafe", "56", "5"), ("foto", "56", "5")]
        assert "Van 9 inzendingen met woorden." in words

    def test_a_word_leads_to_the_answers_with_it(self, manager, survey):
        write(survey, *["De foto’s, FOTO"] * 5, "Een fotoboek")
        html = manager.get(url(survey, "surveys_words")).content.decode()
        query = re.search(r'\?(q=%22foto%22)"', html)[1]
        page = manager.get(f"{url(survey)}?{query}")
        assert "5 antwoorden van de 6" in text_of(page)

    def test_very_many_different_words_take_no_more_memory(self, survey):
        write(survey, *(f"bomen {' '.join(f'w{one}x{n}' for n in range(50))}" for one in range(12)))
        question = next(q for q in survey.asked if q.id == make.LONG)
        found = most_used_words(
            answers_to(question, counted_responses(survey)), threshold=5, keep=100
        )
        assert [(word.text, word.count) for word in found.rows] == [("bomen", 12)]


@pytest.mark.parametrize("name", ["surveys_answers", "surveys_words", "surveys_tags"])
def test_queries_do_not_grow(manager, survey, name, django_assert_max_num_queries):
    here = reverse(name, args=[survey.pk] if name == "surveys_tags" else [survey.pk, make.LONG])

    def fill(number):
        write(survey, *[f"Een hek van {number} meter"] * 30)
        put(manager, survey, Answer.objects.filter(question_id=make.LONG), name=f"Label {number}")

    fill(1)
    manager.get(here)
    cache.clear()
    with django_assert_max_num_queries(46) as few:  # of two pages
        manager.get(here, {"q": "hek", "label": "zonder"})
        manager.get(here)
    limit = len(few)
    fill(2)
    fill(3)
    cache.clear()
    with django_assert_max_num_queries(limit):
        manager.get(here, {"q": "hek", "label": "zonder"})
        manager.get(here)


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer")
def test_two_editors_at_once_lose_nothing(home, survey):
    """One puts a tag on answers while the other merges it into another tag."""
    answers = write(survey, *["Een hek"] * 20)
    old, new = (ensure_tag(survey=survey, name=name) for name in ("Hek", "Rand"))
    outcome = []

    def tag():
        try:
            rows = Answer.objects.filter(response_id__in=[one.response_id for one in answers])
            outcome.append(tag_answers(tag=old, answers=rows))
        except TagGoneError:
            outcome.append("gone")
        finally:
            connection.close()

    def merge():
        merge_tags(tag=old, into=new)
        connection.close()

    threads = [threading.Thread(target=work) for work in (tag, merge)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert AnswerTagging.objects.filter(tag=new).count() == (0 if outcome == ["gone"] else 20)
