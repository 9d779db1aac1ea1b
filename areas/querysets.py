"""Queries about areas and what lies in them."""

from django.contrib.gis.db.models.functions import Envelope
from django.contrib.gis.geos import GEOSGeometry
from django.db import models

from cms.querysets import PublicPageQuerySet


class PlacedQuerySetMixin:
    """Queries of everything with a place; for the QuerySets of models that are `Placed`."""

    def within_territory(self, council):
        """What lies in the territory of a council; see `areas.councils.territory`."""
        return council.territory.rows_in(self)


class AreaQuerySet(PublicPageQuerySet):
    def touching(self, geometry: GEOSGeometry):
        """Areas that a geometry (SRID 4326) touches or overlaps."""
        return self.filter(geometry__intersects=geometry)

    def in_order(self):
        """In the order of the page tree, which an administrator can change."""
        return self.order_by("path")

    def without_geometry(self):
        """For lists and forms: the boundary of an area can be many thousands of points."""
        return self.defer("geometry")

    def with_bounds(self):
        """With `bounds`, the smallest upright box around the area as a polygon (SRID 4326)."""
        return self.annotate(bounds=Envelope("geometry"))


class PlaceQuerySet(models.QuerySet):
    def named(self, text: str):
        """Places whose name holds `text`, those that begin with it first."""
        return (
            self.filter(name__icontains=text)
            .annotate(
                later=models.Case(
                    models.When(name__istartswith=text, then=0),
                    default=1,
                    output_field=models.IntegerField(),
                )
            )
            .order_by("later", "name")
        )
