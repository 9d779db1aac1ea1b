"""The languages of a survey as an editor chooses them."""

from django import forms
from django.db import models

from .registry import languages


class LanguagesField(models.JSONField):
    """A list of codes; in a form a checkbox for each language of the settings."""

    def formfield(self, **kwargs):
        return forms.MultipleChoiceField(
            choices=lambda: [
                (one.code, f"{one.dutch_name} ({one.name})") for one in languages().values()
            ],
            widget=forms.CheckboxSelectMultiple,
            required=False,
            label=self.verbose_name,
            help_text=self.help_text,
        )
