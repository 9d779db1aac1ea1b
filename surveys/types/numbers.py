"""Answers that are a number: typed, on a scale, or how likely one is to recommend something."""

import re
from dataclasses import replace
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import conditional_escape, format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail import blocks

from ..conditions import NUMBER
from ..languages.registry import DUTCH
from .base import (
    CLASSES,
    PARTS,
    Bars,
    QuestionField,
    QuestionType,
    bar_rows,
    in_tenths,
)
from .from_link import LinkBlock
from .messages import wrong_message
from .parts import Part, Storage, read_number, read_whole
from .summary import localized, mean, median, spread

#: What `Answer.number` can hold: fifteen digits, of which four behind the comma.
HIGHEST = Decimal("99999999999")
MOST_DECIMALS = 4
BARS_SHOWN = 12
TYPED = re.compile(r"^-?[0-9]+(,[0-9]+)?$")
THOUSANDS = re.compile(r"^(-?[0-9]{1,3})((?:\.[0-9]{3})+)(,[0-9]+)?$")


class NumberField(QuestionField):
    """A number as Dutch people type it: a comma for decimals, perhaps points for thousands."""

    rules = frozenset({"low", "high", "ambiguous", "invalid", "decimals", "too_large"})

    def clean(self, value) -> Decimal | None:
        text = (value or "").replace("\u2212", "-").replace("\xa0", "").replace(" ", "")
        if not text:
            if self.required:
                raise ValidationError(self.error_messages["required"], code="required")
            return None
        number = self._read(text)
        low, high = self.question.type.limits(self.question)
        if low is not None and number < low:
            raise ValidationError(
                _("Dit is te laag. Vul ten minste %(low)s in.") % {"low": localized(low)},
                code="low",
            )
        if high is not None and number > high:
            raise ValidationError(
                _("Dit is te hoog. Vul ten hoogste %(high)s in.") % {"high": localized(high)},
                code="high",
            )
        return number

    def _read(self, text: str) -> Decimal:
        decimals = int(self.question.extra.get("decimals", 0))
        if grouped := THOUSANDS.match(text):
            if decimals and grouped[2].count(".") == 1 and not grouped[3]:
                raise ValidationError(
                    _("Schrijf dit getal zonder punt, en gebruik een komma voor decimalen."),
                    code="ambiguous",
                )
            text = grouped[1] + grouped[2].replace(".", "") + (grouped[3] or "")
        elif text.count(".") == 1 and "," not in text:
            text = text.replace(".", ",")
        if len(text) > 40 or not TYPED.match(text):
            raise ValidationError(
                _("Dit is geen getal. Gebruik alleen cijfers, zoals 12.")
                if not decimals
                else _("Dit is geen getal. Gebruik alleen cijfers en een komma, zoals 12,5."),
                code="invalid",
            )
        number = Decimal(text.replace(",", "."))
        if abs(number) > HIGHEST:  # first, as very long numbers cannot be rounded
            raise ValidationError(
                _("Dit getal is te groot. Vul een kleiner getal in."), code="too_large"
            )
        if number != round(number, decimals):
            raise ValidationError(
                _("Vul een heel getal in, zonder komma.")
                if not decimals
                else ngettext(
                    "Gebruik ten hoogste %(n)s cijfer achter de komma.",
                    "Gebruik ten hoogste %(n)s cijfers achter de komma.",
                    decimals,
                )
                % {"n": decimals},
                code="decimals",
            )
        return number

    def values(self, cleaned):
        return [] if cleaned is None else [{"number": cleaned}]


class NumberBlock(LinkBlock):
    low = blocks.DecimalBlock(
        label=_("ten minste"), required=False, min_value=-HIGHEST, max_value=HIGHEST
    )
    high = blocks.DecimalBlock(
        label=_("ten hoogste"), required=False, min_value=-HIGHEST, max_value=HIGHEST
    )
    decimals = blocks.IntegerBlock(
        label=_("cijfers achter de komma"),
        min_value=0,
        max_value=MOST_DECIMALS,
        default=0,
        required=False,
        help_text=_("0 of leeg: alleen hele getallen."),
    )
    unit = blocks.CharBlock(
        label=_("eenheid"), max_length=30, required=False, help_text=_("Bijvoorbeeld: meter.")
    )
    wrong_message = wrong_message()

    class Meta:
        label = _("Getal")
        icon = "decimal"

    def own_errors(self, cleaned):
        low, high = cleaned.get("low"), cleaned.get("high")
        if low is not None and high is not None and low > high:
            return {"high": ValidationError(_("Dit is lager dan het laagste getal. Draai ze om."))}
        decimals = cleaned.get("decimals") or 0
        return {
            name: ValidationError(
                _("Dit getal heeft meer cijfers achter de komma dan een antwoord mag hebben.")
            )
            for name, limit in (("low", low), ("high", high))
            if limit is not None and limit != round(limit, decimals)
        }


def number_counts(question, tally) -> dict[Decimal, int]:
    """{number: count} of a question that stores numbers only."""
    return {key[1]: count for key, count in tally.counts.get(question.id, {}).items()}


class Number(QuestionType):
    kind = "number"
    counted_as = CLASSES
    one_row = True
    seconds = 15
    compares = NUMBER
    block_class = NumberBlock

    def settings(self, value):
        limits = {name: value.get(name) for name in ("low", "high")}
        return {
            **{name: None if limit is None else f"{limit:f}" for name, limit in limits.items()},
            "decimals": value.get("decimals") or None,
            "unit": (value.get("unit") or "").strip(),
        }

    def limits(self, question) -> tuple[Decimal | None, Decimal | None]:
        """The lowest and highest number one can answer, where there are any."""
        low, high = (question.extra.get(name) for name in ("low", "high"))
        return Decimal(low) if low else None, Decimal(high) if high else None

    def make_field(self, question, **common):
        decimals = question.extra.get("decimals")
        attrs = {
            "inputmode": "decimal" if decimals else "numeric",
            "autocomplete": "off",
            "class": "gp-input-number",
        }
        if str(question.extra.get("low", "-")).startswith("-"):
            attrs["inputmode"] = "text"  # a telephone's keyboard of numbers has no minus
        return NumberField(widget=forms.TextInput(attrs=attrs), **common)

    def help_parts(self, question):
        extra = question.extra
        low, high = (localized(Decimal(extra[key])) if key in extra else None
                     for key in ("low", "high"))  # fmt: skip
        parts = super().help_parts(question)
        if low is not None and high is not None:
            parts.append(_("Een getal van %(low)s tot en met %(high)s.") % {
                "low": low, "high": high})  # fmt: skip
        elif low is not None:
            parts.append(_("Een getal van %(low)s of meer.") % {"low": low})
        elif high is not None:
            parts.append(_("Een getal van ten hoogste %(high)s.") % {"high": high})
        if extra.get("unit"):
            parts.append(_("Vul het aantal in: %(unit)s.") % {"unit": extra["unit"]})
        return parts

    def result(self, question, tally):
        result = super().result(question, tally)
        counts = number_counts(question, tally)
        if not counts:
            return result
        unit = question.extra.get("unit", "")
        result.figures.append(
            _("Gemiddeld %(mean)s, mediaan %(median)s, laagste %(low)s, hoogste %(high)s%(unit)s.")
            % {
                "mean": in_tenths(mean(counts)),
                "median": localized(median(counts)),
                "low": localized(min(counts)),
                "high": localized(max(counts)),
                "unit": f" ({unit})" if unit else "",
            }
        )
        result.for_staff.append(spread(counts))
        if len(counts) <= BARS_SHOWN:
            offered = [(localized(number), counts[number], False) for number in sorted(counts)]
        else:
            offered = list(grouped_counts(counts))
        result.bars = [Bars(bar_rows(offered, result.answered))]
        return result

    def given_back(self, question, rows):
        return {"": [f"{rows[0].number.normalize():f}".replace(".", ",")]}

    def columns(self, question):
        unit = question.extra.get("unit")
        label = f"{question.label} ({unit})" if unit else question.label
        return [Part(label, Storage.NUMBER, question.id, read_number)]


def grouped_ranges(counts: dict[Decimal, int], groups: int = 8):
    """(label, from, up to) of equal ranges of whole width that hold all numbers."""
    low, high = (
        int(limit.to_integral_value("ROUND_FLOOR")) for limit in (min(counts), max(counts))
    )
    width = max(1, -(-(high - low + 1) // groups))
    for start in range(low, high + 1, width):
        label = _("%(from)s tot %(to)s") % {
            "from": localized(Decimal(start)),
            "to": localized(Decimal(start + width)),
        }
        yield label, start, start + width


def grouped_counts(counts: dict[Decimal, int]):
    """(label, count, archived) of numbers in those ranges."""
    for label, low, high in grouped_ranges(counts):
        yield label, sum(count for number, count in counts.items() if low <= number < high), False


class ScaleSelect(forms.RadioSelect):
    """Radio buttons in a row, from low to high."""

    gp_modifier = "scale"


class ScaleField(QuestionField, forms.TypedChoiceField):
    def values(self, cleaned):
        return [] if cleaned is None else [{"number": cleaned}]


class ScaleBlock(LinkBlock):
    maximum = blocks.ChoiceBlock(
        label=_("schaal"),
        choices=[("5", _("1 tot en met 5")), ("10", _("1 tot en met 10"))],
        default="5",
    )
    low_label = blocks.CharBlock(
        label=_("wat betekent 1"), max_length=60, help_text=_("Bijvoorbeeld: heel onveilig.")
    )
    high_label = blocks.CharBlock(
        label=_("wat betekent het hoogste cijfer"),
        max_length=60,
        help_text=_("Bijvoorbeeld: heel veilig."),
    )

    class Meta:
        label = _("Cijfer op een schaal")
        icon = "order"


class Scale(QuestionType):
    kind = "scale"
    counted_as = PARTS
    one_row = True
    seconds = 10
    compares = NUMBER
    block_class = ScaleBlock
    lowest = 1

    def own_names(self, value):
        return {
            "maximum": self.highest(value),
            "low_label": (value.get("low_label") or "").strip(),
            "high_label": (value.get("high_label") or "").strip(),
        }

    def highest(self, value) -> int:
        return int(value["maximum"])

    def limits(self, question) -> tuple[Decimal, Decimal]:
        """The lowest and highest number one can answer."""
        return Decimal(self.lowest), Decimal(question.maximum)

    def numbers(self, question) -> range:
        """The numbers one can choose."""
        return range(self.lowest, question.maximum + 1)

    def make_field(self, question, **common):
        choices = [(str(number), str(number)) for number in self.numbers(question)]
        return ScaleField(
            choices=choices, coerce=int, empty_value=None, widget=ScaleSelect, **common
        )

    def meaning(self, question) -> str:
        """What the ends of the scale mean, in one sentence."""
        return _("%(lowest)s is %(low)s, %(maximum)s is %(high)s.") % {
            "lowest": self.lowest,
            "low": question.low_label,
            "maximum": question.maximum,
            "high": question.high_label,
        }

    def help_parts(self, question):
        return [*super().help_parts(question), self._marked_meaning(question)]

    def _marked_meaning(self, question) -> str:
        """What the ends mean, each in its own language and direction where that is not Dutch."""
        if question.language == DUTCH:
            return self.meaning(question)
        ends = {name: f"{{{name}}}" for name in ("low_label", "high_label")}
        sentence = conditional_escape(self.meaning(replace(question, **ends)))
        return format_html(
            sentence, **{name: question.marked(getattr(question, name)) for name in ends}
        )

    def result(self, question, tally):
        result = super().result(question, tally)
        counts = number_counts(question, tally)
        offered = [(str(n), counts.get(n, 0), False) for n in self.numbers(question)]
        offered += [(localized(n), counts[n], True) for n in sorted(counts)
                    if n not in self.numbers(question)]  # fmt: skip
        result.bars = [Bars(bar_rows(offered, result.answered))]
        if counts:
            result.figures.append(self.summary(counts))
            result.for_staff.append(spread(counts))
            result.notes.append(self.meaning(question))
        return result

    def summary(self, counts: dict) -> str:
        return _("Gemiddeld %(mean)s, mediaan %(median)s.") % {
            "mean": in_tenths(mean(counts)),
            "median": localized(median(counts)),
        }

    def given_back(self, question, rows):
        return {"": [str(int(rows[0].number))]}

    def columns(self, question):
        return [Part(question.label, Storage.RATING, question.id, read_whole)]


class RecommendBlock(LinkBlock):
    low_label = blocks.CharBlock(
        label=_("wat betekent 0"), max_length=60, default=_("zeer onwaarschijnlijk")
    )
    high_label = blocks.CharBlock(
        label=_("wat betekent 10"), max_length=60, default=_("zeer waarschijnlijk")
    )

    class Meta:
        label = _("Aanbevelen: cijfer van 0 tot en met 10 (NPS)")
        icon = "sliders"


class Recommend(Scale):
    """Net promoter score (Reichheld, HBR 2003): the share of 9 and 10 less that of 0 to 6."""

    kind = "nps"
    block_class = RecommendBlock
    lowest = 0

    def highest(self, value):
        return 10

    def summary(self, counts):
        total = sum(counts.values())
        promoters = sum(count for number, count in counts.items() if number >= 9)
        critics = sum(count for number, count in counts.items() if number <= 6)
        score = round(100 * (promoters - critics) / total)
        return _(
            "Score (NPS) %(score)s: %(promoters)s%% gaf een 9 of 10, %(critics)s%% een 6 of lager."
        ) % {
            "score": f"+{score}" if score > 0 else score,
            "promoters": round(100 * promoters / total),
            "critics": round(100 * critics / total),
        }
