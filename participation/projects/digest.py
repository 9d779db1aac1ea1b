"""Projects in digests: new ones, their news and their phases."""

from django.utils.html import strip_tags
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from areas.agenda.models import AgendaItemPage
from areas.digest import Entry, Found, Scope, Source, area_titles, bounded
from cms.languages import dutch

from .models import ProjectNews, ProjectPage, ProjectPhase
from .querysets import HEAVY

WORDS = 40  # of a message; the rest stands on the page


class ProjectSource(Source):
    """Projects have no theme of their own: they have that of the agenda items they belong to."""

    key = "projects"
    label = gettext_lazy("Projecten")
    order = 20
    themed = True

    def get_changed(self, scope):
        """Four queries besides the projects' areas."""
        projects = _public(scope)
        ids = projects.order_by().values("pk")
        fresh, a = bounded(
            projects.filter(scope.moments("first_published_at")).order_by(
                "-first_published_at", "pk"
            ),
            scope,
        )
        news, b = bounded(
            ProjectNews.objects.filter(scope.days("date"), project__in=ids).order_by(
                "-date", "-pk"
            ),
            scope,
        )
        phases, c = bounded(
            ProjectPhase.objects.filter(scope.days("start"), project__in=ids).order_by(
                "-start", "pk"
            ),
            scope,
        )
        make = _Maker(projects, [*news, *phases], fresh, scope)
        found = [
            make.entry(row.pk, _("Nieuw project"), row.first_published_at, dutch(row.summary))
            for row in fresh
        ]
        found += [make.news(row) for row in news]
        found += [make.phase(row, _("Project in nieuwe fase")) for row in phases]
        return Found(tuple(found), a + b + c)

    def get_coming(self, scope):
        """Three queries."""
        projects = _public(scope)
        phases, total = bounded(
            ProjectPhase.objects.filter(
                scope.days("start"), project__in=projects.order_by().values("pk")
            ).order_by("start", "pk"),
            scope,
        )
        make = _Maker(projects, phases, [], scope)
        label = _("Nieuwe fase van project")
        return Found(tuple(make.phase(row, label) for row in phases), total)


def _public(scope: Scope):
    """Projects that everybody may see, in the scope, without what a digest does not show."""
    unused = set(HEAVY) - {"geometry", "map_geometry"}
    projects = scope.placed(ProjectPage.objects.live().public().defer(*unused))
    if scope.theme is not None:
        items = AgendaItemPage.objects.live().public().with_theme(scope.theme)
        projects = projects.filter(
            pk__in=items.filter(project__isnull=False).order_by().values("project_id")
        )
    return projects


class _Maker:
    """Makes entries of projects; two queries, for the projects and their areas."""

    def __init__(self, projects, rows, at_hand: list[ProjectPage], scope: Scope):
        self.scope = scope
        self.projects = {project.pk: project for project in at_hand}
        missing = {row.project_id for row in rows} - set(self.projects)
        self.projects |= {row.pk: row for row in projects.filter(pk__in=missing)}
        self.areas = area_titles(ProjectPage, self.projects)

    def entry(self, project_id: int, label: str, at, *lines: str, anchor: str = "") -> Entry:
        project = self.projects[project_id]
        url = project.url or ""
        return Entry(
            source=ProjectSource.key,
            label=label,
            at=at,
            title=project.title,
            url=f"{url}#{anchor}" if url and anchor else url,
            lines=tuple(line for line in lines if line),
            place=project.place_name,
            areas=self.areas.get(project.pk, ()),
            page_id=project.pk,
            geometry=self.scope.shape(project),
        )

    def news(self, row: ProjectNews) -> Entry:
        # Without the spaces the words of two paragraphs would stick together.
        text = Truncator(" ".join(strip_tags(row.text.replace("<", " <")).split())).words(WORDS)
        label = _("Nieuws over project")
        return self.entry(
            row.project_id, label, row.date, dutch(row.title), dutch(text), anchor=row.anchor
        )

    def phase(self, row: ProjectPhase, label: str) -> Entry:
        return self.entry(row.project_id, label, row.start, dutch(row.name), dutch(row.text))
