"""A form field for one place: a spot on the map, a village from the list, or words."""

import math
from dataclasses import dataclass

from django import forms
from django.conf import settings
from django.contrib.gis.geos import Point, Polygon
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from .models import AreaPage, Place

COORDINATE_DECIMALS = 6  # about a decimetre
MARGIN_DEGREES = 0.004  # about 300 to 450 m: boundaries are never exact


@dataclass(frozen=True)
class ChosenPlace:
    """A cleaned value; `point` is a Point (SRID 4326) or None, `place` the village chosen.

    `approximate`: the point is that of the village, not one that somebody chose on the map.
    """

    point: Point | None = None
    text: str = ""
    approximate: bool = False
    place: Place | None = None

    def __bool__(self) -> bool:
        return self.point is not None or bool(self.text)


def in_municipality(point: Point) -> bool:
    """Whether a point (SRID 4326) lies in or just outside one of the areas.

    Where no area has a boundary yet, the default bounds of the map stand in for them.
    """
    if AreaPage.objects.touching(point.buffer(MARGIN_DEGREES)).exists():
        return True
    if AreaPage.objects.filter(geometry__isnull=False).exists():
        return False
    return Polygon.from_bbox(settings.MAP_DEFAULT_BOUNDS).contains(point)


class PointInput(forms.Widget):
    """Map, list of places and description; see `static_src/js/map/point-input.js`.

    Show it with components/point_field.html, on a page with components/point_js.html.
    """

    template_name = "components/point_input.html"
    use_fieldset = True
    is_point = True
    parts = ("plaats", "tekst", "lat", "lon")

    def value_from_datadict(self, data, files, name):
        return {part: data.get(f"{name}-{part}", "") for part in self.parts}

    def value_omitted_from_data(self, data, files, name):
        return not any(f"{name}-{part}" in data for part in self.parts)

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        context["value"] = value if isinstance(value, dict) else dict.fromkeys(self.parts, "")
        context["places"] = Place.objects.all()
        context["address_id"] = f"{context['widget']['attrs'].get('id', name)}_adres"
        return context


class PointField(forms.Field):
    """A spot on the map, a village or district from the list, or a description of the place."""

    widget = PointInput

    def __init__(self, *, longest: int = 300, **kwargs):
        super().__init__(**kwargs)
        self.longest = longest

    def to_python(self, value) -> dict:
        return {key: (text or "").strip() for key, text in (value or {}).items()}

    def clean(self, value) -> ChosenPlace:
        given = self.to_python(value)
        text = given.get("tekst", "").replace("\r\n", "\n")
        if "\x00" in "".join(given.values()):
            raise ValidationError(
                _("Er staat een teken in dat wij niet kunnen lezen. Typ de plek opnieuw.")
            )
        if len(text) > self.longest:
            raise ValidationError(
                _("De omschrijving is te lang. Gebruik ten hoogste %(longest)s tekens.")
                % {"longest": self.longest},
                code="max_length",
            )
        point = self._spot(given.get("lat", ""), given.get("lon", ""))
        place = self._place(given.get("plaats", ""))
        if place is not None:
            text = f"{place.name}: {text}" if text else place.name
        if point is None and place is not None:
            chosen = ChosenPlace(place.geometry, text, approximate=True, place=place)
        else:
            chosen = ChosenPlace(point, text, place=place)
        if self.required and not chosen:
            raise ValidationError(self.error_messages["required"], code="required")
        return chosen

    def _spot(self, lat: str, lon: str) -> Point | None:
        if not lat and not lon:
            return None
        try:
            x, y = float(lon), float(lat)
        except ValueError:
            x = y = math.nan
        if not (-180 <= x <= 180 and -90 <= y <= 90):
            raise ValidationError(
                _("Deze plek kunnen wij niet lezen. Kies de plek opnieuw op de kaart."),
                code="invalid",
            )
        point = Point(round(x, COORDINATE_DECIMALS), round(y, COORDINATE_DECIMALS), srid=4326)
        if not in_municipality(point):
            raise ValidationError(
                _("Deze plek ligt buiten de gemeente. Kies een plek binnen de gemeente."),
                code="outside",
            )
        return point

    def _place(self, slug: str) -> Place | None:
        if not slug:
            return None
        place = Place.objects.select_related("area").filter(slug=slug[:100]).first()
        if place is None:
            raise ValidationError(
                _("Dit dorp of deze wijk kennen wij niet. Kies er een uit de lijst."),
                code="unknown_place",
            )
        return place
