"""What maps of the platform show: links to layers, and rows described for a template."""

from django.http import QueryDict
from django.urls import reverse

from cms.geometry.mapconfig import map_config

from . import layers


def describe(row: tuple) -> dict:
    """A row of `layers.united` for a template.

    Gives layer (object), id, title, url, status, status_label, status_style and place.
    """
    key, primary_key, title, url, status, place = row
    layer = layers.get(key)
    return {
        "layer": layer,
        "id": primary_key,
        "title": title,
        "url": url,
        "status": status,
        "status_label": layer.status_label(status),
        "status_style": layer.status_styles.get(status, "planned"),
        "place": place,
    }


def layer_links(shown, *, on=None, area=None, status: str = "", text: str = "") -> list[dict]:
    """What the browser needs of each layer in `shown`, with the address of its GeoJSON.

    `on`: layers that are visible at the start, all by default. Filters as on `/kaart/`.
    """
    query = QueryDict(mutable=True)
    for name, value in (("gebied", area.slug if area else ""), ("status", status), ("q", text)):
        if value:
            query[name] = value
    suffix = f"?{query.urlencode()}" if query else ""
    return [
        {
            "key": layer.key,
            "label": str(layer.label),
            "singular": str(layer.singular),
            "letter": layer.letter,
            "shape": layer.shape,
            "color": layer.color,
            "on": on is None or layer in on,
            "statuses": {value: str(label) for value, label in layer.statuses},
            "names": layer.names,
            "url": reverse("map_layer", args=[layer.key]) + suffix,
        }
        for layer in shown
    ]


def area_map(area, *, label: str) -> dict:
    """Config of the map of one area: its outline and all that lies in it."""
    outline = layers.get("gebieden")
    others = [layer for layer in layers.all_layers() if layer is not outline]
    links = layer_links([outline, *others], on=[outline, *others], area=area)
    links[0]["background"] = True
    links[0]["names"] = False
    bounds = area.geometry.extent if area.geometry else None
    return map_config(links, bounds=bounds, label=label)
