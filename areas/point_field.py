"""A form field for one place: a spot on the map, a village from the list, or words."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from django import forms
from django.contrib.gis.geos import Point
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from .models import Place
from .territory import municipality
from .villages import Village, villages

COORDINATE_DECIMALS = 6  # about a decimetre


@dataclass(frozen=True)
class ChosenPlace:
    """A cleaned value; `point` is a Point (SRID 4326) or None, `village` the one chosen.

    `approximate`: the point is that of the village, not one that somebody chose on the map.
    """

    point: Point | None = None
    text: str = ""
    approximate: bool = False
    village: Village | None = None

    def __bool__(self) -> bool:
        return self.point is not None or bool(self.text)

    @property
    def place(self) -> Place | None:
        """The village chosen, with its area. One query."""
        if self.village is None:
            return None
        return Place.objects.select_related("area").filter(slug=self.village.slug).first()


def in_municipality(point: Point) -> bool:
    """Whether a point (SRID 4326) lies in or just outside one of the areas."""
    return municipality().covers(point)


class PointInput(forms.Widget):
    """Map, list of places and description; see `static_src/js/map/point-input.js`.

    Show it with components/point_field.html, on a page with components/point_js.html.
    """

    template_name = "components/point_input.html"
    use_fieldset = True
    is_point = True
    parts = ("plaats", "tekst", "lat", "lon")
    #: The list to choose from; who shows several of these on a page gives all the same one.
    places: Iterable[Village] | None = None

    def value_from_datadict(self, data, files, name):
        return {part: data.get(f"{name}-{part}", "") for part in self.parts}

    def value_omitted_from_data(self, data, files, name):
        return not any(f"{name}-{part}" in data for part in self.parts)

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        context["value"] = value if isinstance(value, dict) else dict.fromkeys(self.parts, "")
        context["places"] = villages() if self.places is None else self.places
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
        village = self._village(given.get("plaats", ""))
        if village is not None:
            text = f"{village.name}: {text}" if text else village.name
        if point is None and village is not None:
            chosen = ChosenPlace(village.point, text, approximate=True, village=village)
        else:
            chosen = ChosenPlace(point, text, village=village)
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

    def _village(self, slug: str) -> Village | None:
        if not slug:
            return None
        village = next((one for one in villages() if one.slug == slug), None)
        if village is None:
            raise ValidationError(
                _("Dit dorp of deze wijk kennen wij niet. Kies er een uit de lijst."),
                code="unknown_place",
            )
        return village
