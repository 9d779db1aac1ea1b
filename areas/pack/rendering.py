"""The pack of a council on the web and on paper."""

import hashlib
from datetime import datetime

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString
from django.utils.text import slugify

from areas.councils.models import Council
from cms.palette import bands, palette
from cms.services import absolute_url, default_site_settings

from .building import Pack, build_pack

KEEP_SECONDS = 600  # for who asks again; longer would keep what is closed for no reason


def render_html(pack: Pack) -> SafeString:
    """The pack as a part of a page, in the language it was built in.

    It begins at h2: the page that shows it has the h1, and loads css/pack.css.
    """
    return render_to_string("pack/body.html", {"pack": pack})


def render_pdf(*, council: Council, since: datetime | None = None):
    """The pack as tagged PDF in Dutch: a `cms.paper.Document`; see `build_pack` for who may."""
    from cms.paper import Picture, pdf  # half a second, which only who asks should wait

    with translation.override("nl"):
        pack = build_pack(council=council, since=since)
        drawing = pack.map.svg.encode()
        # The address follows from the drawing, so that another drawing is another document.
        name = hashlib.sha256(drawing).hexdigest()[:16]
        map_url = absolute_url(f"/overzicht-{name}.svg")
        html = render_to_string(
            "pack/pdf.html",
            {
                "pack": pack,
                "map_url": map_url,
                "on_paper": True,
                "colors": palette()["light"],
                "bands": bands(),
                "web_url": absolute_url(council.get_absolute_url()),
                "site_settings": default_site_settings(),
            },
        )
    pictures = {map_url: Picture(lambda: drawing, "image/svg+xml")}
    return pdf(html=html, pictures=pictures, kind="council-pack", keep_seconds=KEEP_SECONDS)


def filename(council: Council, made_at: datetime) -> str:
    """Name of the PDF as a file, of letters, digits and hyphens."""
    return f"overzicht-{slugify(council.slug)}-{made_at:%Y-%m-%d}.pdf"
