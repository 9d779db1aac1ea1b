"""The form on paper, for everybody who may see the questions, and for who edits them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import quote_etag
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ..admin_views import editable_survey
from ..models import SurveyPage, SurveyVersion
from ..views import may_enter


@require_safe
def paper_form(request: HttpRequest, pk: int) -> HttpResponse:
    """`GET /enquetes/<pk>/papier.pdf?groot=1`: the form of the version that is open now.

    To the page of the survey, which says why, where there is no paper: it is not open, its editor
    does not offer paper, a password guards it, or one needs a link.
    """
    survey = get_object_or_404(SurveyPage.objects.live(), pk=pk)
    version = survey.versions.order_by("-number").first()
    is_open = survey.state == SurveyPage.State.OPEN and not survey.only_by_links
    if not (is_open and survey.paper_offered) or version is None or not may_enter(request, survey):
        return redirect(survey.get_url(request))
    return _sent(request, survey, version)


@never_cache
@require_safe
def paper_for_staff(request: HttpRequest, pk: int) -> HttpResponse:
    """`GET /beheer/enquetes/<pk>/papier.pdf?groot=1&concept=1`: as published, or the draft."""
    survey = editable_survey(request, pk)
    version = None
    if "concept" not in request.GET:
        version = survey.versions.order_by("-number").first()
    if version is None:
        survey = survey.get_latest_revision_as_object()
    return _sent(request, survey, version)


def _sent(request: HttpRequest, survey: SurveyPage, version: SurveyVersion | None) -> HttpResponse:
    from .document import form_name, form_pdf  # half a second, for who asks

    large = request.GET.get("groot") == "1"
    document = form_pdf(survey, version, large=large)
    etag = quote_etag(document.digest)
    response = get_conditional_response(request, etag=etag)
    if response is None:
        response = HttpResponse(document.content, content_type="application/pdf")
        name = form_name(survey, large=large)
        response["Content-Disposition"] = f'inline; filename="{name}"'
    response["ETag"] = etag
    patch_cache_control(response, no_cache=True)
    return response
