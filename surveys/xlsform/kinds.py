"""Which kind of question a type of XLSForm becomes."""

import re

from django.utils.translation import gettext_lazy as _
from pyxform import aliases, constants

ONE, SEVERAL, RANK = "one", "several", "rank"
_SELECT = re.compile(
    rf"({'|'.join(sorted(map(re.escape, aliases.select), key=len, reverse=True))})"
    r"\s+(\S+)(?:\s+(or[ _]specify[ _]other|or[ _]other))?",
    re.IGNORECASE,
)
_WAYS = {
    constants.SELECT_ONE: ONE,
    constants.SELECT_ALL_THAT_APPLY: SEVERAL,
    constants.RANK: RANK,
}

_PLAIN = {
    "text": ("text", "string"),
    "integer": ("integer", "int"),
    "decimal": ("decimal",),
    "date": ("date",),
    "note": ("note",),
    "consent": ("acknowledge", "trigger"),
    "point": ("geopoint", "location", "gps"),
    "line": ("geotrace",),
    "polygon": ("geoshape",),
    "range": ("range",),
    "hidden": ("hidden",),
    "image": ("image", "photo"),
    "file": ("file",),
}
_BY_TYPE = {name: base for base, names in _PLAIN.items() for name in names}

#: Kinds that an export writes as this type; the first is what the type means by itself.
KINDS = {
    "text": ("short_text", "long_text", "postcode", "email"),
    "integer": ("number",),
    "decimal": ("number",),
    "date": ("date",),
    "note": ("statement",),
    "consent": ("consent",),
    "point": ("point", "shapes"),
    "line": ("shapes",),
    "polygon": ("shapes",),
    "range": ("scale", "nps"),
    ONE: ("one_choice", "image_choice"),
    SEVERAL: ("several_choices", "image_choice"),
    RANK: ("ranking",),
    "hidden": ("hidden",),
    "image": ("file",),
    "file": ("file",),
}

_FILE = _("Een opname insturen kan niet in een enquête: alleen een foto of een PDF.")
_TIME = _("Een tijd vragen kan niet in een enquête. Vraag de tijd als kort antwoord.")
_DEVICE = _("Dit legt iets vast van wie invult of van het toestel. Onze antwoorden zijn anoniem.")
_COUNTED = _("Een enquête rekent niet. Deze rij is weggelaten.")
_FROM_FILE = _("De antwoorden staan in een ander bestand. Maak de vraag opnieuw.")
OTHERWISE = _("Dit soort vraag heeft een enquête niet.")

_LEFT = {
    _FILE: ("audio", "video", "osm", "background-audio"),
    _TIME: ("time", "datetime"),
    _COUNTED: ("calculate",),
    _DEVICE: (
        *("start", "end", "today", "deviceid", "device id", "imei", "subscriberid", "simserial"),
        *("phonenumber", "phone number", "username", "email", "audit", "start-geopoint"),
        *("background-geopoint", "start time", "end time", "get today", "get phone number"),
        *("subscriber id", "get device id", "get start time", "get end time", "sim id"),
        *("get sim id", "get subscriber id"),
    ),
    _FROM_FILE: ("xml-external", "csv-external"),
}
_REASONS = {name: reason for reason, names in _LEFT.items() for name in names}


def base_of(row_type: str) -> tuple[str, str, bool]:
    """(base, name of the list of choices, whether an own answer is offered); base "" for others.

    A base is a key of KINDS.
    """
    words = " ".join(row_type.split())
    if found := _SELECT.fullmatch(words):
        alias = found[1].lower()
        way = _WAYS.get(aliases.select[alias], "")
        if alias in aliases.select_from_file:
            way = ""
        return way, found[2], bool(found[3])
    return _BY_TYPE.get(_simple(words), ""), "", False


def why_left(row_type: str):
    """Why a type that is no question here is left out."""
    if _SELECT.fullmatch(" ".join(row_type.split())):
        return _FROM_FILE
    words = _simple(" ".join(row_type.split()))
    return _DEVICE if words.startswith("uri:") else _REASONS.get(words, OTHERWISE)


def _simple(words: str) -> str:
    return re.sub(r"^(?:q |add )|(?: prompt)$", "", words.lower()).replace("date time", "datetime")
