"""The editor's form of an office hour, and the filter of the list."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm

from areas import layers
from areas.forms import MapFilterForm

from . import schedule


class OfficeHourFilterForm(MapFilterForm):
    """`gebied` and `pagina`."""

    def __init__(self, data):
        super().__init__(data, only_layer=layers.get("spreekuren"))
        for name in ("laag", "status", "q"):
            del self.fields[name]


class OfficeHourPageForm(WagtailAdminPageForm):
    """Checks single dates, series and exceptions against each other."""

    def clean(self):
        cleaned = super().clean()
        rows = {name: self._rows(name) for name in ("moments", "series", "exceptions")}
        self._check_moments(rows["moments"])
        self._check_exceptions(rows)
        return cleaned

    def _rows(self, name: str) -> list[forms.ModelForm]:
        """The valid rows of one kind that stay."""
        if name not in self.formsets:
            return []
        return [
            form
            for form in self.formsets[name].forms
            if form.is_valid() and form.cleaned_data and not _deleted(form)
        ]

    def _check_moments(self, rows) -> None:
        """One date and time stands there once."""
        seen = set()
        for form in rows:
            key = (form.instance.date, form.instance.start_time)
            if key in seen:
                form.add_error("date", _("Dit moment staat er al."))
            seen.add(key)

    def _check_exceptions(self, rows) -> None:
        """An exception to come names a date on which there is an office hour, and only once."""
        seen = set()
        today = timezone.localdate()
        for form in rows["exceptions"]:
            day = form.instance.date
            if day in seen:
                form.add_error("date", _("Voor deze datum staat er al een uitzondering."))
            elif day >= today and not self._planned_on(day, rows):
                form.add_error(
                    "date",
                    _(
                        "Op deze datum is er geen spreekuur. Controleer de datum, of haal deze "
                        "uitzondering weg."
                    ),
                )
            seen.add(day)

    def _planned_on(self, day, rows) -> bool:
        if any(form.instance.date == day for form in rows["moments"]):
            return True
        return any(schedule.dates_of(form.instance, day, day) for form in rows["series"])


def _deleted(form) -> bool:
    return bool(form.cleaned_data.get("DELETE"))
