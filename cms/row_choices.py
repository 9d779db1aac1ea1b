"""A choice among a few rows, such as areas or themes, in a form that everybody gets."""

from django import forms
from django.forms.models import ModelChoiceIterator

from . import pagecache


class AtOnce(ModelChoiceIterator):
    """Reads the rows in one go.

    Django's own opens a cursor on the server for them: four round trips for a list that fits in
    one answer. What everybody may choose is kept between requests.
    """

    def __iter__(self):
        if self.field.empty_label is not None:
            yield ("", self.field.empty_label)
        if self.field.same_for_all:
            yield from pagecache.remember(("choices", self.field.same_for_all), self._choices)
        else:
            yield from self._choices()

    def _choices(self) -> list[tuple]:
        return [self.choice(row) for row in self.queryset.all()]


class RowChoiceField(forms.ModelChoiceField):
    """A `ModelChoiceField` for lists of tens of rows.

    `same_for_all`: a name for the list, where every visitor gets the same one and a change of its
    rows purges pages.
    """

    iterator = AtOnce

    def __init__(self, *args, same_for_all: str = "", **kwargs):
        self.same_for_all = same_for_all
        super().__init__(*args, **kwargs)
