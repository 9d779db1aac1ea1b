"""Which answers are read one by one, how they are searched, and where their places are kept."""

import re
from collections.abc import Collection

from django.db.models import F, QuerySet

from ..definition import OTHER, Question
from ..models import Answer, AnswerTagging, Response, SurveyPage
from ..shapes.reading import POINT
from .folding import PLAIN, fold, folded_pattern

MOST_TERMS = 10
#: A phrase between double quotes, or one word; an opening quote alone is part of a word.
TERMS = re.compile(r'"([^"]+)"|(\S+)')
BETWEEN_WORDS = f"[^0-9A-Za-z{''.join(letter for letter in PLAIN if letter.isalpha())}]"


def counted_responses(survey: SurveyPage, versions: Collection[int] | None = None) -> QuerySet:
    """The responses whose answers are read, tagged and counted. Two queries with its use, or one
    where the keys of all `versions` are known.

    By the keys of the versions: from a join PostgreSQL takes a survey with nearly all responses
    for one with a few, and looks the answers up one by one.
    """
    if versions is None:
        versions = survey.versions.values_list("pk", flat=True)
    return Response.objects.counted().filter(version_id__in=list(versions))


def has_words(question: Question) -> bool:
    """Whether answers to the question are read one by one, some or all of them."""
    return question.type.is_open or OTHER in question.option_labels


def is_counted(question: Question) -> bool:
    """Whether the places in answers are points, which can be counted in cells."""
    return question.kind == "point" or question.extra.get("shape") == POINT


def answers_to(question: Question, responses: QuerySet) -> QuerySet:
    """Answers to a question that are words or places, of the given responses; unordered."""
    answers = Answer.objects.filter(question_id=question.id, response__in=responses)
    return answers if question.type.is_open else answers.filter(option_id=OTHER)


def spots_in(answers: QuerySet) -> QuerySet:
    """Answers with a point, as `place` (SRID 4326). All that counts places asks here."""
    return answers.filter(point__isnull=False).annotate(place=F("point"))


def places_in(answers: QuerySet) -> QuerySet:
    """Answers with a point or a drawing. All that shows answers on a map asks here."""
    return answers.exclude(point__isnull=True, shape__isnull=True)


def search(answers: QuerySet, text: str) -> QuerySet:
    """Answers that hold every word of a text, also as a part of a longer word.

    Capitals and accents do not matter. What stands between double quotes is looked for as it is,
    from the beginning of a word to the end of one.
    """
    for whole, part in TERMS.findall(fold(text))[:MOST_TERMS]:
        pattern = folded_pattern(whole.strip() or part)
        if whole.strip():
            pattern = f"(^|{BETWEEN_WORDS}){pattern}({BETWEEN_WORDS}|$)"
        if pattern:
            answers = answers.filter(text__regex=pattern)
    return answers


def with_tag(answers: QuerySet, tag_id: int) -> QuerySet:
    """Answers that carry a tag."""
    return answers.filter(AnswerTagging.objects.any_on_answer(tag_id))


def without_tag(answers: QuerySet) -> QuerySet:
    """Answers that nobody tagged yet."""
    return answers.filter(~AnswerTagging.objects.any_on_answer())
