"""Write paths from the library: a new draft, and copies of questions in a survey."""

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Page

from ..languages.showing import Stored
from ..languages.texts import PAGE_PARTS
from ..models import SurveyPage
from ..types.stream import MAX_QUESTIONS
from .copying import copies
from .sources import Source

#: How long a survey from the library is open, until the editor chooses another day.
OPEN_FOR = timedelta(weeks=4)


class TooManyQuestionsError(Exception):
    """The survey would hold more items than a survey may."""


@transaction.atomic
def start_survey(*, parent: Page, source: Source, user) -> SurveyPage:
    """A draft below `parent` with copies of all items of a source, open for four weeks from now.

    It is offered in the languages of the source, with its translations.
    """
    closes = timezone.localtime() + OPEN_FOR
    made = copies(source.items)
    survey = SurveyPage(
        title=source.title,
        summary=source.summary,
        intro=source.intro,
        use_of_answers=source.use_of_answers,
        languages=list(source.languages),
        translations=_both(_of_page(source), made.translations(source.translations)),
        closes_at=closes.replace(hour=23, minute=59, second=0, microsecond=0),
        live=False,
        owner=user,
    )
    survey.questions = SurveyPage.questions.field.to_python(made.items)
    parent.add_child(instance=survey)
    log(instance=survey, action="wagtail.create", user=user)
    survey.save_revision(user=user, log_action=True, clean=False)
    return survey


@transaction.atomic
def add_items(
    *, survey: SurveyPage, items: Iterable[dict], user, translations: Stored | None = None
) -> int:
    """Put copies of items at the end of the latest draft; gives how many.

    `translations`: those of the survey that the items come from. Also in a language in which this
    survey is not offered yet: it may be later.

    Nothing changes for residents until that draft is published. `TooManyQuestionsError` where
    they do not fit.
    """
    Page.objects.select_for_update().only("pk").get(pk=survey.pk)
    draft = SurveyPage.objects.get(pk=survey.pk).get_latest_revision_as_object()
    made = copies(items)
    raw = [*draft.questions.get_prep_value(), *made.items]
    if len(raw) > MAX_QUESTIONS:
        raise TooManyQuestionsError
    draft.questions = SurveyPage.questions.field.to_python(raw)
    draft.translations = _both(draft.translations or {}, made.translations(translations or {}))
    draft.save_revision(user=user, log_action=True, clean=False)
    return len(made.items)


def _of_page(source: Source) -> Stored:
    """The translations of the texts of the page that a source has."""
    parts = [part for part in PAGE_PARTS if getattr(source, part, "")]
    return {
        code: {part: list(texts[part]) for part in parts if part in texts}
        for code, texts in source.translations.items()
    }


def _both(one: Stored, other: Stored) -> Stored:
    """Translations of different texts together; no language without any."""
    found = {code: {**one.get(code, {}), **other.get(code, {})} for code in {*one, *other}}
    return {code: texts for code, texts in found.items() if texts}
