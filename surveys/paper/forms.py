"""What staff choose around entering paper: how a batch begins, and why a form is corrected."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.languages import DutchSelect

from ..models import Collector, PaperBatch, PaperCorrection, SurveyPage, SurveyVersion
from .document import form_number

NOT_THERE = gettext_lazy("Deze keuze is er niet (meer). Kies uit de lijst.")
CHOOSE = gettext_lazy("Kies hier iets.")


class StartForm(forms.Form):
    """A new batch: which form, how it was filled in, and along which link it was handed out."""

    formulier = forms.TypedChoiceField(
        label=gettext_lazy("Formuliernummer"),
        coerce=int,
        help_text=gettext_lazy("Het staat onderaan elke bladzijde van het papier."),
        error_messages={"required": CHOOSE, "invalid_choice": NOT_THERE},
    )
    bron = forms.ChoiceField(
        label=gettext_lazy("Hoe is het ingevuld?"),
        choices=PaperBatch.Source.choices,
        error_messages={"required": CHOOSE, "invalid_choice": NOT_THERE},
    )
    ingang = forms.TypedChoiceField(
        label=gettext_lazy("Ingang"),
        required=False,
        coerce=int,
        empty_value=None,
        widget=DutchSelect,
        help_text=gettext_lazy(
            "Alleen ingangen van de soort ‘Op papier’ of ‘Gesprek op het spreekuur’."
        ),
        error_messages={"invalid_choice": NOT_THERE},
    )
    opmerking = forms.CharField(
        label=gettext_lazy("Opmerking bij de stapel"),
        required=False,
        max_length=PaperBatch.LONGEST_REMARKS,
        help_text=gettext_lazy(
            "Zoals: van de informatiemarkt. Schrijf hier geen antwoorden of namen van bewoners."
        ),
        error_messages={
            "max_length": gettext_lazy("Dit is te lang. Gebruik ten hoogste 500 tekens.")
        },
    )

    def __init__(self, data=None, *, survey: SurveyPage) -> None:
        super().__init__(data)
        self.versions = {version.pk: version for version in _versions(survey)}
        self.collectors = {
            collector.pk: collector
            for collector in Collector.objects.filter(
                survey=survey, kind__in=[*Collector.SOURCES]
            ).order_by("name")
        }
        self.fields["formulier"].choices = [
            (pk, _label(survey, version, is_newest=place == 0))
            for place, (pk, version) in enumerate(self.versions.items())
        ]
        self.fields["ingang"].choices = [
            ("", _("Geen")),
            *((pk, collector.name) for pk, collector in self.collectors.items()),
        ]
        if not self.collectors:
            del self.fields["ingang"]

    def clean(self):
        cleaned = super().clean()
        collector = self.collectors.get(cleaned.get("ingang"))
        source = cleaned.get("bron")
        if collector is not None and source and collector.source != source:
            self.add_error(
                "ingang",
                ValidationError(
                    _("Deze ingang is voor ‘%(kind)s’. Kies een andere, of verander hoe het is "
                      "ingevuld.") % {"kind": collector.get_kind_display()}
                ),
            )  # fmt: skip
        return cleaned

    @property
    def batch(self) -> dict:
        """What the batch begins with, of a valid form."""
        given = self.cleaned_data
        return {
            "version": self.versions[given["formulier"]],
            "source": given["bron"],
            "collector": self.collectors.get(given.get("ingang")),
            "remarks": given["opmerking"],
        }


def _versions(survey: SurveyPage):
    return SurveyVersion.objects.filter(survey=survey).defer("definition").order_by("-number")


def _label(survey: SurveyPage, version: SurveyVersion, *, is_newest: bool) -> str:
    words = {
        "number": form_number(survey, version),
        "day": date_format(localdate(version.created_at), "j F Y"),
    }
    if is_newest:
        return _("%(number)s (vanaf %(day)s, de nieuwste)") % words
    return _("%(number)s (vanaf %(day)s)") % words


class ReasonForm(forms.Form):
    """Why a form is corrected or taken away."""

    reden = forms.CharField(
        label=gettext_lazy("Waarom?"),
        max_length=PaperCorrection.LONGEST_REASON,
        help_text=gettext_lazy(
            "Zoals: verkeerd getypt, of dubbel ingevoerd. Schrijf hier geen antwoorden."
        ),
        error_messages={
            "required": gettext_lazy("Schrijf in een paar woorden waarom."),
            "max_length": gettext_lazy("Dit is te lang. Gebruik ten hoogste 300 tekens."),
        },
    )
