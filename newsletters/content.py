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
from django.utils.translation import gettext as _
from wagtail.images.models import SourceImageIOError
from wagtail.models import Page
from wagtail.rich_text import expand_db_html

from areas import telling
from areas.placed import Placed
from areas.telling import Fact

from .blocks import ABOUT_A_PAGE
from .rendering.column import WIDTH as IMAGE_WIDTH
from .rendering.mapping import EditionMap, edition_map
from .rendering.richtext import mail_html, whole_address

IMAGE_FILTER = f"max-{2 * IMAGE_WIDTH}x{3 * IMAGE_WIDTH}"  # sharp on a dense screen
_SPLIT = "\x1e"  # a control character, which no editor can type


@dataclass
class Entry:
    """One part of an edition; which attributes are filled depends on `kind`.

    kind: heading, text, image, page, button, quote, map or divider. `html` is what Wagtail made
    of the editor's rich text and is safe to show; all other texts are plain.
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
    facts: tuple[Fact, ...] = ()
    button: str = ""
    alt: str = ""
    map: EditionMap | None = field(default=None, repr=False)
    rendition: Any = field(default=None, repr=False)

    @property
    def whole_url(self) -> str:
        """The address as it works outside this site."""
        return whole_address(self.url)

    @property
    def picture(self) -> Any:
        """What has url, file, width and height: a rendition or a map; None where neither."""
        return self.map.picture if self.map is not None else self.rendition

    @property
    def image_url(self) -> str:
        return whole_address(self.picture.url)

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
        return min(IMAGE_WIDTH, self.picture.width)

    @cached_property
    def height(self) -> int:
        return max(1, round(self.picture.height * self.width / self.picture.width))


def entries(edition) -> list[Entry]:
    """The parts of an edition in order; what was removed or hidden since is left out."""
    blocks = list(edition.body)
    material = _Material(
        edition=edition,
        blocks=blocks,
        pages=_public_pages(blocks),
        texts=_expanded(block.value.source for block in blocks if block.block_type == "text"),
    )
    _prefetch_renditions(blocks)
    made = (_MAKERS[block.block_type](block.value, material) for block in blocks)
    found = [entry for entry in made if entry is not None]
    _order_headings(found)
    return found


@dataclass
class _Material:
    """What entries are made of, looked up for the whole edition together."""

    edition: Any
    blocks: list
    pages: dict[int, Page]
    texts: Iterator[str]

    @cached_property
    def told_pages(self) -> list[Page]:
        """The pages that the edition tells of, each once, in its order."""
        chosen = [b.value["page"] for b in self.blocks if b.block_type in ABOUT_A_PAGE]
        keys = dict.fromkeys(page.pk for page in chosen if page is not None)
        return [self.pages[key] for key in keys if key in self.pages]

    @cached_property
    def told(self) -> dict[int, telling.Told]:
        return telling.tell(self.told_pages)

    def number_of(self, page: Page) -> int | None:
        """The number of a page on the map, where the edition shows one."""
        if all(block.block_type != "map" for block in self.blocks) or self.map is None:
            return None
        return next((pin.number for pin in self.map.pins if pin.page_id == page.pk), None)

    @cached_property
    def map(self) -> EditionMap | None:
        """The map of the places in the edition, the same wherever it stands."""
        placed = [(page, shape) for page in self.told_pages if (shape := _shape(page))]
        return edition_map(self.edition, placed)


def _shape(page: Page):
    """Where a page is: what was drawn, or the separate places of a project.

    A point that only stands in for a whole area says nothing on a map.
    """
    if not isinstance(page, Placed):
        return None
    if page.geometry is None and page.map_geometry is not None:
        return page.map_geometry if page.map_geometry.geom_type != "Point" else None
    return page.geometry


def _order_headings(found: list[Entry]) -> None:
    """No level is skipped: what would be an h3 before any h2 becomes an h2."""
    has_heading = False
    for entry in found:
        if entry.kind == "heading":
            entry.level = entry.level if has_heading else "h2"
            has_heading = True
        elif entry.kind == "map" and entry.text:
            has_heading = True
        elif entry.kind == "page":
            entry.level = "h3" if has_heading else "h2"


def _public_pages(blocks) -> dict[int, Page]:
    """Live, public pages that the blocks name, as their own types: a query a type."""
    ids = set()
    for block in blocks:
        if block.block_type in (*ABOUT_A_PAGE, "button"):
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


def _heading(value, material):
    return Entry("heading", text=value["text"], level=value["level"])


def _text(value, material):
    return Entry("text", html=next(material.texts))


def cover_image(edition) -> Entry | None:
    """The picture at the head of an edition, decoration unless it has a description."""
    if edition.image is None:
        return None
    return _image_entry(edition.image, alt=edition.image.description, caption="")


def _image(value, material):
    return _image_entry(value["image"], alt=value["alt"], caption=value["caption"])


def _image_entry(image, *, alt: str, caption: str) -> Entry | None:
    if image is None:
        return None
    try:
        rendition = image.get_rendition(IMAGE_FILTER)
    except (OSError, SourceImageIOError):  # the file is gone or is no image
        return None
    return Entry("image", rendition=rendition, alt=alt, text=caption)


def _page(value, material):
    page = material.pages.get(value["page"].pk) if value["page"] else None
    if page is None:
        return None
    told = material.told.get(page.pk, telling.Told())
    return Entry(
        "page",
        label=str(getattr(page, "kind", "")),
        source=page.title,
        url=page.url or "",
        text=value["text"] or getattr(page, "summary", ""),
        status=told.status,
        status_style=told.status_style,
        facts=_facts(page, told, material.number_of(page)),
        button=told.button,
    )


def _facts(page: Page, told: telling.Told, number: int | None) -> tuple[Fact, ...]:
    """What is told of a page, and where it is: in words and by its number on the map."""
    place = getattr(page, "place_name", "")
    if number is not None:
        on_map = _("op de kaart: %(number)d") % {"number": number}
        place = f"{place} ({on_map})" if place else on_map
    where = (Fact(_("Waar"), place, in_dutch=True),) if place else ()
    return (*told.facts, *where)


def _map(value, material):
    if material.map is None:
        return None
    return Entry("map", text=value["title"], alt=material.map.alt, map=material.map)


def _button(value, material):
    url = value["url"]
    if value["page"]:
        page = material.pages.get(value["page"].pk)
        url = (page.url or "") if page else ""
    return Entry("button", text=value["text"], url=url) if url else None


def _quote(value, material):
    return Entry("quote", text=value["text"], source=value["source"])


def _divider(value, material):
    return Entry("divider")


_MAKERS = {
    "heading": _heading,
    "text": _text,
    "image": _image,
    **dict.fromkeys(ABOUT_A_PAGE, _page),
    "button": _button,
    "quote": _quote,
    "map": _map,
    "divider": _divider,
}
