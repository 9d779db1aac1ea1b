"""An edition taken apart into what the checks look at: texts, links, pages and images by place.

Goes through every block whatever its kind, so blocks that are added later are checked as well.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from bs4 import BeautifulSoup
from django.utils.translation import gettext as _
from wagtail import blocks
from wagtail.images import get_image_model
from wagtail.models import Page
from wagtail.rich_text import RichText

from cms.reading import plain

SUBJECT = "subject"


@dataclass(frozen=True)
class Text:
    """Words of an edition; `kind` is "subject" for what stands in the mailbox, or "text"."""

    where: str
    words: str
    kind: str = "text"


@dataclass(frozen=True)
class Link:
    """A link: to an address, or to a page or a document of ours by its number."""

    where: str
    label: str
    url: str = ""
    page_id: int | None = None
    document_id: int | None = None
    #: Whether the thing itself is shown, and not only linked to.
    is_teaser: bool = False


@dataclass(frozen=True)
class Picture:
    """An image with its description for who does not see it."""

    where: str
    alt: str
    names: frozenset[str]


@dataclass
class Parts:
    """All of an edition. `headings`: (place, level) in order; `missing`: places with a choice of
    a page or an image that is not there any more."""

    texts: list[Text] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    headings: list[tuple[str, str]] = field(default_factory=list)
    kinds: list[tuple[str, str]] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)


def parts_of(draft) -> Parts:
    """Take an edition, live or a draft, apart."""
    found = Parts()
    found.texts.append(Text(_("Onderwerp"), draft.mail_subject, SUBJECT))
    if draft.subject and draft.title != draft.subject:
        found.texts.append(Text(_("Titel"), draft.title))
    for where, words in (
        (_("Voorbeeldtekst"), draft.preview_text),
        (_("Samenvatting"), draft.summary),
    ):
        if words:
            found.texts.append(Text(where, words))
    if draft.image is not None:
        found.pictures.append(_picture(_("Foto bovenaan"), draft.image, draft.image.description))
    for number, child in enumerate(draft.body, start=1):
        label = _("Blok %(number)s (%(kind)s)") % {"number": number, "kind": child.block.label}
        found.kinds.append((label, child.block_type))
        _take(found, label, child.block, child.value)
        if child.block_type == "heading":
            found.headings.append((label, str(child.value.get("level", "h2"))))
    return found


def _take(found: Parts, where: str, block: blocks.Block, value) -> None:
    if isinstance(value, blocks.StructValue):
        _take_struct(found, where, block, value)
    elif isinstance(value, RichText):
        found.texts.append(Text(where, plain(value.source)))
        found.links += _links(where, value.source)
    elif isinstance(block, blocks.URLBlock):
        if value:
            found.links.append(Link(where, "", url=value))
    elif isinstance(value, str):
        if value and not isinstance(block, blocks.ChoiceBlock):
            found.texts.append(Text(where, value))
    elif isinstance(value, Page):
        found.links.append(Link(where, value.title, page_id=value.pk, is_teaser=True))
    elif isinstance(value, blocks.StreamValue):
        for child in value:
            _take(found, where, child.block, child.value)
    elif isinstance(value, blocks.list_block.ListValue):
        for child in value:
            _take(found, where, block.child_block, child)
    elif value is None and isinstance(block, blocks.ChooserBlock) and block.required:
        found.missing.append(where)


def _take_struct(found: Parts, where: str, block: blocks.Block, value: blocks.StructValue) -> None:
    """A struct: its parts, with what they mean together."""
    image = value.get("image")
    if isinstance(image, get_image_model()) and "alt" in value:
        found.pictures.append(_picture(where, image, value["alt"]))
    if "url" in value and "page" in value:  # a button
        page, words = value["page"], value.get("text", "")
        if page or value["url"]:
            found.links.append(
                Link(where, words, url=value["url"] or "", page_id=page.pk if page else None)
            )
        else:
            found.missing.append(where)
        found.texts.append(Text(where, words))
        return
    for name, child in value.items():
        if name != "alt":
            _take(found, where, block.child_blocks[name], child)


def _picture(where: str, image, alt: str) -> Picture:
    name = image.file.name.rpartition("/")[2]
    stem = name.rpartition(".")[0]
    return Picture(where, alt.strip(), frozenset({name.lower(), stem.lower()}))


def _links(where: str, source: str) -> Iterator[Link]:
    """The links in the stored form of a rich text."""
    for element in BeautifulSoup(source, "html.parser").find_all("a"):
        label = " ".join(element.get_text().split())
        number = str(element.get("id", ""))
        kind = element.get("linktype")
        if kind == "page" and number.isdecimal():
            yield Link(where, label, page_id=int(number))
        elif kind == "document" and number.isdecimal():
            yield Link(where, label, document_id=int(number))
        else:
            yield Link(where, label, url=str(element.get("href", "")).strip())
