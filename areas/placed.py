"""The mixin of everything that has a place: its geometry and the areas derived from it."""

from django.contrib.gis.db import models as gis
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from cms.geometry.widgets import GeometryWidget

GEOMETRY_TYPES = ("Point", "LineString", "Polygon")


class Placed(models.Model):
    """Something with a place on the map.

    `geometry` is what the editor drew (WGS 84, SRID 4326), or nothing. From it follow on every
    save `areas`, all areas it touches plus the one it lives under, and `map_geometry`, which the
    map shows: the geometry itself or else a point of the nearest thing above it that has one,
    so that all that is on a list is also on the map.
    """

    geometry = gis.GeometryField(
        _("plek op de kaart"),
        srid=4326,
        null=True,
        blank=True,
        help_text=_("Teken een punt, lijn of vlak. Leeg: het geldt voor het hele gebied."),
    )
    place_name = models.CharField(
        _("adres of omschrijving van de plek"),
        max_length=200,
        blank=True,
        help_text=_("Voor wie de kaart niet ziet, zoals: Marktplein, Badhoevedorp."),
    )
    map_geometry = gis.GeometryField(srid=4326, null=True, blank=True, editable=False)
    areas = models.ManyToManyField("areas.AreaPage", editable=False, related_name="+")

    place_panels = [
        MultiFieldPanel(
            [
                FieldPanel("geometry", widget=GeometryWidget(geom_types=GEOMETRY_TYPES)),
                FieldPanel("place_name"),
            ],
            heading=_("Plek"),
        )
    ]

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        """Save, then derive areas and map geometry unless only other columns were written."""
        update_fields = kwargs.get("update_fields")
        with transaction.atomic():
            super().save(*args, **kwargs)
            if update_fields is None or "geometry" in update_fields:
                from .services import derive_place

                derive_place(placed=self)

    @property
    def home_area_id(self) -> int | None:
        """The area this belongs to, wherever it is drawn; page types find it in the tree."""
        from .models import AreaPage

        return AreaPage.objects.ancestor_of(self).values_list("pk", flat=True).first()

    @property
    def further_area_ids(self) -> set[int]:
        """Areas it belongs to besides, wherever it is drawn: those a newsletter goes to."""
        return set()

    @property
    def fallback_geometry(self):
        """Geometry to stand in for an empty one, or None for the area's; see projects."""
        return None
