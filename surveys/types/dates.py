"""An answer that is a day."""

from collections import Counter
from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from ..conditions import DAY
from .base import CLASSES, Bars, QuestionField, QuestionType, bar_rows
from .from_link import LinkBlock
from .messages import wrong_message
from .parts import Part, Storage, read_day
from .summary import middle

DAYS_SHOWN = 12
MONTHS_SHOWN = 24
FORMATS = ["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y"]


class DateInput(forms.DateInput):
    """The browser's own date picker, which works by keyboard and as plain text."""

    input_type = "date"

    def format_value(self, value):
        return value if isinstance(value, str) else super().format_value(value)


class DateField(QuestionField, forms.DateField):
    rules = frozenset({"invalid", "early", "late"})

    def validate(self, value):
        super().validate(value)
        if value is None:
            return
        limits = self.question.extra
        if "low" in limits and value < date.fromisoformat(limits["low"]):
            raise ValidationError(
                _("Deze dag is te vroeg. Kies een dag vanaf %(day)s.")
                % {"day": day(limits["low"])},
                code="early",
            )
        if "high" in limits and value > date.fromisoformat(limits["high"]):
            raise ValidationError(
                _("Deze dag is te laat. Kies een dag tot en met %(day)s.")
                % {"day": day(limits["high"])},
                code="late",
            )

    def values(self, cleaned):
        return [{"text": cleaned.isoformat()}] if cleaned else []


def day(iso: str) -> str:
    """A day from a definition or an answer, in words."""
    return date_format(date.fromisoformat(iso), "j F Y")


class DateBlock(LinkBlock):
    low = blocks.DateBlock(label=_("niet eerder dan"), required=False)
    high = blocks.DateBlock(label=_("niet later dan"), required=False)
    wrong_message = wrong_message()

    class Meta:
        label = _("Datum")
        icon = "calendar"

    def own_errors(self, cleaned):
        low, high = cleaned.get("low"), cleaned.get("high")
        if low and high and low > high:
            return {"high": ValidationError(_("Deze dag is eerder dan de eerste. Draai ze om."))}
        return {}


class Date(QuestionType):
    kind = "date"
    counted_as = CLASSES
    one_row = True
    seconds = 15
    compares = DAY
    block_class = DateBlock
    counts_texts = True

    def settings(self, value):
        limits = {name: value.get(name) for name in ("low", "high")}
        return {name: limit.isoformat() if limit else None for name, limit in limits.items()}

    def make_field(self, question, **common):
        common["error_messages"]["invalid"] = _(
            "Dit is geen dag die wij kunnen lezen. Schrijf de dag zoals 31-12-2026."
        )
        limits = {"min": question.extra.get("low"), "max": question.extra.get("high")}
        widget = DateInput(attrs={name: limit for name, limit in limits.items() if limit})
        return DateField(widget=widget, input_formats=FORMATS, **common)

    def help_parts(self, question):
        low, high = (
            day(question.extra[name]) if name in question.extra else None
            for name in ("low", "high")
        )
        parts = super().help_parts(question)
        if low and high:
            parts.append(_("Van %(low)s tot en met %(high)s.") % {"low": low, "high": high})
        elif low:
            parts.append(_("Vanaf %(low)s.") % {"low": low})
        elif high:
            parts.append(_("Tot en met %(high)s.") % {"high": high})
        return parts

    def result(self, question, tally):
        result = super().result(question, tally)
        counts = tally.texts.get(question.id, {})
        if not counts:
            return result
        result.figures.append(
            _("Eerste dag %(first)s, laatste dag %(last)s.")
            % {"first": day(min(counts)), "last": day(max(counts))}
        )
        result.figures.append(_("De helft koos %(day)s of eerder.") % {"day": day(middle(counts))})
        offered = [(day(iso), counts[iso], False) for iso in sorted(counts)]
        for length, pattern in ((7, "F Y"), (4, "Y")):
            if len(offered) <= (DAYS_SHOWN if length == 7 else MONTHS_SHOWN):
                break
            grouped = Counter()
            for iso, count in counts.items():
                grouped[iso[:length]] += count
            offered = [
                (date_format(date.fromisoformat(f"{start}-01-01"[:10]), pattern), count, False)
                for start, count in sorted(grouped.items())
            ]
        result.bars = [Bars(bar_rows(offered, result.answered))]
        return result

    def given_back(self, question, rows):
        return {"": [rows[0].text]}

    def columns(self, question):
        return [Part(question.label, Storage.DAY, question.id, read_day)]
