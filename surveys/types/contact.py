"""An address to write to, kept apart from the answers, and a consent that must be given."""

from dataclasses import replace

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail import blocks

from ..definition import Question
from ..outcomes.purposes import ContactPurpose
from .base import Bars, QuestionBlock, QuestionField, QuestionType, bar_rows
from .messages import wrong_message
from .parts import Part, Storage, read_whole

CONSENT_WORDS = 500
PURPOSE_WORDS = 150


class ContactField(QuestionField, forms.CharField):
    rules = frozenset({"invalid", "max_length"})

    def to_python(self, value):
        return super().to_python(value).lower()

    def values(self, cleaned):
        return []

    def contact(self, cleaned):
        return cleaned


class EmailBlock(QuestionBlock):
    label = blocks.CharBlock(
        label=_("vraag"),
        max_length=250,
        help_text=_("Zoals: Wilt u horen wat wij met de antwoorden doen?"),
    )
    purpose = blocks.ChoiceBlock(
        label=_("waarvoor is het adres"),
        choices=ContactPurpose.choices,
        required=False,
        help_text=_(
            "De invuller leest dit bij de vraag. Gebruik het adres nergens anders voor. Voor de "
            "uitkomst mailt de site zelf, zodra u die publiceert."
        ),
    )
    purpose_text = blocks.CharBlock(
        label=_("waarover mogen wij iemand benaderen"),
        max_length=PURPOSE_WORDS,
        required=False,
        help_text=_(
            "Alleen bij benaderen. Zoals: een gesprek over de speelplek. Er staat dan: ‘Laat u "
            "uw adres achter, dan mogen wij u benaderen voor een gesprek over de speelplek.’"
        ),
    )
    wrong_message = wrong_message()

    def own_errors(self, cleaned):
        purpose, words = cleaned.get("purpose"), (cleaned.get("purpose_text") or "").strip()
        if self.is_deferred_validation:
            return {}
        if not purpose:
            return {"purpose": ValidationError(_("Kies waarvoor u het adres gebruikt."))}
        if purpose == ContactPurpose.APPROACH and not words:
            return {"purpose_text": ValidationError(_("Schrijf waarover u iemand wilt benaderen."))}
        return {}

    class Meta:
        label = _("E-mailadres, apart van de antwoorden")
        icon = "mail"


def _consent_to(question: Question) -> str:
    """What somebody agrees to by leaving an address, in a sentence; empty where nothing is said."""
    purpose = question.extra.get("purpose", "")
    if purpose == ContactPurpose.OUTCOME:
        return _(
            "Laat u uw adres achter, dan mailen wij u wat wij met de antwoorden doen. Wij "
            "gebruiken het nergens anders voor."
        )
    if purpose == ContactPurpose.APPROACH:
        return format_html(
            _(
                "Laat u uw adres achter, dan mogen wij u benaderen voor {}. Wij gebruiken het "
                "nergens anders voor."
            ),
            question.marked(question.extra.get("purpose_text", "")),
        )
    return ""


class Email(QuestionType):
    """Answers never hold the address: it goes to a table that does not know them."""

    kind = "email"
    seconds = 15
    compares = None
    may_wait = False
    may_change = False
    block_class = EmailBlock

    def make_field(self, question, **common):
        return ContactField(
            widget=forms.EmailInput(attrs={"autocomplete": "email", "maxlength": 254}),
            max_length=254,
            validators=[
                EmailValidator(_("Dit is geen e-mailadres. Schrijf het zoals naam@voorbeeld.nl."))
            ],
            **common,
        )

    def settings(self, value):
        purpose = value.get("purpose") or ""
        words = (value.get("purpose_text") or "").strip().rstrip(".")
        return {
            "purpose": purpose,
            "purpose_text": words if purpose == ContactPurpose.APPROACH else "",
        }

    def help_parts(self, question):
        return [
            *super().help_parts(question),
            _consent_to(question),
            _(
                "Wij bewaren uw adres apart. Niemand kan zien welke antwoorden erbij horen. "
                "Uiterlijk een jaar na het sluiten van de enquête gooien wij het weg."
            ),
        ]

    def result(self, question, tally):
        result = super().result(question, tally)
        count = tally.contacts.get(question.id, 0)
        result.answered = count
        result.notes.append(
            ngettext(
                "%(n)s adres, los van de antwoorden bewaard.",
                "%(n)s adressen, los van de antwoorden bewaard.",
                count,
            )
            % {"n": count}
        )
        return result

    def answer_ids(self, question):
        return []

    def columns(self, question):
        return []


class ConsentField(QuestionField, forms.BooleanField):
    def values(self, cleaned):
        return [{"number": 1}] if cleaned else []

    def as_given(self, raw):
        return _("Ja") if raw in ("on", "1", True) else ""


class CheckboxInput(forms.CheckboxInput):
    """A single checkbox; by this name the field's template knows it."""

    def __init__(self, attrs=None):
        super().__init__(attrs, check_test=lambda value: value in ("on", True))

    def value_from_datadict(self, data, files, name):
        return "on" if data.get(name) == "on" else ""


class ConsentBlock(QuestionBlock):
    label = blocks.CharBlock(
        label=_("hiermee gaat de invuller akkoord"),
        max_length=CONSENT_WORDS,
        help_text=_("Zoals: Ik ben 16 jaar of ouder. Zonder vinkje kan niemand versturen."),
    )
    required = None

    class Meta:
        label = _("Akkoord: moet aangevinkt")
        icon = "check"


class Consent(QuestionType):
    kind = "consent"
    one_row = True
    seconds = 5
    block_class = ConsentBlock

    def from_block(self, child) -> Question:
        return replace(super().from_block(child), required=True)

    def make_field(self, question, **common):
        common["error_messages"]["required"] = _(
            "Zet hier een vinkje als u akkoord bent. Zonder vinkje kunt u niet versturen."
        )
        common["label"] = question.marked(question.label)
        return ConsentField(widget=CheckboxInput, **common)

    def result(self, question, tally):
        result = super().result(question, tally)
        result.bars = [Bars(bar_rows([(_("Akkoord"), result.answered, False)], result.answered))]
        return result

    def given_back(self, question, rows):
        return {"": ["on"]}

    def columns(self, question):
        return [Part(question.label, Storage.FLAG, question.id, read_whole)]
