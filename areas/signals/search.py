"""Signals that are on the site, in its search."""

from cms.search import Hit

from .models import Signal


def find_signals(query: str, limit: int) -> list[Hit]:
    """Published signals by subject, text, place or reference; one query."""
    rows = Signal.objects.published().holding(query).for_list().order_by("-received_at", "-pk")
    return [
        Hit(
            title=signal.subject,
            url=signal.get_absolute_url(),
            kind=signal.get_kind_display(),
            area=signal.area.title,
            summary=signal.text[:200],
        )
        for signal in rows[:limit]
    ]
