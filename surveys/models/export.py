"""Who took answers out of the site, and when."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .survey import SurveyPage


class SurveyExport(models.Model):
    """One download of what a survey collected; never changed, and gone with the survey."""

    class Variant(models.TextChoices):
        ANSWERS = "enquete", _("Alle antwoorden")
        CODEBOOK = "codeboek", _("Codeboek")
        OPEN_DATA = "open-data", _("Open data")
        CONTACTS = "adressen", _("E-mailadressen")
        FILES = "bestanden", _("Foto's en PDF's")

    wagtail_reference_index_ignore = True

    survey = models.ForeignKey(
        SurveyPage, verbose_name=_("enquête"), on_delete=models.CASCADE, related_name="exports"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("wie"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )
    variant = models.CharField(_("wat"), max_length=20, choices=Variant.choices)
    format_name = models.CharField(_("formaat"), max_length=10)
    responses = models.PositiveIntegerField(_("aantal"))
    made_at = models.DateTimeField(_("wanneer"), auto_now_add=True)

    class Meta:
        verbose_name = _("download")
        verbose_name_plural = _("downloads")
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_variant_display()} ({self.format_name})"
