"""Which questions a survey ever asked."""

from ..definition import Question, questions_of, united
from ..models import SurveyPage
from ..wordings import FrozenVersion, frozen_versions


def questions_ever_asked(survey: SurveyPage) -> list[Question]:
    """The questions of all versions, newest words first; what a live survey lacks is archived.

    A survey that was never live gives what its draft asks. One query.
    """
    return asked_over(survey, frozen_versions(survey))


def asked_over(survey: SurveyPage, versions: list[FrozenVersion]) -> list[Question]:
    """The same from versions that were read before, newest first; no query."""
    frozen = [version.questions for version in versions]
    return united(frozen or [questions_of(survey.questions)])
