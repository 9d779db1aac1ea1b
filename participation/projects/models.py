from django.utils.translation import gettext_lazy as _

from areas.placed import Placed
from cms.base import BasePage


class ProjectPage(Placed, BasePage):
    kind_label = _("project")
    parent_page_types = ["areas.AreaPage"]
    subpage_types = ["surveys.SurveyPage", "officehours.OfficeHourPage"]

    class Meta:
        verbose_name = _("project")
        verbose_name_plural = _("projecten")
