"""Where the municipality and its areas lie, kept in the process as long as a page would be."""

from django.conf import settings
from django.contrib.gis.geos import GEOSGeometry, Polygon

from cms import pagecache

from .models import AreaPage

MARGIN_DEGREES = 0.004  # about 300 to 450 m: boundaries are never exact


def municipality() -> GEOSGeometry:
    """All areas together with a margin around them, as boundaries are never exact (SRID 4326).

    Where no area has a boundary yet, the default bounds of the map.
    """
    kept = pagecache.remember(("municipality",), lambda: _outline(AreaPage.objects.all()))
    return _geometry(kept) if kept else Polygon.from_bbox(settings.MAP_DEFAULT_BOUNDS)


def area_outline(area_id: int) -> tuple[str, GEOSGeometry] | None:
    """Name and outline of one area with the same margin; None without a boundary."""
    name, kept = pagecache.remember(
        ("area-outline", area_id),
        lambda: (
            AreaPage.objects.filter(pk=area_id).values_list("title", flat=True).first() or "",
            _outline(AreaPage.objects.filter(pk=area_id)),
        ),
    )
    return (name, _geometry(kept)) if kept else None


def _geometry(wkb: bytes) -> GEOSGeometry:
    return GEOSGeometry(memoryview(wkb), srid=4326)


def _outline(areas) -> bytes:
    """As WKB, because a geometry object may not be shared between threads."""
    shapes = [shape for shape in areas.values_list("geometry", flat=True) if shape]
    if not shapes:
        return b""
    whole = shapes[0]
    for shape in shapes[1:]:
        whole = whole.union(shape)
    return bytes(whole.buffer(MARGIN_DEGREES).wkb)
