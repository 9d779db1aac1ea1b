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

    def without_place(self):
        """Neither drawn on the map nor described."""
        return self.filter(geometry__isnull=True, place_name="")

    def status_counts(self) -> dict[str, int]:
        """Number of items by status, in one query."""
        rows = self.order_by().values_list("status").annotate(total=models.Count("pk"))
        return dict(rows)
