"""The list of projects, and what the page of a project shows."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from areas import layers
from areas.agenda.models import AgendaItemPage
from areas.layers import Filters
from areas.models import AreaPage
from participation.officehours.models import OfficeHourPage
from participation.officehours.schedule import Slot
from surveys.models import SurveyPage

from .forms import ProjectFilterForm
from .maps import list_map, own_map
from .models import ProjectPage

PAGE_SIZE = 20
OFFICE_HOURS = 6


@require_safe
def project_list(request: HttpRequest) -> HttpResponse:
    """`GET /projecten/?gebied=&status=&q=&pagina=`: list and map of the same projects.

    With a wrong filter the page shows all projects with the error, as status 400.
    """
    form = ProjectFilterForm(request.GET)
    valid = form.is_valid()
    shown_form = form if valid else ProjectFilterForm({})
    shown_form.is_valid()
    filters = shown_form.filters()
    paginator = Paginator(filtered(filters), PAGE_SIZE)
    page = paginator.get_page(shown_form.cleaned_data.get("pagina") or 1)
    return render(
        request,
        "projects/project_list.html",
        {
            "form": form,
            "filtered": bool(set(request.GET) & {"gebied", "status", "q"}),
            "layer": layers.get("projecten"),
            "page_obj": page,
            "map_config": list_map(
                layers.get("projecten"),
                label=_("Kaart van de projecten"),
                area=shown_form.cleaned_data.get("gebied"),
                status=filters.status,
                text=filters.text,
            ),
        },
        status=200 if valid else 400,
    )


def filtered(filters: Filters):
    """The projects that the layer shows with these filters, in the order of the list."""
    layer = layers.get("projecten")
    rows = ProjectPage.objects.for_list(today=timezone.localdate())
    if filters.area_id is not None:
        rows = layer.filter_area(rows, filters.area_id)
    if filters.status:
        rows = layer.filter_status(rows, filters.status)
    if filters.text:
        rows = layer.filter_text(rows, filters.text)
    return rows


def project_context(*, project: ProjectPage, request: HttpRequest) -> dict:
    """Phases, news, documents, agenda items, contact and map of one project."""
    today = timezone.localdate()
    areas, office_hours, surveys = [], [], []
    items = AgendaItemPage.objects.none()
    if project.pk:
        touched = project.areas.through.objects.filter(projectpage_id=project.pk)
        areas = list(
            AreaPage.objects.without_geometry()
            .filter(pk__in=touched.values("areapage_id"))
            .in_order()
        )
        items = AgendaItemPage.objects.filter(project_id=project.pk).for_list()
        office_hours = next_office_hours(project)
        surveys = list(SurveyPage.objects.for_page(project).for_list().order_by("-closes_at"))
    home_area = next((area for area in areas if project.path.startswith(area.path)), None)
    places = list(project.places.all())
    open_surveys = [survey for survey in surveys if survey.state == SurveyPage.State.OPEN]
    return {
        "area": home_area,
        "areas": [area for area in areas if area.live],
        "phases": phases(project, today),
        "news": news(project, today),
        "documents": list(project.documents.select_related("document")),
        "contact": contact(project, home_area),
        "agenda_items": list(items[:20]),
        "office_hours": office_hours,
        "open_surveys": open_surveys,
        "other_surveys": [survey for survey in surveys if survey not in open_surveys],
        "has_ways": bool(project.take_part or office_hours or open_surveys),
        "places": places,
        "map_config": own_map(project, layers.get("projecten"), places),
    }


def next_office_hours(project: ProjectPage) -> list[dict]:
    """Coming office hours about a project as {page, text}: those below it and those linked."""
    pages = OfficeHourPage.objects.with_next(now=timezone.now()).for_project(project)
    return [
        {"page": page, "text": f"{slot.day_text}, {slot.time_text}"}
        for page in pages[:OFFICE_HOURS]
        for slot in [Slot(page.start, page.end)]
    ]


def phases(project: ProjectPage, today) -> list[dict]:
    """The phases as the phase line takes them, in order of their dates."""
    rows = sorted(project.phases.all(), key=lambda phase: (phase.start, phase.pk or 0))
    return [
        {
            "name": phase.name,
            "dates": phase.dates,
            "text": phase.text,
            "state": phase.state(today),
        }
        for phase in rows
    ]


def news(project: ProjectPage, today) -> list:
    """News up to today, newest first; a message with a later date waits for its day."""
    rows = [item for item in project.news.select_related("image") if item.date <= today]
    return sorted(rows, key=lambda item: (item.date, item.pk or 0), reverse=True)


def contact(project: ProjectPage, home_area: AreaPage | None) -> dict | None:
    """Whom to ask: the environment manager, or else the manager of the area."""
    for page in (project, home_area):
        if page is not None and page.manager_name:
            return {
                "name": page.manager_name,
                "role": page.manager_role,
                "photo": page.manager_photo,
                "phone": page.manager_phone,
                "email": page.manager_email,
                "whatsapp": page.manager_whatsapp,
            }
    return None
