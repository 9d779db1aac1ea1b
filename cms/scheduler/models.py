"""When each job ran: shared by all processes, so that two do not do the same work."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class JobRun(models.Model):
    """The last run of one job; made at its first run."""

    name = models.CharField(_("taak"), max_length=100, primary_key=True)
    due_at = models.DateTimeField(_("volgende keer"))
    started_at = models.DateTimeField(_("begonnen"), null=True)
    ended_at = models.DateTimeField(_("klaar"), null=True)
    running = models.BooleanField(_("bezig"), default=False)
    error = models.TextField(_("fout"), blank=True)

    class Meta:
        verbose_name = _("terugkerende taak")
        verbose_name_plural = _("terugkerende taken")

    def __str__(self) -> str:
        return self.name
