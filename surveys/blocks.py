"""Blocks of a survey's questions, and the poll that stands in the body of any page."""

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

MAX_OPTIONS = 40
MAX_QUESTIONS = 60
LABEL_HELP = _("Vraag niet naar namen of adressen: antwoorden zijn anoniem.")


class QuestionBlock(blocks.StructBlock):
    """What every question has."""

    label = blocks.CharBlock(label=_("vraag"), max_length=250, help_text=LABEL_HELP)
    help_text = blocks.CharBlock(label=_("uitleg bij de vraag"), max_length=400, required=False)
    required = blocks.BooleanBlock(label=_("verplicht"), required=False, default=False)


class ShortTextBlock(QuestionBlock):
    max_length = blocks.IntegerBlock(
        label=_("ten hoogste zoveel tekens"), min_value=10, max_value=500, default=200
    )

    class Meta:
        label = _("Kort antwoord")
        icon = "minus"


class LongTextBlock(QuestionBlock):
    max_length = blocks.IntegerBlock(
        label=_("ten hoogste zoveel tekens"), min_value=100, max_value=5000, default=2000
    )

    class Meta:
        label = _("Lang antwoord")
        icon = "pilcrow"


class ChoiceQuestionBlock(QuestionBlock):
    """A question with fixed answers: at least two, and no answer twice."""

    options = blocks.ListBlock(
        blocks.CharBlock(label=_("antwoord"), max_length=150),
        label=_("antwoorden"),
        max_num=MAX_OPTIONS,
        default=["", ""],
    )

    def clean(self, value):
        cleaned = super().clean(value)
        errors = {}
        labels = [label.strip() for label in cleaned["options"] if label.strip()]
        folded = [label.casefold() for label in labels]
        double = next((label for label in labels if folded.count(label.casefold()) > 1), None)
        if double is not None:
            errors["options"] = _list_error(
                _("Het antwoord ‘%(label)s’ staat er twee keer. Verander er één of haal het weg.")
                % {"label": double}
            )
        elif len(labels) < 2 and not self.is_deferred_validation:
            errors["options"] = _list_error(_("Geef ten minste twee antwoorden."))
        errors |= self.own_errors(cleaned)
        if errors:
            raise blocks.StructBlockValidationError(block_errors=errors)
        return cleaned

    def own_errors(self, cleaned) -> dict:
        """Errors of a kind of choice question: {child name: ValidationError}."""
        return {}


def _list_error(message) -> ValidationError:
    return blocks.list_block.ListBlockValidationError(non_block_errors=[ValidationError(message)])


class OneChoiceBlock(ChoiceQuestionBlock):
    class Meta:
        label = _("Eén antwoord kiezen")
        icon = "radio-full"


class SeveralChoicesBlock(ChoiceQuestionBlock):
    max_choices = blocks.IntegerBlock(
        label=_("ten hoogste zoveel antwoorden"),
        required=False,
        min_value=1,
        help_text=_("Leeg: zoveel als de invuller wil."),
    )

    class Meta:
        label = _("Meer antwoorden kiezen")
        icon = "tasks"

    def own_errors(self, cleaned) -> dict:
        limit = cleaned.get("max_choices")
        if limit is not None and limit > len(cleaned["options"]):
            return {
                "max_choices": ValidationError(
                    _("Dit is meer dan er antwoorden zijn. Laat het leeg als alles mag.")
                )
            }
        return {}


class ScaleBlock(QuestionBlock):
    maximum = blocks.ChoiceBlock(
        label=_("schaal"),
        choices=[("5", _("1 tot en met 5")), ("10", _("1 tot en met 10"))],
        default="5",
    )
    low_label = blocks.CharBlock(
        label=_("wat betekent 1"), max_length=60, help_text=_("Bijvoorbeeld: heel onveilig.")
    )
    high_label = blocks.CharBlock(
        label=_("wat betekent het hoogste cijfer"),
        max_length=60,
        help_text=_("Bijvoorbeeld: heel veilig."),
    )

    class Meta:
        label = _("Cijfer op een schaal")
        icon = "order"


class PointBlock(QuestionBlock):
    class Meta:
        label = _("Plek op de kaart")
        icon = "site"


class QuestionsBlock(blocks.StreamBlock):
    """All questions of a survey, in order; the names are the kinds in `definition`."""

    short_text = ShortTextBlock()
    long_text = LongTextBlock()
    one_choice = OneChoiceBlock()
    several_choices = SeveralChoicesBlock()
    scale = ScaleBlock()
    point = PointBlock()

    class Meta:
        max_num = MAX_QUESTIONS
        required = False  # `clean` asks for a question in our own words

    def clean(self, value):
        if not len(value) and not self.is_deferred_validation:
            message = ValidationError(_("Voeg ten minste één vraag toe."), code="required")
            raise blocks.StreamBlockValidationError(non_block_errors=[message])
        return super().clean(value)


class PollBlock(SnippetChooserBlock):
    """A poll on any page. All polls of one body come from the database together."""

    def __init__(self, target_model="surveys.Poll", **kwargs):
        super().__init__(target_model, **kwargs)

    def to_python(self, value):
        return None if value is None else self.bulk_to_python([value])[0]

    def bulk_to_python(self, values):
        """Polls with their choices and votes in two queries; None where one is gone."""
        polls = self.target_model.objects.with_results().in_bulk(list(values))
        return [polls.get(value) for value in values]

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        if value is not None:
            from .forms import PollForm

            request = context.get("request")
            back = request.path if request is not None else ""
            context |= {
                "poll": value,
                "poll_form": PollForm(poll=value, initial={"terug": back}),
                "result_url": f"{reverse('poll', args=[value.pk])}?{urlencode({'terug': back})}",
            }
        return context

    class Meta:
        label = _("Stelling of vraag met één antwoord")
        icon = "list-ul"
        template = "surveys/blocks/poll.html"
