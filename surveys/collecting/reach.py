"""Surveys that one reaches by their links only."""

from django.utils import timezone

from ..models import Collector


def has_open_link(survey_id: int) -> bool:
    """Whether a link of the survey takes answers, or will; one query."""
    return Collector.objects.filter(survey=survey_id).still_of_use(timezone.now()).exists()
