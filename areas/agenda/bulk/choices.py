"""Names in a table and the rows they stand for, fetched once for a whole agenda."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.models import Page

from areas.councils.models import Council
from areas.models import AreaPage, Theme
from cms.sheets.cells import clean

from ..models import AgendaItemPage, AgendaPage, ProgrammeGoal

SHOWN = 12  # names in a message


@dataclass(frozen=True)
class Names:
    """Rows by name and back. A name of two rows stands for neither."""

    by_pk: dict[int, str]

    def name(self, pk: int | None) -> str:
        return self.by_pk.get(pk, "") if pk is not None else ""

    def pks(self, name: str) -> list[int]:
        wanted = name.casefold()
        return [pk for pk, own in self.by_pk.items() if own.casefold() == wanted]

    def in_words(self) -> str:
        """The first names, for a message."""
        names = list(dict.fromkeys(self.by_pk.values()))
        if not names:
            return _("er is nog niets om uit te kiezen")
        more = ", …" if len(names) > SHOWN else ""
        return ", ".join(names[:SHOWN]) + more


@dataclass(frozen=True)
class Choices:
    """What the cells of one agenda can name."""

    themes: Names
    goals: Names
    councils: Names
    projects: Names


def choices_for(*, agenda: AgendaPage, items: list[AgendaItemPage]) -> Choices:
    """Themes, goals and councils of the agenda's area, and projects by address; five queries.

    What an item has already stays a choice, also where a new item could not have it.
    """
    area = AreaPage.objects.ancestor_of(agenda).without_geometry().first()
    own = Q(pk__in=Council.objects.active().for_area(area).values("pk"))
    used = Q(pk__in={item.source_council_id for item in items} - {None})
    councils = Council.objects.filter(own | used).order_by("name")
    return Choices(
        themes=Names({row.pk: clean(row.name) for row in Theme.objects.all()}),
        goals=Names(
            {
                row.pk: clean(row.title)
                for row in ProgrammeGoal.objects.of_area(area).filter(
                    Q(programme__live=True)
                    | Q(pk__in={item.programme_goal_id for item in items} - {None})
                )
            }
        ),
        councils=Names({pk: clean(name) for pk, name in councils.values_list("pk", "name")}),
        projects=_projects({item.project_id for item in items} - {None}),
    )


def _projects(used: set[int]) -> Names:
    """Public projects, and those in use, by their Dutch address."""
    pages = Page.objects.filter(
        Q(live=True) | Q(pk__in=used),
        content_type__app_label="projects",
        content_type__model="projectpage",
    ).order_by("title")
    with translation.override("nl"):
        return Names({page.pk: page.get_url() or f"/?{page.pk}" for page in pages})
