"""Letters with a code, to print; and the same codes as a table."""

from collections.abc import Iterator, Sequence
from copy import copy
from io import BytesIO
from itertools import islice
from urllib.parse import urlencode

import segno
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from cms.palette import bands, palette
from cms.services import absolute_url, default_site_settings

from ..models import Collector
from .access import PASS
from .codes import codes_of, grouped
from .texts import letter_text, paragraphs

#: Letters in one file: more would take a printer and a server too long.
LETTERS_A_FILE = 100


def collector_url(collector: Collector, given: str = "") -> str:
    """The whole address of a collector, with what opens it."""
    with translation.override("nl"):
        path = reverse("survey_via", args=[collector.key])
    return absolute_url(path + (f"?{urlencode({PASS: given})}" if given else ""))


def qr(text: str) -> SafeString:
    """A QR code as the inside of an SVG drawing of itself, without a frame around it."""
    out = BytesIO()
    segno.make(text, error="m", micro=False).save(
        out, kind="svg", xmldecl=False, svgns=True, omitsize=True, border=4, nl=False
    )
    return mark_safe(out.getvalue().decode())  # noqa: S308 - drawn by segno, holds no text


def batch_codes(secret: str, count: int, *, start: int = 0, end: int | None = None) -> list[str]:
    """Codes of a batch as they are printed, by their number from 0."""
    return [grouped(code) for code in islice(codes_of(secret, count), start, end)]


def letters_pdf(collector: Collector, codes: Sequence[str]) -> bytes:
    """A letter of one page for each code, as tagged PDF (PDF/UA-1) in Dutch; never kept."""
    from cms.paper import Picture, pdf  # half a second, which only who asks should wait

    survey = copy(collector.survey)
    collector.narrow(survey)
    with translation.override("nl"):
        letters = [
            {"code": code, "qr_url": absolute_url(f"/qr-{number}.svg")}
            for number, code in enumerate(codes)
        ]
        pictures = {
            letter["qr_url"]: Picture(
                lambda code=letter["code"]: qr(collector_url(collector, code)).encode(),
                "image/svg+xml",
            )
            for letter in letters
        }
        html = render_to_string(
            "surveys/letters/pdf_letters.html",
            {
                "collector": collector,
                "survey": survey,
                "letters": letters,
                "paragraphs": paragraphs(letter_text(collector)),
                "address": collector_url(collector),
                "colors": palette()["light"],
                "bands": bands(),
                "site_settings": default_site_settings(),
            },
        )
    # Not kept in the cache: whoever reads it could use the codes.
    return pdf(html=html, pictures=pictures, kind="survey-letters", keep_seconds=0).content


def code_rows(collector: Collector, codes: Sequence[str]) -> Iterator[list[str]]:
    """A table of codes with their links, first line first."""
    yield [_("Nummer"), _("Code"), _("Link")]
    for number, code in enumerate(codes, start=1):
        yield [str(number), code, collector_url(collector, code)]
