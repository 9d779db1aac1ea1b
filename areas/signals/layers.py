"""Signals that are on the site, on the map."""

from django.db.models import F, TextField, Value
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from areas.layers import Layer

from .models import Signal

PLACEHOLDER = "AAAA-AAAA"


class SignalLayer(Layer):
    """Never a closed one: the same queryset as the pages themselves."""

    key = "signalen"
    label = _("Vragen en signalen")
    singular = _("Vraag of signaal")
    letter = "V"
    shape = "triangle"
    color = "signal"
    order = 45
    title_field = "subject"
    statuses = [(value, Signal.State(value).label) for value in Signal.PUBLIC_STATES]
    status_styles = Signal.STATE_STYLES
    status_expression = F("state")

    def get_queryset(self):
        return Signal.objects.published()

    def filter_status(self, rows, status):
        return rows.filter(state=status)

    def url_expression(self):
        base = reverse("signal", args=[PLACEHOLDER]).removesuffix(f"{PLACEHOLDER}/")
        return Concat(Value(base), F("reference"), Value("/"), output_field=TextField())
