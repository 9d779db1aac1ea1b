"""Draw-or-type widget for a geometry, for the Wagtail admin."""

import json

from django import forms
from django.conf import settings
from django.contrib.gis.geos import GEOSGeometry
from django.forms.widgets import Script
from django.utils.translation import gettext as _

from cms.geometry.mapconfig import map_texts, tiles_config
from cms.geometry.parsing import SIMPLE_TYPES, SRID, to_geojson


class GeometryWidget(forms.Widget):
    """A map to draw on, above a text box that holds the same place and works by itself.

    `geom_types`: simple kinds that may be drawn, out of Point, LineString and Polygon.
    `multiple`: several of one kind may be drawn. `max_vertices`: most points accepted,
    default `GEOMETRY_MAX_VERTICES`. `background_url`: GeoJSON of outlines drawn underneath,
    default `GEOMETRY_BACKGROUND_URL`.
    A Stimulus controller starts the map, so that rows and blocks added later work too.
    """

    template_name = "cms/geometry/widget.html"
    needs_multipart_form = False

    def __init__(
        self,
        geom_types=SIMPLE_TYPES,
        *,
        multiple=True,
        max_vertices=None,
        bounds=None,
        background_url=None,
        required=False,
        attrs=None,
    ):
        super().__init__(attrs)
        unknown = set(geom_types) - set(SIMPLE_TYPES)
        if unknown:
            raise ValueError(f"Unknown geometry types: {', '.join(sorted(unknown))}")
        self.geom_types = tuple(geom_types)
        self.multiple = multiple
        self.max_vertices = max_vertices
        self.bounds = bounds
        self.background_url = background_url
        self.is_required = required

    @property
    def media(self):
        return forms.Media(
            css={
                "all": [
                    "leaflet/leaflet.css",
                    "leaflet/draw/leaflet.draw.css",
                    "admin/geometry/widget.css",
                ]
            },
            js=[
                "leaflet/leaflet.js",
                "leaflet/draw/leaflet.draw.js",
                Script("admin/geometry/controller.js", type="module"),
            ],
        )

    def format_value(self, value):
        """Write a geometry as "lat, lon" for one point, else as GeoJSON; text stays text."""
        if value is None or value == "":
            return ""
        if not isinstance(value, GEOSGeometry):
            return str(value)
        if value.empty:
            return ""
        if value.srid and value.srid != SRID:
            value = value.transform(SRID, clone=True)
        if value.geom_type == "Point":
            return f"{value.y:.7f}, {value.x:.7f}"
        return json.dumps(to_geojson(value))

    def use_required_attribute(self, initial):
        """Never: the text box may be folded away, where a browser cannot point at it."""
        return False

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        context["widget"]["config"] = json.dumps(self._config())
        context["widget"]["point_only"] = self.geom_types == ("Point",) and not self.multiple
        context["widget"]["rows"] = 1 if context["widget"]["point_only"] else 4
        return context

    def _config(self):
        return {
            "types": list(self.geom_types),
            "multiple": self.multiple,
            "maxVertices": self.max_vertices or settings.GEOMETRY_MAX_VERTICES,
            "bounds": list(self.bounds or settings.MAP_DEFAULT_BOUNDS),
            "tiles": tiles_config(),
            "background": (
                settings.GEOMETRY_BACKGROUND_URL
                if self.background_url is None
                else self.background_url
            ),
            "texts": {**map_texts(), **widget_texts()},
        }


def widget_texts():
    """Texts of the drawing tools, in the editor's language."""
    return {
        "drawPoint": _("Punt zetten"),
        "drawLine": _("Lijn tekenen"),
        "drawPolygon": _("Vlak tekenen"),
        "finish": _("Klaar met tekenen"),
        "removeLastVertex": _("Laatste punt weg"),
        "cancel": _("Stoppen met tekenen"),
        "undo": _("Ongedaan maken"),
        "clear": _("Wis"),
        "showAll": _("Toon de plek"),
        "removeSelected": _("Gekozen vorm wissen"),
        "oneKind": _("Wis eerst wat er staat om een andere soort te tekenen."),
        "pointStart": _("Klik op de kaart om het punt te zetten."),
        "lineStart": _("Klik op de kaart om de lijn te beginnen."),
        "lineContinue": _("Klik voor het volgende punt van de lijn."),
        "lineEnd": _("Klik op het laatste punt om de lijn af te maken."),
        "polygonStart": _("Klik op de kaart om het vlak te beginnen."),
        "polygonContinue": _("Klik voor de volgende hoek."),
        "polygonEnd": _("Klik op de eerste hoek om het vlak te sluiten."),
        "crossing": _("De rand mag zichzelf niet kruisen."),
        "empty": _("Er staat nog geen plek op de kaart."),
        "onePoint": _("1 punt op de kaart: %(spot)s. Versleep het om het te verplaatsen."),
        "points": _("%(count)s punten op de kaart. Versleep een punt om het te verplaatsen."),
        "lines": _("%(count)s lijnen op de kaart. Klik op een lijn om de punten te verslepen."),
        "oneLine": _("1 lijn met %(count)s punten. Sleep een punt om de lijn te veranderen."),
        "polygons": _("%(count)s vlakken op de kaart. Klik op een vlak om hoeken te verslepen."),
        "onePolygon": _("1 vlak met %(count)s hoeken. Sleep een hoek om het vlak te veranderen."),
        "tooManyVertices": _("Dit zijn te veel punten: %(count)s van de %(limit)s."),
        "tooDetailed": _("Deze vorm heeft te veel punten om te slepen. Wis en teken opnieuw."),
        "unread": _("Deze tekst tonen we niet op de kaart. Bij het opslaan controleren we hem."),
        "pointMarker": _("Punt op %(spot)s. Verplaats met de pijltjestoetsen, wis met Delete."),
        "mapLabel": _("Kaart om de plek op te tekenen"),
    }
