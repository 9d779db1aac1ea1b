"""The form with which an editor has an edition sent, and that of the block list."""

from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from ..addresses import normalise
from ..models import Delivery, Suppression

FURTHEST = timedelta(days=365)


class SendForm(forms.Form):
    """Now, or at a time in the coming year."""

    NOW, LATER = "nu", "later"

    wanneer = forms.ChoiceField(
        label=_("Wanneer?"),
        choices=[(NOW, _("Nu")), (LATER, _("Op een tijdstip"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies nu of een tijdstip.")},
    )
    tijdstip = forms.DateTimeField(
        label=_("Datum en tijd"),
        required=False,
        widget=forms.DateTimeInput(
            attrs={"type": "datetime-local", "step": 60}, format="%Y-%m-%dT%H:%M"
        ),
        error_messages={"invalid": _("Vul een datum en een tijd in, zoals 14-04-2027 09:30.")},
    )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("wanneer") != self.LATER or "tijdstip" in self.errors:
            return cleaned
        moment, now = cleaned.get("tijdstip"), timezone.now()
        if moment is None:
            self.add_error("tijdstip", _("Vul in wanneer de nieuwsbrief weg moet."))
        elif moment <= now:
            self.add_error("tijdstip", _("Dit tijdstip is al voorbij. Kies een later tijdstip."))
        elif moment > now + FURTHEST:
            self.add_error("tijdstip", _("Kies een tijdstip binnen een jaar."))
        return cleaned

    @property
    def send_at(self):
        """The moment chosen, or None for now."""
        later = self.cleaned_data["wanneer"] == self.LATER
        return self.cleaned_data["tijdstip"] if later else None


class RecipientFilterForm(forms.Form):
    """Search in a list of recipients; `stand` is a state of deliveries or what came after."""

    AFTERWARDS = {
        "bounced": _("Teruggekomen"),
        "complained": _("Gemeld als ongewenst"),
        "left": _("Afgemeld na deze mail"),
    }

    q = forms.CharField(label=_("Zoek op adres of reden"), required=False, max_length=254)
    stand = forms.ChoiceField(
        label=_("Stand"),
        required=False,
        choices=[("", _("Elke stand")), *Delivery.State.choices, *AFTERWARDS.items()],
    )


class SuppressionForm(WagtailAdminModelForm):
    """Block an address by hand."""

    class Meta:
        model = Suppression
        fields = ["email"]

    def clean_email(self) -> str:
        return normalise(self.cleaned_data["email"])
