"""Filters of an agenda."""

from django import forms
from django.utils.translation import gettext_lazy as _

from areas.models import Theme
from cms.languages import DutchSelect

from .models import AgendaItemPage


class AgendaFilterForm(forms.Form):
    """`thema` and `status`; only themes that stand on the agenda are offered."""

    thema = forms.ModelChoiceField(
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
