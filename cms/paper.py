"""What comes out on paper: tagged PDF for reading aloud (PDF/UA-1, ISO 14289-1) and printing."""

import hashlib
import threading
from collections.abc import Callable
from dataclasses import dataclass

import weasyprint
from django.core.cache import cache
from weasyprint.urls import URLFetcher, URLFetcherResponse

from .services import absolute_url

# Laying out takes a second of processor time: one at a time in a process.
_one_at_a_time = threading.Lock()


@dataclass(frozen=True)
class Document:
    """A PDF and the digest of all that went into it."""

    content: bytes
    digest: str


@dataclass(frozen=True)
class Picture:
    """A picture in a document: how to get its bytes, and their type where they do not tell."""

    read: Callable[[], bytes]
    mime_type: str = ""


class OwnPicturesFetcher(URLFetcher):
    """Gives WeasyPrint the pictures of one document, and nothing else.

    No network, no files: whatever address an editor manages to bring in is refused.
    """

    def __init__(self, pictures: dict[str, Picture]):
        super().__init__(allowed_protocols=[])
        self.pictures = pictures

    def fetch(self, url, headers=None):
        picture = self.pictures.get(url)
        if picture is None:
            raise ValueError(f"Not a picture of this document: {url[:200]}")
        own = {"Content-Type": picture.mime_type} if picture.mime_type else None
        return URLFetcherResponse(url, picture.read(), own)


def pdf(
    *, html: str, pictures: dict[str, Picture] | None = None, kind: str, keep_seconds: int
) -> Document:
    """The PDF of a whole HTML page; made once for each content, and kept for a while.

    `pictures` by their whole address as in the HTML; what they show must follow from the HTML.
    `kind` keeps documents of different sorts apart in the cache.
    """
    digest = hashlib.sha256(f"{weasyprint.__version__}\n{html}".encode()).hexdigest()[:32]
    key = f"{kind}-pdf:{digest}"
    content = cache.get(key)
    if content is None:
        with _one_at_a_time:
            content = cache.get(key)
            if content is None:
                content = weasyprint.HTML(
                    string=html,
                    base_url=absolute_url("/"),
                    url_fetcher=OwnPicturesFetcher(pictures or {}),
                ).write_pdf(pdf_variant="pdf/ua-1")
                cache.set(key, content, keep_seconds)
    return Document(content=content, digest=digest)
