"""A table of agenda items that was sent in and waits for a yes."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .agenda import AgendaPage


class SheetImport(models.Model):
    """The cells of an uploaded table, kept between showing what it would do and doing it.

    `table`: {"head": [heading], "rows": [[row number, {heading: text}]], "problems": [[row
    number, heading, message]]}, as `cms.sheets.reading` gives them.
    """

    agenda = models.ForeignKey(AgendaPage, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(_("ingestuurd op"), auto_now_add=True, db_index=True)
    file_name = models.CharField(_("bestand"), max_length=200)
    table = models.JSONField(_("tabel"))
    publish_new = models.BooleanField(_("nieuwe punten meteen op de site"), default=False)
    applied_at = models.DateTimeField(_("verwerkt op"), null=True, blank=True)

    class Meta:
        verbose_name = _("ingestuurde tabel")
        verbose_name_plural = _("ingestuurde tabellen")
        default_permissions = ()

    def __str__(self) -> str:
        return self.file_name
