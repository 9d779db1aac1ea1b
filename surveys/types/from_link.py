"""Parts of a question's block: a name in the link, and a random order."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from .base import QuestionBlock


def name_block(*, required: bool) -> blocks.RegexBlock:
    """The name of a question in a link."""
    return blocks.RegexBlock(
        regex=r"^[a-z][a-z0-9-]{0,29}$",
        label=_("naam in de link"),
        required=required,
        default="",
        error_messages={
            "invalid": _("Gebruik kleine letters, cijfers en streepjes, en begin met een letter.")
        },
        help_text=_("Zoals: bron. Dan geeft een link die eindigt op ?bron=flyer de waarde door.")
        if required
        else _(
            "Alleen als een link de vraag vooraf moet invullen. Met de naam ‘vervoer’ vult een "
            "link die eindigt op ?vervoer=met-de-fiets dat antwoord in. De invuller kan het "
            "veranderen."
        ),
    )


class LinkBlock(QuestionBlock):
    """A question that a link can fill in."""

    asked_last = ("shuffle", "link_name")

    link_name = name_block(required=False)


class ShuffledBlock(QuestionBlock):
    """A question with answers, or rows, that can stand in any order."""

    asked_last = ("shuffle", "link_name")

    shuffle = blocks.BooleanBlock(
        label=_("in willekeurige volgorde"),
        required=False,
        default=False,
        help_text=_(
            "Wat bovenaan staat, wordt vaker gekozen. Met een volgorde die voor iedereen anders "
            "is, telt dat niet mee. Een eigen antwoord en ‘geen van deze’ blijven onderaan."
        ),
    )
