"""Signals on the page of their area."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cms.sections import Section

from .models import Signal


class SignalsSection(Section):
    key = "signals"
    title = _("Vragen en signalen")
    order = 65
    template = "signals/sections/signals.html"
    limit = 5

    def get_items(self, *, request, area=None, limit):
        rows = Signal.objects.published().filter(area=area).for_list()
        return list(rows.order_by("-published_at", "-pk")[:limit])

    def get_more_url(self, *, area=None):
        return reverse("signal_figures")
