"""The next office hours on the home page and on the pages of areas."""

from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from cms.sections import Section

from .models import OfficeHourPage
from .schedule import Slot


class OfficeHoursSection(Section):
    """Each office hour once, with its next moment, the soonest first."""

    key = "office-hours"
    title = _("Spreekuren")
    order = 50
    template = "officehours/sections/office_hours.html"
    limit = 4

    def get_items(self, *, request, area=None, limit):
        pages = OfficeHourPage.objects.with_next(now=timezone.now())
        if area is not None:
            pages = pages.in_area(area)
        return [{"page": page, "slot": Slot(page.start, page.end)} for page in pages[:limit]]

    def get_more_url(self, *, area=None):
        query = f"?{urlencode({'gebied': area.slug})}" if area is not None else ""
        return reverse("office_hours") + query
