"""An edition on paper."""

from django.template.loader import render_to_string
from django.utils import translation

from cms.palette import bands, palette
from cms.paper import Document, Picture, pdf
from cms.services import absolute_url, default_site_settings

from ..content import cover_image, entries
from .newsletter import kicker

KEEP_SECONDS = 7 * 86_400


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
    pictures = {
        entry.image_url: _picture(entry.picture.file)
        for entry in [*found, *([cover] if cover else [])]
        if entry.picture is not None
    }
    return pdf(html=html, pictures=pictures, kind="newsletter", keep_seconds=KEEP_SECONDS)


def _picture(stored) -> Picture:
    """A stored file that is opened when the document is laid out."""

    def read() -> bytes:
        with stored.storage.open(stored.name, "rb") as file:
            return file.read()

    return Picture(read)
