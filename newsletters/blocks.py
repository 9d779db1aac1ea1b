"""Blocks of a newsletter. They hold what mail programs can show; see `content.py` for output."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.blocks import HeadingBlock, ImageBlock, LinkBlock, QuoteBlock

#: What mail programs show alike; a document cannot be linked, since it may be private.
MAIL_TEXT_FEATURES = ["bold", "italic", "ol", "ul", "link"]


class PageTeaserBlock(blocks.StructBlock):
    """A page of this site, with its own title and summary or words for this occasion."""

    page = blocks.PageChooserBlock(label=_("pagina"))
    text = blocks.TextBlock(
        label=_("eigen tekst"),
        max_length=400,
        required=False,
        help_text=_("Leeg: de samenvatting van de pagina."),
    )

    class Meta:
        label = _("Verwijzing naar een pagina")
        icon = "doc-empty-inverse"


class AgendaItemBlock(PageTeaserBlock):
    """An item of an area's agenda, with how far it is."""

    page = blocks.PageChooserBlock(label=_("agendapunt"), page_type="agenda.AgendaItemPage")

    class Meta:
        label = _("Agendapunt")
        icon = "list-ul"


def newsletter_blocks() -> list[tuple[str, blocks.Block]]:
    """Name and block of everything that may stand in a newsletter."""
    return [
        ("heading", HeadingBlock()),
        (
            "text",
            blocks.RichTextBlock(label=_("Tekst"), icon="pilcrow", features=MAIL_TEXT_FEATURES),
        ),
        ("image", ImageBlock()),
        ("agenda_item", AgendaItemBlock()),
        ("page", PageTeaserBlock()),
        ("button", LinkBlock()),
        ("quote", QuoteBlock()),
        ("divider", blocks.StaticBlock(label=_("Scheidingslijn"), icon="minus")),
    ]
