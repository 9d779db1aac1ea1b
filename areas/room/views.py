"""The pages of the council room. Each shows what belongs to the visiting council and no other."""

from http import HTTPStatus

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from areas.councils.models import ActionPoint
from areas.signals import following
from areas.signals.asking.views import place_map
from areas.signals.intake_forms import new_key
from areas.signals.services.intake import place_signal

from .forms import RoomSignalForm
from .services import role_of
from .session import Visit, for_council

SHOWN = 5
MEETINGS_SHOWN, SIGNALS_SHOWN = 10, 20

require_page = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@for_council
def overview(request: HttpRequest, visit: Visit) -> HttpResponse:
    """`GET /raadskamer/`: the next meeting, what waits for an answer, what was agreed."""
    council = visit.council
    now = timezone.now()
    coming = council.meetings.filter(ends_at__gte=now, cancelled=False).order_by("starts_at", "pk")
    signals = council.signals.open().for_list().order_by("due_on", "pk")
    actions = ActionPoint.objects.filter(meeting__council=council).open()
    return render(
        request,
        "room/overview.html",
        {
            "council": council,
            "current": "room",
            "meeting": coming.defer("geometry", "map_geometry").first(),
            "signals": signals[:SHOWN],
            "actions": actions.select_related("meeting").defer(
                "meeting__geometry", "meeting__map_geometry", "meeting__minutes"
            )[:SHOWN],
            "counts": {"signals": signals.count(), "actions": actions.count()},
            "today": timezone.localdate(),
        },
    )


@require_safe
@for_council
def meetings(request: HttpRequest, visit: Visit) -> HttpResponse:
    """`GET /raadskamer/overleg/?pagina=…`: meetings with points, actions and adopted minutes."""
    rows = (
        visit.council.meetings.prefetch_related("agenda_points", "action_points")
        .defer("geometry", "map_geometry")
        .order_by("-starts_at", "-pk")
    )
    page_obj = Paginator(rows, MEETINGS_SHOWN).get_page(request.GET.get("pagina"))
    return render(
        request,
        "room/meetings.html",
        {
            "council": visit.council,
            "current": "room_meetings",
            "page_obj": page_obj,
            "now": timezone.now(),
        },
    )


@require_safe
@for_council
def signals(request: HttpRequest, visit: Visit) -> HttpResponse:
    """`GET /raadskamer/signalen/?pagina=…`: what this council brought in, the newest first."""
    rows = visit.council.signals.for_list().order_by("-received_at", "-pk")
    page_obj = Paginator(rows, SIGNALS_SHOWN).get_page(request.GET.get("pagina"))
    return render(
        request,
        "room/signals.html",
        {"council": visit.council, "current": "room_signals", "page_obj": page_obj},
    )


def _own_signal(visit: Visit, reference: str):
    rows = visit.council.signals.for_list().select_related("area", "council", "merged_into")
    return get_object_or_404(
        rows.defer("merged_into__geometry", "merged_into__map_geometry"), reference=reference
    )


@require_page
@for_council
def signal(request: HttpRequest, visit: Visit, reference: str) -> HttpResponse:
    """A signal of this council: every step, the answer, and a way to say that it is not enough."""
    row = _own_signal(visit, reference)
    until = following.reopen_until(row)
    form = following.ReopenForm(request.POST or None) if until else None
    if request.method == "POST" and form is not None and form.is_valid():
        refused = following.reopen(
            signal=row,
            text=form.cleaned_data["reactie"],
            author_role=role_of(council=visit.council, address=visit.address),
        )
        if not refused:
            return redirect(f"{reverse('room_signal', args=[reference])}?heropend=1")
        form.add_error(None, refused)
    return render(
        request,
        "room/signal.html",
        {
            "council": visit.council,
            "current": "room_signals",
            "signal": row,
            "facts": following.facts_of(row),
            "answer": following.answer_of(row),
            "updates": following.updates_of(row),
            "files": following.files_of(row),
            "until": until,
            "form": form,
            "reopened": "heropend" in request.GET,
        },
        status=HTTPStatus.UNPROCESSABLE_ENTITY if form and form.errors else HTTPStatus.OK,
    )


@require_page
@for_council
def signal_new(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The form to place a signal. Sent twice, the same form counts once."""
    form = RoomSignalForm(
        request.POST or None, request.FILES or None, initial={"sleutel": new_key()}
    )
    if request.method == "POST" and form.is_valid():
        placed = place_signal(
            council=visit.council,
            placed_by=role_of(council=visit.council, address=visit.address),
            **form.values,
        )
        return redirect("room_signal_placed", reference=placed.reference)
    if form.is_bound:
        form.hold_files()
    return render(
        request,
        "room/signal_new.html",
        {
            "council": visit.council,
            "current": "room_signal_new",
            "form": form,
            "map_config": place_map(visit.council.area),
        },
        status=HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK,
    )


@require_safe
@for_council
def signal_placed(request: HttpRequest, visit: Visit, reference: str) -> HttpResponse:
    """It is in, and on which day at the latest the answer comes."""
    row = _own_signal(visit, reference)
    return render(
        request,
        "room/signal_placed.html",
        {
            "council": visit.council,
            "current": "room_signals",
            "signal": row,
            "term": following.day(row.due_on),
        },
    )
