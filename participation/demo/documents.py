"""Small PDF documents that everybody can read (PDF/UA-1, ISO 14289-1)."""

from collections.abc import Sequence

import weasyprint
from django.utils.html import escape

STYLE = """
@page { size: A4; margin: 22mm 20mm; @bottom-right { content: counter(page); font-size: 9pt } }
body { font: 11.5pt/1.55 "DejaVu Sans", sans-serif; color: #14262a }
h1 { font-size: 21pt; line-height: 1.25; color: #05626c; margin: 0 0 8mm }
.owner { font-size: 9.5pt; color: #535f62; border-top: 2mm solid #07838f; padding-top: 3mm }
"""


def pdf(*, title: str, texts: Sequence[str]) -> bytes:
    """A document of one heading and paragraphs."""
    body = "".join(f"<p>{escape(text)}</p>" for text in texts)
    source = (
        f'<html lang="nl"><head><title>{escape(title)}</title></head><body>'
        f'<p class="owner">Gemeente Haarlemmermeer</p><h1>{escape(title)}</h1>{body}'
        "</body></html>"
    )
    return weasyprint.HTML(string=source).write_pdf(
        stylesheets=[weasyprint.CSS(string=STYLE)], pdf_variant="pdf/ua-1"
    )
