"""The form with which a colleague approves an edition or sends it back."""

from django import forms
from django.utils.translation import gettext_lazy as _


class DecisionForm(forms.Form):
    """Approve, or send back with words; `versie` is the fingerprint of what was looked at."""

    APPROVE, BACK = "goedkeuren", "terug"

    versie = forms.CharField(max_length=64, widget=forms.HiddenInput)
    besluit = forms.ChoiceField(
        label=_("Uw besluit"),
        choices=[
            (APPROVE, _("Ja, deze nieuwsbrief mag weg")),
            (BACK, _("Nee, ik stuur hem terug")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies of de nieuwsbrief weg mag.")},
    )
    woorden = forms.CharField(
        label=_("Toelichting"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Stuurt u hem terug? Schrijf dan wat er anders moet."),
    )

    def __init__(self, *args, is_asked: bool = True, **kwargs) -> None:
        """Without `is_asked` there is nobody to send it back to."""
        super().__init__(*args, **kwargs)
        if not is_asked:
            self.fields["besluit"].choices = self.fields["besluit"].choices[:1]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("besluit") == self.BACK and not cleaned.get("woorden", "").strip():
            self.add_error(
                "woorden", _("Schrijf wat er anders moet; anders weet de maker dat niet.")
            )
        return cleaned

    @property
    def approves(self) -> bool:
        return self.cleaned_data["besluit"] == self.APPROVE
