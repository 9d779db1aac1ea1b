"""Personal data that end on their date: apps register what they remove, `purge_expired` does it.

A removal is called with `dry_run` and gives the number of rows by a name without personal data,
such as {"council members": 3}. It must stand being killed at any moment and run again.
"""

import logging
from collections.abc import Callable

logger = logging.getLogger(__name__)

Removal = Callable[..., dict[str, int]]

_removals: dict[str, Removal] = {}


def register(name: str, removal: Removal) -> None:
    """Add a removal, called as `removal(dry_run=...)`; the same name replaces."""
    _removals[name] = removal


def purge_expired(*, dry_run: bool = False) -> dict[str, int]:
    """Remove all personal data past their date; with `dry_run` only count. Logs counts, no names.

    Every removal runs, also where one before it fails; the first error is raised at the end.
    """
    counts: dict[str, int] = {}
    failure: Exception | None = None
    for name in sorted(_removals):
        try:
            found = _removals[name](dry_run=dry_run)
        except Exception as error:
            logger.exception("Removing expired data failed: %s", name)
            failure = failure or error
            continue
        for label, count in found.items():
            counts[label] = counts.get(label, 0) + count
    for label, count in counts.items():
        if count and not dry_run:
            logger.info("Removed expired personal data: %s: %d", label, count)
    if failure is not None:
        raise failure
    return counts
