"""The results of a survey as its page in the admin shows them."""

from dataclasses import dataclass, field

from ..models import SurveyPage
from ..types.base import QuestionResult, Tally
from ..wordings import FrozenVersion, changes, frozen_versions
from .asked import asked_over
from .counting import grouped, survey_tally
from .filters import EVERYTHING, Group, ResultsFilter


@dataclass
class SurveyResults:
    """Results of a survey over all its versions.

    `total`: responses that were chosen, of `everything`. `versions`: each version, oldest first,
    with its number of responses. `groups`: responses in each group, chosen or not.
    """

    total: int
    questions: list[QuestionResult]
    versions: list[tuple[FrozenVersion, int]]
    everything: int
    tally: Tally
    groups: dict[Group, int] = field(default_factory=dict)


def survey_results(
    survey: SurveyPage,
    wanted: ResultsFilter = EVERYTHING,
    *,
    groups: dict[Group, int] | None = None,
    with_words: bool = True,
) -> SurveyResults:
    """Count everything in eleven queries at most, whatever the questions and responses.

    `groups` from `grouped` where they are known. `with_words`: with a few open answers to each
    question.
    """
    versions = frozen_versions(survey)
    asked = asked_over(survey, versions)
    groups = grouped(survey) if groups is None else groups
    tally = survey_tally(survey, asked, wanted, groups, with_words=with_words)
    changed = changes(versions)
    questions = [question.type.result(question, tally) for question in asked]
    for result in questions:
        result.changes = changed.get(result.question.id, [])
    counts: dict[int, int] = {}
    for group, count in groups.items():
        if wanted.takes(group):
            counts[group.version] = counts.get(group.version, 0) + count
    return SurveyResults(
        total=sum(counts.values()),
        questions=questions,
        versions=[(version, counts.get(version.number, 0)) for version in reversed(versions)],
        everything=sum(groups.values()),
        tally=tally,
        groups=groups,
    )
