from django.utils.translation import gettext_lazy as _

from areas.placed import Placed
from cms.base import BasePage


class NewsletterPage(Placed, BasePage):
    kind_label = _("nieuwsbrief")
    parent_page_types = ["areas.AreaPage"]
    subpage_types = []

    class Meta:
        verbose_name = _("nieuwsbrief")
        verbose_name_plural = _("nieuwsbrieven")
