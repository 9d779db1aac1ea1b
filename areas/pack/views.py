"""The page "Wat veranderde er"."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from areas import digest
from areas.digest import Scope

from .building import last_meeting
from .forms import MAX_PAGES, ChangesForm

PAGE_SIZE = 20
DEFAULT_PERIOD = timedelta(days=30)


@dataclass(frozen=True)
class Since:
    """From when on, and why then: "chosen", "meeting", "no-meeting" or "default"."""

    moment: datetime
    reason: str


@require_safe
def changes(request: HttpRequest) -> HttpResponse:
    """`GET /wat-veranderde/?sinds=…&raad=…&gebied=…&thema=…&pagina=…`: what changed, newest first.

    Without a day: since the last meeting of the chosen council, or the last 30 days. With a wrong
    filter the page shows the last 30 days of everything with the error, as status 400.
    """
    form = ChangesForm(request.GET)
    valid = form.is_valid()
    asked = form.cleaned_data if valid else {}
    now = timezone.now()
    since = _since(asked, now)
    number = asked.get("pagina") or 1
    scope = Scope(
        since=since.moment,
        until=now,
        areas=(asked["gebied"],) if asked.get("gebied") else (),
        theme=asked.get("thema"),
        council=asked.get("raad"),
        limit=number * PAGE_SIZE,
    )
    found = digest.changed(scope)
    reachable = min(found.total, MAX_PAGES * PAGE_SIZE)
    page = Paginator(range(reachable), PAGE_SIZE).get_page(number)
    return render(
        request,
        "pack/changes.html",
        {
            "form": form,
            "filtered": bool(request.GET),
            "since": since,
            "scope": scope,
            "total": found.total,
            "unreachable": found.total - reachable,
            "page_obj": page,
            "entries": [found.entries[index] for index in page.object_list],
        },
        status=200 if valid else 400,
    )


def _since(asked: dict, now: datetime) -> Since:
    """From when on; one query where a council was chosen without a day."""
    if asked.get("sinds"):
        return Since(asked["sinds"], "chosen")
    usual = now - DEFAULT_PERIOD
    if asked.get("raad") is None:
        return Since(usual, "default")
    meeting = last_meeting(asked["raad"], before=now)
    return Since(meeting.starts_at, "meeting") if meeting else Since(usual, "no-meeting")
