"""What was odd about a response, and whether it counts, as the last columns of a file.

Only where something in the survey is marked or decided. They come after all questions, so that no
column of a question ever moves.
"""

import uuid

from django.utils.translation import gettext as _

from ..definition import Question
from ..models import Response, ResponseMark, SurveyPage
from ..types.parts import Part, Storage, Stored, read_whole

KIND = "kenmerken"
COUNTS, MARKS = "telt_mee", "kenmerken"


class _MarksType:
    """As much of a type of question as files need."""

    kind = KIND
    has_map = False

    def columns(self, question: Question) -> list[Part]:
        # As personal as own words: open data leave them out.
        return [
            Part(_("Telt mee"), Storage.FLAG, COUNTS, read_whole, COUNTS, (), True),
            Part(_("Kenmerken"), Storage.TEXT, MARKS, lambda rows: rows[0][1], MARKS, (), True),
        ]


class MarksQuestion(Question):
    """Nobody was asked this: it is said about the response."""

    type = _MarksType()


def marks_question(survey: SurveyPage) -> Question | None:
    """The last columns, where the survey has any marked response or decision; one query."""
    responses = Response.objects.of(survey)
    if not (responses.marked() | responses.filter(verdict__isnull=False)).exists():
        return None
    return MarksQuestion(id=KIND, kind=KIND, label=_("Kenmerken van de inzending"))


class Marks:
    """What is known of the responses to some versions, for a file; two queries."""

    def __init__(self, versions: list[int]) -> None:
        labels: dict[uuid.UUID, list[str]] = {}
        for pk, kind in ResponseMark.objects.filter(response__version__in=versions).values_list(
            "response_id", "kind"
        ):
            labels.setdefault(pk, []).append(str(ResponseMark.Kind(kind).label))
        self._labels = labels
        self._left_out = set(
            Response.objects.filter(version__in=versions, verdict=False).values_list(
                "pk", flat=True
            )
        )

    def of(self, pk: uuid.UUID) -> dict[str, list[Stored]]:
        """As if they were stored answers."""
        words = "; ".join(sorted(self._labels.get(pk, ())))
        return {
            COUNTS: [("", "", int(pk not in self._left_out), None, False)],
            MARKS: [("", words, None, None, False)],
        }
