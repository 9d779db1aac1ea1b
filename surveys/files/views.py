"""Photos and PDFs with answers, for who may edit the survey and nobody else."""

import uuid

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from cms.files.checking import megabytes
from cms.files.serving import private_file

from ..admin_views import SurveyAdminView, editable_survey
from ..models import AnswerFile
from ..results import questions_ever_asked

FILES_SHOWN = 24


class FilesView(SurveyAdminView):
    """`GET /beheer/enquetes/<pk>/bestanden/?vraag=…&p=…`: all files, those of one question too."""

    template_name = "surveys/admin/files.html"
    page_title = gettext_lazy("Foto's en PDF's")

    def get_breadcrumbs_items(self):
        return [*super().get_breadcrumbs_items(), {"url": "", "label": _("Foto's en PDF's")}]

    def get_context_data(self, **kwargs):
        asked = {
            question.id: question
            for question in questions_ever_asked(self.survey)
            if question.kind == "file"
        }
        question = asked.get(self.request.GET.get("vraag", ""))
        files = AnswerFile.objects.answered(self.survey)
        if question is not None:
            files = files.filter(question_id=question.id)
        page_obj = Paginator(files, FILES_SHOWN).get_page(self.request.GET.get("p"))
        shown = [
            {
                "file": row,
                "size": megabytes(row.size),
                "url": reverse("surveys_file", args=[self.survey.pk, row.pk]),
                "question": asked[row.question_id].label if row.question_id in asked else "",
            }
            for row in page_obj
        ]
        return {
            **super().get_context_data(**kwargs),
            "question": question,
            "page_obj": page_obj,
            "files": shown,
        }


@require_safe
def answer_file(request: HttpRequest, pk: int, file_id: uuid.UUID) -> HttpResponse:
    """`GET /beheer/enquetes/<pk>/bestanden/<uuid>/`: a photo to look at, a PDF to download.

    404 for a file that is not with a response, or of a survey the user may not edit.
    """
    survey = editable_survey(request, pk)
    found = get_object_or_404(AnswerFile.objects.answered(survey), pk=file_id)
    return private_file(
        found.file,
        content_type=found.content_type,
        name=found.name,
        as_attachment=not found.is_image,
    )
