from django.utils.translation import gettext_lazy as _

from areas.placed import Placed
from cms.base import BasePage


class SurveyPage(Placed, BasePage):
    kind_label = _("enquête")
    parent_page_types = ["areas.AreaPage", "projects.ProjectPage"]
    subpage_types = []

    class Meta:
        verbose_name = _("enquête")
        verbose_name_plural = _("enquêtes")
