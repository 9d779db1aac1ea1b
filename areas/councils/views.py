"""The public page of a council."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from areas.models import AreaPage

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
    return render(request, "councils/council_page.html", {"council": council})
