"""Forms of visitors: subscribing, changing choices, a lost link, and the filter of the archive."""

from django import forms
from django.utils.translation import gettext_lazy as _

from areas.forms import BAD_AREA
from areas.models import AreaPage
from cms.row_choices import RowChoiceField

from ..addresses import MAX_LENGTH, normalise
from ..choices import open_areas
from .choices import ChoicesForm


class AddressForm(forms.Form):
    """An address. `website` is a trap: people do not see it, programs fill it in."""

    email = forms.CharField(
        label=_("Uw e-mailadres"),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "maxlength": MAX_LENGTH}),
        error_messages={"required": _("Vul uw e-mailadres in.")},
    )
    website = forms.CharField(
        label=_("Laat dit veld leeg"),
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )

    def clean_email(self) -> str:
        return normalise(self.cleaned_data["email"])

    @property
    def is_trapped(self) -> bool:
        """Whether a program filled in the form."""
        return bool(self.cleaned_data.get("website"))


class SubscribeForm(AddressForm, ChoicesForm):
    """What somebody wants newsletters about, and where they go."""

    field_order = ["gebieden", "volgen", "plaatsen", "themas", "hoe_vaak", "email"]


class PreferencesForm(ChoicesForm):
    """What a subscription is about."""


class ArchiveFilterForm(forms.Form):
    """`q`, `gebied` and `pagina` of the archive."""

    q = forms.CharField(
        label=_("Zoek in de nieuwsbrieven"),
        required=False,
        max_length=100,
        error_messages={"max_length": _("Zoek met ten hoogste 100 tekens.")},
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    gebied = RowChoiceField(
        label=_("Gebied"),
        queryset=AreaPage.objects.none(),
        to_field_name="slug",
        required=False,
        empty_label=_("Alle gebieden"),
        error_messages={"invalid_choice": BAD_AREA},
    )
    pagina = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=10_000,
        widget=forms.HiddenInput,
        error_messages={
            name: _("Dit paginanummer bestaat niet.")
            for name in ("invalid", "min_value", "max_value")
        },
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["gebied"].queryset = open_areas()
