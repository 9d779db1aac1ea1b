"""The hexagons that everybody may see with the results of a survey that is over."""

from collections.abc import Collection

from django.conf import settings

from ..answers.grid import DEFAULT_SIZE, Grid, answers_grid
from ..answers.reading import answers_to, counted_responses, is_counted
from ..definition import Question
from ..models import SurveyPage
from .kept import kept
from .publication import Publication


def kept_grid(
    survey: SurveyPage,
    question: Question,
    *,
    versions: Collection[int] | None = None,
    size: int = DEFAULT_SIZE,
) -> Grid:
    """The hexagons of all answers to a question, worked out once as long as they are the same.

    `versions`: the keys of all versions of the survey, where they are known.
    """
    threshold = settings.SURVEY_SMALL_NUMBERS
    return kept(
        survey, "grid", question.id, size, threshold,
        make=lambda: answers_grid(
            answers_to(question, counted_responses(survey, versions)),
            threshold=threshold, size=size,
        ),
    )  # fmt: skip


def add_maps(survey: SurveyPage, publication: Publication, *, running: bool) -> bool:
    """Put the hexagons of each question about places with it; whether there are any.

    Never while answers come in: who reads such a map from day to day sees where the newest one
    fell (docs/decisions/0021). Nor where a few answers are held back, or at a question of which
    the number of answers is hidden. All maps are of one size, as two sizes tell together what
    each hides.
    """
    if running or publication.until is not None:
        return False
    shown = [
        one for one in publication.questions
        if one.answered and not one.reason and is_counted(one.question)
    ]  # fmt: skip
    versions = [version.pk for version, _count in publication.results.versions] if shown else []
    for one in shown:
        one.grid = kept_grid(survey, one.question, versions=versions)
        one.notes = []
    return any(one.grid.cells for one in shown)
