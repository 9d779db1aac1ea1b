"""The overview of one month."""

from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _


class Overview(models.Model):
    """One month for which the overviews were made, also where nobody got one.

    It has a `Mailing` for everybody who gets the same editions; `overview/services.py` makes them
    all in one transaction, and a month has one for ever.
    """

    month = models.DateField(_("maand"), unique=True, help_text=_("De eerste dag van de maand."))
    made_at = models.DateTimeField(_("gemaakt op"), default=timezone.now)

    class Meta:
        verbose_name = _("maandoverzicht")
        verbose_name_plural = _("maandoverzichten")
        ordering = ["-month"]

    def __str__(self) -> str:
        return date_format(self.month, "F Y")
