"""Councils on the page of their area."""

from django.utils.translation import gettext_lazy as _

from cms.sections import Section

from .models import Council


class CouncilsSection(Section):
    key = "councils"
    title = _("Dorps- en wijkraden")
    order = 70
    template = "councils/sections/councils.html"
    limit = 40

    def get_items(self, *, request, area=None, limit):
        return list(Council.objects.active().for_area(area)[:limit])
