"""Signing in, and placing a signal."""

from django import forms
from django.utils.translation import gettext_lazy as _

from areas.signals.intake_forms import SignalForm
from areas.signals.models import Signal

BAD_ADDRESS = _("Dit is geen e-mailadres. Kijk of het goed getypt is.")
PUBLIC, CLOSED = "openbaar", "besloten"


class SignInForm(forms.Form):
    """An address. The answer is the same for every one; `naar` is where to go afterwards."""

    use_required_attribute = False

    email = forms.EmailField(
        label=_("Uw e-mailadres"),
        max_length=254,
        help_text=_("Het adres dat de gebiedsmanager van uw raad kent."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": _("Vul uw e-mailadres in."),
            "invalid": BAD_ADDRESS,
            "max_length": BAD_ADDRESS,
        },
    )
    naar = forms.CharField(max_length=200, required=False, widget=forms.HiddenInput)


class RoomSignalForm(SignalForm):
    """A signal of a council."""

    soort = forms.ChoiceField(
        label=_("Wat is het?"),
        choices=[
            (Signal.Kind.SIGNAL.value, _("Een signaal: u ziet dat iets niet goed gaat")),
            (Signal.Kind.QUESTION.value, _("Een vraag")),
            (
                Signal.Kind.INITIATIVE.value,
                _("Een initiatief: een plan van de raad of uit de buurt"),
            ),
        ],
        initial=Signal.Kind.SIGNAL.value,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Kies wat het is."),
            "invalid_choice": _("Kies wat het is: een signaal, een vraag of een initiatief."),
        },
    )
    openbaar = forms.ChoiceField(
        label=_("Wie mag dit lezen?"),
        choices=[
            (CLOSED, _("Besloten: alleen uw raad en de gemeente")),
            (
                PUBLIC,
                _(
                    "Openbaar: ook bewoners, op deze website. Bijlagen staan nooit op de site. "
                    "Schrijf geen namen op."
                ),
            ),
        ],
        initial=CLOSED,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Kies wie dit mag lezen."),
            "invalid_choice": _("Kies wie dit mag lezen: besloten of openbaar."),
        },
    )

    field_order = ["soort", "onderwerp", "uitleg", "plek", "bijlagen", "openbaar"]

    @property
    def values(self) -> dict:
        return super().values | {"public": self.cleaned_data["openbaar"] == PUBLIC}
