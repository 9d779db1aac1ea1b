"""How many responses a survey had, once they are gone."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .survey import SurveyPage


class RemovedAnswers(models.Model):
    """That the answers to a survey were removed on their day, and how many responses there were."""

    wagtail_reference_index_ignore = True

    survey = models.OneToOneField(
        SurveyPage, verbose_name=_("enquête"), on_delete=models.CASCADE, related_name="removed"
    )
    number = models.PositiveIntegerField(_("aantal"), default=0)
    removed_on = models.DateField(_("gewist op"), default=timezone.localdate)

    class Meta:
        verbose_name = _("gewiste inzendingen")
        verbose_name_plural = _("gewiste inzendingen")

    def __str__(self) -> str:
        return f"{self.survey_id}: {self.number}"
