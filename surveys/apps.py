from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SurveysConfig(AppConfig):
    name = "surveys"
    verbose_name = _("Enquêtes")

    def ready(self) -> None:
        from areas import layers
        from areas.services import MANAGER_PERMISSIONS
        from cms import navigation, sections
        from cms.pagecache import purge_on_change

        from .layers import SurveyLayer
        from .models import Poll, PollChoice
        from .sections import OpenSurveysSection

        purge_on_change(Poll, PollChoice)
        layers.register(SurveyLayer)
        sections.register(["home", "area"], OpenSurveysSection)
        navigation.register(navigation.Entry(_("Enquêtes"), "surveys", order=40))
        MANAGER_PERMISSIONS.update({"surveys.add_poll", "surveys.change_poll", "surveys.view_poll"})
