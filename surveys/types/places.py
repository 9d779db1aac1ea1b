"""Answers that are a place: a spot on the map, and a postcode or the name of a village."""

import math
import re
from collections import Counter
from dataclasses import dataclass

from django import forms
from django.contrib.gis.geos import Point
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from areas.models import Place

from .base import Bars, QuestionBlock, QuestionField, QuestionType, bar_rows, safe_cell

COORDINATE_DECIMALS = 6  # about a decimetre
PLACES_SHOWN = 15
#: Four digits that do not begin with 0, and perhaps two letters.
POSTCODE = re.compile(r"^([1-9][0-9]{3})([A-Z]{2})?$")


@dataclass(frozen=True)
class PlaceAnswer:
    """A cleaned answer to a map question; `point` is a Point (SRID 4326) or None."""

    point: Point | None = None
    text: str = ""
    approximate: bool = False

    def __bool__(self) -> bool:
        return self.point is not None or bool(self.text)


class PointInput(forms.Widget):
    """Map, list of places and description; see `static_src/js/map/point-input.js`."""

    template_name = "surveys/widgets/point.html"
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
        return context


class PointField(QuestionField):
    """A spot on the map, a village or district from the list, or a description of the place."""

    widget = PointInput
    longest = 300

    def to_python(self, value) -> dict:
        return {key: (text or "").strip() for key, text in (value or {}).items()}

    def clean(self, value) -> PlaceAnswer:
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
            answer = PlaceAnswer(place.geometry, text, approximate=True)
        else:
            answer = PlaceAnswer(point, text)
        if self.required and not answer:
            raise ValidationError(self.error_messages["required"], code="required")
        return answer

    def _spot(self, lat: str, lon: str) -> Point | None:
        from ..services import in_municipality

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
        place = Place.objects.filter(slug=slug[:100]).first()
        if place is None:
            raise ValidationError(
                _("Dit dorp of deze wijk kennen wij niet. Kies er een uit de lijst."),
                code="unknown_place",
            )
        return place

    def values(self, cleaned):
        if not cleaned:
            return []
        return [{"point": cleaned.point, "text": cleaned.text, "approximate": cleaned.approximate}]

    def as_given(self, raw):
        given = self.to_python(raw)
        spot = ", ".join(filter(None, (given.get("lat"), given.get("lon"))))
        return "; ".join(filter(None, (given.get("plaats"), given.get("tekst"), spot)))


class PointBlock(QuestionBlock):
    class Meta:
        label = _("Plek op de kaart")
        icon = "site"


class MapPoint(QuestionType):
    kind = "point"
    seconds = 40
    block_class = PointBlock
    is_open = True

    def make_field(self, question, **common):
        common["error_messages"]["required"] = _(
            "Kies een plek op de kaart, kies een dorp of wijk, of beschrijf de plek."
        )
        return PointField(**common)

    def headers(self, question):
        return [
            str(pattern % {"question": question.label})
            for pattern in (
                _("%(question)s (omschrijving)"),
                _("%(question)s (breedtegraad)"),
                _("%(question)s (lengtegraad)"),
            )
        ]

    def filled_cells(self, question, rows):
        _option, text, _number, point = rows[0]
        spot = [_degrees(point.y), _degrees(point.x)] if point else ["", ""]
        return [safe_cell(text), *spot]


def _degrees(degrees: float) -> str:
    return f"{degrees:.{COORDINATE_DECIMALS}f}".replace(".", ",")


class PostcodeField(QuestionField, forms.CharField):
    """A postcode of four digits, perhaps with letters, or the name of a village or district."""

    def clean(self, value) -> str:
        text = super().clean(value)
        if not text:
            return ""
        if match := POSTCODE.match(re.sub(r"\s", "", text).upper()):
            whole = self.question.extra.get("whole")
            if whole and not match[2]:
                raise ValidationError(
                    _("Vul ook de letters van uw postcode in, zoals 2132 AB."), code="letters"
                )
            return f"{match[1]} {match[2]}" if whole else match[1]
        place = Place.objects.filter(name__iexact=text).first()
        if place is None:
            raise ValidationError(
                _(
                    "Dit is geen postcode en geen dorp of wijk die wij kennen. Vul een postcode "
                    "in, zoals 2132, of een naam uit onze gemeente."
                ),
                code="unknown_place",
            )
        return place.name

    def values(self, cleaned):
        return [{"text": cleaned}] if cleaned else []


class PostcodeBlock(QuestionBlock):
    label = blocks.CharBlock(label=_("vraag"), max_length=250)
    whole = blocks.BooleanBlock(
        label=_("ook de letters van de postcode bewaren"),
        required=False,
        default=False,
        help_text=_(
            "Een hele postcode kan verraden wie iemand is. Zet dit alleen aan als u het echt "
            "nodig hebt. Anders bewaren wij vier cijfers."
        ),
    )

    class Meta:
        label = _("Postcode of plaats")
        icon = "home"


class Postcode(QuestionType):
    kind = "postcode"
    seconds = 10
    block_class = PostcodeBlock
    counts_texts = True

    def settings(self, value):
        return {"whole": bool(value.get("whole"))}

    def make_field(self, question, **common):
        widget = forms.TextInput(attrs={"autocomplete": "postal-code", "maxlength": 100})
        return PostcodeField(max_length=100, widget=widget, **common)

    def help_parts(self, question):
        rule = (
            _("Uw postcode met letters, zoals 2132 AB, of uw dorp of wijk.")
            if question.extra.get("whole")
            else _(
                "Uw postcode of uw dorp of wijk. Van een postcode bewaren wij alleen de vier "
                "cijfers."
            )
        )
        return [*super().help_parts(question), rule]

    def result(self, question, tally):
        result = super().result(question, tally)
        counts = Counter(tally.texts.get(question.id, {}))
        offered = [(text, count, False) for text, count in counts.most_common(PLACES_SHOWN)]
        rest = sum(counts.values()) - sum(count for _text, count, _archived in offered)
        if rest:
            offered.append((str(_("Alle andere")), rest, False))
        result.bars = [Bars(bar_rows(offered, result.answered))] if offered else []
        return result
