"""What areas show on the home page and on their own page."""

from django.utils.translation import gettext_lazy as _

from cms.sections import Section

from .models import AreaPage, Place


class AreasMapSection(Section):
    """The map of the areas as the way in, with the same areas as links."""

    key = "areas-map"
    title = _("Kies uw gebied")
    order = 10
    template = "areas/sections/areas_map.html"
    limit = 50

    def get_items(self, *, request, area=None, limit):
        return list(AreaPage.objects.live().public().without_geometry().in_order()[:limit])


class PlacesSection(Section):
    """The villages and districts of an area."""

    key = "places"
    title = _("Dorpen en wijken")
    order = 80
    template = "areas/sections/places.html"
    limit = 60

    def get_items(self, *, request, area=None, limit):
        return list(Place.objects.filter(area=area)[:limit])
