"""Cross tables and the report of a survey in the admin."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..admin_views import SurveyAdminView
from ..wordings import frozen_versions
from .asked import asked_over
from .cross import CrossTable, cross_table, variables
from .forms import CrossForm, ReportForm
from .report import report_name, report_pdf, splitters


class CrossView(SurveyAdminView):
    """`GET /beheer/enquetes/<pk>/resultaten/kruistabel/?rijen=…&kolommen=…`: one table.

    A wrong choice gives the form with what is wrong, as status 400.
    """

    template_name = "surveys/admin/cross.html"
    page_title = gettext_lazy("Kruistabel")

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        versions = frozen_versions(self.survey)
        self.form = CrossForm(
            request.GET if "rijen" in request.GET else None,
            survey=self.survey,
            versions=[version.number for version in versions],
            offered=variables(self.survey, asked_over(self.survey, versions)),
        )

    def get_breadcrumbs_items(self):
        return [*super().get_breadcrumbs_items(), {"url": "", "label": _("Kruistabel")}]

    def get_context_data(self, **kwargs):
        table = None
        if self.form.is_valid():
            table = shown(cross_table(self.survey, *self.form.variables, self.form.wanted))
        return {**super().get_context_data(**kwargs), "form": self.form, "table": table}

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        response = super().get(request, *args, **kwargs)
        if self.form.is_bound and not self.form.is_valid():
            response.status_code = 400
        return response


def shown(table: CrossTable) -> dict:
    """A cross table as the template writes it: cells with count and percentage of the row."""
    rows = [
        {
            "line": line,
            "total": total,
            "cells": [
                {"count": count, "percent": round(100 * count / total) if total else 0}
                for count in counts
            ],
        }
        for line, counts, total in zip(table.rows, table.counts, table.row_totals, strict=True)
    ]
    totals = [
        {"count": count, "percent": round(100 * count / table.total) if table.total else 0}
        for count in table.column_totals
    ]
    return {"rows": rows, "totals": totals, "of": table}


class ReportView(SurveyAdminView):
    """`GET /beheer/enquetes/<pk>/resultaten/rapport.pdf?splits=…`: the report as tagged PDF."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        form = ReportForm(request.GET, offered=splitters(self.survey))
        variable = form.variable if form.is_valid() else None
        document = report_pdf(self.survey, split=variable)
        response = HttpResponse(document.content, content_type="application/pdf")
        name = report_name(self.survey, timezone.localdate())
        response["Content-Disposition"] = f'inline; filename="{name}"'
        return response
