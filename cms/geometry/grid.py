"""From degrees (WGS 84, SRID 4326) to metres in the national grid (EPSG:28992) and back."""

import threading

from django.contrib.gis.gdal import CoordTransform, SpatialReference
from django.contrib.gis.geos import GEOSGeometry

WGS84, RD = 4326, 28992
_kept = threading.local()


def to_rd(geometry: GEOSGeometry) -> GEOSGeometry:
    """A copy in the national grid, where a metre is a metre."""
    return _transformed(geometry, WGS84, RD)


def to_wgs84(geometry: GEOSGeometry) -> GEOSGeometry:
    """A copy in degrees of a geometry in the national grid."""
    return _transformed(geometry, RD, WGS84)


def _transformed(geometry: GEOSGeometry, source: int, target: int) -> GEOSGeometry:
    # To work out how the grids lie takes 40 ms, and GDAL does so for every geometry that is
    # transformed by a number. What it worked out may not be shared between threads.
    transforms = vars(_kept)
    key = f"{source}-{target}"
    if key not in transforms:
        transforms[key] = CoordTransform(SpatialReference(source), SpatialReference(target))
    copy = geometry.transform(transforms[key], clone=True)
    copy.srid = target
    return copy
