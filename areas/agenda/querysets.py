"""Queries about agendas and their items."""

from datetime import date

from django.db import models

from areas.querysets import PlacedQuerySetMixin
from cms.querysets import PublicPageQuerySet, guarded

CLOSED = ("klaar", "gestopt")


def is_open() -> models.Q:
    """Items that are neither done nor stopped, as a condition."""
    return ~models.Q(status__in=CLOSED)


def is_overdue(on: date) -> models.Q:
    """Open items past their end date on the date `on`."""
    return is_open() & models.Q(end_date__lt=on)


def is_silent_since(on: date) -> models.Q:
    """Open items that have begun, of which nothing was heard since the date `on`."""
    from .models import LedgerEntry, ProgressUpdate

    begun = ~models.Q(status="gepland") | models.Q(start_date__lte=on)
    item = models.OuterRef("pk")
    told = models.Exists(ProgressUpdate.objects.filter(item=item, date__gte=on))
    changed = models.Exists(LedgerEntry.objects.since(on).filter(item=item))
    return is_open() & begun & ~told & ~changed


def is_confirmed_since(on: date) -> models.Q:
    """Items with a note since the date `on` that all of it still holds."""
    from .models import LedgerEntry

    notes = LedgerEntry.objects.since(on).filter(field=LedgerEntry.Field.CONFIRMED)
    return models.Q(models.Exists(notes.filter(item=models.OuterRef("pk"))))


def has_no_place() -> models.Q:
    """Items that are neither drawn on the map nor described."""
    return models.Q(geometry__isnull=True, place_name="")


class AgendaQuerySet(PublicPageQuerySet):
    def current(self, on):
        """Agendas whose period holds the date `on`, or the newest before it, newest first.

        Where the open items moved on to the next agenda, that one counts, also before its
        period begins: it holds what the area works on.
        """
        moved = models.Q(followed_by__carried_out_at__isnull=False, followed_by__target__live=True)
        begun = models.Q(period_start__lte=on) | models.Q(follows__carried_out_at__isnull=False)
        return self.live().filter(begun).exclude(moved).order_by("-period_start", "-pk")

    def overlapping(self, first, last):
        """Agendas, drafts too, whose period shares a day with `first` up to and with `last`."""
        return self.filter(period_start__lte=last, period_end__gte=first)


class ProgrammeGoalQuerySet(models.QuerySet):
    def of_area(self, area):
        """Goals of the programme below an area, in the order of the programme."""
        return self.filter(
            programme__path__startswith=area.path, programme__depth=area.depth + 1
        ).order_by("theme__sort_order", "theme__name", "sort_order", "pk")

    def public_of(self, area):
        """Goals of the public programme of an area, with that programme and their theme."""
        rows = self.of_area(area).filter(programme__live=True).select_related("theme", "programme")
        return rows.filter(~guarded("programme__path"))

    def with_item_counts(self):
        """With `items_total` and `items_done` of the agenda items on the site."""
        public = models.Q(agenda_items__live=True) & ~models.Q(agenda_items__status="gestopt")
        done = public & models.Q(agenda_items__status="klaar")
        return self.annotate(
            items_total=models.Count("agenda_items", filter=public),
            items_done=models.Count("agenda_items", filter=done),
        )


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

    def open(self):
        """Neither done nor stopped."""
        return self.filter(is_open())

    def closed(self):
        """Done or stopped."""
        return self.filter(status__in=CLOSED)

    def for_goals(self, goal_ids):
        """Public items that work at one of these goals of a programme."""
        return self.live().public().filter(programme_goal__in=list(goal_ids))

    def for_work_list(self):
        """Without the columns that a line in the admin does not show."""
        return self.defer("geometry", "map_geometry", "actions", "task", "goal", "partners")

    def on_agenda(self, agenda):
        """Items of an agenda in their order, drafts too."""
        return self.child_of(agenda).order_by("path")

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
