"""A geometry in words, for lists, history and comparison of versions."""

from django.contrib.gis.gdal import GDALException
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.geometry.parsing import RD_SRID, explode


def describe(geometry):
    """Describe a geometry (SRID 4326) in one plain sentence part; "" for none.

    Lengths and areas are computed in EPSG:28992. The centre is given to a decimetre or so
    (six decimals of a degree), so that two versions that differ read differently.
    """
    if geometry is None or geometry.empty:
        return ""
    parts = explode(geometry)
    kind = parts[0].geom_type
    if kind == "Point" and len(parts) == 1:
        return _("Punt op %(spot)s") % {"spot": _spot(geometry)}
    if kind == "Point":
        count = ngettext("%(count)d punt", "%(count)d punten", len(parts)) % {"count": len(parts)}
        return _("%(what)s rond %(spot)s") % {"what": count, "spot": _spot(geometry.centroid)}
    vertices = geometry.num_coords
    if kind == "LineString":
        what = ngettext("Lijn met %(count)d punt", "Lijn met %(count)d punten", vertices)
    else:
        vertices -= sum(len(part) for part in parts)  # the first point of a ring stands in it twice
        what = ngettext("Vlak met %(count)d hoekpunt", "Vlak met %(count)d hoekpunten", vertices)
    return _("%(what)s, %(size)s, midden op %(spot)s") % {
        "what": what % {"count": vertices},
        "size": _size(geometry, kind),
        "spot": _spot(geometry.centroid),
    }


def _spot(point):
    return f"{point.y:.6f}, {point.x:.6f}"


def _size(geometry, kind):
    try:
        rd = geometry.transform(RD_SRID, clone=True)
    except GDALException:
        return _("onbekende maat")
    if kind == "LineString":
        return _("%(number)s km") % {"number": number_format(rd.length / 1000, 2)}
    return _("%(number)s hectare") % {"number": number_format(rd.area / 10_000, 2)}
