"""The results of a survey for everybody."""

from dataclasses import dataclass

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from ..models import SurveyPage
from ..paper.services import is_awaited
from .kept import kept
from .public_maps import add_maps
from .publication import Publication, is_running, publish


@dataclass
class Shown:
    """What the page of a survey that is over shows, worked out once while no answer changes."""

    publication: Publication
    has_map: bool


def results_page(request: HttpRequest, survey: SurveyPage) -> HttpResponse:
    """`GET …/resultaten/` below a survey: what may be read of it; 404 where the editor says so.

    The page cache may keep it as any page: while answers come in it changes in portions of whole
    days (`shown_until`), so nothing needs to be dropped when somebody sends answers.
    """
    if not survey.shows_results:
        raise Http404
    is_open = is_running(survey)
    by_post = not is_open and is_awaited(survey)
    closed_on = timezone.localdate(survey.grace_ends)
    # On the day itself what is entered from paper cannot be told from what was sent on the site.
    running = is_open or (by_post and closed_on >= timezone.localdate())

    def make() -> Shown:
        found = publish(survey, running=running, closed_on=closed_on, awaited=by_post)
        has_map = add_maps(survey, found, running=is_open or by_post)
        found.results = None  # nobody reads those here, and they are large
        return Shown(found, has_map)

    # What is asked is no answer: its words may change while no answer does.
    about = ("public", closed_on, settings.SURVEY_SMALL_NUMBERS, str(survey.questions.raw_data))
    shown = make() if is_open or by_post else kept(survey, *about, make=make)
    return render(
        request,
        "surveys/results_page.html",
        {
            "page": survey,
            "self": survey,
            "running": is_open,
            "by_post": by_post,
            "has_map": shown.has_map,
            "publication": shown.publication,
        },
    )
