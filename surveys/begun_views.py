"""A browser that says that somebody gave a first answer."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from cms import ratelimit

from .collecting.access import collector_in
from .collecting.begun import count_begun
from .models import SurveyPage
from .submit_views import LIMIT_SECONDS, version_seen


@require_POST
def begun(request: HttpRequest, pk: int) -> HttpResponse:
    """`POST /enquetes/<pk>/begonnen/` with `versie` and perhaps `ingang`: one more began.

    204, also where it is not counted: who answers must not notice. 404 for a survey that is not
    public or a version that is not there.
    """
    version = version_seen(pk, request.POST.get("versie", ""))
    if version is None or not version.survey.live:
        raise Http404
    collector = collector_in(request.POST, pk)
    is_open = version.survey.state == SurveyPage.State.OPEN
    if is_open and ratelimit.allow(
        f"survey-begun-{pk}",
        ratelimit.client_key(request),
        limit=settings.SURVEY_RESPONSES_PER_ADDRESS,
        period=LIMIT_SECONDS,
    ):
        count_begun(survey_id=pk, collector=collector)
    return HttpResponse(status=204)
