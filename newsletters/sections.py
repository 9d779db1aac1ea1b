"""The latest newsletters on the home page and on the pages of areas, with the way to subscribe."""

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from cms.sections import Section

from .models import NewsletterPage


class NewslettersSection(Section):
    """The latest editions; where there are none, still the way to subscribe."""

    key = "newsletters"
    title = _("Nieuwsbrieven")
    order = 65
    template = "newsletters/sections/newsletters.html"
    limit = 3
    show_empty = True
    empty_text = _("Er is nog geen nieuwsbrief. Meld u aan, dan krijgt u de eerste.")

    def get_items(self, *, request, area=None, limit):
        editions = NewsletterPage.objects.archive()
        if area is not None:
            editions = editions.in_area(area)
        return list(editions[:limit])

    def get_more_url(self, *, area=None):
        query = f"?{urlencode({'gebied': area.slug})}" if area is not None else ""
        return reverse("newsletters") + query
