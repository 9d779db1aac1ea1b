"""Finding an address, with what we know ourselves where the service does not answer."""

import hashlib
import hmac
import unicodedata
from dataclasses import dataclass

from django.conf import settings
from django.contrib.gis.geos import Point
from django.core.cache import cache
from django.utils.translation import gettext as _

from ..point_field import COORDINATE_DECIMALS, in_municipality
from ..villages import villages
from . import locatieserver
from .locatieserver import UnavailableError

#: The button that searches, as value of `stap` in a form (without JavaScript).
FIND = "zoek"
SHORTEST, LONGEST = 3, 100
OWN = "plaats:"
VILLAGES_SHOWN = 8
#: Addresses seldom change; what is kept holds no word of what was typed but its hash.
KEPT_SECONDS = 86_400


@dataclass(frozen=True)
class Found:
    """Addresses or places by id; `note` says what else there is to say."""

    items: tuple[tuple[str, str], ...] = ()
    note: str = ""


def find(query: str) -> Found:
    """What there is in our municipality by the name of `query`.

    Villages and districts of our own come along, and alone where the service does not answer.
    """
    query = " ".join(query.replace("\x00", " ").split())[:LONGEST]
    if len(query) < SHORTEST:
        return Found(note=_("Typ ten minste drie letters of cijfers van het adres."))
    own = _own(query)
    try:
        addresses = _kept(("suggest", query.casefold()), lambda: locatieserver.suggest(query))
    except UnavailableError:
        note = _(
            "Wij kunnen nu niet op adres zoeken, alleen op dorp of wijk. U kunt de plek ook zelf "
            "op de kaart zoeken of beschrijven."
        )
        return Found(own, note)
    items = (*own, *addresses)
    note = "" if items else _("Wij vonden dit adres niet in onze gemeente. Typ het anders.")
    return Found(items, note)


def locate(key: str) -> Point | None:
    """The place (SRID 4326) of something that was found; None where it is not there (now)."""
    found = _looked_up(key)
    return found[1] if found else None


def name_of(key: str) -> str:
    """The words of something that was found; a general word where they are not there (now)."""
    found = _looked_up(key)
    return found[0] if found else str(_("het adres dat u koos"))


def _looked_up(key: str) -> tuple[str, Point] | None:
    if key.startswith(OWN):
        slug = key.removeprefix(OWN)
        return next(((one.name, one.point) for one in villages() if one.slug == slug), None)
    if not locatieserver.ADDRESS_ID.fullmatch(key):
        return None
    try:
        kept = _kept(("lookup", key), lambda: _as_plain(locatieserver.lookup(key)))
    except UnavailableError:
        return None
    if kept is None:
        return None
    name, lon, lat = kept
    point = Point(lon, lat, srid=4326)
    return (name, point) if in_municipality(point) else None


def _as_plain(found: tuple[str, Point] | None) -> tuple[str, float, float] | None:
    if found is None:
        return None
    name, point = found
    return name, round(point.x, COORDINATE_DECIMALS), round(point.y, COORDINATE_DECIMALS)


def _own(query: str) -> tuple[tuple[str, str], ...]:
    wanted = _plain(query)
    found = [one for one in villages() if wanted in _plain(one.name)]
    found.sort(key=lambda one: (not _plain(one.name).startswith(wanted), one.name))
    return tuple((f"{OWN}{one.slug}", one.name) for one in found[:VILLAGES_SHOWN])


def _plain(text: str) -> str:
    """A text for comparing: without capitals and accents."""
    broken = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in broken if not unicodedata.combining(letter))


def _kept(parts: tuple[str, str], make):
    """What was found before, by a hash of what was asked; failures are not kept."""
    message = "\x1f".join((settings.ADDRESS_SEARCH_URL, *parts)).encode()
    digest = hmac.new(settings.SECRET_KEY.encode(), message, hashlib.sha256).hexdigest()
    key = f"addresses:{digest}"
    kept = cache.get(key)
    if kept is None:
        kept = (make(),)
        cache.set(key, kept, KEPT_SECONDS)
    return kept[0]
