"""Queries about projects and their news."""

from datetime import date

from django.db import models
from django.db.models import Case, IntegerField, OuterRef, Prefetch, Q, Subquery, Value, When
from django.utils import timezone
from wagtail.images import get_image_model

from areas.agenda.programme import ProjectLine
from areas.querysets import PlacedQuerySetMixin
from cms.querysets import PublicPageQuerySet

CARD_IMAGE = "fill-640x360"
HEAVY = ("geometry", "map_geometry", "body", "questions", "decided", "influence", "take_part")


class ProjectQuerySet(PlacedQuerySetMixin, PublicPageQuerySet):
    def in_area(self, area):
        """Projects that lie in an area or touch it."""
        through = self.model.areas.through.objects.filter(areapage_id=area.pk)
        return self.filter(pk__in=through.values("projectpage_id"))

    def for_list(self, *, today: date):
        """Public projects with `phase_now` (a name or None), those under way first.

        Without the columns that a list does not show.
        """
        from .models import ProjectPage, ProjectPhase

        order = [When(status=status, then=Value(n)) for n, status in enumerate(ProjectPage.ORDER)]
        now = ProjectPhase.objects.on(today).filter(project=OuterRef("pk")).order_by("start", "pk")
        return (
            self.live()
            .public()
            .defer(*HEAVY)
            .annotate(
                phase_now=Subquery(now.values("name")[:1]),
                rank=Case(*order, default=Value(99), output_field=IntegerField()),
            )
            .order_by("rank", "title", "pk")
        )

    def with_card_images(self):
        """With what a card needs to show the image, in two more queries for all rows."""
        images = get_image_model().objects.prefetch_renditions(CARD_IMAGE)
        return self.prefetch_related(Prefetch("image", queryset=images))

    def matching(self, text: str):
        """Projects whose title, summary or place holds the text."""
        return self.filter(
            Q(title__icontains=text) | Q(summary__icontains=text) | Q(place_name__icontains=text)
        )


class PhaseQuerySet(models.QuerySet):
    def on(self, day: date):
        """Phases that hold a day."""
        return self.filter(start__lte=day).filter(Q(end__isnull=True) | Q(end__gte=day))


class NewsQuerySet(models.QuerySet):
    def published(self, *, today: date):
        """News of public projects up to today, newest first, with project and image."""
        from .models import ProjectPage

        return (
            self.filter(date__lte=today, project__in=ProjectPage.objects.live().public())
            .select_related("project")
            .order_by("-date", "-pk")
        )


def phases_past(project_ids) -> dict[int, tuple[int, int]]:
    """Phases that are past today and all phases, by id of a live project; one query."""
    from .models import ProjectPhase

    past = Q(end__lt=timezone.localdate())
    rows = (
        ProjectPhase.objects.filter(project__in=project_ids, project__live=True)
        .order_by()
        .values_list("project_id")
        .annotate(past=models.Count("pk", filter=past), total=models.Count("pk"))
    )
    return {project_id: (done, total) for project_id, done, total in rows}


def project_lines(page_ids) -> dict[int, ProjectLine]:
    """Public projects in one line each, by id; one query."""
    from .models import ProjectPage

    ids = set(page_ids)
    if not ids:
        return {}
    rows = ProjectPage.objects.filter(pk__in=ids).for_list(today=timezone.localdate())
    return {
        row.pk: ProjectLine(row, row.status_style, row.get_status_display(), row.phase_now or "")
        for row in rows
    }
