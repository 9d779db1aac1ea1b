"""Checks on how an edition is built: pictures, headings, the words of links, and its size."""

import re
from collections.abc import Iterator
from itertools import pairwise

from django.utils.translation import gettext as _

from ..rendering.newsletter import render_mail
from .findings import Finding
from .parts import Parts

#: Gmail shows the first 102 kB of a mail and hides the rest, the link to leave with it.
MOST_BYTES = 100_000
NEARLY_BYTES = 85_000
_FILE_NAME = re.compile(
    r"\.(?:jpe?g|png|gif|webp|avif|heic|svg|bmp|tiff?)$|^(?:img|dsc|dscn|pxl|image|foto)[-_ ]?\d+$",
    re.IGNORECASE,
)
_VAGUE = frozenset(
    {
        "hier",
        "klik",
        "klik hier",
        "link",
        "deze link",
        "lees meer",
        "lees verder",
        "meer",
        "meer lezen",
        "meer info",
        "meer informatie",
        "website",
        "deze pagina",
        "verder",
        "here",
    }
)
_BARE = re.compile(r"^(?:https?://|www\.)\S+$", re.IGNORECASE)


def check_shape(draft, parts: Parts) -> Iterator[Finding]:
    """Everything but the words and where links lead."""
    if not parts.kinds:
        yield Finding(
            _("Inhoud"),
            _("De nieuwsbrief heeft nog geen inhoud. Voeg blokken toe."),
            is_error=True,
        )
    for where in parts.missing:
        yield Finding(
            where,
            _("Wat hier gekozen was, bestaat niet meer. Kies iets anders of haal het blok weg."),
            is_error=True,
        )
    yield from _pictures(parts)
    yield from _headings(parts)
    yield from _labels(parts)
    yield from _size(draft)


def _pictures(parts: Parts) -> Iterator[Finding]:
    for picture in parts.pictures:
        alt = picture.alt.lower()
        if not alt:
            yield Finding(
                picture.where,
                _(
                    "De foto heeft geen beschrijving. Goed als hij alleen versiering is; schrijf "
                    "anders wat erop te zien is."
                ),
            )
        elif alt in picture.names or _FILE_NAME.search(alt):
            yield Finding(
                picture.where,
                _(
                    "De beschrijving van de foto is de naam van het bestand: ‘%(alt)s’. Schrijf "
                    "wat erop te zien is."
                )
                % {"alt": picture.alt},
                is_error=True,
            )


def _headings(parts: Parts) -> Iterator[Finding]:
    first = True
    for where, level in parts.headings:
        if first and level != "h2":
            yield Finding(where, _("De eerste kop is een tussenkop. Maak er een gewone kop van."))
        first = False
    for (where, kind), (_where, following) in pairwise([*parts.kinds, ("", "")]):
        if kind == "heading" and following in ("heading", "divider", ""):
            yield Finding(
                where, _("Onder deze kop staat niets. Schrijf er iets onder of haal hem weg.")
            )


def _labels(parts: Parts) -> Iterator[Finding]:
    for link in parts.links:
        label = link.label.strip(" .!:»›>→").lower()
        if link.is_teaser:
            continue
        if label in _VAGUE:
            yield Finding(
                link.where,
                _(
                    "De link ‘%(label)s’ zegt niet waar hij heen gaat. Schrijf dat in de link: "
                    "wie laat voorlezen, hoort alleen de links."
                )
                % {"label": link.label},
            )
        elif _BARE.match(link.label):
            yield Finding(
                link.where,
                _("De link is een kaal adres: ‘%(label)s’. Schrijf er woorden voor.")
                % {"label": link.label[:80]},
            )


def _size(draft) -> Iterator[Finding]:
    size = len(render_mail(draft).html.encode())
    shown = {"size": size // 1000, "most": MOST_BYTES // 1000}
    if size >= MOST_BYTES:
        yield Finding(
            _("Grootte"),
            _(
                "De mail is %(size)s kB. Boven %(most)s kB laat Gmail het einde weg, met de link "
                "om af te melden. Haal blokken weg, of verwijs naar een pagina."
            )
            % shown,
            is_error=True,
        )
    elif size >= NEARLY_BYTES:
        yield Finding(
            _("Grootte"),
            _("De mail is %(size)s kB, en mag %(most)s kB zijn. Veel kan er niet meer bij.")
            % shown,
        )
