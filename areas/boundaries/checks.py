"""Geometry checks on boundaries that were read, and the road to what is stored."""

import geopandas
import numpy
import shapely
from django.conf import settings
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from shapely.validation import explain_validity

from .reader import RD, WGS84, Boundary, BoundaryError, Source, read, to_crs

POLYGONS = ("Polygon", "MultiPolygon")
MAX_TOLD = 20


def load_boundaries(source: Source) -> list[Boundary]:
    """Read, check, merge and dissolve: one Boundary for each code, in the order of the file.

    Raises BoundaryError with every problem found, at most twenty, each naming its feature:
    missing, broken or non-polygon geometry, a place outside the Netherlands, overlap above the
    tolerance (m2, computed in EPSG:28992), and merges of codes that are not in the file.
    """
    rows = read(source)
    _refuse(_shape_problems(rows))
    _refuse(_place_problems(to_crs(rows, WGS84)))
    _refuse(_overlap_problems(to_crs(rows, RD), source.tolerance_m2))
    _refuse(_merge_problems(rows, source.merges))
    rows["code"] = rows["code"].replace(source.merges)
    return _dissolve(rows, source)


def _refuse(problems: list[str]) -> None:
    if len(problems) > MAX_TOLD:
        more = _("… en nog %d.") % (len(problems) - MAX_TOLD)
        problems = [*problems[:MAX_TOLD], more]
    if problems:
        raise BoundaryError(problems)


def _shape_problems(rows) -> list[str]:
    problems = []
    for row in rows.itertuples():
        shape = row.geometry
        if shape is None or shape.is_empty:
            problem = _("%(feature)s heeft geen vlak.")
        elif shape.geom_type not in POLYGONS:
            problem = _("%(feature)s is geen vlak maar een punt of lijn.")
        elif not numpy.isfinite(shapely.get_coordinates(shape)).all():
            problem = _("%(feature)s heeft coördinaten die geen getal zijn.")
        elif not shape.is_valid:
            problem = _("%(feature)s is geen goed vlak: de rand raakt of kruist zichzelf%(where)s.")
        else:
            continue
        where = explain_validity(shape) if shape is not None else ""
        spot = where[where.find("[") + 1 : -1] if "[" in where else ""
        problems.append(
            problem
            % {"feature": row.label, "where": _(" bij %(spot)s") % {"spot": spot} if spot else ""}
        )
    return problems


def _place_problems(rows) -> list[str]:
    west, south, east, north = settings.MAP_ALLOWED_BOUNDS
    problems = []
    for label, (left, bottom, right, top) in zip(
        rows["label"], rows.bounds.to_numpy(), strict=True
    ):
        inside = west <= left <= right <= east and south <= bottom <= top <= north
        if not inside:
            problems.append(
                _("%(feature)s ligt niet in Nederland. Klopt het coördinatenstelsel (--crs)?")
                % {"feature": label}
            )
    return problems


def _overlap_problems(rows, tolerance_m2: float) -> list[str]:
    shapes = rows.geometry.to_numpy()
    labels = rows["label"].to_numpy()
    first, second = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    pairs = sorted((a, b) for a, b in zip(first, second, strict=True) if a < b)
    problems = []
    for a, b in pairs:
        shared = shapely.intersection(shapes[a], shapes[b]).area
        if shared > tolerance_m2:
            problems.append(
                _("%(one)s en %(other)s liggen %(size)s m² over elkaar; %(limit)s m² mag.")
                % {
                    "one": labels[a],
                    "other": labels[b],
                    "size": number_format(shared, 0),
                    "limit": number_format(tolerance_m2, 0),
                }
            )
    return problems


def _merge_problems(rows, merges: dict[str, str]) -> list[str]:
    codes = list(dict.fromkeys(rows["code"]))
    return [
        _(
            "--merge %(source)s=%(target)s kan niet: %(missing)s staat niet in het bestand. Er is "
            "wel: %(codes)s."
        )
        % {"source": source, "target": target, "missing": missing, "codes": ", ".join(codes)}
        for source, target in merges.items()
        for missing in (source, target)
        if missing not in codes
    ]


def _dissolve(rows: geopandas.GeoDataFrame, source: Source) -> list[Boundary]:
    names = {}
    for row in rows.itertuples():
        names.setdefault(row.code, row.name)
    joined = rows[["code", "geometry"]].dissolve(by="code", sort=False)
    metric = to_crs(joined, RD).geometry.area
    degrees = to_crs(joined, WGS84).geometry
    return [
        Boundary(
            code=code,
            name=names[code],
            polygon=_multipolygon(degrees.loc[code]),
            area_m2=float(metric.loc[code]),
        )
        for code in joined.index
    ]


def _multipolygon(shape) -> shapely.MultiPolygon:
    return shape if shape.geom_type == "MultiPolygon" else shapely.MultiPolygon([shape])
