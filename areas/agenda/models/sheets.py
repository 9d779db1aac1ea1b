"""A table of agenda items that was sent in and waits for a yes."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .agenda import AgendaPage


class SheetImport(models.Model):
    """The cells of an uploaded table, kept between showing what it would do and doing it.

    `rows`: [[row number in the sheet, {column key: text}], …]. `shown` is the fingerprint of
    the changes as the editor saw them; see `areas.agenda.bulk.plan`.
    """

    agenda = models.ForeignKey(AgendaPage, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(_("ingestuurd op"), auto_now_add=True, db_index=True)
    file_name = models.CharField(_("bestand"), max_length=200)
    rows = models.JSONField(_("rijen"))
    publish_new = models.BooleanField(_("nieuwe punten meteen op de site"), default=False)
    shown = models.CharField(max_length=64)
    applied_at = models.DateTimeField(_("verwerkt op"), null=True, blank=True)

    class Meta:
        verbose_name = _("ingestuurde tabel")
        verbose_name_plural = _("ingestuurde tabellen")
        default_permissions = ()

    def __str__(self) -> str:
        return self.file_name
