"""The main navigation: fixed entries that the apps register, in one order."""

from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse


@dataclass(frozen=True)
class Entry:
    """One link: `title` is a lazy text, `url_name` a name without arguments."""

    title: Any
    url_name: str
    order: int = 100
    slot: str = "main"


_entries: dict[tuple[str, str], Entry] = {}


def register(entry: Entry) -> None:
    """Add a link to a slot: "main" (header), "footer" or "contact" (below the channels)."""
    _entries[entry.slot, entry.url_name] = entry


def links(slot: str, current_path: str) -> list[dict]:
    """Links of a slot as {title, url, current}; `current` also holds below the address."""
    found = []
    for entry in sorted(_entries.values(), key=lambda entry: entry.order):
        if entry.slot != slot:
            continue
        try:
            url = reverse(entry.url_name)
        except NoReverseMatch:
            continue
        found.append({"title": entry.title, "url": url, "current": current_path.startswith(url)})
    return found
