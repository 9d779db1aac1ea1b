"""Downloading what a survey collected, for who may edit it; every download is put on record."""

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from .admin_views import SurveyAdminView, editable_survey
from .exports import files
from .models import AnswerFile, ContactAddress, Response, SurveyExport
from .services import log_export

DOWNLOADS_SHOWN = 50


class DownloadsView(SurveyAdminView):
    """`GET /beheer/enquetes/<pk>/downloaden/`: each format, what it is for, and who took what."""

    template_name = "surveys/admin/downloads.html"
    page_title = gettext_lazy("Downloaden")
    header_icon = "download"

    def get_breadcrumbs_items(self):
        return [*super().get_breadcrumbs_items(), {"url": "", "label": _("Downloaden")}]

    def get_context_data(self, **kwargs):
        total = Response.objects.of(self.survey).count()
        contacts = ContactAddress.objects.of(self.survey).count()
        return {
            **super().get_context_data(**kwargs),
            "total": total,
            "contacts": contacts,
            "files": AnswerFile.objects.answered(self.survey).count(),
            "threshold": settings.SURVEY_SMALL_NUMBERS,
            "groups": {
                variant.name.lower(): [
                    download for download in files.DOWNLOADS if download.variant == variant
                ]
                for variant in SurveyExport.Variant
            },
            "log": self.survey.exports.select_related("user")[:DOWNLOADS_SHOWN],
        }


@require_GET
def download(request: HttpRequest, pk: int, variant: str, format_name: str) -> HttpResponse:
    """`GET /beheer/enquetes/<pk>/downloaden/<variant>.<format>`: the file, after it is logged.

    404 for a format that is not there or a survey the user may not edit.
    """
    survey = editable_survey(request, pk)
    try:
        wanted = files.find(variant, format_name)
    except KeyError:
        raise Http404 from None
    try:
        made = files.make_file(survey, wanted, day=f"{timezone.localdate():%Y%m%d}")
    except files.TooLongError:
        messages.error(
            request,
            _("Dit zijn meer inzendingen dan een rekenblad regels heeft. Kies CSV of SPSS."),
        )
        return redirect("surveys_downloads", pk)
    log_export(
        survey=survey,
        user=request.user,
        variant=variant,
        format_name=format_name,
        responses=made.responses,
    )
    return FileResponse(
        made.file,
        as_attachment=True,
        filename=made.name,
        content_type=made.media_type,
        headers={"Cache-Control": "private, no-store"},
    )
