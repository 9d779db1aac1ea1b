"""Rows with files, values from a link, a random order and videos."""

import re
from collections.abc import Callable, Iterable

from django.conf import settings

from .. import types
from ..from_link import NAME
from ..outcomes.purposes import ContactPurpose
from ..types.contact import PURPOSE_WORDS
from ..types.files import MOST_MEGABYTES, PDFS, PHOTOS
from ..types.from_link import LinkBlock, ShuffledBlock
from ..video.shown import KEYS
from .columns import clean_html, more_in
from .reading import Row

#: What a value from a link is called where its row has no name that fits in one.
OTHER_NAME = "waarde"


def shared(row: Row, kind: str) -> dict:
    """What several kinds have: a name in the link, and a random order."""
    block, value = types.get(kind).block_class, {}
    if issubclass(block, LinkBlock):
        value["link_name"] = link_name(row)
    if issubclass(block, ShuffledBlock):
        value["shuffle"] = is_random(row)
    return value


def is_random(row: Row) -> bool:
    """Whether answers, or rows of a table, stand in a random order."""
    words = row.get("parameters").lower().replace(" ", "").replace(",", " ").split()
    return "randomize=true" in words or more_in(row).get("shuffle") is True


def link_name(row: Row) -> str:
    """The name in the link that an export wrote down, if any."""
    name = more_in(row).get("link_name")
    return name if isinstance(name, str) and NAME.fullmatch(name) else ""


def hidden(row: Row, label: str) -> dict:
    """A value that the link passes on, under the name of the row where it has no other."""
    plain = re.sub(r"[^a-z0-9-]+", "-", row.get("name").lower()).strip("-")[:30].strip("-")
    values = more_in(row).get("values")
    return {
        "label": label or row.get("name"),
        "link_name": link_name(row) or (plain if NAME.fullmatch(plain) else OTHER_NAME),
        "options": [
            {"type": "item", "id": pair[0], "value": pair[1]}
            for pair in (values if isinstance(values, list) else [])
            if isinstance(pair, list)
            and len(pair) == 2
            and all(isinstance(part, str) for part in pair)
        ],
    }


def files(base: str, more: dict) -> dict:
    """How many files of which kind; a form of others says no more than photo or file."""
    own = more.get("kinds")
    kinds = own if own in (PHOTOS, PDFS) else PHOTOS if base == "image" else ""
    most = {"max_files": (1, settings.SURVEY_FILES_MAX), "max_mb": (MOST_MEGABYTES,) * 2}
    found: dict = {"kinds": kinds}
    for name, (normal, highest) in most.items():
        number = more.get(name)
        is_good = isinstance(number, int) and 1 <= number <= highest
        found[name] = number if is_good else normal
    return found


def purpose(more: dict) -> dict:
    """What an address is for, as an export wrote it down; a form of others does not say."""
    found, words = more.get("purpose"), more.get("purpose_text")
    if found not in ContactPurpose.values:
        return {}
    is_own = found == ContactPurpose.APPROACH and isinstance(words, str)
    return {"purpose": found, "purpose_text": words[:PURPOSE_WORDS] if is_own else ""}


def names_video(row: Row) -> bool:
    """Whether a row names a video of ours."""
    return isinstance(more_in(row).get("video"), dict)


def video(row: Row, may_use: Callable[[Iterable[int]], set[int]]) -> dict | None:
    """The video of our own documents that a row names, if all of it may be used."""
    if not names_video(row):
        return None
    kept = more_in(row)["video"]
    keys = {key: kept[key] for key in KEYS if type(kept.get(key)) is int}
    if "video" not in keys or may_use(keys.values()) != set(keys.values()):
        return None
    text = kept.get("transcript")
    return keys | {"transcript": clean_html(text) if isinstance(text, str) else ""}
