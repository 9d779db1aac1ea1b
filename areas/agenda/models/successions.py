"""The step from one agenda to the next."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .agenda import AgendaPage


class Rollover(models.Model):
    """A new agenda that takes the open items of an older one as soon as it is published.

    An agenda is followed by one other at most, which the database sees to. Removing the draft
    of the new agenda takes the plan along.
    """

    source = models.OneToOneField(
        AgendaPage,
        verbose_name=_("agenda die afloopt"),
        on_delete=models.CASCADE,
        related_name="followed_by",
    )
    target = models.OneToOneField(
        AgendaPage,
        verbose_name=_("nieuwe agenda"),
        on_delete=models.CASCADE,
        related_name="follows",
    )
    planned_at = models.DateTimeField(_("klaargezet op"), auto_now_add=True)
    planned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("klaargezet door"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    carried_out_at = models.DateTimeField(_("uitgevoerd op"), null=True, blank=True)

    class Meta:
        verbose_name = _("nieuwe periode")
        verbose_name_plural = _("nieuwe perioden")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(source=models.F("target")), name="rollover_to_another_agenda"
            )
        ]

    def __str__(self) -> str:
        return f"{self.source_id} > {self.target_id}"
