"""Form fields of the questions; each turns what was typed into rows of answers."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from areas import point_field
from cms.languages import dutch

from . import definition
from .definition import Question
from .models import Answer

ANSWER_THIS = _("Beantwoord deze vraag.")


class QuestionField(forms.Field):
    """A field that knows its question. Subclasses say in `values` what an answer stores."""

    question: Question

    def values(self, cleaned: Any) -> list[dict]:
        """Columns of each `Answer` row for a cleaned value; none for an empty one."""
        raise NotImplementedError

    def as_given(self, raw: Any) -> str:
        """What was typed, in words, also where it is not a valid answer."""
        return raw or ""


class TextField(QuestionField, forms.CharField):
    """A text; line ends count as one character, as they do in the browser."""

    def __init__(self, *, longest: int, **kwargs):
        super().__init__(**kwargs)
        self.longest = longest

    def to_python(self, value):
        return super().to_python(value).replace("\r\n", "\n")

    def validate(self, value):
        super().validate(value)
        over = len(value) - self.longest
        if over > 0:
            message = ngettext(
                "Er passen %(longest)s tekens. Maak uw antwoord %(over)s teken korter.",
                "Er passen %(longest)s tekens. Maak uw antwoord %(over)s tekens korter.",
                over,
            )
            raise ValidationError(
                message % {"longest": self.longest, "over": over}, code="max_length"
            )

    def values(self, cleaned):
        return [{"text": cleaned}] if cleaned else []


class OneChoiceField(QuestionField, forms.ChoiceField):
    def values(self, cleaned):
        return [{"option_id": cleaned}] if cleaned else []

    def as_given(self, raw):
        return self.question.option_labels.get(raw, "")


class SeveralChoicesField(QuestionField, forms.MultipleChoiceField):
    def validate(self, value):
        super().validate(value)
        limit = self.question.max_choices
        if limit is not None and len(set(value)) > limit:
            raise ValidationError(
                _("U koos %(chosen)s antwoorden. Kies er ten hoogste %(limit)s.")
                % {"chosen": len(set(value)), "limit": limit},
                code="max_choices",
            )

    def values(self, cleaned):
        return [{"option_id": option_id} for option_id in dict.fromkeys(cleaned)]

    def as_given(self, raw):
        labels = self.question.option_labels
        return ", ".join(labels[option_id] for option_id in raw or [] if option_id in labels)


class ScaleSelect(forms.RadioSelect):
    """Radio buttons in a row, from low to high."""

    gp_modifier = "scale"


class ScaleField(QuestionField, forms.TypedChoiceField):
    def values(self, cleaned):
        return [] if cleaned is None else [{"number": cleaned}]


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


def field_for(question: Question) -> QuestionField:
    """The form field of a question."""
    common = {
        "label": question.label,
        "help_text": _help_text(question),
        "required": question.required,
        "error_messages": {
            "required": ANSWER_THIS,
            "invalid_choice": _("Dit antwoord hoort niet bij deze vraag. Kies uit de lijst."),
            "invalid_list": _("Dit antwoord hoort niet bij deze vraag. Kies uit de lijst."),
        },
    }
    options = [(option.id, option.label) for option in question.options]
    match question.kind:
        case definition.SHORT_TEXT:
            field = TextField(longest=question.max_length, **common)
        case definition.LONG_TEXT:
            field = TextField(longest=question.max_length, widget=forms.Textarea, **common)
        case definition.ONE_CHOICE:
            field = OneChoiceField(choices=options, widget=forms.RadioSelect, **common)
        case definition.SEVERAL_CHOICES:
            field = SeveralChoicesField(
                choices=options, widget=forms.CheckboxSelectMultiple, **common
            )
        case definition.SCALE:
            numbers = [(str(n), str(n)) for n in range(1, question.maximum + 1)]
            field = ScaleField(
                choices=numbers, coerce=int, empty_value=None, widget=ScaleSelect, **common
            )
        case definition.POINT:
            common["error_messages"]["required"] = _(
                "Kies een plek op de kaart, kies een dorp of wijk, of beschrijf de plek."
            )
            field = PointField(**common)
    field.question = question
    return field


def _help_text(question: Question):
    """The editor's explanation, with what the question's kind asks of the visitor."""
    parts = [dutch(question.help_text)]
    match question.kind:
        case definition.LONG_TEXT:
            parts.append(_("Ten hoogste %(n)s tekens.") % {"n": question.max_length})
        case definition.SEVERAL_CHOICES if question.max_choices:
            parts.append(
                _("U mag ten hoogste %(n)s antwoorden kiezen.") % {"n": question.max_choices}
            )
        case definition.SEVERAL_CHOICES:
            parts.append(_("U mag meer dan één antwoord kiezen."))
        case definition.SCALE:
            parts.append(
                _("1 is %(low)s, %(maximum)s is %(high)s.")
                % {
                    "low": question.low_label,
                    "maximum": question.maximum,
                    "high": question.high_label,
                }
            )
    return format_html_join(" ", "{}", ((part,) for part in parts if part))


def answers_of(fields: dict[str, QuestionField], cleaned_data: dict) -> list[Answer]:
    """Unsaved answers, without their response, of a valid form."""
    return [
        Answer(question_id=field.question.id, **columns)
        for name, field in fields.items()
        if isinstance(field, QuestionField)
        for columns in field.values(cleaned_data[name])
    ]
