from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class PollBlock(blocks.StructBlock):
    """A question of one choice on any page."""

    class Meta:
        label = _("Stelling of vraag met één antwoord")
        icon = "list-ul"
