"""A survey as a form on paper: tagged PDF (PDF/UA-1) in Dutch, to fill in with a pen."""

import hashlib
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.text import slugify

from cms.palette import bands, palette
from cms.services import absolute_url, default_site_settings

from ..collecting.letters import qr
from ..definition import Questions
from ..models import SurveyPage, SurveyVersion
from ..pictures import renditions
from .maps import ground_of, map_in_words
from .sheet import Sheet, sheet_of

KEEP_SECONDS = 7 * 86_400


@dataclass
class _Drawn:
    """The address of a map within the document, and what it shows in words."""

    url: str
    alt: str


def form_number(survey: SurveyPage, version: SurveyVersion | None) -> str:
    """What stands at the foot of each page, and tells staff which version it is."""
    return f"{survey.pk}-{version.number}" if version else ""


def form_pdf(survey: SurveyPage, version: SurveyVersion | None, *, large: bool = False):
    """The form as a `cms.paper.Document`: of a version, or of the survey's own (draft) questions.

    Made once for each content, and then kept. Queries do not grow with the number of questions:
    at most eight, for site, area, pictures and maps.
    """
    from cms.paper import Picture, pdf  # half a second, which only who asks should wait

    with translation.override("nl"):
        asked: Questions = version.asked if version else survey.asked
        sheet = sheet_of(asked)
        pictures: dict[str, Picture] = {}
        _show_pictures(sheet, pictures)
        maps = _draw_maps(survey, sheet, pictures, large=large)
        web_url = absolute_url(survey.url or "/")
        qr_url = absolute_url("/papier-qr.svg")
        pictures[qr_url] = Picture(lambda: qr(web_url).encode(), "image/svg+xml")
        html = render_to_string(
            "surveys/paper/pdf.html",
            {
                "page": survey,
                "area": survey.area,
                "sheet": sheet,
                "maps": maps,
                "large": large,
                "form_number": form_number(survey, version),
                "web_url": web_url,
                "qr_url": qr_url,
                "receipt_url": absolute_url(reverse("survey_receipt")),
                "colors": palette()["light"],
                "bands": bands(),
                "site_settings": default_site_settings(),
            },
        )
    return pdf(html=html, pictures=pictures, kind="survey-paper", keep_seconds=KEEP_SECONDS)


def form_name(survey: SurveyPage, *, large: bool) -> str:
    """Name of the PDF as a file, of letters, digits and hyphens."""
    return f"enquete-{slugify(survey.slug)}{'-groot' if large else ''}.pdf"


def _show_pictures(sheet: Sheet, pictures: dict) -> None:
    """Give answers and texts their pictures, and add the files behind them; two queries."""
    from cms.paper import Picture

    found = renditions(item.question for item in sheet.items)
    for item in sheet.items:
        item.picture = found.get((item.question.id, "image"))
        for choice in item.choices:
            choice.picture = found.get((item.question.id, choice.option.id))
    for rendition in found.values():
        rendition.paper_url = absolute_url(f"/papier/{rendition.file.name}")
        pictures[rendition.paper_url] = Picture(lambda file=rendition.file: _bytes(file))


def _bytes(stored) -> bytes:
    with stored.storage.open(stored.name, "rb") as file:
        return file.read()


def _draw_maps(
    survey: SurveyPage, sheet: Sheet, pictures: dict, *, large: bool
) -> dict[str, _Drawn]:
    """The map of each question with one, by its id; questions with the same map share it."""
    from cms.paper import Picture

    if not sheet.has_map:
        return {}
    ground = ground_of(survey)
    drawn: dict[str, _Drawn] = {}
    plain: bytes | None = None
    for item in sheet.items:
        if not item.question.type.has_map:
            continue
        if item.spots:
            svg = ground.drawing(item.question, large=large).encode()
        else:
            plain = plain or ground.drawing(item.question, large=large).encode()
            svg = plain
        # The address follows from the drawing, so that another drawing is another document.
        url = absolute_url(f"/kaart-{hashlib.sha256(svg).hexdigest()[:16]}.svg")
        pictures[url] = Picture(lambda svg=svg: svg, "image/svg+xml")
        drawn[item.question.id] = _Drawn(url, map_in_words(item.question))
    return drawn
