"""The form field of a question with drawings: the map, spots from a list, address and words."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.contrib.gis.geos import GEOSGeometry, Point
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from areas import point_field
from areas.addresses import search as addresses
from areas.villages import Village, villages

from ..definition import Option, Question
from ..shapes.reading import Drawn, checked, names, sketches_in
from ..shapes.storing import PLACE, drawn_id
from ..shapes.texts import drawing_rules
from ..shapes.words import sketched
from .base import QuestionField

USUAL_VERTICES = 50
UNREADABLE = _("Wij kunnen niet lezen wat u tekende. Teken het opnieuw op de kaart.")


@dataclass(frozen=True)
class DrawnPlaces:
    """A cleaned value: what was drawn, the spots that were chosen, and the way without a map.

    `place` is an address or village with words; its point is approximate for a village.
    """

    shapes: tuple[Drawn, ...] = ()
    spots: tuple[Option, ...] = ()
    place: point_field.ChosenPlace = field(default_factory=point_field.ChosenPlace)

    def __bool__(self) -> bool:
        return bool(self.shapes or self.spots or self.place)


class ShapesInput(point_field.PointInput):
    """Map to draw on, numbered spots, address, village and words.

    See `static_src/js/map/shape-input.js`. Shown with surveys/parts/shapes_field.html.
    """

    template_name = "surveys/widgets/shapes.html"
    is_point = False
    is_shapes = True
    parts = ("vormen", "plaats", "tekst", "zoek", "adres")
    question: Question

    def value_from_datadict(self, data, files, name):
        found = super().value_from_datadict(data, files, name)
        listed = data.getlist if hasattr(data, "getlist") else lambda key: data.get(key, [])
        found["plek"] = list(listed(f"{name}-plek"))
        # Only who pressed the button beside it asks for addresses.
        found["is_asked"] = data.get("stap") == addresses.FIND
        return found

    def value_omitted_from_data(self, data, files, name):
        return f"{name}-plek" not in data and super().value_omitted_from_data(data, files, name)

    def get_context(self, name, value, attrs):
        value = value if isinstance(value, dict) else dict.fromkeys(self.parts, "")
        context = super().get_context(name, value, attrs)
        context["rules_id"] = f"{context['widget']['attrs'].get('id', name)}_regels"
        question = self.question
        chosen = value.get("plek") or []
        context["spots"] = [
            {
                "option": option,
                "point": spot_of(option),
                "checked": option.id in chosen,
                "attrs": question.language_attrs,
            }
            for option in question.options
        ]
        context["drawn"] = _in_words(value.get("vormen", ""), question, context["places"])
        extra = question.extra
        context["rules"] = drawing_rules(
            shape=extra["shape"],
            most=most_of(question),
            vertices=extra.get("max_vertices") or USUAL_VERTICES,
            remarks=bool(extra.get("remarks")),
        )
        context["found"] = None
        if value.get("is_asked") and value.get("zoek", "").strip():
            context["found"] = addresses.find(value["zoek"])
        elif value.get("adres"):
            context["kept_address"] = addresses.name_of(value["adres"])
        return context


class ShapesField(QuestionField):
    """Shapes on the map, spots from a list, an address or village, or a description."""

    widget = ShapesInput
    rules = frozenset({"too_many", "too_few"})

    def __init__(self, *, question: Question, **kwargs):
        super().__init__(**kwargs)
        self.question = self.widget.question = question
        self._words = point_field.PointField(required=False)

    def to_python(self, value) -> dict:
        value = value or {}
        texts = {part: (value.get(part) or "").strip() for part in ShapesInput.parts}
        return texts | {"plek": value.get("plek") or []}

    def clean(self, value) -> DrawnPlaces:
        given = self.to_python(value)
        place = self._words_or_village(given)
        spots = self._spots(given["plek"])
        shapes = self._shapes(given["vormen"])
        cleaned = DrawnPlaces(tuple(shapes), spots, place)
        if not cleaned:
            if self.required:
                raise ValidationError(self.error_messages["required"], code="required")
            return cleaned
        self._check_number(cleaned)
        return cleaned

    def _words_or_village(self, given: dict) -> point_field.ChosenPlace:
        place = self._words.clean({part: given[part] for part in ("plaats", "tekst")})
        if not given["adres"]:
            return place
        point = addresses.locate(given["adres"])
        if point is None:
            raise ValidationError(
                _(
                    "Wij kunnen dit adres nu niet vinden in onze gemeente. Zoek het opnieuw, kies "
                    "een dorp of wijk, of beschrijf de plek."
                ),
                code="address",
            )
        return point_field.ChosenPlace(point, place.text, village=place.village)

    def _spots(self, ids: list[str]) -> tuple[Option, ...]:
        known = {option.id for option in self.question.options}
        if set(ids) - known:
            raise ValidationError(
                _("Deze plek hoort niet bij deze vraag. Kies uit de lijst."), code="invalid_choice"
            )
        return tuple(option for option in self.question.options if option.id in ids)

    def _shapes(self, text: str) -> list[Drawn]:
        try:
            sketches = sketches_in(text)
        except ValueError as error:
            raise ValidationError(UNREADABLE, code="unreadable") from error
        if not sketches:
            return []
        most = most_of(self.question)
        if len(sketches) > most:
            raise ValidationError(_too_many(self.question, len(sketches)), code="too_many")
        extra = self.question.extra
        return checked(
            sketches,
            shape=extra["shape"],
            max_vertices=extra.get("max_vertices") or USUAL_VERTICES,
            area_id=extra.get("area"),
        )

    def _check_number(self, cleaned: DrawnPlaces) -> None:
        count = len(cleaned.shapes) + len(cleaned.spots)
        if count > most_of(self.question):
            raise ValidationError(_too_many(self.question, count), code="too_many")
        fewest = self.question.extra.get("fewest") or 1
        # Who names a village or describes the place cannot do so more than once.
        if count < fewest and not cleaned.place:
            raise ValidationError(
                _(
                    "Geef ten minste %(fewest)s plekken. U gaf er %(count)s. Kunt u niet tekenen? "
                    "Beschrijf de plekken dan in woorden."
                )
                % {"fewest": fewest, "count": count},
                code="too_few",
            )

    def values(self, cleaned):
        if not cleaned:
            return []
        rows = []
        for number, drawn in enumerate(cleaned.shapes, start=1):
            column = "point" if drawn.geometry.geom_type == "Point" else "shape"
            rows.append(
                {"option_id": drawn_id(number), column: drawn.geometry, "text": drawn.remark}
            )
        for option in cleaned.spots:
            rows.append(
                {"option_id": option.id, "point": spot_of(option), "text": option.dutch_label}
            )
        place = cleaned.place
        if place:
            rows.append(
                {
                    "option_id": PLACE,
                    "point": place.point,
                    "text": place.text,
                    "approximate": place.approximate,
                }
            )
        return rows

    def as_given(self, raw):
        given = self.to_python(raw)
        labels = [option.label for option in self.question.options if option.id in given["plek"]]
        address = addresses.name_of(given["adres"]) if given["adres"] else ""
        words = [given["plaats"], given["tekst"], address]
        drawn = _in_words(given["vormen"], self.question, villages())
        return "; ".join(filter(None, [*drawn, *labels, *words]))


def spot_of(option: Option) -> Point | None:
    """The point (SRID 4326) of a spot from the list."""
    return GEOSGeometry(option.geometry, srid=4326) if option.geometry else None


def most_of(question: Question) -> int:
    """How many places one may give."""
    return question.extra.get("most") or 1


def _in_words(text: str, question: Question, places: Iterable[Village]) -> list[str]:
    """What was drawn, each shape with its remark; nothing where it cannot be read."""
    try:
        sketches = sketches_in(text)
    except ValueError:
        return []
    if not sketches:
        return []
    shape = question.extra["shape"]
    name = names(shape)[0].capitalize()
    return [
        f"{name} {number}: {sketched(sketch, shape, places)}"
        + (f" ({sketch.remark})" if sketch.remark else "")
        for number, sketch in enumerate(sketches, start=1)
    ]


def _too_many(question: Question, count: int):
    most = most_of(question)
    message = ngettext(
        "U gaf %(count)s plekken. Het mag er %(most)s zijn. Verwijder er een paar uit de lijst.",
        "U gaf %(count)s plekken. Het mogen er hoogstens %(most)s zijn. Verwijder er een paar uit "
        "de lijst.",
        most,
    )
    return message % {"count": count, "most": most}
