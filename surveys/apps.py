from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

#: How often days that are over are counted, in large surveys.
COUNT_SECONDS = 600


class SurveysConfig(AppConfig):
    name = "surveys"
    verbose_name = _("Enquêtes")

    def ready(self) -> None:
        from areas import digest, layers, telling
        from areas.agenda import origins
        from areas.services import MANAGER_PERMISSIONS
        from cms import admin_panels, navigation, retention, scheduler, search, sections
        from cms.pagecache import purge_on_change

        from . import guard
        from .admin_home import AnswersGoSoon, ClosingSoon, OutcomeOverdue
        from .collecting.mails import send_invitations
        from .collecting.services import remove_expired_invitations
        from .digest import SurveySource
        from .files.services import remove_files
        from .layers import SurveyLayer
        from .models import Collector, Poll, PollChoice, SurveyPage
        from .outcomes.mails import send_outcomes
        from .outcomes.origins import surveys_about
        from .paper.services import close_expired_batches
        from .results import daycounts, watch
        from .retention.services import remove_expired_responses
        from .sections import OpenSurveysSection
        from .services import remove_expired_contacts, remove_expired_drafts
        from .telling import SurveyTeller

        guard.VERSIONS.keep_up(self)
        watch.DAY_COUNTS.keep_up(self)
        scheduler.register(
            scheduler.Job("survey-counts", daycounts.keep_day_counts, seconds=COUNT_SECONDS)
        )
        purge_on_change(Poll, PollChoice, Collector)
        layers.register(SurveyLayer)
        search.hide(lambda: SurveyPage.objects.live().filter(only_by_links=True))
        digest.register(SurveySource)
        telling.register(SurveyTeller)
        origins.register("surveys", surveys_about)
        sections.register(["home", "area"], OpenSurveysSection)
        navigation.register(navigation.Entry(_("Enquêtes"), "surveys", order=40))
        admin_panels.register_new_page(
            admin_panels.NewPage("surveys.SurveyPage", _("Nieuwe enquête"), "form", order=40)
        )
        admin_panels.register_attention(OutcomeOverdue)
        admin_panels.register_attention(ClosingSoon)
        admin_panels.register_attention(AnswersGoSoon)
        retention.register("survey-contacts", remove_expired_contacts)
        retention.register("survey-drafts", remove_expired_drafts)
        retention.register("survey-files", remove_files)
        retention.register("survey-paper", close_expired_batches)
        retention.register("survey-responses", remove_expired_responses)
        retention.register("survey-invitations", remove_expired_invitations)
        scheduler.register(
            scheduler.Job(
                name="survey-invitations",
                run=lambda stopping: send_invitations(stopping=stopping),
                seconds=120,
            )
        )
        scheduler.register(
            scheduler.Job(
                name="survey-outcomes",
                run=lambda stopping: send_outcomes(stopping=stopping),
                seconds=120,
            )
        )
        MANAGER_PERMISSIONS.update({"surveys.add_poll", "surveys.change_poll", "surveys.view_poll"})
