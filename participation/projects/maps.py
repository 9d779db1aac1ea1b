"""The map beside a list, and the map on the page of one placed thing."""

import json

from areas import layers, maps
from areas.layers import Layer
from areas.placed import Placed
from cms.geometry.mapconfig import map_config

#: Degrees around the thing: about 400 m.
MARGIN_X, MARGIN_Y = 0.006, 0.004


def list_map(layer: Layer, *, label: str, area=None, status: str = "", text: str = "") -> dict:
    """Config of the map beside a list: outlines of the areas, and a layer with its filters."""
    (outlines,) = maps.layer_links([layers.get("gebieden")], area=area)
    outlines.update(background=True, names=False)
    shown = maps.layer_links([layer], area=area, status=status, text=text)
    return map_config([outlines, *shown], label=label, fit=True)


def own_map(page: Placed, layer: Layer) -> dict | None:
    """Config of a map with the outlines of the areas and this page, or None without a place.

    The geometry comes with the page itself, so that a preview shows what the editor drew.
    """
    if page.geometry is None:
        return None
    outlines, link = maps.layer_links([layers.get("gebieden"), layer])
    outlines.update(background=True, names=False)
    link.pop("url")
    link["data"] = {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "id": page.pk or 0,
                "geometry": json.loads(page.geometry.geojson),
                "properties": {
                    "title": page.title,
                    "url": page.url or "",
                    "place": page.place_name,
                },
            }
        ],
    }
    west, south, east, north = page.geometry.extent
    bounds = (west - MARGIN_X, south - MARGIN_Y, east + MARGIN_X, north + MARGIN_Y)
    return map_config([outlines, link], bounds=bounds, label=page.title)
