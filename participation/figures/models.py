from django.utils.translation import gettext_lazy as _

from cms.base import BasePage


class FiguresPage(BasePage):
    kind_label = _("Cijfers")
    parent_page_types = ["cms.HomePage"]
    subpage_types = []

    class Meta:
        verbose_name = _("cijferpagina")
        verbose_name_plural = _("cijferpagina's")
