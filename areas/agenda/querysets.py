"""Queries about agendas and their items."""

from django.db import models

from areas.querysets import PlacedQuerySetMixin
from cms.querysets import PublicPageQuerySet


class AgendaQuerySet(PublicPageQuerySet):
    def current(self, on):
        """Agendas whose period holds the date `on`, or the newest before it, newest first."""
        return self.live().filter(period_start__lte=on).order_by("-period_start", "-pk")


class AgendaItemQuerySet(PlacedQuerySetMixin, PublicPageQuerySet):
    def for_list(self):
        """Live items with their theme, without the columns that a list does not show."""
        return (
            self.live()
            .public()
            .select_related("theme")
            .defer("geometry", "map_geometry", "actions", "task", "goal")
            .order_by("path")
        )

    def with_theme(self, theme):
        return self.filter(theme=theme)

    def with_status(self, status: str):
        return self.filter(status=status)

    def overdue(self, on):
        """Past their end date on the date `on`, while not done or stopped."""
        return self.filter(end_date__lt=on).exclude(status__in=["klaar", "gestopt"])

    def open(self):
        """Neither done nor stopped."""
        return self.exclude(status__in=["klaar", "gestopt"])

    def silent_since(self, on):
        """Open items that have begun, of which nothing was heard since the date `on`."""
        from .models import LedgerEntry, ProgressUpdate

        told = ProgressUpdate.objects.filter(item=models.OuterRef("pk"), date__gte=on)
        return (
            self.open()
            .filter(~models.Q(status="gepland") | models.Q(start_date__lte=on))
            .filter(~models.Exists(told), ~models.Exists(LedgerEntry.objects.of_item_since(on)))
        )

    def not_confirmed_since(self, on):
        """Without a note since the date `on` that all of it still holds."""
        from .models import LedgerEntry

        notes = LedgerEntry.objects.of_item_since(on).filter(field=LedgerEntry.Field.CONFIRMED)
        return self.filter(~models.Exists(notes))

    def without_place(self):
        """Neither drawn on the map nor described."""
        return self.filter(geometry__isnull=True, place_name="")

    def action_counts(self):
        """Rows of pk, theme, status and project, with how many steps there are and are done."""
        done = models.Q(steps__status="klaar")
        return (
            self.select_related(None)
            .order_by("pk")
            .values("pk", "theme_id", "status", "project_id")
            .annotate(
                actions_total=models.Count("steps"),
                actions_done=models.Count("steps", filter=done),
            )
        )
