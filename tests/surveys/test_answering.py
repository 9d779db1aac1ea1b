"""Answering a survey: what is stored, what is refused, and that nothing typed gets lost."""

import re
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from surveys.models import Answer, Response
from tests.factories import pages
from tests.factories import surveys as make
from tests.surveys.helpers import field, form_on, full_answers, send, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def survey(north):
    return make.SurveyPageFactory(parent=north)


def stored() -> dict[str, list[Answer]]:
    """The stored answers by question id."""
    answers: dict[str, list[Answer]] = {}
    for answer in Answer.objects.order_by("response_id", "question_id", "option_id"):
        answers.setdefault(answer.question_id, []).append(answer)
    return answers


def test_every_answer_is_stored_and_the_visitor_is_thanked(client, survey):
    page = send(client, survey, full_answers())
    assert page.status_code == 302
    assert re.fullmatch(rf"/enquetes/{survey.pk}/verstuurd/[\w:-]+/bedankt/", page.url)
    thanks = client.get(page.url)
    assert "Bedankt voor uw antwoorden" in text_of(thanks)
    answers = stored()
    assert answers[make.ONE][0].option_id == make.BIKE
    assert {row.option_id for row in answers[make.SEVERAL]} == {make.SHADE, make.WATER}
    assert answers[make.SCALE][0].number == 4
    assert answers[make.POINT][0].point.coords == (4.8, 52.34)
    assert answers[make.POINT][0].text == "Bij de brug"
    assert answers[make.SHORT][0].text == "Dorpsstraat"
    assert answers[make.LONG][0].text == "Maak er meer groen.\nEn een bankje."


def test_response_holds_the_day_and_nothing_about_the_visitor(client, survey):
    send(
        client,
        survey,
        full_answers(),
    )
    response = Response.objects.get()
    assert response.submitted_on == timezone.localdate()
    # Which link it came along and how it was filled in say nothing of a person; the receipt is a
    # keyed hash of a code that nobody but the visitor has, the verdict is of staff. The language
    # is one of a few that the survey is offered in (docs/decisions/0026).
    assert {f.name for f in Response._meta.concrete_fields} == {
        "id",
        "version",
        "submitted_on",
        "collector",
        "source",
        "receipt",
        "verdict",
        "language",
    }
    holding = {
        f.name: type(f)
        for model in (Response, Answer)
        for f in model._meta.concrete_fields
        if isinstance(f, (models.DateTimeField, models.GenericIPAddressField, models.AutoField))
    }
    assert holding == {}
    users = apps.get_model("auth", "User")
    assert not any(f.related_model is users for f in Response._meta.get_fields())


def test_only_what_is_required_is_enough(client, survey):
    assert send(client, survey, {field(make.ONE): make.WALK}).status_code == 302
    assert Answer.objects.count() == 1


def test_errors_stand_with_their_fields_and_everything_typed_is_still_there(client, survey):
    given = full_answers() | {
        field(make.ONE): "",
        field(make.SHORT): "x" * 41,
        field(make.LONG): 'Zo <b>"dus"</b> & niet anders\r\nechtwaar',
    }
    response = send(client, survey, given)
    assert response.status_code == 422
    assert Response.objects.count() == 0
    html = response.content.decode()
    assert f'href="#id_{field(make.ONE)}_0"' in html
    assert f'href="#id_{field(make.SHORT)}"' in html
    words = text_of(response)
    assert "Beantwoord deze vraag." in words
    assert "Er passen 40 tekens. Maak uw antwoord 1 teken korter." in words
    again = form_on(response).fields
    assert again[field(make.SHORT)] == ["x" * 41]
    assert again[field(make.LONG)] == ['Zo <b>"dus"</b> & niet anders\nechtwaar']
    assert again[field(make.SEVERAL)] == [make.SHADE, make.WATER]
    assert again[field(make.SCALE)] == ["4"]
    assert again[field(make.POINT, "lat")] == ["52.340000"]
    assert again[field(make.POINT, "tekst")] == ["Bij de brug"]


def test_the_page_with_errors_can_be_mended_and_sent(client, survey):
    response = send(client, survey, full_answers() | {field(make.ONE): ""})
    mended = form_on(response).fields | {field(make.ONE): [make.BUS]}
    assert client.post(form_on(response).action, mended).status_code == 302
    assert stored()[make.ONE][0].option_id == make.BUS


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        (field(make.ONE), "o-raket", "Dit antwoord hoort niet bij deze vraag."),
        (field(make.ONE), "o-fiets\x00", "Dit antwoord hoort niet bij deze vraag."),
        (field(make.SEVERAL), "o-raket", "Dit antwoord hoort niet bij deze vraag."),
        (
            field(make.SEVERAL),
            [make.SHADE, make.BENCH, make.WATER],
            "U koos 3 antwoorden. Kies er ten hoogste 2.",
        ),
        (field(make.SCALE), "6", "Dit antwoord hoort niet bij deze vraag."),
        (field(make.SCALE), "-1", "Dit antwoord hoort niet bij deze vraag."),
        (field(make.SHORT), "a\x00b", "Null-tekens"),
        (field(make.LONG), "é" * 201, "Er passen 200 tekens."),
        (field(make.POINT, "plaats"), "atlantis", "Dit dorp of deze wijk kennen wij niet."),
        (field(make.POINT, "plaats"), "a\x00", "Er staat een teken in dat wij niet kunnen lezen."),
        (field(make.POINT, "tekst"), "y" * 301, "De omschrijving is te lang."),
        (field(make.POINT, "lat"), "ergens", "Deze plek kunnen wij niet lezen."),
        (field(make.POINT, "lat"), "nan", "Deze plek kunnen wij niet lezen."),
        (field(make.POINT, "lat"), "1e999", "Deze plek kunnen wij niet lezen."),
        (field(make.POINT, "lon"), "", "Deze plek kunnen wij niet lezen."),
        (field(make.POINT, "lat"), "51.0", "Deze plek ligt buiten de gemeente."),
    ],
)
def test_a_wrong_answer_is_refused_in_plain_dutch(client, survey, name, value, message):
    response = send(client, survey, full_answers() | {name: value})
    assert response.status_code == 422
    assert message in text_of(response)
    assert Response.objects.count() == 0


def test_line_ends_count_once_as_they_do_in_the_browser(client, survey):
    text = "a\r\n" * 99 + "aa"  # 200 characters for the browser, 299 as it is sent
    assert send(client, survey, full_answers() | {field(make.LONG): text}).status_code == 302


def test_a_spot_just_over_the_drawn_boundary_counts_as_inside(client, survey, north):
    west, south, _east, _north = north.geometry.extent
    given = full_answers() | {
        field(make.POINT, "lat"): str(south + 0.01),
        field(make.POINT, "lon"): str(west - 0.001),
    }
    assert send(client, survey, given).status_code == 302


def test_without_javascript_a_village_stands_for_the_place(client, survey):
    pages.PlaceFactory(name="Lijnden", slug="lijnden")
    given = {
        field(make.ONE): make.BIKE,
        field(make.POINT, "plaats"): "lijnden",
        field(make.POINT, "tekst"): "bij de brug",
    }
    assert send(client, survey, given).status_code == 302
    answer = stored()[make.POINT][0]
    assert answer.text == "Lijnden: bij de brug"
    assert answer.approximate
    assert answer.point.coords == (4.784, 52.339)


def test_an_exact_spot_beats_the_chosen_village(client, survey):
    pages.PlaceFactory(name="Lijnden", slug="lijnden")
    given = full_answers() | {field(make.POINT, "plaats"): "lijnden"}
    send(client, survey, given)
    answer = stored()[make.POINT][0]
    assert answer.point.coords == (4.8, 52.34)
    assert not answer.approximate


def test_a_required_place_may_be_described_in_words(client, north):
    survey = make.SurveyPageFactory(
        parent=north, questions=[make.question("point", make.POINT, "Waar?", required=True)]
    )
    nothing = send(client, survey, {field(make.POINT, "tekst"): "  "})
    assert nothing.status_code == 422
    assert "Kies een plek op de kaart, kies een dorp of wijk, of beschrijf de plek." in text_of(
        nothing
    )
    words = send(client, survey, {field(make.POINT, "tekst"): "Bij de kerk"})
    assert words.status_code == 302
    assert stored()[make.POINT][0].point is None


def test_an_empty_form_is_not_a_response(client, north):
    survey = make.SurveyPageFactory(
        parent=north, questions=[make.question("short_text", make.SHORT, "Straat?", max_length=40)]
    )
    response = send(client, survey, {field(make.SHORT): "   "})
    assert response.status_code == 422
    assert "U hebt nog niets ingevuld." in text_of(response)


def test_hostile_html_is_stored_as_it_is_and_never_comes_back_as_html(client, survey):
    hostile = '"><script>alert(1)</script>'
    response = send(
        client, survey, full_answers() | {field(make.SHORT): hostile, field(make.ONE): ""}
    )
    assert "<script>alert" not in response.content.decode()
    assert form_on(response).fields[field(make.SHORT)] == [hostile]


def test_a_program_that_fills_in_everything_is_stopped_and_a_person_can_go_on(client, survey):
    response = send(client, survey, full_answers() | {"leeg-laten": "https://spam.example.nl"})
    assert response.status_code == 422
    assert Response.objects.count() == 0
    assert "gp-trap" not in response.content.decode()
    mended = form_on(response).fields | {"leeg-laten": [""]}
    assert send(client, survey, mended).status_code == 302


def test_very_many_answers_from_one_network_wait_with_their_answers_kept(client, survey, settings):
    settings.SURVEY_RESPONSES_PER_ADDRESS = 2
    for _ in range(2):
        assert send(client, survey, full_answers()).status_code == 302
    response = send(client, survey, full_answers())
    assert response.status_code == 429
    assert "Uw antwoorden zijn nog niet verstuurd" in text_of(response)
    assert form_on(response).fields[field(make.SHORT)] == ["Dorpsstraat"]
    assert Response.objects.count() == 2


class TestClosing:
    def test_closing_while_someone_fills_in_shows_the_answers_and_a_person(self, client, survey):
        survey.closes_at = timezone.now() - timedelta(minutes=1)
        survey.save()
        response = send(client, survey, full_answers())
        assert response.status_code == 409
        words = text_of(response)
        assert "Deze enquête sloot terwijl u bezig was" in words
        for given in ("Met de fiets", "Schaduw, Water", "Dorpsstraat", "Bij de brug"):
            assert given in words
        assert "0900-1852" in words
        assert Response.objects.count() == 0

    def test_wrong_answers_too_are_shown_when_it_closed(self, client, survey):
        survey.closes_at = timezone.now() - timedelta(minutes=1)
        survey.save()
        response = send(client, survey, {field(make.SHORT): "z" * 60, field(make.SCALE): "99"})
        assert response.status_code == 409
        assert "z" * 60 in text_of(response)

    def test_a_survey_that_is_not_open_yet_takes_nothing(self, client, north):
        survey = make.SurveyPageFactory(parent=north, planned=True)
        response = send(client, survey, full_answers())
        assert response.status_code == 409
        assert "Uw antwoorden zijn niet verstuurd." in text_of(response)
        assert Response.objects.count() == 0

    def test_a_draft_a_strange_number_and_nothing_are_not_found(self, client, survey):
        survey.unpublish()
        assert send(client, survey, full_answers()).status_code == 404
        for number in (10**8, 10**15, 10**30):
            assert client.post(f"/enquetes/{number}/antwoorden/", {}).status_code == 404


class TestOnce:
    @pytest.fixture
    def visitor(self):
        """A client that checks CSRF tokens, as the site does for a browser."""
        return Client(enforce_csrf_checks=True)

    def filled(self, visitor, survey) -> dict:
        return form_on(visitor.get(survey.url)).fields | full_answers()

    def test_sending_the_same_form_twice_counts_once(self, visitor, survey):
        form = self.filled(visitor, survey)
        first, second = (send(visitor, survey, form) for _ in range(2))
        assert first.status_code == second.status_code == 302
        assert Response.objects.count() == 1
        assert Answer.objects.count() == 7

    def test_two_people_with_the_same_answers_count_twice(self, visitor, survey):
        for _ in range(2):
            send(visitor, survey, self.filled(visitor, survey))
        assert Response.objects.count() == 2

    def test_going_back_for_somebody_else_counts_twice(self, visitor, survey):
        form = self.filled(visitor, survey)
        send(visitor, survey, form)
        send(visitor, survey, form | {field(make.ONE): make.BUS})
        assert Response.objects.count() == 2

    def test_without_a_token_nothing_is_stored(self, visitor, survey):
        assert send(visitor, survey, full_answers()).status_code == 403
        assert Response.objects.count() == 0

    def test_each_visitor_of_a_cached_page_has_a_form_of_their_own(self, kept_pages, survey):
        for _ in range(2):
            visitor = Client(enforce_csrf_checks=True)
            assert send(visitor, survey, self.filled(visitor, survey)).status_code == 302
        assert Response.objects.count() == 2


class TestVersions:
    def test_answers_keep_the_version_that_the_visitor_saw(self, client, survey):
        form = form_on(client.get(survey.url)).fields | full_answers()
        survey.questions = make.many_choices(2)
        survey.save()
        assert send(client, survey, form).status_code == 302
        assert Response.objects.get().version.number == 1
        assert set(stored()) == {
            make.ONE, make.SEVERAL, make.SCALE, make.POINT, make.SHORT, make.LONG,
        }  # fmt: skip

    def test_saving_without_a_change_makes_no_new_version(self, survey):
        survey.save()
        survey.title = "Een andere titel"
        survey.save()
        assert survey.versions.count() == 1

    def test_an_unknown_version_means_the_newest(self, client, survey):
        for odd in ("99", "-1", "", "²", "9" * 30, "1; drop"):
            assert send(client, survey, full_answers(), versie=odd).status_code == 302

    def test_a_draft_freezes_nothing(self, north):
        survey = make.SurveyPageFactory(parent=north, live=False)
        assert survey.versions.count() == 0

    def test_a_version_never_changes(self, survey):
        version = survey.versions.get()
        version.definition = {"questions": []}
        with pytest.raises(TypeError):
            version.save()

    def test_a_number_stands_for_one_version_only(self, survey):
        version = survey.versions.get()
        version.pk = None
        version._state.adding = True
        with pytest.raises(IntegrityError), transaction.atomic():
            version.save()


def test_an_answer_without_a_value_cannot_be_stored(survey):
    response = make.respond(survey)[0]
    with pytest.raises(IntegrityError), transaction.atomic():
        Answer.objects.create(response=response, question_id="leeg")


def test_the_order_of_coming_in_cannot_be_read_from_the_keys(client, survey):
    """Keys are random (version 4), and nothing else orders the rows."""
    for _ in range(5):
        send(client, survey, full_answers())
    keys = [str(key) for key in Response.objects.values_list("pk", flat=True)]
    assert all(re.fullmatch(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-.*", key) for key in keys)


def test_a_password_guards_the_answers_too(client, survey):
    from wagtail.models import PageViewRestriction

    PageViewRestriction.objects.create(
        page=survey, restriction_type=PageViewRestriction.PASSWORD, password="sleutel"
    )
    assert send(client, survey, full_answers()).url == survey.url
    assert Response.objects.count() == 0
    restriction = PageViewRestriction.objects.get()
    client.post(
        reverse("wagtailcore_authenticate_with_password", args=[restriction.pk, survey.pk]),
        {"password": "sleutel", "return_url": survey.url},
    )
    assert send(client, survey, full_answers()).url.endswith("/bedankt/")


def test_opening_the_address_of_the_form_leads_to_the_survey(client, survey):
    assert client.get(reverse("survey_submit", args=[survey.pk])).url == survey.url


def test_twelve_answers_are_stored_in_few_queries(client, north, django_assert_max_num_queries):
    survey = make.SurveyPageFactory(parent=north, questions=make.many_choices(12))
    given = {field(row["id"]): "ja" for row in survey.questions.raw_data}
    send(client, survey, given)
    for count in (10, 300):
        make.respond(survey, count=count)
        # the version with its survey, savepoint, response, answers, release
        with django_assert_max_num_queries(5):
            assert send(client, survey, given).status_code == 302
