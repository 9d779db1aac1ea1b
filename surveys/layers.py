"""Surveys on the map."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from areas.layers import Layer

from .models import SurveyPage
from .querysets import state_expression


class SurveyLayer(Layer):
    key = "enquetes"
    label = _("Enquêtes")
    singular = _("Enquête")
    letter = "E"
    shape = "triangle"
    color = "survey"
    order = 60
    statuses = list(SurveyPage.State.choices)
    status_styles = {state.value: style for state, style in SurveyPage.STATE_STYLES.items()}

    @property
    def status_expression(self):
        """The state at this moment; nothing stored says whether a survey is open."""
        return state_expression(timezone.now())

    def get_queryset(self):
        return SurveyPage.objects.live().public().listed()

    def filter_status(self, rows, status):
        return rows.annotate(state_now=self.status_expression).filter(state_now=status)
