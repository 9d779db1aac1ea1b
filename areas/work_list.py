"""The work list: all that waits in the user's areas, with filters and as a file."""

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import HeaderButton

from cms.admin_panels import AttentionSource, attention_sources
from cms.all_waiting import AllWaiting
from cms.services import absolute_url
from cms.sheets.writing import FORMATS, sheet_response

from .admin_home import areas_worked_in
from .models import AreaPage

PAGE_SIZE = 50


class WorkListForm(forms.Form):
    """`gebied` and `soort`; what is not known shows everything and says so."""

    gebied = forms.ModelChoiceField(
        label=gettext_lazy("Gebied"),
        queryset=AreaPage.objects.none(),
        to_field_name="slug",
        required=False,
        empty_label=gettext_lazy("Al uw gebieden"),
        error_messages={"invalid_choice": gettext_lazy("Dit is geen gebied van u.")},
    )
    soort = forms.ChoiceField(
        label=gettext_lazy("Soort"),
        required=False,
        error_messages={"invalid_choice": gettext_lazy("Deze soort kennen we niet.")},
    )

    def __init__(self, *args, areas: list[AreaPage], sources: list[AttentionSource], **kwargs):
        super().__init__(*args, **kwargs)
        self.areas, self.sources = areas, sources
        self.fields["gebied"].queryset = AreaPage.objects.filter(
            pk__in=[area.pk for area in areas]
        ).without_geometry()
        # The rows are at hand; the field would fetch them once more for every look at it.
        self.fields["gebied"].choices = [
            ("", self.fields["gebied"].empty_label),
            *((area.slug, area.title) for area in areas),
        ]
        self.fields["soort"].choices = [
            ("", _("Alles")),
            *((source.key, source.title) for source in sources),
        ]

    def chosen_areas(self) -> list[AreaPage]:
        """The area that was chosen, or all."""
        chosen = self.cleaned_data.get("gebied") if self.is_valid() else None
        return [area for area in self.areas if chosen is None or area.pk == chosen.pk]

    def chosen_sources(self) -> list[AttentionSource]:
        """The kind that was chosen, or all."""
        key = self.cleaned_data.get("soort") if self.is_valid() else ""
        return [source for source in self.sources if not key or source.key == key]


class WorkListView(WagtailAdminTemplateMixin, TemplateView):
    """`/beheer/reports/werklijst/?gebied=&soort=&p=`, and `&export=xlsx|ods|csv` for a file.

    Two queries for each family of kinds, however many rows wait.
    """

    template_name = "areas/admin/work_list.html"
    page_title = gettext_lazy("Werklijst")
    header_icon = "list-ul"

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        self.areas = list(areas_worked_in(request.user))
        if not self.areas:
            raise PermissionDenied
        self.form = WorkListForm(request.GET, areas=self.areas, sources=attention_sources())
        if request.GET.get("export") in FORMATS:
            return self._file(request.GET["export"])
        return super().get(request, *args, **kwargs)

    def get_breadcrumbs_items(self):
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse("work_list"), "label": str(self.page_title)},
        ]

    @property
    def header_buttons(self):
        query = self.request.GET.copy()
        buttons = []
        for name in FORMATS:
            query["export"] = name
            buttons.append(
                HeaderButton(
                    _("Download %(format)s") % {"format": name.upper()},
                    url=f"{reverse('work_list')}?{query.urlencode()}",
                    icon_name="download",
                )
            )
        return buttons

    def found(self) -> AllWaiting:
        """What waits in the chosen areas, kind by kind."""
        return AllWaiting(
            self.form.chosen_sources(),
            user=self.request.user,
            places=self.form.chosen_areas(),
        )

    def lines(self, rows: Iterable[tuple[AttentionSource, Any]]) -> Iterator[tuple]:
        """Rows with what is said of them."""
        known = {"user": self.request.user, "places": self.form.chosen_areas()}
        return ((source, source.as_waiting(row, **known)) for source, row in rows)

    def get_context_data(self, **kwargs):
        page = Paginator(self.found(), PAGE_SIZE).get_page(self.request.GET.get("p", "")[:6])
        page.object_list = list(self.lines(page.object_list))
        query = self.request.GET.copy()
        query.pop("p", None)
        return super().get_context_data(
            form=self.form,
            rows=page,
            query=query.urlencode(),
            here=self.request.get_full_path(),
            csrf_token=get_token(self.request),
            **kwargs,
        )

    def _file(self, format_name: str) -> HttpResponse:
        head = [_("Soort"), _("Gebied"), _("Wat"), _("Toelichting"), _("Uiterlijk"), _("Adres")]
        return sheet_response(
            format_name=format_name,
            name=_("werklijst"),
            title=_("Werklijst"),
            head=head,
            rows=(
                [
                    str(source.title),
                    row.place.title,
                    row.title,
                    row.detail,
                    row.term,
                    absolute_url(row.url),
                ]
                for source, row in self.lines(self.found()[:])
            ),
        )
