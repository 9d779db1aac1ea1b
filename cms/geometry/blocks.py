"""A place on the map inside a StreamField."""

import json

from django.contrib.gis.gdal import GDALException
from django.contrib.gis.geos import GEOSException, GEOSGeometry
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.html import format_html
from wagtail.blocks import FieldBlock

from cms.geometry.describe import describe
from cms.geometry.forms import GeometryFormField
from cms.geometry.parsing import SIMPLE_TYPES, parse_geometry, to_geojson
from cms.geometry.widgets import GeometryWidget


class GeometryBlock(FieldBlock):
    """A geometry (GEOSGeometry, SRID 4326, or None), stored in the stream as GeoJSON.

    Takes the options of `GeometryWidget`. While an editor has typed something that cannot
    be read, the value is that text, so that the form shows it again.
    """

    def __init__(
        self,
        required=True,
        help_text=None,
        geom_types=SIMPLE_TYPES,
        multiple=True,
        max_vertices=None,
        **kwargs,
    ):
        self.field_options = {"required": required, "help_text": help_text}
        self.widget_options = {
            "geom_types": geom_types,
            "multiple": multiple,
            "max_vertices": max_vertices,
        }
        super().__init__(**kwargs)

    @cached_property
    def field(self):
        return GeometryFormField(widget=GeometryWidget(**self.widget_options), **self.field_options)

    def to_python(self, value):
        """Read what the stream holds; no rules here, as what was once accepted stays."""
        if not value or isinstance(value, GEOSGeometry):
            return value or None
        try:
            if isinstance(value, dict):
                return GEOSGeometry(json.dumps(value))
            return parse_geometry(value)
        except (ValidationError, GEOSException, GDALException, ValueError):
            return None

    def normalize(self, value):
        return self.to_python(value)

    def get_prep_value(self, value):
        if isinstance(value, GEOSGeometry):
            return to_geojson(value)
        return value or None

    def render_basic(self, value, context=None):
        """Words, not a map: what history, comparison and a plain rendering show."""
        if isinstance(value, GEOSGeometry):
            return format_html("{}", describe(value))
        return format_html("{}", value or "")

    def get_searchable_content(self, value):
        return []

    class Meta:
        icon = "site"
