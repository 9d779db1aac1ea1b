"""Illustrative boundaries of the areas, computed from where their places lie."""

import geopandas
import shapely
from django.contrib.gis.geos import GEOSGeometry, MultiPolygon, Polygon

RD, WGS84 = "EPSG:28992", "EPSG:4326"
#: How far the municipality reaches beyond its outer places, in metres.
MARGIN = 1000
#: Corners closer to a straight line than this are dropped, in metres.
TOLERANCE = 5


def area_boundaries(places: dict[str, list[tuple]]) -> dict[str, MultiPolygon]:
    """Boundary (MultiPolygon, SRID 4326) of each area, from (name, latitude, longitude, …) rows.

    Each spot in the municipality belongs to the area of the nearest place: the Voronoi cells of
    the places within a buffer around their hull, computed in EPSG:28992 and dissolved by area.
    """
    rows = [
        (code, latitude, longitude)
        for code, entries in places.items()
        for _name, latitude, longitude, *_rest in entries
    ]
    spots = geopandas.GeoDataFrame(
        {"code": [code for code, _latitude, _longitude in rows]},
        geometry=geopandas.points_from_xy(
            [longitude for _code, _latitude, longitude in rows],
            [latitude for _code, latitude, _longitude in rows],
        ),
        crs=WGS84,
    ).to_crs(RD)
    outline = shapely.concave_hull(spots.union_all(), ratio=0.3).buffer(MARGIN)
    cells = spots.geometry.voronoi_polygons(extend_to=outline)
    joined = geopandas.GeoDataFrame(geometry=cells).sjoin(spots, predicate="contains")
    clipped = joined.assign(geometry=joined.geometry.intersection(outline))
    areas = clipped.dissolve(by="code").geometry
    # Together, so that neighbours keep the same border.
    areas = geopandas.GeoSeries(
        shapely.coverage_simplify(list(areas), TOLERANCE), index=areas.index, crs=RD
    ).to_crs(WGS84)
    return {code: _as_multipolygon(boundary) for code, boundary in areas.items()}


def _as_multipolygon(boundary) -> MultiPolygon:
    rounded = shapely.set_precision(boundary, 1e-6)
    geometry = GEOSGeometry(memoryview(shapely.to_wkb(rounded)), srid=4326)
    if isinstance(geometry, Polygon):
        return MultiPolygon(geometry, srid=4326)
    return geometry
