"""What staff choose on the pages with results. The fields stand in the address."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from cms.languages import DutchSelect

from ..languages.registry import NL, offered
from ..models import Collector, Response, SurveyPage
from .cross import Variable
from .filters import EVERYTHING, NO_COLLECTOR, ResultsFilter

NOT_THERE = _("Deze keuze is er niet (meer). Kies uit de lijst.")


class DayInput(forms.DateInput):
    input_type = "date"

    def format_value(self, value):
        return value if isinstance(value, str) else super().format_value(value)


class ResultsFilterForm(forms.Form):
    """Which responses the results are about; fields that leave no choice are not there."""

    ingang = forms.ChoiceField(label=_("Ingang"), required=False, widget=DutchSelect)
    bron = forms.ChoiceField(label=_("Hoe ingevuld"), required=False)
    van = forms.DateField(label=_("Vanaf dag"), required=False, widget=DayInput)
    tot = forms.DateField(label=_("Tot en met dag"), required=False, widget=DayInput)
    taal = forms.ChoiceField(label=_("Taal van de vragen"), required=False)
    versie = forms.ChoiceField(label=_("Versie"), required=False)

    def __init__(self, data, *, survey: SurveyPage, versions: Sequence[int], **kwargs) -> None:
        super().__init__(data, auto_id="id_%s", **kwargs)
        collectors = list(Collector.objects.filter(survey=survey).values_list("pk", "name"))
        choices = [(str(pk), name) for pk, name in collectors]
        choices.append((str(NO_COLLECTOR), _("Zonder ingang")))
        self._offer("ingang", choices if collectors else [])
        self._offer("bron", Response.Source.choices)
        tongues = [(one.code, one.dutch_name) for one in (NL, *offered(survey.languages))]
        self._offer("taal", tongues if len(tongues) > 1 else [])
        numbers = [(str(n), _("Versie %(n)s") % {"n": n}) for n in sorted(versions)]
        self._offer("versie", numbers if len(numbers) > 1 else [])
        for field in self.fields.values():
            field.error_messages |= {
                "invalid_choice": NOT_THERE,
                "invalid": _("Dit is geen dag die wij kunnen lezen. Kies een dag."),
            }

    def _offer(self, name: str, choices: list) -> None:
        if choices:
            self.fields[name].choices = [("", _("Alle")), *choices]
        else:
            del self.fields[name]

    def clean(self):
        cleaned = super().clean()
        since, until = cleaned.get("van"), cleaned.get("tot")
        if since and until and since > until:
            self.add_error("tot", _("Deze dag is eerder dan de eerste. Draai ze om."))
        return cleaned

    @property
    def wanted(self) -> ResultsFilter:
        """The choice; everything where it is not a valid one."""
        if not self.is_valid():
            return EVERYTHING
        given = self.cleaned_data
        return ResultsFilter(
            collector=int(given["ingang"]) if given.get("ingang") else None,
            source=given.get("bron") or "",
            since=given["van"],
            until=given["tot"],
            version=int(given["versie"]) if given.get("versie") else None,
            language=given.get("taal") or "",
        )


class CrossForm(ResultsFilterForm):
    """Two things to put against each other, of the responses chosen."""

    rijen = forms.ChoiceField(label=_("In de rijen"), widget=DutchSelect)
    kolommen = forms.ChoiceField(label=_("In de kolommen"), widget=DutchSelect)
    field_order = ["rijen", "kolommen"]

    def __init__(self, data, *, offered: Sequence[Variable], **kwargs) -> None:
        super().__init__(data, **kwargs)
        self.offered = {variable.key: variable for variable in offered}
        choices = [(variable.key, variable.label) for variable in offered]
        for name in ("rijen", "kolommen"):
            self.fields[name].choices = [("", _("Kies een vraag")), *choices]
            self.fields[name].error_messages |= {
                "required": _("Kies wat er in de tabel moet."),
                "invalid_choice": NOT_THERE,
            }

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("rijen") and cleaned.get("rijen") == cleaned.get("kolommen"):
            self.add_error("kolommen", _("Kies hier iets anders dan in de rijen."))
        return cleaned

    @property
    def variables(self) -> tuple[Variable, Variable]:
        """What was chosen for rows and columns, of a valid form."""
        return tuple(self.offered[self.cleaned_data[name]] for name in ("rijen", "kolommen"))


class ReportForm(forms.Form):
    """What the report has besides the results of each question."""

    splits = forms.ChoiceField(label=_("Splits elke vraag uit naar"), required=False,
                               widget=DutchSelect)  # fmt: skip

    def __init__(self, data, *, offered: Sequence[Variable]) -> None:
        super().__init__(data, auto_id="rapport_%s")
        self.offered = {variable.key: variable for variable in offered}
        choices = [(key, variable.label) for key, variable in self.offered.items()]
        self.fields["splits"].choices = [("", _("Niet uitsplitsen")), *choices]
        self.fields["splits"].error_messages["invalid_choice"] = NOT_THERE

    @property
    def variable(self) -> Variable | None:
        """What to split by, of a valid form."""
        return self.offered.get(self.cleaned_data["splits"])
