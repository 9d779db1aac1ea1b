"""What everybody may read: signals that are on the site, and how fast they are answered."""

import json

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from areas import layers, maps
from cms.geometry.mapconfig import map_config
from cms.languages import dutch

from .models import Signal
from .steps_in_words import timeline
from .tables import public_tables

AROUND = (0.006, 0.004)  # degrees of longitude and latitude: about 400 m


@require_safe
def signal_page(request: HttpRequest, reference: str) -> HttpResponse:
    """`GET /signalen/<reference>/`: a signal that is on the site; every other is not found."""
    rows = Signal.objects.published().select_related("area", "council", "agenda_item")
    signal = get_object_or_404(
        rows.defer("area__geometry", "council__geometry", "council__map_geometry"),
        reference=reference,
    )
    item = signal.agenda_item
    if item is not None and (not item.live or item.get_view_restrictions().exists()):
        item = None
    council = signal.council if signal.council and signal.council.active else None
    term = date_format(signal.due_on) if signal.is_open else None
    return render(
        request,
        "signals/signal_page.html",
        {
            "signal": signal,
            "council": council,
            "item": item,
            "crumbs": [
                {"title": _("Home"), "url": signal.area.get_parent().get_url(request)},
                {"title": signal.area.title, "url": signal.area.get_url(request), "lang": "nl"},
            ],
            "facts": [
                (
                    _("Ingebracht door"),
                    dutch(signal.council.name) if signal.council else _("Een bewoner"),
                ),
                (_("Gebied"), dutch(signal.area.title)),
                (_("Plek"), dutch(signal.place_name)),
                (_("Ontvangen op"), date_format(timezone.localtime(signal.received_at))),
                (_("Antwoord uiterlijk op"), term),
                (_("Kenmerk"), signal.reference),
            ],
            "updates": timeline(signal.steps.told_to_asker(signal)),
            "map_config": place_map(signal, url=signal.get_absolute_url()),
        },
    )


def place_map(signal: Signal, *, url: str) -> dict | None:
    """Config of a map with the place of one signal, or None where it has none of its own."""
    if signal.geometry is None:
        return None
    link = maps.layer_links([layers.get("signalen")])[0]
    link.pop("url")
    properties = {"title": signal.subject, "url": url, "status": signal.state}
    feature = {
        "type": "Feature",
        "id": signal.pk,
        "geometry": json.loads(signal.geometry.geojson),
        "properties": properties,
    }
    link["data"] = {"type": "FeatureCollection", "features": [feature]}
    west, south, east, north = signal.geometry.extent
    bounds = (west - AROUND[0], south - AROUND[1], east + AROUND[0], north + AROUND[1])
    return map_config([link], bounds=bounds, label=signal.subject)


def _address_of(name: str) -> str:
    """The address of a page of another part of the house, or nothing where that is not there."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


@require_safe
def figures_page(request: HttpRequest) -> HttpResponse:
    """`GET /zo-snel-antwoorden-wij/?jaar=`: figures of a year; an unknown year is a 400."""
    today = timezone.localdate()
    form, tables = public_tables(request.GET, today=today)
    return render(
        request,
        "signals/figures_page.html",
        {"form": form, "tables": tables, "ask_url": _address_of("signal_ask")},
        status=200 if form.is_valid() else 400,
    )
