"""What was left open or could not be read on paper, as columns behind the questions.

Only where staff noted such a gap. In the other columns such an answer is missing like any other:
SPSS knows no more than three reasons.
"""

import uuid
from collections.abc import Iterable

from django.utils.translation import gettext as _

from ..definition import Question
from ..models import PaperGap, SurveyPage
from ..types.parts import Part, Storage, Stored

KIND = "papier"
EMPTY, ILLEGIBLE = "papier_leeg", "papier_onleesbaar"
_COLUMNS = {PaperGap.Why.EMPTY: EMPTY, PaperGap.Why.ILLEGIBLE: ILLEGIBLE}


class _GapsType:
    """As much of a type of question as files need."""

    kind = KIND
    has_map = False

    def columns(self, question: Question) -> list[Part]:
        # As personal as own words: open data leave them out.
        return [
            Part(label, Storage.TEXT, name, lambda rows: rows[0][1], name, (), True)
            for name, label in (
                (EMPTY, _("Op papier niet ingevuld")),
                (ILLEGIBLE, _("Op papier niet te lezen")),
            )
        ]


class GapsQuestion(Question):
    """Nobody was asked this: whoever entered the form says it."""

    type = _GapsType()


def gaps_question(survey: SurveyPage) -> Question | None:
    """The columns, where the survey has any gap; one query."""
    if not PaperGap.objects.filter(response__version__survey=survey).exists():
        return None
    return GapsQuestion(id=KIND, kind=KIND, label=_("Ingevoerd van papier"))


class Gaps:
    """The gaps in the responses to some versions, for a file; one query.

    `labels`: label by the id of a question. In a cell the questions stand in their order.
    """

    def __init__(self, versions: Iterable[int], labels: dict[str, str]) -> None:
        places = {question_id: place for place, question_id in enumerate(labels)}
        found: dict[uuid.UUID, dict[str, list[str]]] = {}
        for pk, question_id, why in PaperGap.objects.filter(
            response__version__in=versions
        ).values_list("response_id", "question_id", "why"):
            if question_id in labels:
                found.setdefault(pk, {}).setdefault(_COLUMNS[why], []).append(question_id)
        self._cells: dict[uuid.UUID, dict[str, list[Stored]]] = {
            pk: {
                name: [("", "; ".join(labels[key] for key in sorted(ids, key=places.get)),
                        None, None, False)]
                for name, ids in names.items()
            }
            for pk, names in found.items()
        }  # fmt: skip

    def of(self, pk: uuid.UUID) -> dict[str, list[Stored]]:
        """As if they were stored answers."""
        return dict(self._cells.get(pk, {}))
