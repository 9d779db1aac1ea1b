"""A value that the link passes on and nobody types, such as the flyer somebody came along."""

from collections import Counter

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from ..conditions import TEXT
from ..definition import Option
from .base import Bars, QuestionBlock, QuestionField, QuestionType, bar_rows
from .from_link import name_block
from .parts import Part, Storage, read_text

LONGEST = 50
VALUES_SHOWN = 20


def allowed(question, raw) -> str:
    """The value as it is stored; empty where the editor does not allow it."""
    value = " ".join((raw or "").split())
    if len(value) > LONGEST or not value.isprintable():
        return ""
    listed = {option.label.casefold(): option.label for option in question.options}
    return listed.get(value.casefold(), "") if listed else value


class PassedOn(forms.Widget):
    """Says what the link passes on, with a hidden input that sends it."""

    template_name = "surveys/widgets/hidden.html"

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        context["question"] = self.question
        context["passed_on"] = allowed(self.question, value if isinstance(value, str) else "")
        return context


class HiddenField(QuestionField):
    """Never refuses: nobody can put right what they did not type."""

    def clean(self, value):
        return allowed(self.question, value)

    def values(self, cleaned):
        return [{"text": cleaned}] if cleaned else []

    def as_given(self, raw):
        return allowed(self.question, raw)


class HiddenBlock(QuestionBlock):
    label = blocks.CharBlock(
        label=_("wat de link doorgeeft"),
        max_length=100,
        help_text=_("De invuller ziet dit. Zoals: Hoe u bij ons kwam."),
    )
    help_text = None
    required = None
    link_name = name_block(required=True)
    options = blocks.ListBlock(
        blocks.CharBlock(label=_("waarde"), max_length=LONGEST),
        label=_("waarden die mogen"),
        default=[],
        max_num=30,
        help_text=_(
            "Zoals: flyer, krant, website. Andere waarden tellen niet mee. Leeg: elke waarde tot "
            "50 tekens mag. Geef nooit iets door waaraan iemand te herkennen is, zoals een naam "
            "of een klantnummer: antwoorden zijn anoniem."
        ),
    )

    class Meta:
        label = _("Waarde uit de link")
        icon = "link"

    def own_errors(self, cleaned):
        given = [value.strip().casefold() for value in cleaned["options"] if value.strip()]
        if len(set(given)) < len(given):
            return {
                "options": blocks.list_block.ListBlockValidationError(
                    non_block_errors=[ValidationError(_("Er staat een waarde dubbel."))]
                )
            }
        return {}


class Hidden(QuestionType):
    kind = "hidden"
    seconds = 0
    block_class = HiddenBlock
    compares = TEXT
    counts_texts = True
    is_visible = False

    def options(self, value):
        return tuple(
            Option(str(item.id), item.value.strip())
            for item in value["options"].bound_blocks
            if (item.value or "").strip()
        )

    def make_field(self, question, **common):
        widget = PassedOn()
        widget.question = question
        return HiddenField(widget=widget, **common | {"required": False})

    def has_fixed_values(self, question):
        return bool(question.options)

    def given_back(self, question, rows):
        return {"": [rows[0].text]}

    def result(self, question, tally):
        result = super().result(question, tally)
        counts = Counter(tally.texts.get(question.id, {}))
        offered = [(text, count, False) for text, count in counts.most_common(VALUES_SHOWN)]
        rest = sum(counts.values()) - sum(count for _text, count, _archived in offered)
        if rest:
            offered.append((str(_("Alle andere")), rest, False))
        result.bars = [Bars(bar_rows(offered, result.answered))] if offered else []
        result.notes.append(_("Dit gaf de link door. Niemand heeft dit zelf ingevuld."))
        return result

    def columns(self, question):
        return [Part(question.label, Storage.TEXT, question.id, read_text, is_personal=True)]
