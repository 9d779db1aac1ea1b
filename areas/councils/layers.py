"""Councils on the map."""

from django.db.models import F, TextField, Value
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from areas.layers import Layer

from .models import Council

PLACEHOLDER = "raad"


class CouncilLayer(Layer):
    key = "raden"
    label = _("Dorps- en wijkraden")
    singular = _("Dorps- of wijkraad")
    letter = "R"
    shape = "square"
    color = "council"
    order = 30
    title_field = "name"
    default_on = False

    def get_queryset(self):
        return Council.objects.active()

    def url_expression(self):
        base = reverse("council", args=[PLACEHOLDER]).removesuffix(f"{PLACEHOLDER}/")
        return Concat(Value(base), F("slug"), Value("/"), output_field=TextField())
