"""Results of a survey in the admin, for who may edit that survey and nobody else."""

from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import HeaderButton

from .collecting.figures import link_rows
from .files.sent import tried_with_files
from .forms import form_class
from .languages.registry import FIELD, chosen
from .languages.showing import translated
from .models import SurveyPage
from .results import survey_results
from .results.forms import ReportForm, ResultsFilterForm
from .results.report import splitters
from .steps import take_step
from .views import survey_page, thanks_page


def editable_survey(request: HttpRequest, pk: int) -> SurveyPage:
    """The survey if the user may edit it; 404 otherwise, so that nobody learns what exists."""
    survey = get_object_or_404(SurveyPage, pk=pk)
    if not survey.permissions_for_user(request.user).can_edit():
        raise Http404
    return survey


class SurveyAdminView(WagtailAdminTemplateMixin, TemplateView):
    """A view on one survey, with the way back to its editor."""

    header_icon = "clipboard-list"
    page_title = gettext_lazy("Resultaten")

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.survey = editable_survey(request, kwargs["pk"])

    def get_page_subtitle(self):
        return self.survey.get_admin_display_title()

    def get_breadcrumbs_items(self):
        return [
            *self.breadcrumbs_items,
            {
                "url": reverse("wagtailadmin_pages:edit", args=[self.survey.pk]),
                "label": self.survey.get_admin_display_title(),
            },
            {"url": reverse("surveys_results", args=[self.survey.pk]), "label": _("Resultaten")},
        ]

    def get_context_data(self, **kwargs):
        return {**super().get_context_data(**kwargs), "survey": self.survey}


class ResultsView(SurveyAdminView):
    """`GET /beheer/enquetes/<pk>/resultaten/?ingang=…&bron=…&van=…&tot=…&versie=…`.

    Total, bars and a few open answers to each question, of this moment. A wrong choice gives
    everything, with what is wrong, as status 400.
    """

    template_name = "surveys/admin/results.html"

    @property
    def header_buttons(self):
        return [
            HeaderButton(
                _("Labels"), url=reverse("surveys_tags", args=[self.survey.pk]), icon_name="tag"
            ),
            HeaderButton(
                _("Downloaden"),
                url=reverse("surveys_downloads", args=[self.survey.pk]),
                icon_name="download",
            ),
            HeaderButton(
                _("Kruistabel"),
                url=reverse("surveys_cross", args=[self.survey.pk]),
                icon_name="table",
            ),
            HeaderButton(
                _("Ingangen"),
                url=reverse("surveys_collectors", args=[self.survey.pk]),
                icon_name="link",
            ),
            HeaderButton(
                _("Papier"),
                url=reverse("surveys_paper", args=[self.survey.pk]),
                icon_name="doc-full",
            ),
        ]

    def get_context_data(self, **kwargs):
        versions = self.survey.versions.values_list("number", flat=True)
        form = ResultsFilterForm(self.request.GET, survey=self.survey, versions=versions)
        wanted = form.wanted
        results = survey_results(self.survey, wanted)
        return {
            **super().get_context_data(**kwargs),
            "form": form,
            "report_form": ReportForm(None, offered=splitters(self.survey)),
            "wanted": wanted,
            "chosen": self.request.GET.urlencode() if form.is_valid() else "",
            "results": results,
            "link_rows": link_rows(self.survey, results.groups) if "ingang" in form.fields else [],
        }

    def get(self, request, *args, **kwargs):
        context = self.get_context_data(**kwargs)
        status = HTTPStatus.OK if context["form"].is_valid() else HTTPStatus.BAD_REQUEST
        return self.render_to_response(context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def try_survey(request: HttpRequest, pk: int) -> HttpResponse:
    """`/beheer/enquetes/<pk>/proberen/`: the latest draft, filled in without storing anything."""
    survey = editable_survey(request, pk).get_latest_revision_as_object()
    here = reverse("surveys_try", args=[pk])
    request.is_preview = False
    shown = {"state": SurveyPage.State.OPEN, "try_url": here}
    if request.method == "POST":
        asked = translated(survey.asked, chosen(request.POST.get(FIELD), survey.languages))
        data = tried_with_files(request.POST, request.FILES, asked)
        step = take_step(form_class(asked), data)
        if step.is_done:
            return thanks_page(request, survey, try_url=here)
        shown |= {"form": step.form, "news": step.news, "status": step.status}
    response = survey_page(request, survey, **shown)
    response["Cache-Control"] = "private"
    return response
