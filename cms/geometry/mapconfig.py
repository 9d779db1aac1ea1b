"""What a map in the browser needs to know, as one JSON-ready dict."""

from django.conf import settings
from django.utils.translation import gettext as _


def tiles_config():
    """Background tiles for Leaflet: {url, attribution, maxZoom}, or None when they are off."""
    tiles = settings.TILES
    if not tiles.get("enabled") or not tiles.get("url"):
        return None
    return {
        "url": tiles["url"],
        "attribution": tiles.get("attribution", ""),
        "maxZoom": tiles.get("max_zoom", 19),
    }


def map_texts():
    """Texts that the map's JavaScript shows, in the language of the request."""
    return {
        "zoomIn": _("Inzoomen"),
        "zoomOut": _("Uitzoomen"),
        "panUp": _("Kaart naar boven schuiven"),
        "panDown": _("Kaart naar beneden schuiven"),
        "panLeft": _("Kaart naar links schuiven"),
        "panRight": _("Kaart naar rechts schuiven"),
        "close": _("Sluiten"),
        "open": _("Lees meer over %(title)s"),
        "ctrlHint": _("Houd Ctrl ingedrukt om met het muiswiel te zoomen"),
        "touchHint": _("Verschuif de kaart met twee vingers"),
        "tilesDown": _("De achtergrondkaart is nu niet te zien. De plekken staan er wel op."),
        "layerFailed": _("De laag “%(layer)s” kon niet worden geladen."),
        "listFailed": _(
            "De lijst kon niet worden bijgewerkt. Klik op Toon om het weer te proberen."
        ),
        "noLayer": _("Vink ten minste één soort aan om iets te zien."),
        "retry": _("Opnieuw proberen"),
        "group": _("%(count)s plekken bij elkaar"),
        "groupHeading": _("%(count)s plekken op deze plek"),
    }


def map_config(
    layers=(),
    *,
    bounds=None,
    label=None,
    filter_form=None,
    list_region=None,
    pick_url=None,
    fit=False,
):
    """Build the config that `templates/components/map.html` hands to `js/map/main.js`.

    `layers`: dicts with
    - key, label (plural), singular, letter; shape: circle, square, diamond, triangle, hexagon,
      envelope, pin, or area for outlines; color: a layer's colour is the CSS token
      `--gp-layer-<color>`;
    - url of a GeoJSON FeatureCollection, or `data`, the collection itself. A feature has an id
      and the properties title, url, and optionally place, status, summary and short (what to
      write in a polygon);
    - optional: on (shown at the start, default True), statuses ({value: label} for popups),
      names (write titles on the map in place of the letter), background (outlines only),
      fills (polygons in the colour of the layer, with their short text or its letter inside;
      a table beside the map has to say the same).
    `bounds`: (west, south, east, north) in WGS 84, default the municipality. `fit`: zoom to
    the features once they are there. `filter_form`: id of the form whose checkboxes named
    "laag" switch layers. `list_region`: id of the element with the list that goes with the
    map. `pick_url`: a click, or Enter, goes to this address with lat and lon in the query.
    """
    return {
        "label": str(label or _("Kaart")),
        "bounds": list(bounds or settings.MAP_DEFAULT_BOUNDS),
        "tiles": tiles_config(),
        "layers": list(layers),
        "filterForm": filter_form,
        "listRegion": list_region,
        "pickUrl": pick_url,
        "fit": fit,
        "texts": map_texts(),
    }


def point_input_config(layers=(), *, bounds=None, label=None):
    """Build the config of a map question: see the contract in `static_src/js/map/point-input.js`.

    `layers`: outlines to draw under it, as in `map_config`. `bounds`: what to show at first,
    (west, south, east, north) in WGS 84.
    """
    config = map_config(layers, bounds=bounds, label=label or _("Kaart om een plek te kiezen"))
    config["texts"] |= {
        "pointHelp": _(
            "Klik of tik op de kaart om een plek te kiezen. Met het toetsenbord: ga naar de "
            "kaart, verschuif hem met de pijltjestoetsen en druk op Enter."
        ),
        "pointMiddle": _("Kies het midden van de kaart"),
        "pointClear": _("Wis de plek"),
        "pointChosen": _("Plek gekozen op %(lat)s, %(lon)s."),
        "pointNear": _("Plek gekozen, bij %(place)s."),
        "pointCleared": _("De plek is gewist."),
    }
    return config
