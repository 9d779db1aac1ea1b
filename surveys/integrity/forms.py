"""The form in which staff decides about marked responses."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import ResponseMark, StaffDecision

ALL, CHOSEN = "alle", "gekozen"


class DecisionForm(forms.Form):
    """Which responses with one mark, whether they count, and why."""

    use_required_attribute = False

    kenmerk = forms.ChoiceField(choices=ResponseMark.Kind.choices, widget=forms.HiddenInput)
    welke = forms.ChoiceField(
        label=_("Over welke inzendingen?"),
        choices=[
            (CHOSEN, _("Die ik hierboven heb aangevinkt")),
            (ALL, _("Alle met dit kenmerk waarover nog niet besloten is")),
        ],
        initial=CHOSEN,
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies over welke inzendingen u besluit.")},
    )
    inzending = forms.TypedMultipleChoiceField(required=False)
    besluit = forms.ChoiceField(
        label=_("Wat besluit u?"),
        choices=[("ja", _("Telt mee")), ("nee", _("Telt niet mee"))],
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Kies of deze inzendingen meetellen."),
            "invalid_choice": _("Kies of deze inzendingen meetellen."),
        },
    )
    reden = forms.CharField(
        label=_("Waarom?"),
        max_length=StaffDecision.LONGEST_REASON,
        help_text=_("De reden blijft bewaard, met uw naam en de dag. Collega's lezen hem."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": _("Schrijf waarom. Zonder reden kan het besluit niet op de lijst."),
            "max_length": _("De reden is te lang. Er passen 1000 tekens."),
        },
    )

    def __init__(self, *args, response_ids=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["inzending"].choices = [(str(pk), str(pk)) for pk in response_ids]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("welke") == CHOSEN and not cleaned.get("inzending"):
            self.errors.pop("inzending", None)
            self.add_error("welke", _("Vink ten minste één inzending aan, of kies alle."))
        return cleaned
