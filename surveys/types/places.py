"""Answers that are a place: a spot on the map, and a postcode or the name of a village."""

import re
from collections import Counter

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from areas import point_field
from areas.villages import villages

from .base import CLASSES, Bars, QuestionBlock, QuestionField, QuestionType, bar_rows
from .from_link import LinkBlock
from .messages import wrong_message
from .parts import Part, Storage, read_latitude, read_longitude, read_text

PLACES_SHOWN = 15
#: Four digits that do not begin with 0, and perhaps two letters.
POSTCODE = re.compile(r"^([1-9][0-9]{3})([A-Z]{2})?$")


class PointField(QuestionField, point_field.PointField):
    """A spot on the map, a village or district from the list, or a description of the place."""

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
    has_map = True

    def make_field(self, question, **common):
        common["error_messages"]["required"] = _(
            "Kies een plek op de kaart, kies een dorp of wijk, of beschrijf de plek."
        )
        return PointField(**common)

    def given_back(self, question, rows):
        """A village that was chosen comes back as that; one with another name now, as its spot."""
        row = rows[0]
        if row.approximate:
            name, _colon, words = row.text.partition(": ")
            by_name = {one.name: one for one in villages()}
            place = by_name.get(row.text) or by_name.get(name)
            if place is not None:
                return {"-plaats": [place.slug], "-tekst": [words if place.name == name else ""]}
        given = {"-tekst": [row.text]}
        if row.point is not None:
            given |= {"-lat": [f"{row.point.y:.6f}"], "-lon": [f"{row.point.x:.6f}"]}
        return given

    def columns(self, question):
        return [
            Part(
                str(label % {"question": question.label}), storage, question.id, read, key, (), True
            )
            for label, storage, read, key in (
                (_("%(question)s (omschrijving)"), Storage.TEXT, read_text, "tekst"),
                (_("%(question)s (breedtegraad)"), Storage.DEGREES, read_latitude, "lat"),
                (_("%(question)s (lengtegraad)"), Storage.DEGREES, read_longitude, "lon"),
            )
        ]


class PostcodeField(QuestionField, forms.CharField):
    """A postcode of four digits, perhaps with letters, or the name of a village or district."""

    rules = frozenset({"letters", "unknown_place", "max_length"})

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
        name = text.casefold()
        village = next((one for one in villages() if one.name.casefold() == name), None)
        if village is None:
            raise ValidationError(
                _(
                    "Dit is geen postcode en geen dorp of wijk die wij kennen. Vul een postcode "
                    "in, zoals 2132, of een naam uit onze gemeente."
                ),
                code="unknown_place",
            )
        return village.name

    def values(self, cleaned):
        return [{"text": cleaned}] if cleaned else []


class PostcodeBlock(LinkBlock):
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
    wrong_message = wrong_message()

    class Meta:
        label = _("Postcode of plaats")
        icon = "home"


class Postcode(QuestionType):
    kind = "postcode"
    counted_as = CLASSES
    one_row = True
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

    def given_back(self, question, rows):
        return {"": [rows[0].text]}

    def columns(self, question):
        return [Part(question.label, Storage.TEXT, question.id, read_text)]
