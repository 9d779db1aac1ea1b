"""A choice among a few rows, such as areas or themes, in a form that everybody gets."""

from django import forms
from django.forms.models import ModelChoiceIterator


class AtOnce(ModelChoiceIterator):
    """Reads the rows in one go.

    Django's own opens a cursor on the server for them: four round trips for a list that fits in
    one answer.
    """

    def __iter__(self):
        if self.field.empty_label is not None:
            yield ("", self.field.empty_label)
        for row in self.queryset.all():
            yield self.choice(row)


class RowChoiceField(forms.ModelChoiceField):
    """A `ModelChoiceField` for lists of tens of rows."""

    iterator = AtOnce
