"""Form field for a place on the map."""

from django.contrib.gis import forms as gis_forms
from django.contrib.gis.geos import GEOSGeometry, MultiLineString, MultiPoint, MultiPolygon
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cms.geometry.parsing import SIMPLE_TYPES, SRID, combine, explode, parse_geometry
from cms.geometry.widgets import GeometryWidget

_COLUMN_TYPES = {
    "POINT": ("Point",),
    "LINESTRING": ("LineString",),
    "POLYGON": ("Polygon",),
    "MULTIPOINT": ("Point",),
    "MULTILINESTRING": ("LineString",),
    "MULTIPOLYGON": ("Polygon",),
    "GEOMETRY": SIMPLE_TYPES,
}
_SINGLE_COLUMNS = ("POINT", "LINESTRING", "POLYGON")
_WRAP = {
    "MULTIPOINT": MultiPoint,
    "MULTILINESTRING": MultiLineString,
    "MULTIPOLYGON": MultiPolygon,
}


class GeometryFormField(gis_forms.GeometryField):
    """A geometry in WGS 84, typed, pasted or drawn; takes the place of Django's own field.

    Allowed kinds are those of the widget, narrowed to what the column can hold. Errors are
    Dutch texts that say what to do; see `cms.geometry.parsing`.
    """

    widget = GeometryWidget
    default_error_messages = {
        "required": _("Zet een plek op de kaart of typ de coördinaten."),
        "single": _("Hier past één plek. Wis de andere."),
    }

    def __init__(self, *, geom_types=None, max_vertices=None, srid=SRID, **kwargs):
        super().__init__(srid=srid, **kwargs)
        column = _COLUMN_TYPES.get(self.geom_type.upper(), SIMPLE_TYPES)
        wanted = geom_types or self.widget.geom_types
        self.geom_types = tuple(name for name in wanted if name in column) or column
        self.max_vertices = max_vertices or self.widget.max_vertices
        self.single = self.geom_type.upper() in _SINGLE_COLUMNS or not self.widget.multiple
        self.widget.geom_types = self.geom_types
        self.widget.multiple = not self.single

    def to_python(self, value):
        """Return a GEOSGeometry (SRID 4326) or None; raises ValidationError."""
        if value in self.empty_values:
            return None
        limits = {"types": self.geom_types, "max_vertices": self.max_vertices}
        if isinstance(value, GEOSGeometry):
            geometry = combine(explode(value.clone()), **limits)
        else:
            geometry = parse_geometry(value, **limits)
        if geometry is None:
            return None
        if self.single and geometry.geom_type not in SIMPLE_TYPES:
            raise ValidationError(self.error_messages["single"], code="single")
        wrap = _WRAP.get(self.geom_type.upper())
        if wrap and geometry.geom_type in SIMPLE_TYPES:
            return wrap([geometry], srid=SRID)
        return geometry
