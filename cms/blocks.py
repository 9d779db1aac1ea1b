"""Blocks of the body of a page. What an upper floor adds comes in through CMS_EXTRA_BLOCKS."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from .geometry.blocks import GeometryBlock

TEXT_FEATURES = ["bold", "italic", "ol", "ul", "link", "document-link"]


class HeadingBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("kop"), max_length=120)
    level = blocks.ChoiceBlock(
        label=_("niveau"),
        choices=[("h2", _("Kop")), ("h3", _("Tussenkop"))],
        default="h2",
    )

    class Meta:
        label = _("Kop")
        icon = "title"
        template = "cms/blocks/heading.html"
        form_layout = ["text", "level"]


class ImageBlock(blocks.StructBlock):
    image = ImageChooserBlock(label=_("foto"))
    alt = blocks.CharBlock(
        label=_("beschrijving voor wie de foto niet ziet"),
        max_length=250,
        required=False,
        help_text=_("Laat leeg als de foto alleen versiering is."),
    )
    caption = blocks.CharBlock(label=_("bijschrift"), max_length=250, required=False)

    class Meta:
        label = _("Foto")
        icon = "image"
        template = "cms/blocks/image.html"


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("citaat"), max_length=600)
    source = blocks.CharBlock(label=_("wie zei dit"), max_length=120, required=False)

    class Meta:
        label = _("Citaat")
        icon = "openquote"
        template = "cms/blocks/quote.html"


class LinkBlock(blocks.StructBlock):
    """A button to a page of ours or to another address; exactly one of the two."""

    text = blocks.CharBlock(label=_("tekst"), max_length=80)
    page = blocks.PageChooserBlock(label=_("pagina op deze site"), required=False)
    url = blocks.URLBlock(label=_("of een ander adres"), required=False)

    class Meta:
        label = _("Knop")
        icon = "link"
        template = "cms/blocks/link.html"

    def clean(self, value):
        value = super().clean(value)
        if bool(value.get("page")) == bool(value.get("url")):
            message = ValidationError(_("Kies een pagina óf vul een ander adres in."))
            raise blocks.StructBlockValidationError(block_errors={"url": message})
        return value


class NoticeBlock(blocks.StructBlock):
    kind = blocks.ChoiceBlock(
        label=_("soort"),
        choices=[("info", _("Uitleg")), ("success", _("Goed nieuws")), ("warning", _("Let op"))],
        default="info",
    )
    text = blocks.RichTextBlock(label=_("tekst"), features=["bold", "link", "ul"])

    class Meta:
        label = _("Opvallende tekst")
        icon = "info-circle"
        template = "cms/blocks/notice.html"


class QuestionBlock(blocks.StructBlock):
    question = blocks.CharBlock(label=_("vraag"), max_length=200)
    answer = blocks.RichTextBlock(label=_("antwoord"), features=TEXT_FEATURES)

    class Meta:
        label = _("Vraag en antwoord")
        icon = "help"


class TableBlock(blocks.StructBlock):
    caption = blocks.CharBlock(label=_("titel van de tabel"), max_length=200)
    table = TypedTableBlock(
        [
            ("text", blocks.CharBlock(label=_("tekst"), required=False)),
            ("number", blocks.DecimalBlock(label=_("getal"), required=False)),
        ],
        label=_("tabel"),
    )

    class Meta:
        label = _("Tabel")
        icon = "table"
        template = "cms/blocks/table.html"


class PlaceBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("wat is hier"), max_length=120)
    address = blocks.CharBlock(
        label=_("adres"),
        max_length=200,
        required=False,
        help_text=_("Ook voor wie de kaart niet kan gebruiken."),
    )
    geometry = GeometryBlock(label=_("plek op de kaart"))

    class Meta:
        label = _("Plek op de kaart")
        icon = "site"
        template = "cms/blocks/place.html"


def body_blocks() -> list[tuple[str, blocks.Block]]:
    """Name and block of everything an editor may put in the body of a page."""
    own = [
        ("heading", HeadingBlock()),
        (
            "text",
            blocks.RichTextBlock(
                label=_("Tekst"),
                icon="pilcrow",
                features=TEXT_FEATURES,
                template="cms/blocks/text.html",
            ),
        ),
        ("image", ImageBlock()),
        ("quote", QuoteBlock()),
        ("link", LinkBlock()),
        ("notice", NoticeBlock()),
        (
            "questions",
            blocks.ListBlock(
                QuestionBlock(),
                label=_("Vragen en antwoorden"),
                icon="help",
                template="cms/blocks/questions.html",
            ),
        ),
        ("table", TableBlock()),
        (
            "documents",
            blocks.ListBlock(
                DocumentChooserBlock(label=_("document")),
                label=_("Documenten"),
                icon="doc-full",
                template="cms/blocks/documents.html",
            ),
        ),
        ("place", PlaceBlock()),
    ]
    extra = [(name, import_string(path)()) for name, path in settings.CMS_EXTRA_BLOCKS.items()]
    return own + extra
