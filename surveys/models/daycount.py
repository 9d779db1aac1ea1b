"""Counts of a day that is over, so that a large survey is not counted anew for every reader."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .survey import SurveyPage


class DayCount(models.Model):
    """The answers to one survey on one day, counted; may be thrown away at any moment.

    `counts` holds what `surveys.results.daycounts` stores. The database drops the row where an
    answer or response of that day is changed or removed (`surveys.results.watch`).
    """

    wagtail_reference_index_ignore = True

    survey = models.ForeignKey(
        SurveyPage, verbose_name=_("enquête"), on_delete=models.CASCADE, related_name="+"
    )
    day = models.DateField(_("dag"))
    counts = models.JSONField(_("aantallen"))

    class Meta:
        verbose_name = _("dagtelling")
        verbose_name_plural = _("dagtellingen")
        constraints = [
            models.UniqueConstraint(fields=["survey", "day"], name="survey_day_count_once")
        ]

    def __str__(self) -> str:
        return f"{self.survey_id}: {self.day}"
