"""What was done with the answers, theme by theme; and the day on which the answers go."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from areas.models import Theme
from surveys.models import Answer, RemovedAnswers, Response, SurveyExport
from surveys.retention import services
from tests.factories import pages
from tests.factories import surveys as make
from tests.surveys.helpers import text_of
from tests.surveys.test_receipts import LOOK, answered
from tests.surveys.test_results import results_url

pytestmark = pytest.mark.django_db

HOSTILE = "<script>alert(1)</script>"


@pytest.fixture
def manager(login, area_manager):
    return login(area_manager)


@pytest.fixture
def agenda_items(north):
    agenda = pages.AgendaPageFactory(parent=north)
    return [
        pages.AgendaItemPageFactory(parent=agenda, title="Schaduw op de speelplek"),
        pages.AgendaItemPageFactory(parent=agenda, title="Nog geheim", live=False),
    ]


def told(*blocks) -> list[dict]:
    return [{"type": "theme", "value": value} for value in blocks]


class TestPerTheme:
    def test_the_closed_page_and_the_receipt_tell_it(
        self, client, north, agenda_items, django_assert_max_num_queries
    ):
        theme = Theme.objects.first() or Theme.objects.create(name="Groen", slug="groen")
        survey = make.SurveyPageFactory(parent=north)
        code = answered(client, survey)
        survey.closes_at = timezone.now() - timedelta(days=3)
        survey.outcome, survey.outcome_date = "<p>Wij hoorden veel.</p>", timezone.localdate()
        survey.outcome_per_theme = told(
            {"theme": theme.pk, "heard": "<p>Te heet.</p>", "status": "overgenomen",
             "why": "<p>Er komen bomen.</p>", "items": [item.pk for item in agenda_items]},
            {"heading": HOSTILE, "heard": "<p>Een zwembad.</p>", "status": "niet",
             "why": "<p>Daar is geen geld voor.</p>", "items": []},
        )  # fmt: skip
        survey.save()
        for page in (client.get(survey.url), client.post(LOOK, {"code": code})):
            words = text_of(page)
            places = [words.index(said) for said in (
                "Wij hoorden veel.", theme.name, "Nemen we over", "Te heet.", "Er komen bomen.",
                "Schaduw op de speelplek", "Nemen we niet over", "Een zwembad.",
            )]  # fmt: skip
            assert places == sorted(places)
            assert "Nog geheim" not in words
            assert HOSTILE not in page.content.decode()
            assert f'href="{agenda_items[0].url}"' in page.content.decode()
        with django_assert_max_num_queries(12):
            client.get(survey.url)

    def test_a_theme_needs_a_name_and_an_introduction_above_it(self, north):
        survey = make.SurveyPageFactory(parent=north)
        survey.outcome_per_theme = told(
            {"heading": "", "heard": "<p></p>", "status": "niet", "why": "<p>Nee.</p>", "items": []}
        )
        with pytest.raises(ValidationError) as wrong:
            survey.full_clean()
        assert "outcome" in wrong.value.message_dict
        (theme,) = survey.outcome_per_theme
        with pytest.raises(ValidationError) as wrong:
            theme.block.clean(theme.value)
        assert set(wrong.value.block_errors) == {"heading", "heard"}

    def test_overdue_shows_on_the_page_and_on_the_list_until_it_is_told(
        self, client, manager, north
    ):
        survey = make.SurveyPageFactory(
            parent=north, closed=True, outcome_due=timezone.localdate() - timedelta(days=1)
        )
        assert "De uitkomst is later dan wij beloofden" in text_of(client.get(survey.url))
        assert survey.title in text_of(manager.get(reverse("wagtailadmin_home")))
        survey.outcome, survey.outcome_date = "<p>Ja.</p>", timezone.localdate()
        survey.save()
        assert "later dan wij beloofden" not in text_of(client.get(survey.url))


class TestRetention:
    @pytest.fixture
    def survey(self, north):
        return make.SurveyPageFactory(
            parent=north,
            opens_at=timezone.now() - timedelta(days=900),
            closes_at=timezone.now() - timedelta(days=800),
            outcome="<p>De brug komt er.</p>",
            outcome_date=timezone.localdate() - timedelta(days=700),
        )

    def test_the_page_says_how_long_before_anybody_answers(self, client, north, settings):
        settings.SURVEY_ANSWERS_KEPT_DAYS = 30
        survey = make.SurveyPageFactory(parent=north)
        day = timezone.localdate(survey.closes_at) + timedelta(days=30)
        assert survey.last_day_of_answers == day
        assert "Uw antwoorden bewaren wij tot en met" in text_of(client.get(survey.url))
        survey.answers_kept_until = timezone.localdate(survey.closes_at) - timedelta(days=1)
        with pytest.raises(ValidationError, match="De enquête is dan nog open"):
            survey.full_clean()

    def test_answers_go_on_their_day_and_the_rest_stays(
        self, client, manager, survey, north, area_manager
    ):
        make.respond(survey, count=3)
        later = make.SurveyPageFactory(
            parent=north, closed=True, answers_kept_until=timezone.localdate()
        )
        make.respond(later)
        SurveyExport.objects.create(
            survey=survey, user=area_manager, variant="enquete", format_name="csv", responses=3
        )
        call_command("purge_expired", "--dry-run")
        assert Response.objects.count() == 4
        home = text_of(manager.get(reverse("wagtailadmin_home")))
        assert "waarvan wij de antwoorden binnenkort wissen" in home
        assert later.title in home
        call_command("purge_expired")
        assert Response.objects.get().version.survey == later
        assert Answer.objects.values("response").distinct().count() == 1
        assert RemovedAnswers.objects.get().number == 3
        assert SurveyExport.objects.count() == 1
        assert "De brug komt er." in text_of(client.get(survey.url))
        assert "zijn 3 inzendingen gewist" in text_of(manager.get(results_url(survey)))

    def test_a_purge_that_stops_halfway_counts_right_when_it_goes_on(self, survey, monkeypatch):
        make.respond(survey, count=7)
        monkeypatch.setattr(services, "BATCH", 3)
        original, turns = services._remove_some, iter(range(2))

        def dies_after_two(survey_id):
            next(turns)
            return original(survey_id)

        with monkeypatch.context() as patched:
            patched.setattr(services, "_remove_some", dies_after_two)
            with pytest.raises((StopIteration, RuntimeError)):
                services.remove_expired_responses()
        assert Response.objects.count() == 1
        assert RemovedAnswers.objects.get().number == 6
        services.remove_expired_responses()
        assert Response.objects.count() == 0
        assert RemovedAnswers.objects.get().number == 7
