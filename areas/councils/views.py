"""The public page of a council."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from areas.models import AreaPage
from cms.languages import dutch

from .models import Council


@require_safe
def council_list(request: HttpRequest) -> HttpResponse:
    """`GET /raden/`: all councils by area; two queries besides the page frame."""
    areas = {area.pk: area for area in AreaPage.objects.live().without_geometry().in_order()}
    grouped = {pk: [] for pk in areas}
    for council in Council.objects.active().defer("geometry", "map_geometry"):
        if council.area_id in grouped:
            grouped[council.area_id].append(council)
    groups = [(areas[pk], councils) for pk, councils in grouped.items() if councils]
    return render(request, "councils/council_list.html", {"groups": groups})


@require_safe
def council_page(request: HttpRequest, slug: str) -> HttpResponse:
    """`GET /raden/<slug>/`: what the council is and how to reach the area manager."""
    council = get_object_or_404(
        Council.objects.active().select_related("area").prefetch_related("places"), slug=slug
    )
    area = council.area
    return render(
        request,
        "councils/council_page.html",
        {
            "council": council,
            "crumbs": [
                {"title": _("Home"), "url": area.get_parent().get_url(request)},
                {"title": _("Dorps- en wijkraden"), "url": reverse("councils")},
            ],
            "facts": [
                (_("Gebied"), dutch(area.title)),
                (
                    _("Dorpen en wijken"),
                    dutch(", ".join(place.name for place in council.places.all())),
                ),
                (_("Overleg"), dutch(council.meeting_rhythm)),
            ],
            "agreements": council.agreements.public().select_related("document"),
            "minutes": council.meetings.with_public_minutes().defer("map_geometry")[:10],
            # The reverse side of a relation that the agenda, one room up, keeps to us.
            "signals": council.signals.published().defer("geometry", "map_geometry")[:10],
            "items": council.agenda_items.live().select_related("theme").order_by("path")[:20],
        },
    )
