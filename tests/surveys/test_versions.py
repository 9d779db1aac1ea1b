"""Versions of a survey: a live survey changes, and no answer gets lost or gets another meaning."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from wagtail.models import PageViewRestriction

from surveys.models import Answer, Response, SurveyPage, SurveyVersion
from tests.factories import survey_types as types
from tests.factories import surveys as make
from tests.surveys.admin_forms import choice, condition, long_text, survey_form
from tests.surveys.downloads import fetched
from tests.surveys.helpers import field, form_on, full_answers, says, send, text_of

pytestmark = pytest.mark.django_db
NEXT = "00000000-0000-4000-8000-000000000099"


@pytest.fixture
def survey(north):
    return make.SurveyPageFactory(parent=north)


@pytest.fixture
def paged(north):
    """A survey of two pages, on the second of which there is a long answer."""
    return make.SurveyPageFactory(
        parent=north,
        questions=[
            make.question("short_text", make.SHORT, "In welke straat woont u?", max_length=40),
            {"type": "page", "id": NEXT, "value": {"label": "Uw idee"}},
            make.question("long_text", make.LONG, "Wat wilt u kwijt?", max_length=200),
        ],
    )


@pytest.fixture
def manager(login, area_manager):
    return login(area_manager)


def publish(client, survey, questions: list[dict]):
    address = reverse("wagtailadmin_pages:edit", args=[survey.pk])
    form = survey_form(questions, title=survey.title, slug=survey.slug)
    return client.post(address, form | {"action-publish": "1"})


def results(client, survey) -> str:
    return text_of(client.get(reverse("surveys_results", args=[survey.pk])))


def numbers(survey) -> list[int]:
    return list(survey.versions.order_by("number").values_list("number", flat=True))


def travel(*labels: str, **changes) -> dict:
    """The question of how one travels, with the ids it has in `make.all_questions`."""
    ids = [make.BIKE, make.WALK, make.BUS][: len(labels)]
    return choice(list(labels), question_id=make.ONE, option_ids=ids, **changes)


def with_first_version_on(survey, day: str) -> None:
    """Put a version in the place of the first one, as if it was frozen on that day."""
    copy = (
        "INSERT INTO surveys_surveyversion (survey_id, number, definition, created_at) "
        "SELECT survey_id, %s, definition, %s FROM surveys_surveyversion "
        "WHERE survey_id = %s AND number = %s"
    )
    with connection.cursor() as cursor:
        for old, new in ((1, 2), (2, 1)):
            cursor.execute(copy, [new, f"{day} 12:00:00+00:00", survey.pk, old])
            survey.versions.filter(number=old).delete()


class TestWordsInTheResults:
    def test_say_what_was_asked_in_which_version_and_from_when(self, manager, survey):
        with_first_version_on(survey, "2026-03-01")
        make.respond(survey, count=2)
        changed = travel("Op de fiets", "Lopend", label="Hoe reist u?")
        assert publish(manager, survey, [changed]).status_code == 302
        words = results(manager, survey)
        today = date_format(timezone.localdate(), "j F Y")
        assert (
            "Niet in elke versie stond hetzelfde: "
            "Versie 1, vanaf 1 maart 2026: ‘Hoe gaat u meestal naar het centrum?’ "
            f"Versie 2, vanaf {today}: ‘Hoe reist u?’"
        ) in words
        assert (
            "Antwoord ‘Op de fiets’ Versie 1, vanaf 1 maart 2026: ‘Met de fiets’ "
            f"Versie 2, vanaf {today}: ‘Op de fiets’"
        ) in words
        assert "Versie 1, vanaf 1 maart 2026: 2 inzendingen" in words

    def test_say_when_an_option_or_question_came_and_went(self, manager, survey):
        make.respond(survey)
        new = long_text("Wat nog meer?")
        publish(manager, survey, [travel("Met de fiets", "Lopend"), new])
        today = date_format(timezone.localdate(), "j F Y")
        words = results(manager, survey)
        gone = f"Versie 2, vanaf {today}: stond er niet in"
        assert f"Antwoord ‘Met de bus’ Versie 1, vanaf {today}: ‘Met de bus’ {gone}" in words
        assert f"Versie 1, vanaf {today}: ‘Hoe veilig vindt u de oversteek?’ {gone}" in words
        came = f"Versie 1, vanaf {today}: stond er niet in Versie 2, vanaf {today}: ‘Wat nog meer?’"
        assert came in words

    def test_say_nothing_while_nothing_changed(self, manager, survey):
        make.respond(survey)
        words = results(manager, survey)
        assert "Versie" not in words
        assert "Niet in elke versie" not in words

    def test_take_no_more_queries_for_more_versions(
        self, manager, survey, django_assert_max_num_queries
    ):
        address = reverse("surveys_results", args=[survey.pk])
        make.respond(survey)
        manager.get(address)
        with django_assert_max_num_queries(32) as few:
            manager.get(address)
        for number in range(5):
            survey.questions = [
                make.question("long_text", make.LONG, f"Vraag {number}?", max_length=200)
            ]
            survey.save()
            make.respond(survey, **{make.LONG: {"text": "Ja."}})
        with django_assert_max_num_queries(len(few)):
            manager.get(address)


class TestArchived:
    def test_an_option_taken_away_is_gone_from_the_form_and_stays_in_results_and_files(
        self, manager, client, survey
    ):
        send(client, survey, full_answers())
        publish(manager, survey, [choice(
            ["Lopend", "Met de bus"], question_id=make.ONE, option_ids=[make.WALK, make.BUS]
        )])  # fmt: skip
        assert "Met de fiets" not in text_of(client.get(survey.url))
        assert "Met de fiets niet meer te kiezen 100% 1" in results(manager, survey)
        assert "Met de fiets" in fetched(manager, survey, "csv").decode()

    def test_an_option_that_comes_back_is_itself_again(self, manager, client, survey):
        make.respond(survey)
        publish(manager, survey, [travel("Met de fiets", "Lopend")])
        publish(manager, survey, [travel("Met de fiets", "Lopend", "Met de bus")])
        words = results(manager, survey)
        assert "Met de bus 0% 0" in words
        assert "niet meer te kiezen" not in words
        assert numbers(survey) == [1, 2, 3]


class TestType:
    def refused(self, client, survey, questions, message: str) -> None:
        response = publish(client, survey, questions)
        assert response.status_code == 200
        assert says(response, message)
        assert numbers(survey) == [1]

    def test_another_type_is_refused_and_says_what_to_do(self, manager, client, survey):
        make.respond(survey)
        self.refused(
            manager,
            survey,
            [long_text("Hoe gaat u?", question_id=make.ONE)],
            "Deze vraag was eerst van de soort ‘Eén antwoord kiezen’ en is nu ‘Lang antwoord’. "
            "Dan zijn oude en nieuwe antwoorden niet te vergelijken. Haal deze vraag weg en voeg "
            "een nieuwe vraag toe: die krijgt eigen antwoorden. De antwoorden van nu blijven bij "
            "de resultaten staan.",
        )
        assert "Hoe gaat u meestal naar het centrum?" in text_of(client.get(survey.url))

    def test_another_length_of_a_scale_too(self, manager, survey):
        value = {"label": "Hoe veilig?", "help_text": "", "maximum": "10"}
        value |= {"low_label": "slecht", "high_label": "goed", "condition": condition()}
        self.refused(
            manager,
            survey,
            [{"type": "scale", "id": make.SCALE, "value": value}],
            "De schaal liep eerst tot en met 5 en nu tot en met 10.",
        )

    def test_a_type_of_a_question_that_was_taken_away_before_counts_too(self, manager, survey):
        publish(manager, survey, [long_text("Iets anders?")])
        response = publish(manager, survey, [long_text("Hoe gaat u?", question_id=make.ONE)])
        assert says(response, "Deze vraag was eerst van de soort ‘Eén antwoord kiezen’")
        assert numbers(survey) == [1, 2]

    def test_a_new_question_in_its_place_is_fine(self, manager, survey):
        make.respond(survey)
        assert publish(manager, survey, [long_text("Hoe gaat u?")]).status_code == 302
        words = results(manager, survey)
        assert "Hoe gaat u meestal naar het centrum? wordt niet meer gevraagd" in words

    def test_a_survey_that_was_never_public_may_change_all(self, manager, north):
        draft = make.SurveyPageFactory(parent=north, live=False)
        assert publish(manager, draft, [long_text(question_id=make.ONE)]).status_code == 302


class TestGoingOn:
    def test_who_began_goes_on_in_the_old_version_page_by_page(self, manager, client, paged):
        begun = form_on(client.get(paged.url)).fields | {field(make.SHORT): ["Dorpsstraat"]}
        publish(manager, paged, [travel("Met de fiets", "Lopend")])
        second = send(client, paged, begun, stap="verder")
        words = text_of(second)
        assert "De vragen zijn veranderd terwijl u bezig was" in words
        assert "Wat wilt u kwijt?" in words
        assert "Hoe gaat u?" not in words
        filled = form_on(second).fields | {field(make.LONG): ["Meer groen."]}
        assert send(client, paged, filled, stap="verstuur").status_code == 302
        assert Response.objects.get().version.number == 1
        assert set(Answer.objects.values_list("text", flat=True)) == {"Dorpsstraat", "Meer groen."}

    def test_a_form_with_a_mistake_stays_in_its_version_with_its_map(self, manager, client, survey):
        begun = form_on(client.get(survey.url)).fields | full_answers() | {field(make.ONE): ""}
        publish(manager, survey, [long_text("Heel iets anders?")])
        response = send(client, survey, begun)
        assert response.status_code == 422
        again = form_on(response).fields
        assert again["versie"] == ["1"]
        assert again[field(make.LONG)] == [full_answers()[field(make.LONG)].replace("\r\n", "\n")]
        assert "Heel iets anders?" not in text_of(response)
        assert "point" in response.content.decode().rsplit("</footer>", 1)[1]

    def test_the_form_and_its_version_are_always_of_one_moment(self, client, survey):
        """As while an editor publishes: the page is written, its version not yet."""
        raw = survey.questions.get_prep_value()
        SurveyPage.objects.filter(pk=survey.pk).update(
            questions=[make.question("long_text", NEXT, "Nieuw?", max_length=200)]
        )
        assert raw
        form = form_on(client.get(survey.url)).fields
        assert form["versie"] == ["1"]
        assert field(make.LONG) in form
        assert field(NEXT) not in form

    def test_just_after_closing_answers_still_count_and_the_page_says_until_when(
        self, client, paged
    ):
        begun = form_on(client.get(paged.url)).fields | {field(make.SHORT): ["Dorpsstraat"]}
        paged.closes_at = timezone.now() - timedelta(minutes=5)
        paged.save()
        second = send(client, paged, begun, stap="verder")
        until = timezone.localtime(paged.closes_at + timedelta(hours=1))
        assert f"Verstuur uw antwoorden vóór {until:%H.%M} uur" in text_of(second)
        filled = form_on(second).fields | {field(make.LONG): ["Meer groen."]}
        assert send(client, paged, filled, stap="verstuur").status_code == 302
        assert Answer.objects.count() == 2

    def test_later_they_do_not_count_and_stay_on_the_page(self, client, survey, settings):
        begun = form_on(client.get(survey.url)).fields | full_answers()
        survey.closes_at = timezone.now() - timedelta(minutes=settings.SURVEY_GRACE_MINUTES + 1)
        survey.save()
        response = send(client, survey, begun)
        assert response.status_code == 409
        assert "Deze enquête sloot terwijl u bezig was" in text_of(response)
        assert "Maak er meer groen. En een bankje." in text_of(response)
        assert not Response.objects.exists()

    def test_a_closed_survey_hands_out_no_form(self, client, north):
        survey = make.SurveyPageFactory(parent=north, closed=True)
        assert "versie" not in form_on(client.get(survey.url)).fields
        assert send(client, survey, full_answers()).status_code == 409

    def test_closed_and_changed_shows_the_answers_with_the_questions_as_they_were(
        self, client, survey
    ):
        begun = form_on(client.get(survey.url)).fields | full_answers()
        survey.questions = make.many_choices(2)
        survey.closes_at = timezone.now() - timedelta(days=1)
        survey.save()
        words = text_of(send(client, survey, begun))
        assert "Hoe gaat u meestal naar het centrum? Met de fiets" in words

    @pytest.mark.parametrize("how", ["offline", "wachtwoord"])
    def test_a_survey_that_went_away_shows_what_was_typed(self, client, survey, how):
        begun = form_on(client.get(survey.url)).fields | full_answers()
        if how == "offline":
            survey.unpublish()
        else:
            PageViewRestriction.objects.create(
                page=survey, restriction_type=PageViewRestriction.PASSWORD, password="sleutel"
            )
        response = send(client, survey, begun)
        assert response.status_code == 409
        words = text_of(response)
        assert "Uw antwoorden zijn niet verstuurd" in words
        assert "Met de fiets" in words
        assert "Maak er meer groen. En een bankje." in words
        assert not Response.objects.exists()

    def test_a_page_that_went_away_tells_nothing_to_who_typed_nothing(self, client, survey):
        survey.unpublish()
        assert send(client, survey, {"versie": "1"}).status_code == 404


class TestFrozen:
    def test_publishing_twice_makes_one_version_whatever_it_asks(self, manager, north, settings):
        questions = [
            *make.all_questions(), types.number(), types.date(), types.with_other(),
            types.several(), types.matrix(), types.ranking(), types.nps(), types.postcode(),
            types.email(), types.consent(), types.statement(),
        ]  # fmt: skip
        rule = {"question": make.ONE, "operator": "equals", "value": make.BIKE}
        questions[-1]["value"]["condition"] = {
            "match": "all",
            "rules": [{"type": "item", "id": NEXT, "value": rule}],
        }
        survey = make.SurveyPageFactory(parent=north, questions=questions)
        for _ in range(2):
            fresh = SurveyPage.objects.get(pk=survey.pk)
            fresh.save_revision().publish()
        assert numbers(survey) == [1]

    @pytest.mark.parametrize("change", [{"definition": {"questions": []}}, {"number": 9}])
    def test_the_database_refuses_to_change_a_version(self, survey, change):
        make.respond(survey)
        with pytest.raises(DatabaseError), transaction.atomic():
            SurveyVersion.objects.filter(survey=survey).update(**change)
        assert SurveyVersion.objects.get(survey=survey).definition["questions"]

    def test_the_database_refuses_to_remove_a_version_with_responses(self, survey):
        make.respond(survey)
        versions = SurveyVersion.objects.filter(survey=survey)
        with transaction.atomic():
            versions._raw_delete(versions.db)
            with pytest.raises(DatabaseError):
                connection.check_constraints()
            transaction.set_rollback(True)
        assert survey.versions.exists()

    def test_a_response_stays_with_its_version(self, survey):
        make.respond(survey)
        survey.questions = make.many_choices(2)
        survey.save()
        newest = survey.versions.get(number=2)
        with pytest.raises(DatabaseError), transaction.atomic():
            Response.objects.update(version=newest)
        assert Response.objects.get().version.number == 1
