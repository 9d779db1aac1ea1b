"""Open surveys on the home page, on an area's page and on My area."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cms.sections import Section

from .models import SurveyPage


class OpenSurveysSection(Section):
    key = "surveys"
    title = _("Geef uw mening")
    order = 25
    template = "surveys/sections/open_surveys.html"
    limit = 4

    def get_items(self, *, request, area=None, limit):
        surveys = SurveyPage.objects.for_list().open_now()
        if area is not None:
            surveys = surveys.for_area(area)
        return list(surveys[:limit])

    def get_more_url(self, *, area=None):
        return reverse("surveys") + (f"?gebied={area.slug}" if area is not None else "")
