"""Messages in the editor's own words, in the place of ours: no answer, or one that is not right."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

#: Names of the parts, and of what is frozen of them in the settings of a question.
REQUIRED_MESSAGE, WRONG_MESSAGE = "required_message", "wrong_message"
MESSAGES = (REQUIRED_MESSAGE, WRONG_MESSAGE)
LONGEST_MESSAGE = 200


def required_message() -> blocks.CharBlock:
    """The part with what stands there where a required answer is missing."""
    return blocks.CharBlock(
        label=_("melding als het antwoord ontbreekt"),
        max_length=LONGEST_MESSAGE,
        required=False,
        help_text=_("Alleen bij een verplichte vraag. Leeg: onze eigen melding."),
    )


def wrong_message() -> blocks.CharBlock:
    """The part with what stands there where an answer breaks a rule of the question."""
    return blocks.CharBlock(
        label=_("melding als het antwoord niet klopt"),
        max_length=LONGEST_MESSAGE,
        required=False,
        help_text=_(
            "Zeg wat iemand wel kan invullen. Zoals: Vul het aantal kinderen in, van 0 tot en met "
            "12. Leeg: onze eigen melding, die ook zegt wat er niet past."
        ),
    )


def frozen_messages(value) -> dict[str, str]:
    """The messages that an editor wrote, as settings of a question."""
    return {name: (value.get(name) or "").strip() for name in MESSAGES}


def worded(question, error: ValidationError, rules: frozenset[str]) -> ValidationError:
    """An error as the editor of the question words it, where they did; else as it is.

    `rules` are the codes of errors that say that an answer breaks a rule. Other errors, such as
    two answers that exclude each other, say what only the form knows: those stay ours.
    """
    codes = {one.code for one in error.error_list}
    name = REQUIRED_MESSAGE if codes == {"required"} else WRONG_MESSAGE if codes <= rules else ""
    words = question.extra.get(name)
    return ValidationError(question.marked(words), code=min(codes)) if words else error
