"""Answers in the visitor's own words."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail import blocks

from ..conditions import TEXT
from .base import QuestionField, QuestionType
from .from_link import LinkBlock
from .messages import wrong_message


class TextField(QuestionField, forms.CharField):
    """A text; line ends count as one character, as they do in the browser."""

    rules = frozenset({"max_length"})

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


class ShortTextBlock(LinkBlock):
    max_length = blocks.IntegerBlock(
        label=_("ten hoogste zoveel tekens"), min_value=10, max_value=500, default=200
    )
    wrong_message = wrong_message()

    class Meta:
        label = _("Kort antwoord")
        icon = "minus"


class LongTextBlock(LinkBlock):
    max_length = blocks.IntegerBlock(
        label=_("ten hoogste zoveel tekens"), min_value=100, max_value=5000, default=2000
    )
    wrong_message = wrong_message()

    class Meta:
        label = _("Lang antwoord")
        icon = "pilcrow"


class ShortText(QuestionType):
    kind = "short_text"
    one_row = True
    seconds = 20
    compares = TEXT
    block_class = ShortTextBlock
    is_open = True

    def own_names(self, value):
        return {"max_length": value.get("max_length")}

    def make_field(self, question, **common):
        return TextField(longest=question.max_length, **common)

    def given_back(self, question, rows):
        return {"": [rows[0].text]}


class LongText(ShortText):
    kind = "long_text"
    seconds = 60
    block_class = LongTextBlock

    def make_field(self, question, **common):
        return TextField(longest=question.max_length, widget=forms.Textarea, **common)

    def help_parts(self, question):
        return [
            *super().help_parts(question),
            _("Ten hoogste %(n)s tekens.") % {"n": question.max_length},
        ]
