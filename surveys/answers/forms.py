"""Forms on answers: what to look for, and which tag goes where."""

import uuid
from dataclasses import dataclass

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..models import AnswerTag
from ..models.tag import NAME_LENGTH, tag_key
from .grid import DEFAULT_SIZE, SIZES

UNTAGGED = "zonder"
NO_TAG = _("Dit label is er niet meer. Kies een ander label.")
NAME_ERRORS = {
    "required": _("Vul een naam in voor het label."),
    "max_length": _("De naam is te lang. Gebruik ten hoogste %(limit_value)d tekens."),
}


class FilterForm(forms.Form):
    """`q`: words to look for; `label`: the key of a tag, or answers without one."""

    q = forms.CharField(
        label=_("Zoek in de antwoorden"),
        max_length=100,
        required=False,
        help_text=_("Een deel van een woord mag. Zet aanhalingstekens om een heel woord."),
        error_messages={"max_length": _("Zoek met ten hoogste 100 tekens.")},
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    label = forms.ChoiceField(
        label=_("Label"), required=False, error_messages={"invalid_choice": NO_TAG}
    )

    def __init__(self, *args, tags, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["label"].choices = [
            ("", _("Alle antwoorden")),
            (UNTAGGED, _("Zonder label")),
            *((str(tag.pk), tag.name) for tag in tags),
        ]


@dataclass(frozen=True)
class AnswerKey:
    """An answer to the question at hand, as a form names it: `<response>.<option>`."""

    response: uuid.UUID
    option: str

    @classmethod
    def read(cls, text: str) -> "AnswerKey":
        """The key in a text; ValueError where it is none."""
        response, _dot, option = text.partition(".")
        if len(option) > 36 or "\x00" in option:
            raise ValueError(text)
        return cls(uuid.UUID(response), option)

    @property
    def condition(self) -> Q:
        return Q(response_id=self.response, option_id=self.option)


class KeysField(forms.Field):
    """The answers that were chosen; strange ones count as answers that went."""

    widget = forms.MultipleHiddenInput

    def clean(self, value) -> list[AnswerKey]:
        keys = []
        for text in value or ():
            try:
                keys.append(AnswerKey.read(text))
            except ValueError:
                continue
        return keys


class TaggingForm(forms.Form):
    """Put a tag on chosen answers, or on all that were found, or take it off."""

    tag = forms.ModelChoiceField(
        AnswerTag.objects.none(),
        label=_("Welk label?"),
        required=False,
        empty_label=_("Kies een label"),
        error_messages={"invalid_choice": NO_TAG},
    )
    name = forms.CharField(
        label=_("Nieuw label"),
        max_length=NAME_LENGTH,
        required=False,
        error_messages=NAME_ERRORS,
    )
    whole = forms.BooleanField(label=_("Ook op de andere bladzijden"), required=False)
    answers = KeysField(required=False)
    take_off = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, survey, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["tag"].queryset = AnswerTag.objects.of(survey)

    def clean(self):
        cleaned = super().clean()
        name, tag = (cleaned.get("name") or "").strip(), cleaned.get("tag")
        if name and not tag_key(name):
            self.add_error("name", _("Gebruik letters of cijfers in de naam."))
        if name and tag:
            self.add_error("name", _("Kies een label of vul een nieuw label in, niet allebei."))
        elif not self.errors and not name and not tag:
            self.add_error("tag", _("Kies een label of vul een nieuw label in."))
        if cleaned.get("take_off") and name:
            self.add_error("name", _("Kies het label dat eraf moet in de lijst."))
        if not cleaned.get("whole") and not cleaned.get("answers"):
            raise ValidationError(_("Zet een vinkje bij de antwoorden waar het om gaat."))
        return cleaned


class NameForm(forms.Form):
    """The name of a tag."""

    name = forms.CharField(label=_("Naam"), max_length=NAME_LENGTH, error_messages=NAME_ERRORS)

    def clean_name(self):
        name = self.cleaned_data["name"]
        if not tag_key(name):
            raise ValidationError(_("Gebruik letters of cijfers in de naam."))
        return name


class MergeForm(forms.Form):
    """The other tag that takes the answers over."""

    into = forms.ModelChoiceField(
        AnswerTag.objects.none(),
        label=_("Samenvoegen met"),
        empty_label=_("Kies een label"),
        error_messages={
            "required": _("Kies het label dat blijft."),
            "invalid_choice": NO_TAG,
        },
    )

    def __init__(self, *args, tag, **kwargs):
        super().__init__(*args, **kwargs)
        others = AnswerTag.objects.filter(survey_id=tag.survey_id).exclude(pk=tag.pk)
        self.fields["into"].queryset = others.order_by("key")


class SizeForm(forms.Form):
    """How wide the cells of the map are, in metres; anything else is the usual size."""

    vak = forms.TypedChoiceField(
        label=_("Grootte van de vakken"),
        coerce=int,
        required=False,
        choices=[(size, _("%(n)s meter") % {"n": size}) for size in SIZES],
    )

    @property
    def size(self) -> int:
        """The chosen size, or the usual one."""
        chosen = self.cleaned_data.get("vak") if self.is_valid() else None
        return chosen or DEFAULT_SIZE
