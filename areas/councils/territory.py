"""What lies in the territory of a council: one definition for its page, its pack and its mail.

The territory is the first of these that is there:

1. the polygon that the manager drew;
2. the surroundings of its places, a circle by their kind (setting COUNCIL_SURROUNDINGS);
3. the surroundings of the point or line that was drawn, as wide as those of a village;
4. its area.

In it lies what was drawn and touches it. What was not drawn holds for the whole area, as editors
read beside the map, and so also for every council of that area.
"""

from dataclasses import dataclass
from functools import reduce

from django.conf import settings
from django.contrib.gis.geos import GEOSGeometry
from django.db.models import Q, QuerySet

from cms.geometry.grid import to_rd, to_wgs84

VILLAGE = "kern"
POLYGONS = 2


@dataclass(frozen=True)
class Territory:
    """`geometry` in WGS 84 (SRID 4326), or None where it is the whole area `area_id`."""

    area_id: int
    geometry: GEOSGeometry | None

    def rows_in(self, rows: QuerySet) -> QuerySet:
        """Those of `rows`, of a `Placed` model, that lie in the territory, each once.

        Subqueries instead of joins: the rows can be counted, sliced and annotated further.
        """
        through = rows.model.areas.through
        column = rows.model._meta.get_field("areas").m2m_field_name()
        of_area = Q(pk__in=through.objects.filter(areapage_id=self.area_id).values(f"{column}_id"))
        if self.geometry is None:
            return rows.filter(of_area)
        whole_area = Q(geometry__isnull=True) & of_area
        return rows.filter(Q(geometry__intersects=self.geometry) | whole_area)


def territory_of(council) -> Territory:
    """The territory of a saved council; one query for its places where they count."""
    return Territory(council.area_id, _drawn(council) or _surroundings(council))


def _drawn(council) -> GEOSGeometry | None:
    drawn = council.geometry
    return drawn if drawn is not None and drawn.dims == POLYGONS else None


def _surroundings(council) -> GEOSGeometry | None:
    metres = settings.COUNCIL_SURROUNDINGS
    circles = [
        _around(place.geometry, metres.get(place.kind, metres[VILLAGE]))
        for place in council.places.all()
    ]
    if not circles and council.geometry is not None:
        circles = [_around(council.geometry, metres[VILLAGE])]
    if not circles:
        return None
    union = reduce(GEOSGeometry.union, circles)
    return to_wgs84(union)


def _around(geometry: GEOSGeometry, metres: float) -> GEOSGeometry:
    """All within a distance, in the national grid (SRID 28992)."""
    return to_rd(geometry).buffer(metres)
