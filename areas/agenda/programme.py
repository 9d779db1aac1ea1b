"""The programme of an area as one story: goal, agenda items, projects and what came of it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import OuterRef, Subquery
from wagtail.models import Page

from areas.models import AreaPage, Theme

from .models import AgendaItemPage, AgendaPage, ProgrammeGoal, ProgrammePage, ProgressUpdate
from .progress import Progress, mean_percent, progress_of


@dataclass(frozen=True)
class ProjectLine:
    """A public project in one line: its page, its status and the phase it is in."""

    page: Page
    style: str
    status: str
    phase: str = ""


#: Ids of pages -> the public projects among them; one query however many there are.
ProjectReader = Callable[[Iterable[int]], dict[int, ProjectLine]]

_project_readers: list[ProjectReader] = []


def register_projects(reader: ProjectReader) -> None:
    """Let an upper app tell of the projects that agenda items belong to."""
    if reader not in _project_readers:
        _project_readers.append(reader)


@dataclass
class Chapter:
    """A goal with all that was and is done for it."""

    goal: ProgrammeGoal
    items: list[AgendaItemPage] = field(default_factory=list)
    results: list[AgendaItemPage] = field(default_factory=list)
    stopped: list[AgendaItemPage] = field(default_factory=list)
    percent: int | None = None

    @property
    def is_empty(self) -> bool:
        return not (self.items or self.results or self.stopped)


def programme_context(*, programme: ProgrammePage) -> dict[str, Any]:
    """Goals by theme with their items, projects and results; a fixed number of queries.

    Every item gets `progress`, `agenda_page`, `project_line` and `result`, the last message.
    """
    area = AreaPage.objects.ancestor_of(programme).without_geometry().first()
    goals = list(programme.goals.all())
    themes = Theme.objects.in_bulk({goal.theme_id for goal in goals})
    chapters = {goal.pk: Chapter(goal) for goal in goals if goal.pk is not None}
    progress = _tell(chapters, area)
    groups: dict[int, dict] = {}
    for goal in goals:
        theme = themes[goal.theme_id]
        group = groups.setdefault(theme.pk, {"theme": theme, "chapters": []})
        group["chapters"].append(chapters.get(goal.pk) or Chapter(goal))
    ordered = sorted(
        groups.values(), key=lambda group: (group["theme"].sort_order, group["theme"].name)
    )
    return {"area": area, "groups": ordered, "percent": mean_percent(progress.values())}


def _tell(chapters: dict[int, Chapter], area: AreaPage | None) -> dict[int, Progress]:
    """Put the public items of the area into the chapters of their goals; gives their progress."""
    if area is None or not chapters:
        return {}
    mine = AgendaItemPage.objects.for_goals(chapters).descendant_of(area)
    told = ProgressUpdate.objects.filter(item=OuterRef("pk")).order_by("-date", "sort_order")
    items = list(mine.for_list().annotate(result=Subquery(told.values("text")[:1])))
    progress = {row.item_id: row for row in progress_of(mine)}
    agendas = {page.path: page for page in AgendaPage.objects.child_of(area).live().defer("intro")}
    lines: dict[int, ProjectLine] = {}
    for reader in _project_readers:
        lines.update(reader({item.project_id for item in items} - {None}))
    status = AgendaItemPage.Status
    for item in items:
        item.progress = progress[item.pk]
        item.agenda_page = agendas.get(item.path[: -Page.steplen])
        item.project_line = lines.get(item.project_id)
        chapter = chapters[item.programme_goal_id]
        if item.status == status.DONE:
            chapter.results.append(item)
        elif item.status == status.STOPPED:
            chapter.stopped.append(item)
        else:
            chapter.items.append(item)
    for chapter in chapters.values():
        everything = [*chapter.items, *chapter.results, *chapter.stopped]
        chapter.percent = mean_percent(item.progress for item in everything)
    return progress
