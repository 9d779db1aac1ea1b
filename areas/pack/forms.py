"""What a visitor may ask of the page "Wat veranderde er", and a manager of a pack."""

from datetime import date, datetime, time

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from areas.councils.models import Council
from areas.forms import BAD_AREA
from areas.models import AreaPage, Theme
from cms.languages import DutchSelect
from cms.row_choices import RowChoiceField

EARLIEST = date(2000, 1, 1)
MAX_PAGES = 25


class SinceField(forms.DateField):
    """A day in the past, from its first moment on, as an aware date-time."""

    default_error_messages = {
        "invalid": _("Deze datum kennen wij niet. Schrijf hem zo: 31-12-2026."),
    }

    def __init__(self, **kwargs):
        super().__init__(
            required=False,
            input_formats=["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"],
            widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            **kwargs,
        )

    def clean(self, value) -> datetime | None:
        day = super().clean(value)
        if day is None:
            return None
        if day > timezone.localdate():
            raise forms.ValidationError(_("Deze dag komt nog. Kies vandaag of een dag ervoor."))
        if day < EARLIEST:
            raise forms.ValidationError(_("Kies een dag vanaf 1 januari 2000."))
        return datetime.combine(day, time(), tzinfo=timezone.get_default_timezone())


class SinceForm(forms.Form):
    """From which day on a pack lists changes; empty for the last meeting."""

    sinds = SinceField(
        label=_("Toon wat veranderde vanaf"),
        help_text=_("Leeg: vanaf het laatste overleg."),
    )


class ChangesForm(forms.Form):
    """Filters of the page; names are Dutch since they stand in addresses."""

    sinds = SinceField(
        label=_("Vanaf welke dag?"),
        help_text=_("Leeg: sinds het laatste overleg van de raad, of anders de laatste 30 dagen."),
    )
    raad = RowChoiceField(
        label=_("Dorps- of wijkraad"),
        queryset=Council.objects.none(),
        to_field_name="slug",
        required=False,
        empty_label=_("Geen raad gekozen"),
        same_for_all="active councils",
        widget=DutchSelect,
        error_messages={"invalid_choice": _("Deze raad kennen we niet. Kies er een uit de lijst.")},
    )
    gebied = RowChoiceField(
        label=_("Gebied"),
        queryset=AreaPage.objects.none(),
        to_field_name="slug",
        required=False,
        empty_label=_("Alle gebieden"),
        same_for_all="public areas",
        widget=DutchSelect,
        error_messages={"invalid_choice": BAD_AREA},
    )
    thema = RowChoiceField(
        label=_("Thema"),
        queryset=Theme.objects.none(),
        to_field_name="slug",
        required=False,
        empty_label=_("Alle thema's"),
        same_for_all="themes",
        widget=DutchSelect,
        error_messages={
            "invalid_choice": _("Dit thema kennen we niet. Kies een thema uit de lijst.")
        },
    )
    pagina = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=MAX_PAGES,
        widget=forms.HiddenInput,
        error_messages={
            "invalid": _("Dit paginanummer bestaat niet."),
            "min_value": _("Dit paginanummer bestaat niet."),
            "max_value": _("Zo ver terug kunt u niet bladeren. Kies een latere dag."),
        },
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # The territory of the one that is chosen costs a query more, the drawings of all much more.
        self.fields["raad"].queryset = Council.objects.active().defer("geometry", "map_geometry")
        self.fields["gebied"].queryset = (
            AreaPage.objects.live().public().without_geometry().in_order()
        )
        self.fields["thema"].queryset = Theme.objects.all()
