"""Forms of visitors: subscribing, changing areas, and the filter of the archive."""

from django import forms
from django.utils.translation import gettext_lazy as _

from areas.forms import BAD_AREA
from areas.models import AreaPage
from cms.row_choices import RowChoiceField

from ..addresses import MAX_LENGTH, normalise

CHOOSE_AREA = _("Kies ten minste één gebied.")


def open_areas():
    """The areas a visitor may choose, without their boundaries."""
    return AreaPage.objects.live().public().without_geometry().in_order()


class AreasField(forms.ModelMultipleChoiceField):
    """Areas as checkboxes, by their slug."""

    widget = forms.CheckboxSelectMultiple
    default_error_messages = {
        "required": CHOOSE_AREA,
        "invalid_choice": BAD_AREA,
        "invalid_list": BAD_AREA,
        "invalid_pk_value": BAD_AREA,
    }

    def __init__(self, **kwargs):
        super().__init__(queryset=AreaPage.objects.none(), to_field_name="slug", **kwargs)

    def label_from_instance(self, obj) -> str:
        return obj.title


class SubscribeForm(forms.Form):
    """An address and areas. `website` is a trap: people do not see it, programs fill it in."""

    gebieden = AreasField(label=_("Over welke gebieden wilt u nieuws?"))
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

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["gebieden"].queryset = open_areas()

    def clean_email(self) -> str:
        return normalise(self.cleaned_data["email"])

    @property
    def is_trapped(self) -> bool:
        """Whether a program filled in the form."""
        return bool(self.cleaned_data.get("website"))


class PreferencesForm(forms.Form):
    """The areas of a subscription."""

    gebieden = AreasField(label=_("Over welke gebieden wilt u nieuws?"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["gebieden"].queryset = open_areas()


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
