"""Office hours on the map: those with a moment to come."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from areas.layers import Layer

from .models import OfficeHourPage


class OfficeHourLayer(Layer):
    key = "spreekuren"
    label = _("Spreekuren")
    singular = _("Spreekuur")
    letter = "S"
    shape = "pin"
    color = "officehour"
    order = 80

    def get_queryset(self):
        return OfficeHourPage.objects.coming(now=timezone.now())
