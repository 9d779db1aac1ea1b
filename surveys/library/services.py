"""Write paths from the library: a new draft, and copies of questions in a survey."""

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Page

from ..models import SurveyPage
from ..types.stream import MAX_QUESTIONS
from .copying import copied
from .sources import Source

#: How long a survey from the library is open, until the editor chooses another day.
OPEN_FOR = timedelta(weeks=4)


class TooManyQuestionsError(Exception):
    """The survey would hold more items than a survey may."""


@transaction.atomic
def start_survey(*, parent: Page, source: Source, user) -> SurveyPage:
    """A draft below `parent` with copies of all items of a source, open for four weeks from now."""
    closes = timezone.localtime() + OPEN_FOR
    survey = SurveyPage(
        title=source.title,
        summary=source.summary,
        intro=source.intro,
        use_of_answers=source.use_of_answers,
        closes_at=closes.replace(hour=23, minute=59, second=0, microsecond=0),
        live=False,
        owner=user,
    )
    survey.questions = SurveyPage.questions.field.to_python(copied(source.items))
    parent.add_child(instance=survey)
    log(instance=survey, action="wagtail.create", user=user)
    survey.save_revision(user=user, log_action=True, clean=False)
    return survey


@transaction.atomic
def add_items(*, survey: SurveyPage, items: Iterable[dict], user) -> int:
    """Put copies of items at the end of the latest draft; gives how many.

    Nothing changes for residents until that draft is published. `TooManyQuestionsError` where
    they do not fit.
    """
    Page.objects.select_for_update().only("pk").get(pk=survey.pk)
    draft = SurveyPage.objects.get(pk=survey.pk).get_latest_revision_as_object()
    added = copied(items)
    raw = [*draft.questions.get_prep_value(), *added]
    if len(raw) > MAX_QUESTIONS:
        raise TooManyQuestionsError
    draft.questions = SurveyPage.questions.field.to_python(raw)
    draft.save_revision(user=user, log_action=True, clean=False)
    return len(added)
