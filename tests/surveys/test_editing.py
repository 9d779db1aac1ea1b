"""Making and changing surveys in the Wagtail admin."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page
from wagtail.test.utils.form_data import rich_text

from areas.services import create_writer_group
from surveys.models import Response, SurveyPage
from tests.factories import surveys as make
from tests.surveys.admin_forms import choice, long_text, survey_form
from tests.surveys.helpers import field, form_on, says, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(login, area_manager):
    return login(area_manager)


@pytest.fixture
def survey(north):
    return make.SurveyPageFactory(parent=north)


def publish(client, page, form):
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    return client.post(address, form | {"action-publish": "1"})


def create(client, parent, form):
    address = reverse("wagtailadmin_pages:add", args=["surveys", "surveypage", parent.pk])
    return client.post(address, form | {"action-publish": "1"})


def test_a_manager_makes_a_survey_that_a_resident_can_answer(manager, client, north):
    form = survey_form([choice(["Fiets", "Bus"], required="on"), long_text()])
    response = create(manager, north, form)
    assert response.status_code == 302
    survey = SurveyPage.objects.get(slug="haven")
    assert survey.live
    page = client.get(survey.url)
    asked = survey.asked
    given = form_on(page).fields | {field(asked[0].id): [asked[0].options[1].id]}
    assert client.post(form_on(page).action, given).url.endswith("/bedankt/")
    assert Response.objects.get().answers.get().option_id == asked[0].options[1].id


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (
            {"questions": [choice(["Fiets", " fiets "])]},
            "staat er twee keer. Verander er één of haal het weg.",
        ),
        ({"questions": [choice(["Fiets"])]}, "Geef ten minste twee antwoorden."),
        ({"questions": []}, "Voeg ten minste één vraag toe."),
        (
            {"closes_at": "2020-01-01 10:00"},
            "De enquête sluit voordat zij opengaat. Kies een later moment.",
        ),
        (
            {"outcome_due": f"{timezone.localdate():%Y-%m-%d}"},
            "De enquête is dan nog open. Kies een dag na het sluiten.",
        ),
        ({"outcome": rich_text("<p>Ja.</p>")}, "Vul bij de uitkomst ook de datum in."),
    ],
)
def test_a_mistake_of_the_editor_gets_a_dutch_message(manager, north, changes, message):
    questions = changes.pop("questions", None)
    response = create(manager, north, survey_form(questions, **changes))
    assert response.status_code == 200
    assert says(response, message)
    assert not SurveyPage.objects.exists()


def test_more_choices_allowed_than_there_are_is_a_mistake(manager, north):
    question = choice(["Fiets", "Bus"]) | {"type": "several_choices"}
    question["value"]["max_choices"] = "3"
    response = create(manager, north, survey_form([question]))
    assert says(response, "Dit is meer dan er antwoorden zijn.")


def test_a_draft_may_be_unfinished(manager, north):
    address = reverse("wagtailadmin_pages:add", args=["surveys", "surveypage", north.pk])
    response = manager.post(address, survey_form([choice(["", ""])], outcome_due=""))
    assert response.status_code == 302
    survey = SurveyPage.objects.get()
    assert not survey.live
    assert survey.versions.count() == 0


def test_changing_words_keeps_the_answers_with_their_question(manager, client, survey):
    make.respond(survey, count=2)
    changed = choice(
        ["Op de fiets", "Te voet"],
        label="Hoe reist u?",
        question_id=make.ONE,
        option_ids=[make.BIKE, make.WALK],
    )
    form = survey_form([changed], title=survey.title, slug=survey.slug)
    assert publish(manager, survey, form).status_code == 302
    words = text_of(manager.get(reverse("surveys_results", args=[survey.pk])))
    assert "Hoe reist u? 2 keer beantwoord" in words
    assert "Op de fiets 100% 2" in words
    assert list(survey.versions.values_list("number", flat=True)) == [2, 1]


def test_a_draft_of_a_live_survey_changes_nothing_for_residents(manager, client, survey):
    address = reverse("wagtailadmin_pages:edit", args=[survey.pk])
    manager.post(address, survey_form([long_text("Iets heel anders?")], slug=survey.slug))
    assert "Iets heel anders?" not in text_of(client.get(survey.url))
    assert survey.versions.count() == 1


@pytest.mark.parametrize(
    ("mode", "words"),
    [
        ("", "Hoe gaat u meestal naar het centrum?"),
        ("bedankt", "Bedankt voor uw antwoorden"),
        ("gesloten", "De uitkomst volgt"),
    ],
)
def test_preview_shows_the_form_the_thanks_and_the_closed_page(manager, north, mode, words):
    survey = make.SurveyPageFactory(parent=north, planned=True)
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[survey.pk])
    question = choice(["Fiets", "Bus"], label="Hoe gaat u meestal naar het centrum?")
    manager.post(address, survey_form([question], slug=survey.slug))
    response = manager.get(address, {"mode": mode})
    assert response.status_code == 200
    assert words in text_of(response)


def test_a_preview_cannot_be_sent_in(manager, north):
    survey = make.SurveyPageFactory(parent=north)
    survey.save_revision()
    response = manager.get(reverse("wagtailadmin_pages:view_draft", args=[survey.pk]))
    assert "Dit is een voorbeeld. Versturen kan hier niet." in text_of(response)
    assert form_on(response).action == ""


def test_preview_of_a_survey_that_is_not_saved_yet(manager, north):
    address = reverse("wagtailadmin_pages:preview_on_add", args=["surveys", "surveypage", north.pk])
    assert manager.post(address, survey_form()).json()["is_valid"]
    assert "Wat vindt u?" in text_of(manager.get(address, {"mode": ""}))


def test_history_and_comparison_of_versions(manager, survey):
    survey.save_revision()
    survey.questions = [make.question("long_text", "nieuw", "Wat moet weg?", max_length=200)]
    survey.save_revision()
    assert manager.get(reverse("wagtailadmin_pages:history", args=[survey.pk])).status_code == 200
    older, newer = survey.revisions.order_by("pk").values_list("pk", flat=True)
    address = reverse("wagtailadmin_pages:revisions_compare", args=[survey.pk, older, newer])
    assert "Wat moet weg?" in text_of(manager.get(address))


def test_a_scheduled_survey_goes_live_when_due_and_not_before(client, north):
    surveys = {}
    for slug, minutes in (("straks", 60), ("zojuist", -1)):
        survey = make.SurveyPageFactory(parent=north, live=False, slug=slug)
        survey.go_live_at = timezone.now() + timedelta(minutes=minutes)
        survey.save_revision(approved_go_live_at=survey.go_live_at)
        surveys[slug] = survey
    call_command("publish_scheduled", verbosity=0)
    assert client.get(surveys["straks"].url).status_code == 404
    assert client.get(surveys["zojuist"].url).status_code == 200
    assert surveys["straks"].versions.count() == 0
    assert surveys["zojuist"].versions.count() == 1


def test_workflow_holds_a_survey_until_a_manager_approves(client, login, make_user, manager, north):
    writers = create_writer_group(area=north)
    writer = login(make_user("schrijver", groups=[writers]))
    address = reverse("wagtailadmin_pages:add", args=["surveys", "surveypage", north.pk])
    writer.post(address, survey_form() | {"action-submit": "1"})
    survey = SurveyPage.objects.get()
    assert not survey.live
    assert survey.versions.count() == 0
    state = survey.current_workflow_task_state
    action = reverse("wagtailadmin_pages:workflow_action", args=[survey.pk, "approve", state.pk])
    manager.post(action, {"comment": ""})
    survey.refresh_from_db()
    assert survey.live
    assert survey.versions.count() == 1
    assert client.get(survey.url).status_code == 200


class TestDeleting:
    @pytest.fixture
    def boss(self, login, administrator):
        return login(administrator)

    def test_a_survey_with_answers_stays_and_says_why(self, boss, survey):
        make.respond(survey)
        address = reverse("wagtailadmin_pages:delete", args=[survey.pk])
        response = boss.post(address, follow=True)
        assert "kan niet weg: er zijn antwoorden van inwoners" in text_of(response)
        assert SurveyPage.objects.filter(pk=survey.pk).exists()

    def test_the_area_above_it_stays_too(self, boss, survey, north):
        make.respond(survey)
        boss.post(reverse("wagtailadmin_pages:delete", args=[north.pk]))
        assert SurveyPage.objects.filter(pk=survey.pk).exists()

    def test_so_it_does_when_many_are_deleted_at_once(self, boss, survey):
        make.respond(survey)
        address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
        response = boss.post(f"{address}?id={survey.pk}", follow=True)
        assert "kan niet weg: er zijn antwoorden van inwoners" in text_of(response)
        assert SurveyPage.objects.filter(pk=survey.pk).exists()

    def test_a_survey_without_answers_can_go(self, boss, survey):
        boss.post(reverse("wagtailadmin_pages:delete", args=[survey.pk]))
        assert not Page.objects.filter(pk=survey.pk).exists()

    def test_other_bulk_actions_go_on(self, boss, survey):
        make.respond(survey)
        address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "unpublish"])
        boss.post(f"{address}?id={survey.pk}", {"include_descendants": ""})
        survey.refresh_from_db()
        assert not survey.live


class TestConstraints:
    def test_closing_before_opening(self, survey):
        with pytest.raises(IntegrityError), transaction.atomic():
            SurveyPage.objects.filter(pk=survey.pk).update(closes_at=survey.opens_at)

    def test_an_outcome_without_a_date(self, survey):
        with pytest.raises(IntegrityError), transaction.atomic():
            SurveyPage.objects.filter(pk=survey.pk).update(outcome="<p>Ja</p>")
