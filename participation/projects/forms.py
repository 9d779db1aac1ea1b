"""The editor's form of a project, and the filters of the list."""

from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm

from areas import layers
from areas.forms import MapFilterForm

from .periods import collisions


class ProjectFilterForm(MapFilterForm):
    """The filters of the map, for projects only: `gebied`, `status`, `q` and `pagina`."""

    def __init__(self, data):
        super().__init__(data, only_layer=layers.get("projecten"))
        del self.fields["laag"]


class ProjectPageForm(WagtailAdminPageForm):
    """Checks that the phases follow each other."""

    def clean(self):
        cleaned = super().clean()
        formset = self.formsets.get("phases")
        if formset is not None:
            self._check_phases(
                [
                    form
                    for form in formset.forms
                    if form.is_valid()
                    and form.cleaned_data.get("start")
                    and not form.cleaned_data.get("DELETE")
                ]
            )
        return cleaned

    def _check_phases(self, forms) -> None:
        periods = [(form.cleaned_data["start"], form.cleaned_data.get("end")) for form in forms]
        for later, earlier in collisions(periods):
            other = forms[earlier].cleaned_data.get("name", "")
            end = periods[earlier][1]
            if end is None:
                message = _(
                    "De fase ‘%(other)s’ heeft geen einde. Vul bij die fase een einde in dat vóór "
                    "deze datum ligt."
                ) % {"other": other}
            else:
                message = _(
                    "Deze fase begint terwijl de fase ‘%(other)s’ nog loopt, tot en met %(end)s. "
                    "Kies een latere datum."
                ) % {"other": other, "end": f"{end.day}-{end.month}-{end.year}"}
            forms[later].add_error("start", message)
