"""The forms of residents: what it is about, and the question or initiative itself."""

from django import forms
from django.utils.translation import gettext_lazy as _

from areas.forms import BAD_AREA
from areas.models import AreaPage
from areas.point_field import ChosenPlace, PointField
from cms.languages import DutchSelect
from cms.models import PHONE
from cms.row_choices import RowChoiceField

from ..intake_forms import LONGEST_PLACE, SignalForm
from ..models import Signal
from ..services.intake import area_of

BAD_ADDRESS = _("Dit is geen e-mailadres. Kijk of het goed getypt is.")
REPORT = "melding"
QUESTION, INITIATIVE = Signal.Kind.QUESTION.value, Signal.Kind.INITIATIVE.value


def area_at(place: ChosenPlace) -> AreaPage | None:
    """The area in which a place lies, else that of the village chosen; None where neither tells."""
    return area_of(geometry=place.point) or (place.place.area if place.place else None)


class WhatForm(forms.Form):
    """The first step. Names are Dutch since they stand in the address."""

    use_required_attribute = False

    wat = forms.ChoiceField(
        label=_("Wat wilt u doen?"),
        choices=[
            (REPORT, _("Ik meld iets dat kapot, vies of gevaarlijk is")),
            (QUESTION, _("Ik heb een vraag of een verzoek")),
            (INITIATIVE, _("Ik heb een plan voor mijn buurt (een initiatief)")),
        ],
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Kies wat u wilt doen."),
            "invalid_choice": _("Kies wat u wilt doen."),
        },
    )
    plek = PointField(
        label=_("Waar gaat het over?"),
        required=False,
        longest=LONGEST_PLACE,
        help_text=_("De plek bepaalt wie u antwoord geeft."),
    )


class AskForm(SignalForm):
    """A question or initiative. `website` is a trap: people do not see it, programs fill it in."""

    soort = forms.ChoiceField(
        label=_("Wat is het?"),
        choices=[
            (QUESTION, _("Een vraag of verzoek")),
            (INITIATIVE, _("Een initiatief: een plan voor de buurt")),
        ],
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Kies of het een vraag of een initiatief is."),
            "invalid_choice": _("Kies of het een vraag of een initiatief is."),
        },
    )
    gebied = RowChoiceField(
        label=_("In welk gebied is het?"),
        queryset=AreaPage.objects.none(),
        to_field_name="slug",
        required=False,
        empty_label=_("De plek hierboven zegt het"),
        widget=DutchSelect,
        help_text=_("Alleen nodig als u hierboven geen plek hebt gekozen."),
        error_messages={"invalid_choice": BAD_AREA},
    )
    naam = forms.CharField(
        label=_("Uw naam"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"max_length": _("Uw naam is te lang. Er passen 100 tekens.")},
    )
    email = forms.EmailField(
        label=_("Uw e-mailadres"),
        max_length=254,
        help_text=_("Hier sturen wij het antwoord naartoe. Het komt nooit op de site."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": _("Vul uw e-mailadres in. Hebt u dat niet? Bel ons of kom langs."),
            "invalid": BAD_ADDRESS,
            "max_length": BAD_ADDRESS,
        },
    )
    telefoon = forms.CharField(
        label=_("Uw telefoonnummer"),
        max_length=20,
        required=False,
        validators=[PHONE],
        help_text=_("Als wij u mogen bellen over uw vraag."),
        widget=forms.TextInput(attrs={"autocomplete": "tel", "type": "tel"}),
        error_messages={"max_length": _("Dit telefoonnummer is te lang.")},
    )
    openbaar = forms.BooleanField(
        label=_("Mijn vraag mag, zonder mijn naam, op deze website staan"),
        required=False,
    )
    website = forms.CharField(
        label=_("Laat dit veld leeg"),
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )
    puzzel = forms.CharField(required=False, widget=forms.HiddenInput)

    trap_is_filled = False
    area: AreaPage | None = None

    field_order = ["soort", "onderwerp", "uitleg", "plek", "gebied", "bijlagen", "naam", "email"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["gebied"].queryset = AreaPage.objects.live().without_geometry().in_order()

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("website"):
            # Some browsers fill it in for people too, so nothing is thrown away without a word.
            self.trap_is_filled = True
            self.add_error(
                None, _("Maak het veld ‘Laat dit veld leeg’ onderaan leeg en verstuur weer.")
            )
        if "plek" in cleaned and "gebied" in cleaned:
            self.area = area_at(cleaned["plek"]) or cleaned["gebied"]
            if self.area is None:
                self.add_error(
                    "gebied", _("Kies een plek op de kaart, of kies hier het gebied waar het is.")
                )
        return cleaned

    @property
    def values(self) -> dict:
        data = self.cleaned_data
        return super().values | {
            "area": self.area,
            "email": data["email"],
            "name": data["naam"],
            "phone": data["telefoon"],
            "public": data["openbaar"],
        }
