"""What a visitor may ask of the figures."""

from django import forms
from django.utils.translation import gettext_lazy as _


class YearForm(forms.Form):
    """`jaar`: one of the years that there are figures of."""

    jaar = forms.TypedChoiceField(
        label=_("Jaar"),
        coerce=int,
        required=False,
        empty_value=None,
        error_messages={
            "invalid_choice": _("Van dit jaar zijn er geen cijfers. Kies een jaar uit de lijst.")
        },
    )

    def __init__(self, *args, years: list[int], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["jaar"].choices = [(year, str(year)) for year in years]
