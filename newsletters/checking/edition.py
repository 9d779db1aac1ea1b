"""All checks on an edition, the gravest first."""

from .findings import Finding
from .links import check_links
from .parts import parts_of
from .shape import check_shape
from .words import check_words


def check_edition(draft) -> list[Finding]:
    """What must be mended and what could be better, in an edition or a draft of it.

    Nothing is asked of other sites: of their addresses it says what is known already. The number
    of queries does not grow with the edition.
    """
    parts = parts_of(draft)
    found = [*check_shape(draft, parts), *check_links(parts), *check_words(parts)]
    return sorted(dict.fromkeys(found), key=lambda finding: not finding.is_error)


def errors_of(draft) -> list[Finding]:
    """What must be mended before the edition goes out."""
    return [finding for finding in check_edition(draft) if finding.is_error]
