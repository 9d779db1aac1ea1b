"""The map of an edition: a picture of the places that it is about, drawn once and then kept."""

import hashlib
from dataclasses import dataclass
from io import BytesIO

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from PIL import Image

from areas.drawing import MAX_NUMBERS, Sizes, plan
from areas.models import AreaPage
from cms.palette import palette

from ..models.map_picture import MapPicture
from .picture import draw
from .richtext import whole_address

#: Raised when the same places are drawn in another way, so that new editions get a new picture.
STYLE = 1
#: Large enough to be read on a telephone, where the picture is a third as wide as it is drawn.
SIZES = Sizes(radius=27, letters=25)


@dataclass(frozen=True)
class Pin:
    """A numbered place: `geometry` in WGS 84, and the page that is told there."""

    number: int
    page_id: int
    title: str
    url: str
    place: str
    geometry: object

    @property
    def whole_url(self) -> str:
        """The address as it works outside this site."""
        return whole_address(self.url)


@dataclass(frozen=True)
class EditionMap:
    """The picture, what it shows in words, and the numbered places for the list below it."""

    picture: MapPicture
    alt: str
    pins: list[Pin]


def edition_map(edition, placed: list[tuple]) -> EditionMap | None:
    """The map of pages with their places, numbered in their order; None where there are none.

    `placed` are (page, geometry in WGS 84). The base is the areas that the edition is for, or else
    the area that makes it. Two queries while the picture is kept, and a few more when it is drawn.
    """
    if not placed:
        return None
    pins = [
        Pin(number, page.pk, page.title, page.url or "", page.place_name, shape)
        for number, (page, shape) in enumerate(placed[:MAX_NUMBERS], start=1)
    ]
    areas = _areas(edition)
    territory = None
    for area in areas:
        territory = area.geometry if territory is None else territory.union(area.geometry)
    return EditionMap(picture=_kept(territory, pins), alt=_in_words(areas, len(pins)), pins=pins)


def _areas(edition) -> list[AreaPage]:
    """The areas that the edition is for and that have a boundary, in the order of the tree."""
    chosen = list(edition.to_areas.all()) or [edition.area]
    drawn = [area for area in chosen if area is not None and area.geometry is not None]
    return sorted(drawn, key=lambda area: area.path)


def _kept(territory, pins: list[Pin]) -> MapPicture:
    key = _key(territory, pins)
    kept = MapPicture.objects.filter(key=key).first()
    if kept is not None:
        return kept
    image = draw(plan(territory=territory, pins=pins, sizes=SIZES), SIZES, palette()["light"])
    picture = MapPicture(key=key, width=image.width, height=image.height)
    # The file comes first: whoever finds the row finds a whole file.
    picture.file.save(f"kaart-{key[:16]}.png", ContentFile(_png(image)), save=False)
    try:
        with transaction.atomic():
            picture.save()
    except IntegrityError:  # somebody else drew the same meanwhile
        picture.file.storage.delete(picture.file.name)
        return MapPicture.objects.get(key=key)
    return picture


def _key(territory, pins: list[Pin]) -> str:
    """Says all that the picture shows; boundaries of neighbours and names of places left aside."""
    colors = sorted(palette()["light"].items())
    parts = [f"{STYLE} {SIZES} {colors}".encode(), _bytes(territory)]
    parts += [_bytes(pin.geometry) for pin in pins]
    return hashlib.sha256(b"\x00".join(parts)).hexdigest()


def _bytes(geometry) -> bytes:
    return bytes(geometry.wkb) if geometry is not None else b""


def _png(image: Image.Image) -> bytes:
    out = BytesIO()
    # A map has few colours: a palette of them is a third of the size.
    image.quantize(128).save(out, "PNG", optimize=True)
    return out.getvalue()


def _in_words(areas: list[AreaPage], count: int) -> str:
    """What the map shows, for who does not see it."""
    names = ", ".join(area.title for area in areas) or _("het gebied")
    return ngettext(
        "Kaart van %(areas)s met %(number)d genummerde plek. De lijst onder de kaart noemt haar.",
        "Kaart van %(areas)s met %(number)d genummerde plekken. De lijst onder de kaart noemt ze.",
        count,
    ) % {"areas": names, "number": count}
