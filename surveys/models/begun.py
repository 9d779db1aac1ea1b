"""How many people began a survey along each link; nothing about any of them."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .survey import SurveyPage


class BegunCount(models.Model):
    """How often somebody gave a first answer along one link, since a day.

    `way` is the key of a collector, or 0 for the page itself. No moment, no device and no order:
    one number a link.
    """

    wagtail_reference_index_ignore = True

    pk = models.CompositePrimaryKey("survey_id", "way")
    survey = models.ForeignKey(
        SurveyPage, verbose_name=_("enquête"), on_delete=models.CASCADE, related_name="begun"
    )
    way = models.PositiveBigIntegerField(_("langs welke link"))
    number = models.PositiveIntegerField(_("aantal"))
    since = models.DateField(_("sinds"), default=timezone.localdate)

    class Meta:
        verbose_name = _("aantal dat begon")
        verbose_name_plural = _("aantallen die begonnen")

    def __str__(self) -> str:
        return f"{self.survey_id}: {self.number}"
