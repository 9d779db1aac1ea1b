"""The editor's own messages as `required_message` and `constraint_message` of a row, and back."""

from django.utils.translation import gettext as _

from .. import types
from ..definition import Question
from ..types.messages import REQUIRED_MESSAGE, WRONG_MESSAGE
from .reading import Row
from .report import Weight

#: Column of XLSForm by the part of a question.
COLUMNS = {REQUIRED_MESSAGE: "required_message", WRONG_MESSAGE: "constraint_message"}


def messages_in(maker, row: Row, kind: str, question_id: str, *, is_checked: bool = True) -> dict:
    """The messages of a row, as parts of a question; what does not fit is reported.

    `maker` is the `questions.Maker` at work. `is_checked` is False where the survey cannot check
    what the `constraint` says: its message would then tell of a rule that is not there.
    """
    block = types.get(kind).block_class
    found = {}
    for part, column in COLUMNS.items():
        if not row.get(column):
            continue
        if part not in block.base_blocks or (part == WRONG_MESSAGE and not is_checked):
            maker.note(
                Weight.LOST,
                row,
                column,
                _("De vraag heeft geen controle waar deze melding bij hoort. Zij is weggelaten."),
            )
            continue
        found[part] = maker.text(row, column)
        maker.heard.text(question_id, part, row, column)
    return found


def message_texts(question: Question) -> dict[str, tuple[str, str]]:
    """(text, key of its translations) of the messages of a question, by column."""
    return {
        column: (question.extra[part], f"{question.id}/{part}")
        for part, column in COLUMNS.items()
        if question.extra.get(part)
    }
