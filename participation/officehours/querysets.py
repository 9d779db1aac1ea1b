"""Queries about office hours and the moments on which they take place."""

from datetime import datetime

from django.db import models
from django.db.models import F, OuterRef, Subquery, Window
from django.db.models.functions import RowNumber

from areas.querysets import PlacedQuerySetMixin
from cms.querysets import PublicPageQuerySet

HEAVY = ("geometry", "map_geometry", "about", "directions")


class OfficeHourQuerySet(PlacedQuerySetMixin, PublicPageQuerySet):
    def in_area(self, area):
        """Office hours that lie in an area or belong to it."""
        through = self.model.areas.through.objects.filter(areapage_id=area.pk)
        return self.filter(pk__in=through.values("officehourpage_id"))

    def for_project(self, project):
        """Office hours about a project: those below it and those linked to it."""
        return self.filter(
            models.Q(project_id=project.pk)
            | models.Q(path__startswith=project.path, depth=project.depth + 1)
        )

    def coming(self, *, now: datetime):
        """Public office hours with a moment that is not over and not cancelled."""
        from .models import Occurrence

        going_on = Occurrence.objects.filter(office_hour=OuterRef("pk"), end__gt=now)
        return self.live().public().filter(models.Exists(going_on.filter(cancelled=False)))

    def with_next(self, *, now: datetime):
        """Coming office hours with `start` and `end` of the next moment, the soonest first."""
        from .models import Occurrence

        following = Occurrence.objects.filter(
            office_hour=OuterRef("pk"), end__gt=now, cancelled=False
        ).order_by("start")
        return (
            self.coming(now=now)
            .defer(*HEAVY)
            .annotate(
                start=Subquery(following.values("start")[:1]),
                end=Subquery(following.values("end")[:1]),
            )
            .order_by("start", "title", "pk")
        )


class OccurrenceQuerySet(models.QuerySet):
    def coming(self, *, now: datetime):
        """Moments of public office hours that are not over, cancelled ones included, by time."""
        from .models import OfficeHourPage

        return (
            self.filter(end__gt=now, office_hour__in=OfficeHourPage.objects.live().public())
            .select_related("office_hour")
            .defer(*(f"office_hour__{name}" for name in HEAVY))
            .order_by("start", "office_hour__title", "pk")
        )

    def in_area(self, area):
        """Moments of office hours that lie in an area or belong to it."""
        from .models import OfficeHourPage

        return self.filter(office_hour__in=OfficeHourPage.objects.in_area(area))

    def next_of(self, office_hour_ids, *, now: datetime):
        """Moments of these office hours that go on and are not over, with their `turn` from 1."""
        return (
            self.filter(office_hour__in=office_hour_ids, end__gt=now, cancelled=False)
            .annotate(
                turn=Window(RowNumber(), partition_by=F("office_hour"), order_by=F("start").asc())
            )
            .order_by("start", "pk")
        )
