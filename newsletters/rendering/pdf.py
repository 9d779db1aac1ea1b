"""An edition on paper: tagged PDF for reading aloud (PDF/UA-1, ISO 14289-1) and for printing."""

import hashlib
import logging
import threading
from dataclasses import dataclass

import weasyprint
from django.core.cache import cache
from django.template.loader import render_to_string
from django.utils import translation
from weasyprint.urls import URLFetcher, URLFetcherResponse

from cms.mailing.frame import bands, default_site_settings
from cms.mailing.palette import palette
from cms.services import absolute_url

from ..content import Entry, cover_image, entries
from .newsletter import kicker

# WeasyPrint reports each step of every document.
logging.getLogger("weasyprint.progress").setLevel(logging.WARNING)

KEEP_SECONDS = 7 * 86_400
# Laying out takes a second of processor time: one at a time in a process.
_one_at_a_time = threading.Lock()


@dataclass(frozen=True)
class Document:
    """A PDF and the digest of all that went into it."""

    content: bytes
    digest: str


class OwnImagesFetcher(URLFetcher):
    """Gives WeasyPrint the pictures of one edition from our storage, and nothing else.

    No network, no other files: whatever address an editor manages to bring in is refused.
    """

    def __init__(self, renditions: dict[str, object]):
        super().__init__(allowed_protocols=[])
        self.renditions = renditions

    def fetch(self, url, headers=None):
        rendition = self.renditions.get(url)
        if rendition is None:
            raise ValueError(f"Not a picture of this edition: {url[:200]}")
        with rendition.file.storage.open(rendition.file.name, "rb") as file:
            return URLFetcherResponse(url, file.read())


def edition_pdf(edition) -> Document:
    """The PDF of an edition; made once for each content, and then kept.

    Queries do not grow with the length of the edition.
    """
    with translation.override("nl"):
        found = entries(edition)
        cover = cover_image(edition)
        html = render_to_string(
            "newsletters/pdf.html",
            {
                "page": edition,
                "kicker": kicker(edition),
                "cover": cover,
                "entries": found,
                "on_paper": True,
                "colors": palette()["light"],
                "bands": bands(),
                "web_url": absolute_url(edition.url or "/"),
                "site_settings": default_site_settings(),
            },
        )
    digest = hashlib.sha256(f"{weasyprint.__version__}\n{html}".encode()).hexdigest()[:32]
    key = f"newsletter-pdf:{digest}"
    content = cache.get(key)
    if content is None:
        with _one_at_a_time:
            content = cache.get(key)
            if content is None:
                content = _write(html, [*found, *([cover] if cover else [])])
                cache.set(key, content, KEEP_SECONDS)
    return Document(content=content, digest=digest)


def _write(html: str, found: list[Entry]) -> bytes:
    renditions = {
        entry.image_url: entry.rendition for entry in found if entry.rendition is not None
    }
    document = weasyprint.HTML(
        string=html, base_url=absolute_url("/"), url_fetcher=OwnImagesFetcher(renditions)
    )
    return document.write_pdf(pdf_variant="pdf/ua-1")
