"""The pack of the visiting council, as a page and as PDF."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from areas.pack.building import build_pack
from areas.pack.forms import SinceForm
from areas.pack.rendering import filename, render_html, render_pdf

from .session import Visit, for_council


@require_safe
@for_council
def pack(request: HttpRequest, visit: Visit) -> HttpResponse:
    """`GET /raadskamer/stukken/?sinds=…`: what to know before the next meeting.

    With a wrong day the page shows the pack since the last meeting with the error, as status 400.
    """
    form = SinceForm(request.GET)
    since = form.cleaned_data["sinds"] if form.is_valid() else None
    made = build_pack(council=visit.council, since=since)
    return render(
        request,
        "room/pack.html",
        {
            "council": visit.council,
            "current": "room_pack",
            "body": render_html(made),
            "form": form,
            "asked": request.GET.get("sinds", "") if since else "",
        },
        status=200 if form.is_valid() else 400,
    )


@require_safe
@for_council
def pack_pdf(request: HttpRequest, visit: Visit) -> HttpResponse:
    """`GET /raadskamer/stukken.pdf?sinds=…`: the same as tagged PDF, in Dutch."""
    form = SinceForm(request.GET)
    since = form.cleaned_data["sinds"] if form.is_valid() else None
    document = render_pdf(council=visit.council, since=since)
    response = HttpResponse(document.content, content_type="application/pdf")
    name = filename(visit.council, timezone.localtime())
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response
