"""What an edition holds, resolved once for its four faces: web page, mail, plain text, PDF.

Pages, images and links in texts are looked up for the whole edition together, so the number of
queries does not grow with its length.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils.functional import cached_property
from django.utils.safestring import mark_safe
from wagtail.images.models import SourceImageIOError
from wagtail.models import Page
from wagtail.rich_text import expand_db_html

from .rendering.richtext import mail_html, whole_address

IMAGE_WIDTH = 600  # of the column of the mail, in CSS pixels
IMAGE_FILTER = f"max-{2 * IMAGE_WIDTH}x{3 * IMAGE_WIDTH}"  # sharp on a dense screen
_SPLIT = "\x1e"  # a control character, which no editor can type


@dataclass
class Entry:
    """One part of an edition; which attributes are filled depends on `kind`.

    kind: heading, text, image, page, button, quote or divider. `html` is what Wagtail made of
    the editor's rich text and is safe to show; all other texts are plain.
    """

    kind: str
    text: str = ""
    html: str = ""
    url: str = ""
    level: str = "h2"
    source: str = ""
    label: str = ""
    status: str = ""
    status_style: str = ""
    place: str = ""
    alt: str = ""
    rendition: Any = field(default=None, repr=False)

    @property
    def whole_url(self) -> str:
        """The address as it works outside this site."""
        return whole_address(self.url)

    @property
    def image_url(self) -> str:
        return whole_address(self.rendition.url)

    @property
    def mail_html(self) -> str:
        """The rich text with only what mail programs show alike."""
        return mark_safe(mail_html(self.html))  # noqa: S308 - elements and addresses are checked

    @property
    def template(self) -> str:
        """Template of this entry on the web and on paper."""
        return f"newsletters/entries/{self.kind}.html"

    @property
    def mail_template(self) -> str:
        """Template of this entry in the mail, in MJML."""
        return f"mail/newsletter/{self.kind}.mjml"

    @cached_property
    def width(self) -> int:
        """Width of the image in the column, in CSS pixels; it is never blown up."""
        return min(IMAGE_WIDTH, self.rendition.width)

    @cached_property
    def height(self) -> int:
        return max(1, round(self.rendition.height * self.width / self.rendition.width))


def entries(edition) -> list[Entry]:
    """The parts of an edition in order; what was removed or hidden since is left out."""
    blocks = list(edition.body)
    pages = _public_pages(blocks)
    texts = _expanded(block.value.source for block in blocks if block.block_type == "text")
    _prefetch_renditions(blocks)
    found = []
    for block in blocks:
        made = _MAKERS[block.block_type](block.value, pages, texts)
        if made is not None:
            found.append(made)
    _order_headings(found)
    return found


def _order_headings(found: list[Entry]) -> None:
    """No level is skipped: what would be an h3 before any h2 becomes an h2."""
    has_heading = False
    for entry in found:
        if entry.kind == "heading":
            entry.level = entry.level if has_heading else "h2"
            has_heading = True
        elif entry.kind == "page":
            entry.level = "h3" if has_heading else "h2"


def _public_pages(blocks) -> dict[int, Page]:
    """Live, public pages that the blocks name, as their own types: a query a type."""
    ids = set()
    for block in blocks:
        if block.block_type in ("page", "agenda_item", "button"):
            chosen = block.value.get("page")
            if chosen is not None:
                ids.add(chosen.pk)
    if not ids:
        return {}
    rows = Page.objects.live().public().filter(pk__in=ids)
    return {page.pk: page for page in rows.specific()}


def _expanded(sources: Iterable[str]) -> Iterator[str]:
    """Rich texts as HTML with the addresses of pages filled in, in two queries for all."""
    joined = _SPLIT.join(source.replace(_SPLIT, "") for source in sources)
    return iter(expand_db_html(joined).split(_SPLIT))


def _prefetch_renditions(blocks) -> None:
    images = [block.value["image"] for block in blocks if block.block_type == "image"]
    images = [image for image in images if image is not None]
    if images:
        prefetch_related_objects(images, "renditions")


def _heading(value, pages, texts):
    return Entry("heading", text=value["text"], level=value["level"])


def _text(value, pages, texts):
    return Entry("text", html=next(texts))


def cover_image(edition) -> Entry | None:
    """The picture at the head of an edition, decoration unless it has a description."""
    if edition.image is None:
        return None
    return _image_entry(edition.image, alt=edition.image.description, caption="")


def _image(value, pages, texts):
    return _image_entry(value["image"], alt=value["alt"], caption=value["caption"])


def _image_entry(image, *, alt: str, caption: str) -> Entry | None:
    if image is None:
        return None
    try:
        rendition = image.get_rendition(IMAGE_FILTER)
    except (OSError, SourceImageIOError):  # the file is gone or is no image
        return None
    return Entry("image", rendition=rendition, alt=alt, text=caption)


def _page(value, pages, texts):
    page = pages.get(value["page"].pk) if value["page"] else None
    if page is None:
        return None
    return Entry(
        "page",
        label=str(getattr(page, "kind", "")),
        source=page.title,
        url=page.url or "",
        text=value["text"] or getattr(page, "summary", ""),
        place=getattr(page, "place_name", ""),
    )


def _agenda_item(value, pages, texts):
    made = _page(value, pages, texts)
    if made is not None:
        item = pages[value["page"].pk]
        made.status = item.get_status_display()
        made.status_style = item.status_style
    return made


def _button(value, pages, texts):
    url = value["url"]
    if value["page"]:
        page = pages.get(value["page"].pk)
        url = (page.url or "") if page else ""
    return Entry("button", text=value["text"], url=url) if url else None


def _quote(value, pages, texts):
    return Entry("quote", text=value["text"], source=value["source"])


def _divider(value, pages, texts):
    return Entry("divider")


_MAKERS = {
    "heading": _heading,
    "text": _text,
    "image": _image,
    "page": _page,
    "agenda_item": _agenda_item,
    "button": _button,
    "quote": _quote,
    "divider": _divider,
}
