"""Answers that are read one by one: words and places."""

from collections.abc import Sequence

from django.db.models import F, Q, Window
from django.db.models.functions import RowNumber

from ..definition import OTHER, Question
from ..models import Answer, SurveyPage
from .filters import EVERYTHING, ResultsFilter

SAMPLE = 5
#: So many responses are looked at first; nearly always they hold enough answers to show.
LOOKED_AT = 100


def has_words(question: Question) -> bool:
    """Whether answers to the question are read one by one, some or all of them."""
    return question.type.is_open or OTHER in question.option_labels


def open_answers(survey: SurveyPage, question: Question, wanted: ResultsFilter = EVERYTHING):
    """Answers to a question that are words or places, in the random order of their responses."""
    answers = Answer.objects.filter(
        response__in=wanted.responses(survey), question_id=question.id
    ).order_by("response_id")
    return answers if question.type.is_open else answers.filter(option_id=OTHER)


def samples(survey: SurveyPage, asked: Sequence[Question], wanted: ResultsFilter) -> dict:
    """The first few answers to each question by its id, in the random order of their responses.

    Most questions are done after the first responses; the rest of the answers is gone through
    only for those that few people answered. Three queries at most.
    """
    ids = [question.id for question in asked if has_words(question)]
    if not ids:
        return {}
    open_ids = [question.id for question in asked if question.type.is_open]
    is_read = Q(question_id__in=open_ids) | Q(question_id__in=ids, option_id=OTHER)
    responses = wanted.responses(survey)
    first = list(responses.order_by("pk").values_list("pk", flat=True)[:LOOKED_AT])
    answers = Answer.objects.filter(is_read)
    found: dict[str, list[Answer]] = {}
    for answer in answers.filter(response_id__in=first).order_by("response_id"):
        of_question = found.setdefault(answer.question_id, [])
        if len(of_question) < SAMPLE:
            of_question.append(answer)
    seldom = [key for key in ids if len(found.get(key, ())) < SAMPLE]
    if len(first) == LOOKED_AT and seldom:
        rare = answers.filter(response__in=responses, question_id__in=seldom)
        for key in seldom:
            found[key] = []
        for answer in _first_of_each(rare):
            found[answer.question_id].append(answer)
    return found


def _first_of_each(answers) -> list[Answer]:
    """The first few answers to each question. Two queries.

    SpatiaLite cannot read a geometry out of the subquery that a window needs.
    """
    rank = Window(RowNumber(), partition_by=F("question_id"), order_by=F("response_id").asc())
    keys = set(
        answers.annotate(rank=rank)
        .filter(rank__lte=SAMPLE)
        .values_list("response_id", "question_id")
    )
    ids = {key[0] for key in keys}
    rows = answers.filter(response_id__in=ids).order_by("response_id")
    return [row for row in rows if (row.response_id, row.question_id) in keys]
