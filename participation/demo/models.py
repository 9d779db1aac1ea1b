"""A note that this site holds the demo, so that only a demo is ever thrown away."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class DemoLoad(models.Model):
    """The load of the demo; one row at most, there as long as the demo is."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    loaded_at = models.DateTimeField(_("geladen op"), default=timezone.now)
    usernames = models.JSONField(_("gebruikers van de demo"), default=list)

    class Meta:
        verbose_name = _("geladen demo")
        verbose_name_plural = _("geladen demo")
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="demo_loaded_once")]

    def __str__(self) -> str:
        return f"{self.loaded_at:%d-%m-%Y}"
