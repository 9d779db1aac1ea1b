"""An edition on paper: to read in the hand, or in large letters for a notice board."""

from io import BytesIO

import segno
from django.template.loader import render_to_string
from django.utils import translation

from cms.palette import bands, palette
from cms.paper import Document, Picture, pdf
from cms.services import absolute_url, default_site_settings

from ..content import cover_image, entries
from .newsletter import kicker

KEEP_SECONDS = 7 * 86_400
CODE_URL = "/qr.svg"  # only within the document


def edition_pdf(edition, *, large: bool = False) -> Document:
    """The PDF of an edition; made once for each content, and then kept.

    `large`: for a notice board, read at a metre. Queries do not grow with the length of the
    edition.
    """
    with translation.override("nl"):
        found = entries(edition)
        cover = cover_image(edition)
        web_url = absolute_url(edition.url or "/")
        html = render_to_string(
            "newsletters/pdf.html",
            {
                "page": edition,
                "kicker": kicker(edition),
                "cover": cover,
                "entries": found,
                "on_paper": True,
                "large": large,
                "colors": palette()["light"],
                "bands": bands(),
                "web_url": web_url,
                "code_url": absolute_url(CODE_URL),
                "site_settings": default_site_settings(),
            },
        )
    pictures = {
        entry.image_url: _picture(entry.picture.file)
        for entry in [*found, *([cover] if cover else [])]
        if entry.picture is not None
    }
    pictures[absolute_url(CODE_URL)] = Picture(lambda: _code(web_url), "image/svg+xml")
    return pdf(html=html, pictures=pictures, kind="newsletter", keep_seconds=KEEP_SECONDS)


def _code(url: str) -> bytes:
    """A QR code as SVG; with more to repair itself than usual, since paper on a board gets worn."""
    out = BytesIO()
    segno.make(url, error="q", micro=False).save(out, kind="svg", border=2, light="#ffffff")
    return out.getvalue()


def _picture(stored) -> Picture:
    """A stored file that is opened when the document is laid out."""

    def read() -> bytes:
        with stored.storage.open(stored.name, "rb") as file:
            return file.read()

    return Picture(read)
