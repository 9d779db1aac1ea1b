"""The questions of a survey as a block of the editor."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from . import all_types, get

MAX_QUESTIONS = 60


class QuestionsBlock(blocks.StreamBlock):
    """All questions of a survey, in order, with what stands between them; see `types`."""

    def __init__(self, local_blocks=None, **kwargs):
        own = [(question.kind, question.block_class()) for question in all_types()]
        super().__init__(local_blocks or own, **kwargs)

    class Meta:
        max_num = MAX_QUESTIONS
        required = False  # `clean` asks for a question in our own words

    def clean(self, value):
        asks = any(get(child.block_type).asks for child in value)
        if not asks and not self.is_deferred_validation:
            message = ValidationError(_("Voeg ten minste één vraag toe."), code="required")
            raise blocks.StreamBlockValidationError(non_block_errors=[message])
        return super().clean(value)
