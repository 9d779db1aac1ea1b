"""The ways along which answers to one survey come in."""

import secrets

from django.db import models
from django.utils.translation import gettext_lazy as _

from .survey import SurveyPage

KEY_BYTES = 9


def new_key() -> str:
    """Twelve characters for an address that nobody guesses (72 random bits)."""
    return secrets.token_urlsafe(KEY_BYTES)


class Collector(models.Model):
    """One link to a survey, for one group of people; what came along it is counted apart."""

    class Kind(models.TextChoices):
        RESIDENTS = "inwoners", _("Inwoners")
        ENTREPRENEURS = "ondernemers", _("Ondernemers")
        GROUPS = "organisaties", _("Organisaties en belangengroepen")
        PANEL = "panel", _("Digitaal panel")
        PAPER = "papier", _("Op papier")
        INTERVIEW = "gesprek", _("Gesprek op het spreekuur")
        OTHER = "anders", _("Anders")

    wagtail_reference_index_ignore = True

    survey = models.ForeignKey(
        SurveyPage, verbose_name=_("enquête"), on_delete=models.CASCADE, related_name="collectors"
    )
    name = models.CharField(_("naam"), max_length=100)
    kind = models.CharField(
        _("voor wie"), max_length=20, choices=Kind.choices, default=Kind.RESIDENTS
    )
    key = models.CharField(_("sleutel"), max_length=20, unique=True, default=new_key)

    class Meta:
        verbose_name = _("ingang")
        verbose_name_plural = _("ingangen")
        ordering = ["survey", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["survey", "name"], name="survey_collector_name_once")
        ]

    def __str__(self) -> str:
        return self.name
