"""What came in on a survey, counted by the database."""

from dataclasses import dataclass

from django.db.models import Count, F, Q, Window
from django.db.models.functions import RowNumber

from .definition import OTHER, Question, questions_of, united
from .models import Answer, ContactAddress, Response, SurveyPage
from .types.base import QuestionResult, Tally
from .wordings import FrozenVersion, changes, frozen_versions

SAMPLE = 5


@dataclass
class SurveyResults:
    """Results of a survey over all its versions.

    `versions`: each version, oldest first, with its number of responses.
    """

    total: int
    questions: list[QuestionResult]
    versions: list[tuple[FrozenVersion, int]]


def questions_ever_asked(survey: SurveyPage) -> list[Question]:
    """The questions of all versions, newest words first; what a live survey lacks is archived.

    A survey that was never live gives what its draft asks. One query.
    """
    return _ever_asked(survey, frozen_versions(survey))


def _ever_asked(survey: SurveyPage, versions: list[FrozenVersion]) -> list[Question]:
    frozen = [version.questions for version in versions]
    return united(frozen or [questions_of(survey.questions)])


def survey_results(survey: SurveyPage) -> SurveyResults:
    """Count everything in eight queries, whatever the number of questions and responses."""
    versions = frozen_versions(survey)
    asked = _ever_asked(survey, versions)
    tally = survey_tally(survey, asked)
    changed = changes(versions)
    questions = [question.type.result(question, tally) for question in asked]
    for result in questions:
        result.changes = changed.get(result.question.id, [])
    counts = dict(
        Response.objects.of(survey).values_list("version__number").annotate(count=Count("pk"))
    )
    return SurveyResults(
        total=sum(counts.values()),
        questions=questions,
        versions=[(version, counts.get(version.number, 0)) for version in reversed(versions)],
    )


def survey_tally(survey: SurveyPage, asked: list[Question]) -> Tally:
    """Counts of all questions together, in seven queries."""
    answers = Answer.objects.filter(response__version__survey=survey)
    by_text = [question.id for question in asked if question.type.counts_texts]
    open_ids = [question.id for question in asked if question.type.is_open]
    # Of drawings one can count how many there are, and the spots of the editor.
    uncounted = [key for key in open_ids if key not in {q.id for q in asked if q.kind == "shapes"}]
    counts: dict[str, dict] = {}
    for question_id, option_id, number, count in (
        answers.exclude(question_id__in=[*by_text, *uncounted])
        .values_list("question_id", "option_id", "number")
        .annotate(count=Count("response_id"))
    ):
        counts.setdefault(question_id, {})[option_id, number] = count
    texts: dict[str, dict[str, int]] = {}
    for question_id, text, count in (
        answers.filter(question_id__in=by_text)
        .values_list("question_id", "text")
        .annotate(count=Count("response_id"))
    ):
        texts.setdefault(question_id, {})[text] = count
    samples: dict[str, list] = {}
    for answer in _samples(answers.filter(Q(question_id__in=open_ids) | Q(option_id=OTHER))):
        samples.setdefault(answer.question_id, []).append(answer)
    return Tally(
        answered=dict(
            answers.values_list("question_id").annotate(count=Count("response_id", distinct=True))
        ),
        counts=counts,
        texts=texts,
        samples=samples,
        contacts=dict(
            ContactAddress.objects.filter(survey=survey)
            .values_list("question_id")
            .annotate(count=Count("pk"))
        ),
    )


def _samples(answers) -> list[Answer]:
    """The first few answers to each question, in the random order of their responses.

    Two queries: SpatiaLite cannot read a geometry out of the subquery that a window needs.
    """
    rank = Window(RowNumber(), partition_by=F("question_id"), order_by=F("response_id").asc())
    keys = set(
        answers.annotate(rank=rank)
        .filter(rank__lte=SAMPLE)
        .values_list("response_id", "question_id")
    )
    rows = answers.filter(response_id__in={key[0] for key in keys}).order_by("response_id")
    return [row for row in rows if (row.response_id, row.question_id) in keys]
