"""The map beside a list, and the map on the page of one placed thing."""

import json

from django.contrib.gis.geos import GeometryCollection, GEOSGeometry

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


def own_map(page: Placed, layer: Layer, places=()) -> dict | None:
    """Config of a map with the outlines of the areas and this page, or None without a place.

    `places`: named places of the page, each with an id of its own, `place-<number from 1>`.
    The geometry comes with the page itself, so that a preview shows what the editor drew.
    """
    features = []
    if page.geometry is not None:
        features.append(feature(page.pk or 0, page.geometry, page.title, page.url, page.place_name))
    for number, place in enumerate(places, start=1):
        address = f"{page.url or ''}#plek-{number}"
        features.append(feature(f"place-{number}", place.geometry, place.name, address, ""))
    if not features:
        return None
    outlines, link = maps.layer_links([layers.get("gebieden"), layer])
    outlines.update(background=True, names=False)
    link.pop("url")
    link["data"] = {"type": "FeatureCollection", "features": features}
    shapes = [place.geometry for place in places]
    if page.geometry is not None:
        shapes.append(page.geometry)
    west, south, east, north = GeometryCollection(*shapes).extent
    bounds = (west - MARGIN_X, south - MARGIN_Y, east + MARGIN_X, north + MARGIN_Y)
    return map_config([outlines, link], bounds=bounds, label=page.title)


def feature(key: int | str, geometry: GEOSGeometry, title: str, url: str, place: str) -> dict:
    """A GeoJSON feature (WGS 84) as the map takes it."""
    return {
        "type": "Feature",
        "id": key,
        "geometry": json.loads(geometry.geojson),
        "properties": {"title": title, "url": url or "", "place": place},
    }
