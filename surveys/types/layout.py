"""What stands between the questions."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

from cms.blocks import TEXT_FEATURES

from ..definition import Option
from .base import ItemBlock, QuestionType
from .video import VideoBlock, video_settings

#: Its heading in the list of blocks to choose from, below the questions.
BETWEEN = _("Tussen de vragen")
#: What a video takes, as nobody tells us how long it is.
VIDEO_SECONDS = 60


class StatementBlock(ItemBlock):
    label = blocks.CharBlock(label=_("kop"), max_length=150, required=False)
    text = blocks.RichTextBlock(label=_("tekst"), features=TEXT_FEATURES)
    image = ImageChooserBlock(label=_("foto"), required=False)
    alt = blocks.CharBlock(
        label=_("beschrijving voor wie de foto niet ziet"),
        max_length=250,
        required=False,
        help_text=_("Laat leeg als de foto alleen versiering is."),
    )

    video = VideoBlock(label=_("video"), required=False)

    class Meta:
        label = _("Tekst tussen de vragen")
        icon = "pilcrow"
        group = BETWEEN


class Statement(QuestionType):
    """A text with perhaps a picture; it asks nothing and is frozen with the questions."""

    kind = "statement"
    seconds = 20
    asks = False
    block_class = StatementBlock

    def seconds_for(self, question):
        return self.seconds + (VIDEO_SECONDS if "video" in question.extra else 0)

    def settings(self, value):
        text = str(getattr(value.get("text"), "source", value.get("text") or ""))
        return {"text": text} | video_settings(value.get("video"))

    def options(self, value):
        image = value.get("image")
        return (Option("image", (value.get("alt") or "").strip(), image=image.pk),) if image else ()


class SectionBlock(ItemBlock):
    label = blocks.CharBlock(label=_("kop"), max_length=150)

    class Meta:
        label = _("Deel: kop boven de vragen die volgen")
        icon = "title"
        group = BETWEEN


class Section(QuestionType):
    """A heading; its condition holds for all that follows, until the next section or page."""

    kind = "section"
    seconds = 0
    asks = False
    block_class = SectionBlock


class PageBlock(ItemBlock):
    label = blocks.CharBlock(label=_("titel van de pagina"), max_length=150, required=False)

    class Meta:
        label = _("Nieuwe pagina")
        icon = "doc-empty"
        group = BETWEEN


class Page(QuestionType):
    """Where a new page begins; its condition holds for the whole page."""

    kind = "page"
    seconds = 0
    asks = False
    block_class = PageBlock
