"""Projects as told in a newsletter: the phase, where, and the next moment to take part."""

from functools import reduce
from operator import or_

from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from areas.telling import Fact, Teller, Told
from participation.officehours.models import OfficeHourPage
from participation.officehours.schedule import Slot
from surveys.models import SurveyPage

from .models import ProjectPage, ProjectPhase


class ProjectTeller(Teller):
    page_type = "projects.ProjectPage"

    def tell(self, pages):
        """Three queries."""
        now = timezone.now()
        phases = _phases_now(pages)
        chances = _next_chances(pages, now)
        return {page.pk: _told(page, phases.get(page.pk), chances.get(page.pk)) for page in pages}


def _told(page: ProjectPage, phase: ProjectPhase | None, chance: str | None) -> Told:
    facts = []
    if phase is not None:
        facts.append(Fact(_("Nu"), f"{phase.name} ({phase.dates})", in_dutch=True))
    if chance:
        facts.append(Fact(_("Meedoen"), chance, in_dutch=True))
    return Told(
        status=page.get_status_display(),
        status_style=page.status_style,
        facts=tuple(facts),
        button=_("Bekijk hoe u meedoet") if chance else "",
    )


def _phases_now(pages) -> dict[int, ProjectPhase]:
    phases = ProjectPhase.objects.on(timezone.localdate()).filter(
        project__in=[page.pk for page in pages]
    )
    return {phase.project_id: phase for phase in phases.order_by("-start", "-pk")}


def _next_chances(pages, now) -> dict[int, str]:
    """The next moment to take part in each project: a survey that is open, or an office hour.

    Whichever is over first comes first: that is what somebody can still miss.
    """
    below = reduce(or_, (Q(path__startswith=page.path, depth=page.depth + 1) for page in pages))
    ids = [page.pk for page in pages]
    surveys = (
        SurveyPage.objects.live()
        .public()
        .listed()
        .filter(below, opens_at__lte=now, closes_at__gt=now)
        .only("title", "path", "closes_at", "opens_at")
    )
    hours = OfficeHourPage.objects.with_next(now=now).filter(below | Q(project__in=ids))
    found: dict[int, list[tuple]] = {}

    def note(row, moment, text: str, project_id: int | None = None) -> None:
        for page in pages:
            if page.pk == project_id or row.path.startswith(page.path):
                found.setdefault(page.pk, []).append((moment, text))

    for survey in surveys:
        closes = date_format(localtime(survey.closes_at), "j F Y, H.i")
        note(
            survey,
            survey.closes_at,
            _("enquête ‘%(title)s’, open tot %(moment)s uur")
            % {"title": survey.title, "moment": closes},
        )
    for hour in hours:
        slot = Slot(hour.start, hour.end)
        text = f"{hour.title}, {slot.day_text}, {slot.time_text}"
        note(hour, hour.end, text, hour.project_id)
    return {pk: min(chances)[1] for pk, chances in found.items()}
