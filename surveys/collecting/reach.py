"""Surveys that one reaches by their links only."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from ..models import Collector, SurveyPage


def has_open_link(survey_id: int) -> bool:
    """Whether a link of the survey takes answers, or will; one query."""
    return Collector.objects.filter(survey=survey_id).still_of_use(timezone.now()).exists()


def is_out_of_reach(survey: SurveyPage) -> bool:
    """Whether nobody may answer along the page itself.

    Once it is closed there is nothing to answer, and what is done with it is for all to read.
    """
    return survey.only_by_links and survey.state != SurveyPage.State.CLOSED


def links_only_page(request: HttpRequest, survey: SurveyPage, *, given=()) -> HttpResponse:
    """That one needs a link, and what to do; with what was typed where somebody was busy (409)."""
    response = render(
        request,
        "surveys/links_only.html",
        {"page": survey, "self": survey, "given": given},
        status=HTTPStatus.CONFLICT if given else HTTPStatus.OK,
    )
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
