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


class ProjectBlock(PageTeaserBlock):
    """A project: its phase, where it is, and the next moment to take part."""

    page = blocks.PageChooserBlock(label=_("project"), page_type="projects.ProjectPage")

    class Meta:
        label = _("Project")
        icon = "site"


class SurveyBlock(PageTeaserBlock):
    """A survey: until when it is open and how long it takes, or what came of it."""

    page = blocks.PageChooserBlock(label=_("enquête"), page_type="surveys.SurveyPage")

    class Meta:
        label = _("Enquête")
        icon = "form"


class OfficeHourBlock(PageTeaserBlock):
    """An office hour: its next moments, where, and whether to book."""

    page = blocks.PageChooserBlock(label=_("spreekuur"), page_type="officehours.OfficeHourPage")

    class Meta:
        label = _("Spreekuur")
        icon = "time"


class MapBlock(blocks.StructBlock):
    """A map of all places that the edition is about, with the list of them."""

    title = blocks.CharBlock(
        label=_("kop"), max_length=120, required=False, default=_("Waar gebeurt het?")
    )

    class Meta:
        label = _("Kaart")
        icon = "site"
        help_text = _(
            "Wij tekenen de kaart. Alle pagina's uit deze nieuwsbrief die een plek hebben, staan "
            "er met een nummer op; de lijst eronder noemt ze. Zonder plekken komt er geen kaart."
        )


#: Blocks that tell of one page, by their name.
ABOUT_A_PAGE = ("page", "agenda_item", "project", "survey", "office_hour")


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
        ("project", ProjectBlock()),
        ("survey", SurveyBlock()),
        ("office_hour", OfficeHourBlock()),
        ("page", PageTeaserBlock()),
        ("button", LinkBlock()),
        ("quote", QuoteBlock()),
        ("map", MapBlock()),
        ("divider", blocks.StaticBlock(label=_("Scheidingslijn"), icon="minus")),
    ]
