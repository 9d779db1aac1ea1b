"""Who is signed in to the council room: a council in Django's session, and no user of the site."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.timezone import localdate

from areas.councils.models import Council
from areas.signals.models import Signal
from cms.private_pages import for_one_person

from .querysets import councils_of

KEY = "council_room"


@dataclass(frozen=True)
class Visit:
    """A council, and the address by which it is here."""

    council: Council
    address: str


def enter(request: HttpRequest, *, council_id: int, address: str) -> None:
    """Sign in, in a session with a new key and for ROOM_SESSION_HOURS."""
    request.session.cycle_key()
    seconds = settings.ROOM_SESSION_HOURS * 3600
    request.session[KEY] = {
        "council": council_id,
        "address": address,
        "until": int(time.time()) + seconds,
    }
    if SESSION_KEY not in request.session:  # a colleague's own log-in lasts as long as it did
        request.session.set_expiry(seconds)


def leave(request: HttpRequest) -> None:
    """Sign out; a colleague who is logged in to the admin as well stays so."""
    if SESSION_KEY in request.session:
        request.session.pop(KEY, None)
        request.session.cycle_key()
    else:
        request.session.flush()


def visit_of(request: HttpRequest) -> Visit | None:
    """Who is here; None where nobody is, or no longer may be. One query, once a request.

    The database is asked each time, so that a member who left is out at once.
    """
    if not hasattr(request, "council_visit"):
        request.council_visit = _find_visit(request)
    return request.council_visit


def _find_visit(request: HttpRequest) -> Visit | None:
    kept = request.session.get(KEY) if hasattr(request, "session") else None
    if not kept or kept["until"] <= time.time():
        return None
    council = councils_of(kept["address"], localdate()).filter(pk=kept["council"]).first()
    return Visit(council, kept["address"]) if council else None


def may_read(request: HttpRequest, signal: Signal) -> bool:
    """Whether the council that is here brought this signal in."""
    if signal.council_id is None or settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return False
    visit = visit_of(request)
    return visit is not None and visit.council.pk == signal.council_id


def for_council(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page of the room: the view gets the visit; who is not signed in goes to do so."""

    @for_one_person
    @wraps(view)
    def wrapped(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        visit = visit_of(request)
        if visit is not None:
            return view(request, visit, *args, **kwargs)
        query = {}
        if KEY in request.session:
            leave(request)
            query["verlopen"] = "1"
        typed = [request.POST.get(name, "") for name in ("onderwerp", "uitleg", "reactie")]
        if any(typed):
            return render(request, "room/expired.html", {"typed": typed}, status=403)
        if request.method == "GET" and request.path != reverse("room"):
            query["naar"] = request.path
        suffix = f"?{urlencode(query)}" if query else ""
        return redirect(reverse("room_sign_in") + suffix)

    return wrapped
