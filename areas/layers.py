"""Registry of map layers. One queryset a layer feeds the list and the GeoJSON.

A layer's rows have six columns, so that all layers unite in one list and one SQL statement
makes one FeatureCollection: see `COLUMNS`.
"""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.gis.db.models.functions import AsGeoJSON
from django.db import connections, models
from django.db.models import F, Value
from django.db.models.functions import Concat, Substr
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.models import Site

#: layer key, primary key, title, address, status value and place name of each row.
COLUMNS = ("layer", "key", "title", "url", "status", "place")
COORDINATE_DECIMALS = 6  # about a decimetre


@dataclass(frozen=True)
class Filters:
    """What a visitor asked of the map; all checked before it gets here."""

    area_id: int | None = None
    status: str = ""
    text: str = ""


class Layer:
    """One kind of thing on the map.

    `shape` and `letter` make the marker known without colour; `color` names a design token
    (`--gp-layer-<color>`). `statuses` are the (value, label) pairs the filter offers.
    """

    key: ClassVar[str]
    label: ClassVar[Any]
    singular: ClassVar[Any]
    letter: ClassVar[str]
    shape: ClassVar[str] = "circle"
    color: ClassVar[str] = "1"
    order: ClassVar[int] = 100
    statuses: ClassVar[list[tuple[str, Any]]] = []
    #: Status -> look of its label: planned, started, delayed, done, stopped, open or closed.
    status_styles: ClassVar[dict[str, str]] = {}
    #: Write titles on the map instead of the letter.
    names: ClassVar[bool] = False
    geometry_field: ClassVar[str] = "map_geometry"
    default_on: ClassVar[bool] = True

    def get_queryset(self) -> models.QuerySet:
        """Everything public of this kind; a page layer returns live, public pages."""
        raise NotImplementedError

    def filter_area(self, rows: models.QuerySet, area_id: int) -> models.QuerySet:
        """Rows that lie in an area; `Placed` models have the join ready."""
        through = rows.model.areas.through.objects.filter(areapage_id=area_id)
        field = rows.model.areas.field.m2m_field_name()
        return rows.filter(pk__in=through.values(f"{field}_id"))

    def filter_status(self, rows: models.QuerySet, status: str) -> models.QuerySet:
        """Rows with one of `statuses`; by default none, so another layer's status hides it."""
        return rows.none()

    def filter_text(self, rows: models.QuerySet, text: str) -> models.QuerySet:
        """Rows whose title or place holds the text."""
        return rows.filter(
            models.Q(**{f"{self.title_field}__icontains": text})
            | models.Q(place_name__icontains=text)
        )

    title_field: ClassVar[str] = "title"
    place_expression: ClassVar[Any] = F("place_name")
    status_expression: ClassVar[Any] = Value("")

    def url_expression(self):
        """SQL expression of the address, in the interface language of the request."""
        return page_url_expression()

    def rows(self, filters: Filters) -> models.QuerySet:
        """The filtered queryset, before the columns are chosen."""
        rows = self.get_queryset()
        if filters.area_id is not None:
            rows = self.filter_area(rows, filters.area_id)
        if filters.status:
            rows = self.filter_status(rows, filters.status)
        if filters.text:
            rows = self.filter_text(rows, filters.text)
        return rows.filter(**{f"{self.geometry_field}__isnull": False})

    def columns(self, filters: Filters) -> models.QuerySet:
        """The rows as tuples of `COLUMNS`, unordered, ready for a UNION."""
        text = models.TextField()
        return (
            self.rows(filters)
            .order_by()
            .annotate(
                c_layer=Value(self.key, output_field=text),
                c_key=F("pk"),
                c_title=models.functions.Cast(self.title_field, text),
                c_url=models.ExpressionWrapper(self.url_expression(), output_field=text),
                c_status=models.ExpressionWrapper(self.status_expression, output_field=text),
                c_place=models.ExpressionWrapper(self.place_expression, output_field=text),
            )
            .values_list("c_layer", "c_key", "c_title", "c_url", "c_status", "c_place")
        )

    def status_label(self, value: str) -> str:
        """The status in the visitor's language, or an empty text."""
        return str(dict(self.statuses).get(value, ""))


def page_url_expression():
    """Address of a page from its `url_path`, computed in SQL.

    Holds for the one site we serve: its root's path is replaced by the language prefix.
    """
    root_path = Site.get_site_root_paths()[0].root_path
    language = get_language() or settings.LANGUAGE_CODE
    prefix = "/" if language == settings.LANGUAGE_CODE else f"/{language}/"
    return Concat(
        Value(prefix), Substr("url_path", len(root_path) + 1), output_field=models.TextField()
    )


_layers: dict[str, Layer] = {}


def register(layer_class: type[Layer]) -> None:
    """Add a layer to the map; called in `AppConfig.ready()`."""
    _layers[layer_class.key] = layer_class()


def all_layers() -> list[Layer]:
    """Layers in the order of the legend."""
    return sorted(_layers.values(), key=lambda layer: (layer.order, layer.key))


def get(key: str) -> Layer:
    """The layer with this key; KeyError where there is none."""
    return _layers[key]


def united(layers: list[Layer], filters: Filters) -> models.QuerySet:
    """All rows of the layers as one queryset of `COLUMNS` tuples, by layer and title."""
    parts = [layer.columns(filters) for layer in layers]
    together = parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]
    return together.order_by("c_layer", "c_title", "c_key")


def feature_collection(layer: Layer, filters: Filters) -> bytes:
    """A GeoJSON FeatureCollection (RFC 7946, WGS 84) of a layer, built by the database.

    Properties: layer, title, url, status. One query, no Python object a feature.
    """
    rows = (
        layer.columns(filters)
        .annotate(
            c_geojson=AsGeoJSON(layer.geometry_field, precision=COORDINATE_DECIMALS),
        )
        .values_list("c_key", "c_title", "c_url", "c_status", "c_place", "c_geojson")
    )
    connection = connections[rows.db]
    sql, params = rows.query.get_compiler(rows.db).as_sql()
    names = "key, title, url, status, place, geojson"
    if connection.vendor == "postgresql":
        feature = (
            '\'{"type":"Feature","id":\' || key || \',"geometry":\' || geojson || '
            "',\"properties\":' || json_build_object('layer', %s::text, 'title', title,"
            " 'url', url, 'status', status, 'place', place)::text || '}'"
        )
        aggregate = f"coalesce(string_agg({feature}, ','), '')"
        source = f"({sql}) AS f({names})"
    else:
        feature = (
            '\'{"type":"Feature","id":\' || key || \',"geometry":\' || geojson || '
            "',\"properties\":' || json_object('layer', %s, 'title', title, 'url', url,"
            " 'status', status, 'place', place) || '}'"
        )
        aggregate = f"coalesce(group_concat({feature}, ','), '')"
        source = f"f({names}) AS ({sql})"
    statement = (
        f"SELECT {aggregate} FROM {source}"  # noqa: S608
        if connection.vendor == "postgresql"
        else f"WITH {source} SELECT {aggregate} FROM f"  # noqa: S608
    )
    ordered = (layer.key, *params) if connection.vendor == "postgresql" else (*params, layer.key)
    with connection.cursor() as cursor:
        cursor.execute(statement, ordered)
        features = cursor.fetchone()[0]
    return f'{{"type":"FeatureCollection","features":[{features}]}}'.encode()


class AreaLayer(Layer):
    """The areas themselves, as outlines."""

    key = "gebieden"
    label = _("Gebieden")
    singular = _("Gebied")
    letter = "G"
    shape = "area"
    color = "area"
    order = 10
    names = True
    geometry_field = "geometry"
    place_expression = Value("")

    def get_queryset(self):
        from .models import AreaPage

        return AreaPage.objects.live().public()

    def filter_area(self, rows, area_id):
        return rows.filter(pk=area_id)

    def filter_text(self, rows, text):
        return rows.filter(models.Q(title__icontains=text) | models.Q(summary__icontains=text))


class PlaceLayer(Layer):
    """Villages and districts."""

    key = "plaatsen"
    label = _("Dorpen en wijken")
    singular = _("Dorp of wijk")
    letter = "D"
    shape = "circle"
    color = "place"
    order = 20
    geometry_field = "geometry"
    title_field = "name"
    default_on = False
    place_expression = F("area__title")

    def get_queryset(self):
        from .models import Place

        return Place.objects.filter(area__live=True)

    def filter_area(self, rows, area_id):
        return rows.filter(area_id=area_id)

    def filter_text(self, rows, text):
        return rows.filter(name__icontains=text)

    def url_expression(self):
        from django.urls import reverse

        return Concat(
            Value(reverse("my_area") + "?plaats="), F("slug"), output_field=models.TextField()
        )
