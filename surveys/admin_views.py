"""Results of a survey in the admin, for who may edit that survey and nobody else."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import HeaderButton

from cms.geometry.mapconfig import map_config

from .forms import form_class
from .models import SurveyPage
from .results import has_words, open_answers, questions_ever_asked, survey_results
from .steps import take_step
from .views import survey_page, thanks_page

ANSWERS_SHOWN = 50
POINTS_SHOWN = 5_000


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
    """`GET /beheer/enquetes/<pk>/resultaten/`: total, bars and a few open answers each."""

    template_name = "surveys/admin/results.html"

    @property
    def header_buttons(self):
        return [
            HeaderButton(
                _("Downloaden"),
                url=reverse("surveys_downloads", args=[self.survey.pk]),
                icon_name="download",
            ),
            HeaderButton(
                _("Ingangen"),
                url=reverse("surveys_collectors", args=[self.survey.pk]),
                icon_name="link",
            ),
        ]

    def get_context_data(self, **kwargs):
        return {**super().get_context_data(**kwargs), "results": survey_results(self.survey)}


class AnswersView(SurveyAdminView):
    """`GET /beheer/enquetes/<pk>/resultaten/<question id>/?p=…`: all answers to one question."""

    template_name = "surveys/admin/answers.html"

    def get_breadcrumbs_items(self):
        return [*super().get_breadcrumbs_items(), {"url": "", "label": _("Alle antwoorden")}]

    def get_context_data(self, **kwargs):
        question = next(
            (
                question
                for question in questions_ever_asked(self.survey)
                if question.id == self.kwargs["question_id"] and has_words(question)
            ),
            None,
        )
        if question is None:
            raise Http404
        answers = open_answers(self.survey, question)
        page_obj = Paginator(answers, ANSWERS_SHOWN).get_page(self.request.GET.get("p"))
        has_map = question.kind == "point"
        return {
            **super().get_context_data(**kwargs),
            "question": question,
            "page_obj": page_obj,
            "has_map": has_map,
            "map_config": points_map(answers) if has_map else None,
        }


def points_map(answers) -> dict:
    """Config of a map of the places in answers, in one query."""
    rows = answers.filter(point__isnull=False).values_list("point", "text")[:POINTS_SHOWN]
    features = [
        {
            "type": "Feature",
            "id": number,
            "geometry": {"type": "Point", "coordinates": [point.x, point.y]},
            "properties": {"title": text or _("Plek zonder omschrijving"), "url": ""},
        }
        for number, (point, text) in enumerate(rows, start=1)
    ]
    layer = {
        "key": "antwoorden",
        "label": _("Antwoorden"),
        "singular": _("Antwoord"),
        "letter": "A",
        "shape": "pin",
        "color": "survey",
        "data": {"type": "FeatureCollection", "features": features},
    }
    return map_config([layer], fit=True, label=_("Kaart met de antwoorden"))


@require_http_methods(["GET", "HEAD", "POST"])
def try_survey(request: HttpRequest, pk: int) -> HttpResponse:
    """`/beheer/enquetes/<pk>/proberen/`: the latest draft, filled in without storing anything."""
    survey = editable_survey(request, pk).get_latest_revision_as_object()
    here = reverse("surveys_try", args=[pk])
    request.is_preview = False
    shown = {"state": SurveyPage.State.OPEN, "try_url": here}
    if request.method == "POST":
        step = take_step(form_class(survey.asked), request.POST)
        if step.is_done:
            return thanks_page(request, survey, try_url=here)
        shown |= {"form": step.form, "news": step.news, "status": step.status}
    response = survey_page(request, survey, **shown)
    response["Cache-Control"] = "private"
    return response
