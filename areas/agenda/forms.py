"""Filters of an agenda."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from areas.models import Theme
from cms.languages import DutchSelect
from cms.row_choices import RowChoiceField
from cms.sheets.reading import MAX_BYTES, SheetError, read_sheet, too_large

from .models import AgendaItemPage


class AgendaFilterForm(forms.Form):
    """`thema` and `status`; only themes that stand on the agenda are offered."""

    thema = RowChoiceField(
        label=_("Thema"),
        queryset=Theme.objects.none(),
        to_field_name="slug",
        required=False,
        empty_label=_("Alle thema's"),
        widget=DutchSelect,
        error_messages={"invalid_choice": _("Dit thema staat niet op deze agenda.")},
    )
    status = forms.ChoiceField(
        label=_("Status"),
        required=False,
        choices=[("", _("Elke status")), *AgendaItemPage.Status.choices],
        error_messages={
            "invalid_choice": _("Deze status kennen we niet. Kies een status uit de lijst.")
        },
    )

    def __init__(self, *args, themes, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["thema"].queryset = themes


class RolloverForm(forms.Form):
    """Name and period of the next agenda."""

    title = forms.CharField(
        label=_("Titel van de nieuwe agenda"),
        max_length=255,
        error_messages={"required": _("Geef de nieuwe agenda een titel.")},
    )
    period_start = forms.DateField(
        label=_("Begin van de periode"),
        widget=AdminDateInput,
        error_messages={
            "required": _("Kies de eerste dag van de periode."),
            "invalid": _("Dit is geen datum. Schrijf de dag zo: 31-12-2027."),
        },
    )
    period_end = forms.DateField(
        label=_("Einde van de periode"),
        widget=AdminDateInput,
        error_messages={
            "required": _("Kies de laatste dag van de periode."),
            "invalid": _("Dit is geen datum. Schrijf de dag zo: 31-12-2027."),
        },
    )

    def clean(self):
        data = super().clean()
        first, last = data.get("period_start"), data.get("period_end")
        if first and last and last < first:
            self.add_error("period_end", _("De periode eindigt voordat zij begint."))
        return data


class SheetForm(forms.Form):
    """A table of agenda items, and whether new ones go on the site at once."""

    file = forms.FileField(
        label=_("Bestand"),
        help_text=_("Een tabel als xlsx, ods of csv, van hoogstens 5 MB."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.ods,.csv"}),
        error_messages={
            "required": _("Kies het bestand met uw tabel."),
            "empty": _("Dit bestand is leeg. Kies het bestand met uw tabel."),
        },
    )
    publish_new = forms.BooleanField(
        label=_("Zet nieuwe punten meteen op de site"),
        help_text=_("Zonder vinkje worden nieuwe punten een concept."),
        required=False,
    )

    def __init__(self, *args, may_publish: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if not may_publish:
            del self.fields["publish_new"]

    def clean_file(self):
        """The table in the file, read; see `cms.sheets.reading`."""
        file = self.cleaned_data["file"]
        try:
            if file.size > MAX_BYTES:
                raise too_large()
            self.sheet = read_sheet(file.read())
        except SheetError as error:
            raise forms.ValidationError(str(error)) from error
        return file
