"""Asking something as a resident: what to do, the form, the mail that confirms, the status.

No page tells a stranger whether an address is known.
"""

import logging
import smtplib
from http import HTTPStatus
from urllib.parse import urlencode

from django.contrib.gis.db.models import Extent
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from areas import layers
from areas.layers import AreaLayer
from areas.maps import layer_links
from areas.models import AreaPage
from areas.point_field import ChosenPlace, PointField
from cms import ratelimit
from cms.geometry.mapconfig import point_input_config
from cms.models import SiteSettings
from cms.private_pages import for_one_person

from .. import following
from ..intake_forms import new_key
from ..links import signal_for_token, status_token
from ..models import Signal
from ..services import intake
from .forms import INITIATIVE, QUESTION, REPORT, AskForm, WhatForm, area_at
from .mails import send_confirmation
from .puzzle import is_solved, new_puzzle
from .tokens import signal_to_confirm

logger = logging.getLogger(__name__)

HOUR, DAY = 3600, 86_400
TRIES_PER_SOURCE = 40  # forms sent in an hour, right or wrong; a library is one source
SENT_PER_SOURCE = 10  # in an hour, with the puzzle solved
SENT_WITHOUT_PUZZLE = 3  # in an hour, from one source
ALL_WITHOUT_PUZZLE = 60  # in an hour, from the whole world
PER_ADDRESS = 5  # mails a day
HELD_PER_SOURCE = 10  # forms in an hour of which the files wait for the next try
PLACE_PARTS = ("plek-lat", "plek-lon", "plek-plaats", "plek-tekst")

require_page = require_http_methods(["GET", "HEAD", "POST"])


def place_map(area: AreaPage | None = None) -> dict:
    """Config of the map of a form: all areas in outline, and at first the one given."""
    extent = None
    if area is not None:
        extent = AreaPage.objects.filter(pk=area.pk).aggregate(extent=Extent("geometry"))["extent"]
    return point_input_config(layer_links([layers.get(AreaLayer.key)]), bounds=extent)


@never_cache
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """`GET /vraag-of-initiatief/?wat=…&plek-lat=…`: a report goes to its own page, the rest on."""
    asked = "wat" in request.GET or any(name in request.GET for name in PLACE_PARTS)
    form = WhatForm(request.GET if asked else None)
    if asked and form.is_valid():
        what = form.cleaned_data["wat"]
        place: ChosenPlace = form.cleaned_data["plek"]
        if what != REPORT:
            kept = {name: request.GET[name] for name in PLACE_PARTS if request.GET.get(name)}
            return redirect(f"{reverse('signal_ask_form')}?{urlencode({'soort': what} | kept)}")
        settings = SiteSettings.for_request(request)
        context = {
            "report_url": report_url(settings.report_url, place),
            "passes_place": place.point is not None and "{lat}" in settings.report_url,
            "place": place,
        }
        return render(request, "signals/asking/report.html", context)
    return render(
        request,
        "signals/asking/start.html",
        {"form": form, "map_config": place_map()},
        status=HTTPStatus.BAD_REQUEST if asked else HTTPStatus.OK,
    )


def report_url(template: str, place: ChosenPlace) -> str:
    """The municipality's own page for reports, with the place in it where it takes one."""
    lat = f"{place.point.y:.6f}" if place.point else ""
    lon = f"{place.point.x:.6f}" if place.point else ""
    return template.replace("{lat}", lat).replace("{lon}", lon)


@never_cache
@require_page
def ask_form(request: HttpRequest) -> HttpResponse:
    """`/vraag-of-initiatief/formulier/`: the form; a mail to confirm follows for every address."""
    if request.method != "POST":
        kind = request.GET.get("soort")
        place = {name.removeprefix("plek-"): request.GET.get(name, "") for name in PLACE_PARTS}
        initial = {
            "soort": kind if kind in (QUESTION, INITIATIVE) else None,
            "plek": place,
            "sleutel": new_key(),
        }
        return _ask_page(request, AskForm(initial=initial), area=_area_at(place))
    source = ratelimit.client_key(request)
    if not ratelimit.allow("signal-try", source, limit=TRIES_PER_SOURCE, period=HOUR):
        return ratelimit.too_many(request)
    form = AskForm(request.POST, request.FILES)
    if not form.is_valid():
        return _ask_page(request, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    if not _within_limits(source, solved=is_solved(form.cleaned_data["puzzel"])):
        form.add_error(
            None,
            _(
                "Er komen nu te veel formulieren van uw verbinding. Probeer het over een uur "
                "weer, of bel ons: dan schrijven wij uw vraag op."
            ),
        )
        return _ask_page(request, form, HTTPStatus.TOO_MANY_REQUESTS)
    email = form.cleaned_data["email"]
    if ratelimit.allow("signal-address", email.lower(), limit=PER_ADDRESS, period=DAY):
        signal = intake.ask(**form.values, language=get_language() or "nl")
        try:
            send_confirmation(signal=signal)
        except smtplib.SMTPRecipientsRefused:
            form.add_error(
                "email", _("De mailserver kent dit adres niet. Kijk of het goed geschreven is.")
            )
            return _ask_page(request, form, HTTPStatus.UNPROCESSABLE_ENTITY)
        except OSError as error:
            logger.error("The mail that confirms a question was not sent: %s", error)
            form.add_error(
                None,
                _(
                    "Wij kunnen u nu geen mail sturen. Probeer het over een kwartier opnieuw, of "
                    "bel ons: dan schrijven wij uw vraag op."
                ),
            )
            return _ask_page(request, form, HTTPStatus.SERVICE_UNAVAILABLE)
    return redirect("signal_ask_sent")


def _within_limits(source: str, *, solved: bool) -> bool:
    if solved:
        return ratelimit.allow("signal-sent", source, limit=SENT_PER_SOURCE, period=HOUR)
    return ratelimit.allow(
        "signal-unsolved", source, limit=SENT_WITHOUT_PUZZLE, period=HOUR
    ) and ratelimit.allow("signal-unsolved-all", "all", limit=ALL_WITHOUT_PUZZLE, period=HOUR)


def _area_at(place: dict[str, str]) -> AreaPage | None:
    """The area of a place that came along in the address; None where that says no place."""
    if not any(place.values()):
        return None
    try:
        chosen = PointField(required=False).clean(place)
    except ValidationError:
        return None
    return area_at(chosen)


def _ask_page(
    request: HttpRequest,
    form: AskForm,
    status: int = HTTPStatus.OK,
    area: AreaPage | None = None,
) -> HttpResponse:
    if form.is_bound:
        if form.has_new_files:
            # So much of the disk is for strangers who get it wrong, and no more.
            source = ratelimit.client_key(request)
            if ratelimit.allow("signal-held", source, limit=HELD_PER_SOURCE, period=HOUR):
                form.hold_files()
            else:
                form.add_error("bijlagen", _("Kies uw bestanden opnieuw: wij bewaren ze niet."))
        area = form.area
    context = {"form": form, "area": area, "map_config": place_map(area)}
    return render(request, "signals/asking/form.html", context, status=status)


@never_cache
@require_safe
def puzzle(request: HttpRequest) -> HttpResponse:
    """`GET /vraag-of-initiatief/puzzel/`: a new puzzle for the browser, as JSON."""
    return JsonResponse(new_puzzle())


@require_safe
def ask_sent(request: HttpRequest) -> HttpResponse:
    """What everybody sees who sent the form."""
    return render(request, "signals/asking/sent.html", {"per_address": PER_ADDRESS})


@require_page
@for_one_person
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows what will be confirmed and a button; POST confirms. Twice changes nothing."""
    signal = signal_to_confirm(token)
    if signal is None:
        return render(request, "signals/asking/invalid_link.html", status=HTTPStatus.GONE)
    if request.method == "POST":
        try:
            signal = intake.confirm(signal_id=signal.pk)
        except intake.ConfirmedTooLateError:
            return render(request, "signals/asking/invalid_link.html", status=HTTPStatus.GONE)
        return redirect(f"{reverse('signal_status', args=[status_token(signal)])}?dank=1")
    if signal.state != Signal.State.UNCONFIRMED:
        return redirect("signal_status", token=status_token(signal))
    return render(request, "signals/asking/confirm.html", {"signal": signal})


@require_page
@for_one_person
def status(request: HttpRequest, token: str) -> HttpResponse:
    """Where a question stands, every step, the answer, and a way to say that it is not enough."""
    signal = signal_for_token(token)
    if signal is None or signal.state == Signal.State.UNCONFIRMED:
        return render(request, "signals/asking/invalid_link.html", status=HTTPStatus.GONE)
    until = following.reopen_until(signal)
    form = following.ReopenForm(request.POST or None) if until else None
    if request.method == "POST" and form is not None and form.is_valid():
        refused = following.reopen(signal=signal, text=form.cleaned_data["reactie"])
        if not refused:
            return redirect(f"{reverse('signal_status', args=[token])}?heropend=1")
        form.add_error(None, refused)
    return render(
        request,
        "signals/asking/status.html",
        {
            "signal": signal,
            "facts": following.facts_of(signal),
            "answer": following.answer_of(signal),
            "updates": following.updates_of(signal),
            "files": following.files_of(signal),
            "file_key": token,
            "until": until,
            "form": form,
            "term": following.day(signal.due_on),
            "thanks": "dank" in request.GET,
            "reopened": "heropend" in request.GET,
        },
        status=HTTPStatus.UNPROCESSABLE_ENTITY if form and form.errors else HTTPStatus.OK,
    )
