"""Agenda items on the map."""

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from areas.layers import Layer

from .models import AgendaItemPage


class AgendaLayer(Layer):
    key = "agenda"
    label = _("Agendapunten")
    singular = _("Agendapunt")
    letter = "A"
    shape = "diamond"
    color = "agenda"
    order = 40
    statuses = list(AgendaItemPage.Status.choices)
    status_styles = AgendaItemPage.STATUS_STYLES
    status_expression = F("status")

    def get_queryset(self):
        return AgendaItemPage.objects.live().public()

    def filter_status(self, rows, status):
        return rows.filter(status=status)
