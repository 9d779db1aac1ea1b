"""The library: a survey starts from it, and questions are copied from it, with ids of their own."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from surveys import library
from surveys.models import SurveyPage
from tests.factories import participation
from tests.factories import surveys as make
from tests.surveys.helpers import field, form_on, send, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(login, area_manager):
    return login(area_manager)


@pytest.fixture
def survey(north):
    return make.SurveyPageFactory(parent=north)


def new_url(parent) -> str:
    return reverse("surveys_new", args=[parent.pk])


def library_url(survey) -> str:
    return reverse("surveys_library", args=[survey.pk])


def draft_of(survey) -> SurveyPage:
    return SurveyPage.objects.get(pk=survey.pk).get_latest_revision_as_object()


def ids(survey) -> set[str]:
    """Ids of all questions and answers of a survey."""
    found = set()
    for question in survey.asked:
        found |= {question.id} | {option.id for option in (*question.options, *question.rows)}
    return found - {"other", "none", "image"}


class TestNewSurvey:
    def test_begins_with_a_choice_that_shows_the_questions(self, manager, north):
        add = reverse("wagtailadmin_pages:add", args=["surveys", "surveypage", north.pk])
        response = manager.get(add)
        assert response.url == new_url(north)
        page = manager.get(response.url)
        words = text_of(page)
        assert "Begin met een lege enquête" in words
        assert f"{add}?leeg=1" in page.content.decode()
        for entry in library.whole_surveys():
            assert entry.title in words
        assert "Hoe meldt u het liefst iets, zoals een losse tegel?" in words
        assert "Telefoon · Balie · E-mail" in words
        assert "Over wie antwoordt" not in words
        assert manager.get(f"{add}?leeg=1").status_code == 200

    @pytest.mark.parametrize("entry", library.whole_surveys(), ids=lambda entry: entry.key)
    def test_from_the_library_is_a_draft_that_can_be_tried(self, manager, client, north, entry):
        response = manager.post(new_url(north), {"bron": entry.key})
        survey = SurveyPage.objects.get()
        assert response.url == reverse("wagtailadmin_pages:edit", args=[survey.pk])
        assert entry.title in text_of(manager.get(response.url))
        assert not survey.live
        assert survey.get_parent() == Page.objects.get(pk=north.pk)
        assert survey.owner.username == "gebiedsmanager-noord"
        assert not survey.versions.exists()
        assert client.get(survey.get_url()).status_code == 404
        trial = manager.get(reverse("surveys_try", args=[survey.pk]))
        assert trial.status_code == 200
        for question in survey.asked:
            assert question.label in text_of(trial)

    def test_under_a_project(self, manager, north):
        project = participation.ProjectPageFactory(parent=north)
        manager.post(new_url(project), {"bron": "bijeenkomst"})
        assert SurveyPage.objects.child_of(project).exists()

    def test_twice_has_ids_of_its_own(self, manager, north):
        for _ in range(2):
            manager.post(new_url(north), {"bron": "bijeenkomst"})
        first, second = SurveyPage.objects.order_by("pk")
        assert first.slug != second.slug
        assert not ids(first) & ids(second)

    def test_conditions_go_along_with_the_new_ids(self, manager, client, north):
        manager.post(new_url(north), {"bron": "bijeenkomst"})
        survey = SurveyPage.objects.get()
        heard = next(q for q in survey.asked if q.label == "Kon u zeggen wat u wilde zeggen?")
        follow = next(q for q in survey.asked if q.condition is not None)
        assert follow.condition.rules[0].question == heard.id
        assert follow.condition.rules[0].value == heard.options[0].id
        survey.outcome_due = timezone.localdate() + timedelta(days=60)
        survey.save_revision().publish()
        yes = {field(heard.id): heard.options[0].id, field(follow.id): "Niets"}
        assert send(client, survey, yes, versie="1").status_code == 302
        words = text_of(manager.get(reverse("surveys_results", args=[survey.pk])))
        assert "Wat had u nog willen zeggen of vragen? 0 keer beantwoord" in words

    def test_starts_from_a_survey_one_may_edit_and_from_no_other(self, manager, survey, west):
        strange = make.SurveyPageFactory(parent=west, title="Verkeer in Vijfhuizen")
        parent = survey.get_parent()
        choice = manager.get(new_url(parent))
        assert f"?bron=eigen-{survey.pk}" in choice.content.decode()
        assert strange.title not in text_of(choice)
        shown = manager.get(new_url(parent), {"bron": f"eigen-{survey.pk}"})
        assert "Hoe veilig vindt u de oversteek?" in text_of(shown)
        for key in (f"eigen-{strange.pk}", "eigen-0", "eigen-x", "onbekend", ""):
            assert manager.post(new_url(parent), {"bron": key}).status_code == 302
        assert SurveyPage.objects.count() == 2
        manager.post(new_url(parent), {"bron": f"eigen-{survey.pk}"})
        made = SurveyPage.objects.order_by("pk").last()
        assert [q.label for q in made.asked] == [q.label for q in survey.asked]
        assert not ids(made) & ids(survey)

    def test_not_in_another_area_and_not_where_no_survey_may_stand(
        self, manager, north, west, survey
    ):
        for parent in (west, survey):
            for response in (
                manager.get(new_url(parent)),
                manager.post(new_url(parent), {"bron": "kanalen"}),
            ):
                assert response.status_code in (302, 403)
        assert SurveyPage.objects.count() == 1

    def test_takes_no_more_queries_for_more_surveys(
        self, manager, north, django_assert_max_num_queries
    ):
        make.SurveyPageFactory(parent=north)
        manager.get(new_url(north))
        with django_assert_max_num_queries(60) as few:
            manager.get(new_url(north))
        for _ in range(5):
            make.SurveyPageFactory(parent=north)
        with django_assert_max_num_queries(len(few)):
            manager.get(new_url(north))


def test_translations_go_along_with_copies(manager, survey):
    survey.languages = ["en"]
    survey.translations = {
        "en": {
            "title": ["About the centre", survey.title],
            "thanks": ["Thank you", "Dank u"],
            f"{make.ONE}/label": ["How do you travel?", "Hoe gaat u meestal naar het centrum?"],
            f"{make.ONE}/option/{make.BIKE}": ["By bicycle", "Met de fiets"],
            f"{make.SCALE}/low_label": ["very unsafe", "heel onveilig"],
        }
    }
    survey.save_revision().publish()
    source = {"bron": f"eigen-{survey.pk}"}

    manager.post(new_url(survey.get_parent()), source)
    made = SurveyPage.objects.order_by("pk").last()
    travel = made.asked[0]
    assert made.languages == ["en"]
    words = made.translations["en"]
    assert words["title"][0] == "About the centre"
    assert "thanks" not in words  # a text that is not copied
    assert words[f"{travel.id}/option/{travel.options[0].id}"][0] == "By bicycle"
    trial = text_of(manager.get(reverse("surveys_try", args=[made.pk]), {"taal": "en"}))
    for text in ("How do you travel?", "By bicycle", "very unsafe"):
        assert text in trial

    other = make.SurveyPageFactory(
        parent=survey.get_parent(), questions=[make.question("long_text", "eigen", "Wat nog?")]
    )
    other.translations = {"ar": {"eigen/label": ["ماذا", "Wat nog?"]}}
    other.save_revision().publish()
    manager.post(library_url(other), source | {"vraag": [make.ONE]})
    draft = draft_of(other)
    assert draft.translations["ar"] == other.translations["ar"]
    assert set(draft.translations["en"]) == {
        f"{draft.asked[-1].id}/label",
        f"{draft.asked[-1].id}/option/{draft.asked[-1].options[0].id}",
    }
    assert draft.languages == []


def test_a_copy_of_the_page_keeps_translations_and_has_no_outcome(manager, survey):
    survey.languages = ["en"]
    survey.translations = {"en": {f"{make.ONE}/label": ["How do you travel?", "Hoe gaat u?"]}}
    survey.outcome, survey.outcome_date = "<p>Dit hoorden wij.</p>", timezone.localdate()
    survey.answers_kept_until = timezone.localdate() + timedelta(days=60)
    survey.save_revision().publish()
    make.respond(survey)
    response = manager.post(
        reverse("wagtailadmin_pages:copy", args=[survey.pk]),
        {
            "new_title": "Nog een keer",
            "new_slug": "nog-een-keer",
            "new_parent_page": survey.get_parent().pk,
            "publish_copies": "on",
        },
    )
    assert response.status_code == 302
    copy = SurveyPage.objects.get(slug="nog-een-keer")
    for page in (copy, copy.get_latest_revision_as_object()):
        assert page.asked == survey.asked
        assert (page.languages, page.translations) == (survey.languages, survey.translations)
        assert (page.outcome, page.outcome_date, page.answers_kept_until) == ("", None, None)
    assert copy.versions.count() == 1
    results = text_of(manager.get(reverse("surveys_results", args=[copy.pk])))
    assert "Er zijn nog geen antwoorden" in results


class TestCopying:
    def test_some_questions_come_at_the_end_of_the_draft_with_new_ids(self, manager, survey):
        edit = manager.get(reverse("wagtailadmin_pages:edit", args=[survey.pk]))
        assert library_url(survey) in edit.content.decode()
        assert "Wat moet eerst beter?" in text_of(manager.get(library_url(survey)))
        response = manager.post(
            library_url(survey), {"bron": "straat", "vraag": ["buurt", "eerst"]}, follow=True
        )
        assert "Onderaan het concept staan 2 onderdelen erbij." in text_of(response)
        draft = draft_of(survey)
        assert [question.label for question in draft.asked[-2:]] == [
            "Hoe is het in uw straat?",
            "Wat moet eerst beter?",
        ]
        assert draft.asked[:-2] == survey.asked
        assert "buurt" not in ids(draft)

    def test_residents_see_them_after_publishing_only(self, manager, client, survey):
        manager.post(library_url(survey), {"bron": "over-u", "vraag": ["leeftijd"]})
        assert "Hoe oud bent u?" not in text_of(client.get(survey.url))
        draft_of(survey).save_revision().publish()
        page = client.get(survey.url)
        assert "Hoe oud bent u?" in text_of(page)
        assert form_on(page).fields["versie"] == ["2"]

    def test_the_same_set_twice_has_ids_of_its_own(self, manager, survey):
        for _ in range(2):
            manager.post(library_url(survey), {"bron": "straat", "vraag": ["buurt"]})
        first, second = draft_of(survey).asked[-2:]
        assert first.id != second.id
        assert not {row.id for row in first.rows} & {row.id for row in second.rows}

    def test_a_condition_on_a_question_that_stays_behind_is_left_out(self, manager, survey):
        manager.post(library_url(survey), {"bron": "straat", "vraag": ["waarom"]})
        assert draft_of(survey).asked[-1].condition is None

    @pytest.mark.parametrize(
        "sent", [{}, {"bron": "straat"}, {"bron": "niets", "vraag": "x"}, {"vraag": "buurt"}]
    )
    def test_without_a_choice_nothing_happens_and_it_says_so(self, manager, survey, sent):
        response = manager.post(library_url(survey), sent)
        assert "Kies ten minste één vraag." in text_of(response)
        assert draft_of(survey).asked == survey.asked

    def test_more_than_fit_are_refused(self, manager, north):
        survey = make.SurveyPageFactory(parent=north, questions=make.many_choices(59))
        sent = {"bron": "straat", "vraag": ["buurt", "eerst"]}
        words = text_of(manager.post(library_url(survey), sent))
        assert "een enquête heeft ten hoogste 60 onderdelen" in words
        assert len(draft_of(survey).asked) == 59

    def test_a_locked_survey_stays_as_it_is(self, manager, survey, administrator):
        SurveyPage.objects.filter(pk=survey.pk).update(locked=True, locked_by=administrator)
        response = manager.post(library_url(survey), {"bron": "straat", "vraag": ["buurt"]})
        assert "Deze enquête is vergrendeld." in text_of(response)
        assert draft_of(survey).asked == survey.asked

    def test_not_into_a_survey_of_another_area(self, manager, west):
        strange = make.SurveyPageFactory(parent=west)
        sent = {"bron": "straat", "vraag": ["buurt"]}
        assert manager.get(library_url(strange)).status_code == 404
        assert manager.post(library_url(strange), sent).status_code == 404


@pytest.mark.parametrize("entry", library.all_entries(), ids=lambda entry: entry.key)
def test_everything_in_the_library_can_be_published(north, entry, picture):
    """Only the photos are left to the editor."""
    from surveys.library.copying import copied

    items = copied(entry.items)
    for item in items:
        if item["type"] == "image_choice":
            for option in item["value"]["options"]:
                option["value"]["image"] = picture.pk
    block = SurveyPage.questions.field.stream_block
    value = block.clean(block.to_python(items))
    assert len(value) == len(entry.items)


def test_the_channel_survey_asks_eight_questions():
    assert len(library.get("kanalen").items) == 8
