"""The list of coming office hours, the page of one, and calendars of them."""

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from areas import layers
from areas.models import AreaPage
from cms.languages import dutch
from participation.projects.maps import list_map, own_map
from participation.projects.models import ProjectPage

from .calendars import calendar_of
from .forms import OfficeHourFilterForm
from .models import Occurrence, OfficeHourPage

PAGE_SIZE = 25
COMING_ON_PAGE = 12


@require_safe
def office_hour_list(request: HttpRequest) -> HttpResponse:
    """`GET /spreekuren/?gebied=&pagina=`: coming moments by date, with the same on the map.

    With a wrong filter the page shows all moments with the error, as status 400.
    """
    form = OfficeHourFilterForm(request.GET)
    valid = form.is_valid()
    shown_form = form if valid else OfficeHourFilterForm({})
    shown_form.is_valid()
    area = shown_form.cleaned_data.get("gebied")
    moments = Occurrence.objects.coming(now=timezone.now())
    if area is not None:
        moments = moments.in_area(area)
    page = Paginator(moments, PAGE_SIZE).get_page(shown_form.cleaned_data.get("pagina") or 1)
    return render(
        request,
        "officehours/office_hour_list.html",
        {
            "form": form,
            "area": area,
            "filtered": "gebied" in request.GET,
            "page_obj": page,
            "feed_url": (
                reverse("office_hours_area_feed", args=[area.slug])
                if area
                else reverse("office_hours_feed")
            ),
            "map_config": list_map(
                layers.get("spreekuren"), label=_("Kaart van de spreekuren"), area=area
            ),
        },
        status=200 if valid else 400,
    )


def office_hour_context(*, office_hour: OfficeHourPage, request: HttpRequest) -> dict:
    """Coming moments, place, project and map of one office hour."""
    slots = office_hour.upcoming(now=timezone.now(), limit=COMING_ON_PAGE)
    return {
        "slots": slots,
        "next_slot": next((slot for slot in slots if not slot.cancelled), None),
        "project": project_of(office_hour),
        "facts": [
            (_("Toegankelijk zonder drempel of trap"), office_hour.get_step_free_display()),
            (_("Ringleiding voor gehoorapparaten"), office_hour.get_hearing_loop_display()),
            (_("Talen"), dutch(office_hour.languages)),
            (_("Afspraak"), dutch(office_hour.appointment)),
        ],
        "ics_url": reverse("office_hour_ics", args=[office_hour.pk]) if office_hour.pk else "",
        "map_config": own_map(office_hour, layers.get("spreekuren")),
    }


def project_of(office_hour: OfficeHourPage) -> ProjectPage | None:
    """The public project this office hour is about: the one it lies under, or the linked one."""
    above = None
    if office_hour.path:
        above = ProjectPage.objects.live().ancestor_of(office_hour).first()
    linked = office_hour.project
    return above or (linked if linked is not None and linked.live else None)


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """`GET /spreekuren/agenda.ics`: all public office hours; four queries."""
    name = _("Spreekuren van de gemeente")
    return _calendar(OfficeHourPage.objects.live().public(), name)


@require_safe
def area_feed(request: HttpRequest, slug: str) -> HttpResponse:
    """`GET /spreekuren/<area>.ics`: the public office hours of an area; five queries."""
    area = get_object_or_404(AreaPage.objects.live().without_geometry(), slug=slug)
    name = _("Spreekuren in %(area)s") % {"area": area.title}
    return _calendar(OfficeHourPage.objects.live().public().in_area(area), name)


@require_safe
def download(request: HttpRequest, pk: str) -> HttpResponse:
    """`GET /spreekuren/<id>/spreekuur.ics`: one office hour, as a file to save."""
    pages = OfficeHourPage.objects.live().public()
    office_hour = get_object_or_404(pages, pk=pk)
    response = _calendar(pages.filter(pk=pk), office_hour.title)
    response["Content-Disposition"] = f'attachment; filename="{office_hour.slug}.ics"'
    return response


def _calendar(pages: QuerySet, name: str) -> HttpResponse:
    pages = pages.defer("geometry", "about", "directions").order_by("pk")
    pages = pages.prefetch_related("moments", "series", "exceptions")
    return HttpResponse(calendar_of(pages, name=name), content_type="text/calendar; charset=utf-8")
