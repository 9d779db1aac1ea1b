"""The questions of a survey as a block of the editor."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from ..definition import questions_of
from ..publishing import problems
from . import all_types, get
from .condition_block import ConditionBlock

MAX_QUESTIONS = 60


def item_errors(found: Iterable[tuple[int, str]]) -> blocks.StreamBlockValidationError:
    """Messages by the number of their item, as an error of the whole block."""
    by_item: dict[int, list[ValidationError]] = {}
    for number, message in found:
        by_item.setdefault(number, []).append(ValidationError(message))
    return blocks.StreamBlockValidationError(
        block_errors={
            number: blocks.StructBlockValidationError(non_block_errors=messages)
            for number, messages in by_item.items()
        }
    )


class QuestionsBlock(blocks.StreamBlock):
    """All questions of a survey, in order, with what stands between them; see `types`."""

    def __init__(self, local_blocks=None, **kwargs):
        own = [
            (question.kind, question.block_class([("condition", ConditionBlock())]))
            for question in all_types()
        ]
        super().__init__(local_blocks or own, **kwargs)

    class Meta:
        max_num = MAX_QUESTIONS
        required = False  # `clean` asks for a question in our own words

    def clean(self, value):
        kinds = [get(child.block_type) for child in value]
        asks = any(kind.asks and kind.is_visible for kind in kinds)
        if not asks and not self.is_deferred_validation:
            message = ValidationError(_("Voeg ten minste één vraag toe."), code="required")
            raise blocks.StreamBlockValidationError(non_block_errors=[message])
        cleaned = super().clean(value)
        if not self.is_deferred_validation:
            self._check_way_through(cleaned)
        return cleaned

    def _check_way_through(self, value) -> None:
        """Refuse conditions and pages that do not work, each beside its item."""
        found = list(problems(questions_of(value)))
        if found:
            raise item_errors(found)
