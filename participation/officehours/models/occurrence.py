"""When office hours take place, derived from what editors planned."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from participation.officehours import schedule
from participation.officehours.querysets import OccurrenceQuerySet

from .page import OfficeHourPage


class Occurrence(schedule.TimeTexts, models.Model):
    """A stored slot of a public office hour, so that lists and maps are plain SQL.

    Derived: `services.rebuild_occurrences` writes it at every publication, and the daily job
    adds what comes into sight.
    """

    office_hour = models.ForeignKey(
        OfficeHourPage, on_delete=models.CASCADE, related_name="occurrences"
    )
    start = models.DateTimeField()
    end = models.DateTimeField()
    cancelled = models.BooleanField(default=False)
    note = models.CharField(max_length=401, blank=True)
    moved_to = models.DateTimeField(null=True)
    moved_from = models.DateTimeField(null=True)

    objects = OccurrenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("keer dat een spreekuur er is")
        verbose_name_plural = _("keren dat een spreekuur er is")
        ordering = ["start", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["office_hour", "start"], name="occurrence_once"),
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="occurrence_in_order"),
        ]
        indexes = [
            models.Index(fields=["start"], name="occurrence_start"),
            models.Index(fields=["end"], name="occurrence_end"),
        ]

    def __str__(self) -> str:
        return f"{timezone.localtime(self.start):%d-%m-%Y %H:%M}"
