"""What came in on a survey, counted by the database."""

from dataclasses import dataclass, field

from django.db.models import Count, F, Window
from django.db.models.functions import RowNumber

from . import definition
from .definition import Question, from_json, questions_of, united
from .models import Answer, Response, SurveyPage

SAMPLE = 5


@dataclass
class QuestionResult:
    """Results of one question.

    `answered`: responses with an answer to it. `rows`: {label, count, percent, archived} by
    option or number, percent of `answered`. `sample`: a few open answers. `mean`: of a scale.
    """

    question: Question
    answered: int = 0
    rows: list[dict] = field(default_factory=list)
    sample: list[Answer] = field(default_factory=list)
    mean: float | None = None

    @property
    def is_open(self) -> bool:
        """Answered in words or by a place."""
        return self.question.kind in definition.OPEN_KINDS


@dataclass
class SurveyResults:
    """Results of a survey over all its versions."""

    total: int
    questions: list[QuestionResult]


def questions_ever_asked(survey: SurveyPage) -> list[Question]:
    """The questions of all versions, newest words first; what a live survey lacks is archived.

    A survey that was never live gives what its draft asks. One query.
    """
    frozen = [
        from_json(row)
        for row in survey.versions.order_by("-number").values_list("definition", flat=True)
    ]
    return united(frozen or [questions_of(survey.questions)])


def survey_results(survey: SurveyPage) -> SurveyResults:
    """Count everything in six queries, whatever the number of questions and responses."""
    asked = questions_ever_asked(survey)
    answers = Answer.objects.filter(response__version__survey=survey)
    closed = [question.id for question in asked if question.kind not in definition.OPEN_KINDS]
    counts: dict[str, dict] = {}
    for question_id, option_id, number, count in (
        answers.filter(question_id__in=closed)
        .values_list("question_id", "option_id", "number")
        .annotate(count=Count("response_id"))
    ):
        counts.setdefault(question_id, {})[number if option_id == "" else option_id] = count
    answered = dict(
        answers.values_list("question_id").annotate(count=Count("response_id", distinct=True))
    )
    samples: dict[str, list] = {}
    for answer in _samples(answers.exclude(question_id__in=closed)):
        samples.setdefault(answer.question_id, []).append(answer)
    return SurveyResults(
        total=Response.objects.of(survey).count(),
        questions=[
            _result(
                question,
                answered.get(question.id, 0),
                counts.get(question.id, {}),
                samples.get(question.id, []),
            )
            for question in asked
        ],
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


def _result(question: Question, answered: int, counts: dict, sample: list) -> QuestionResult:
    result = QuestionResult(question, answered, sample=sample)
    if question.kind == definition.SCALE:
        offered = [(number, str(number), False) for number in range(1, question.maximum + 1)]
        if answered:
            result.mean = sum(number * count for number, count in counts.items()) / answered
    else:
        offered = [(option.id, option.label, option.archived) for option in question.options]
    result.rows = [
        {
            "label": label,
            "count": counts.get(key, 0),
            "percent": round(100 * counts.get(key, 0) / answered) if answered else 0,
            "archived": archived,
        }
        for key, label, archived in offered
    ]
    return result


def open_answers(survey: SurveyPage, question: Question):
    """Answers to one open question, in the random order of their responses."""
    return Answer.objects.filter(
        response__version__survey=survey, question_id=question.id
    ).order_by("response_id")
