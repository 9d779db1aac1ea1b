"""Signing in to the council room by a link in a mail, and out again.

Whoever asks gets the same answer at the same speed, whether the address is known or not: looking
it up and mailing come after the answer.
"""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_safe

from cms import ratelimit
from cms.after import RedirectThen
from cms.private_pages import for_one_person

from .forms import SignInForm
from .mails import send_links
from .services import UsedLinkError, link_of, request_links, use_link
from .session import enter, leave, visit_of

HOUR = 3600
PER_SOURCE = 20  # requests an hour; a village hall is one source
PER_ADDRESS = 5  # mails an hour
LINKS_PER_SOURCE = 60  # links opened in an hour

require_page = require_http_methods(["GET", "HEAD", "POST"])


@require_page
@for_one_person
def sign_in(request: HttpRequest) -> HttpResponse:
    """`/raadskamer/inloggen/`: ask for a link."""
    if request.method != "POST":
        if visit_of(request) is not None:
            return redirect("room")
        form = SignInForm(initial={"naar": _inside(request.GET.get("naar", ""))})
        return _page(request, form)
    form = SignInForm(request.POST)
    if not form.is_valid():
        return _page(request, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    source = ratelimit.client_key(request)
    if not ratelimit.allow("room-source", source, limit=PER_SOURCE, period=HOUR):
        return ratelimit.too_many(request)
    address, next_path = form.cleaned_data["email"], _inside(form.cleaned_data["naar"])
    within = ratelimit.allow("room-address", address.lower(), limit=PER_ADDRESS, period=HOUR)

    def mail() -> None:
        if within and request_links(address=address, next_path=next_path):
            send_links(address=address)

    return RedirectThen(reverse("room_sent"), mail)


def _page(request: HttpRequest, form: SignInForm, status: int = HTTPStatus.OK) -> HttpResponse:
    context = {"form": form, "expired": "verlopen" in request.GET}
    return render(request, "room/sign_in.html", context, status=status)


def _inside(path: str) -> str:
    """A page of the room to go to after signing in; nothing where it is anything else."""
    inside = path.startswith(reverse("room")) and url_has_allowed_host_and_scheme(
        path, allowed_hosts=None
    )
    return path if inside and len(path) <= 200 else ""


@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    """What everybody sees who asked for a link."""
    return render(request, "room/sent.html")


@require_page
@for_one_person
def link(request: HttpRequest, token: str) -> HttpResponse:
    """A link from a mail: GET shows a button and uses nothing up, POST signs in, once."""
    source = ratelimit.client_key(request)
    if not ratelimit.allow("room-link", source, limit=LINKS_PER_SOURCE, period=HOUR):
        return ratelimit.too_many(request)
    try:
        if request.method == "POST":
            used = use_link(token=token)
            enter(request, council_id=used.council_id, address=used.address)
            return redirect(used.next_path or "room")
        found = link_of(token=token)
    except UsedLinkError:
        return render(request, "room/invalid_link.html", status=HTTPStatus.GONE)
    return render(request, "room/link.html", {"council": found.council})


@require_page
@for_one_person
def sign_out(request: HttpRequest) -> HttpResponse:
    """POST signs out; a GET, as of somebody who comes back here, goes to the room."""
    if request.method == "POST":
        leave(request)
        return redirect("room_signed_out")
    return redirect("room")


@require_safe
@for_one_person
def signed_out(request: HttpRequest) -> HttpResponse:
    """You are signed out."""
    return render(request, "room/signed_out.html")
