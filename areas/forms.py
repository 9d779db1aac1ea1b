"""What a visitor may ask of the map and of My area."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cms.row_choices import RowChoiceField

from . import layers
from .layers import Filters
from .models import AreaPage

BAD_AREA = _("Dit gebied kennen we niet. Kies een gebied uit de lijst.")
BAD_STATUS = _("Deze status kennen we niet. Kies een status uit de lijst.")


class MapFilterForm(forms.Form):
    """Filters of the map page and of a layer; names are Dutch since they stand in addresses."""

    gebied = RowChoiceField(
        label=_("Gebied"),
        queryset=AreaPage.objects.none(),
        to_field_name="slug",
        required=False,
        empty_label=_("Alle gebieden"),
        error_messages={"invalid_choice": BAD_AREA},
    )
    laag = forms.MultipleChoiceField(
        label=_("Wat wilt u zien?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "invalid_choice": _("Deze kaartlaag kennen we niet. Kies een laag uit de lijst.")
        },
    )
    status = forms.ChoiceField(
        label=_("Status"), required=False, error_messages={"invalid_choice": BAD_STATUS}
    )
    q = forms.CharField(
        label=_("Zoek op naam of plek"),
        required=False,
        max_length=100,
        error_messages={"max_length": _("Zoek met ten hoogste 100 tekens.")},
    )
    pagina = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=10_000,
        widget=forms.HiddenInput,
        error_messages={
            "invalid": _("Dit paginanummer bestaat niet."),
            "min_value": _("Dit paginanummer bestaat niet."),
            "max_value": _("Dit paginanummer bestaat niet."),
        },
    )

    def __init__(self, *args, only_layer=None, **kwargs):
        super().__init__(*args, **kwargs)
        known = [only_layer] if only_layer else layers.all_layers()
        self.fields["gebied"].queryset = AreaPage.objects.live().without_geometry().in_order()
        self.fields["laag"].choices = [(layer.key, layer.label) for layer in known]
        statuses = {}
        for layer in known:
            statuses.update(layer.statuses)
        self.fields["status"].choices = [("", _("Elke status")), *statuses.items()]

    def clean_q(self) -> str:
        """PostgreSQL refuses NUL in a text; Django's CharField has taken care of it."""
        return self.cleaned_data["q"].strip()

    def chosen_layers(self) -> list[layers.Layer]:
        """The layers asked for, or those that are on by default."""
        keys = self.cleaned_data.get("laag")
        if keys:
            return [layer for layer in layers.all_layers() if layer.key in keys]
        return [layer for layer in layers.all_layers() if layer.default_on]

    def filters(self) -> Filters:
        """The checked filters in the shape that layers take."""
        area = self.cleaned_data.get("gebied")
        return Filters(
            area_id=area.pk if area else None,
            status=self.cleaned_data.get("status", ""),
            text=self.cleaned_data.get("q", ""),
        )


class MyAreaForm(forms.Form):
    """Find an area by the name of a place, an address we know, or a spot on the map."""

    q = forms.CharField(
        label=_("Uw dorp, wijk of straat"),
        required=False,
        max_length=100,
        error_messages={"max_length": _("Zoek met ten hoogste 100 tekens.")},
        widget=forms.TextInput(attrs={"autocomplete": "address-level3"}),
    )
    plaats = forms.SlugField(required=False, widget=forms.HiddenInput)
    lat = forms.FloatField(required=False, min_value=-90, max_value=90, widget=forms.HiddenInput)
    lon = forms.FloatField(required=False, min_value=-180, max_value=180, widget=forms.HiddenInput)

    def clean(self):
        cleaned = super().clean()
        if (cleaned.get("lat") is None) != (cleaned.get("lon") is None):
            raise forms.ValidationError(
                _("Kies de plek opnieuw op de kaart, of typ de naam van uw dorp of wijk.")
            )
        return cleaned
