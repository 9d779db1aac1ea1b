"""Questions and whole surveys to start from; see `entries` for what one is.

A new one is a module with an `Entry`, and a line below.
"""

from .channels import CHANNELS
from .entries import Entry
from .event import EVENT
from .playground import PLAYGROUND
from .project import PROJECT
from .sets import ABOUT_YOU, STREET, TAKING_PART

#: In the order in which an editor chooses from them.
_ENTRIES = {
    entry.key: entry
    for entry in (PROJECT, PLAYGROUND, CHANNELS, EVENT, ABOUT_YOU, STREET, TAKING_PART)
}


def get(key: str) -> Entry:
    """The entry with that key; KeyError where there is none."""
    return _ENTRIES[key]


def whole_surveys() -> list[Entry]:
    """Entries that are a survey of their own."""
    return [entry for entry in _ENTRIES.values() if entry.is_survey]


def all_entries() -> list[Entry]:
    """Whole surveys and sets of questions."""
    return list(_ENTRIES.values())
