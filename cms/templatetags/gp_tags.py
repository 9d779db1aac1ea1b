"""Template tags of the design components: arithmetic that a template cannot do."""

from collections.abc import Iterable

from django import template
from django.core.paginator import Page, Paginator

register = template.Library()


@register.inclusion_tag("components/progress.html")
def progress_bar(counts: Iterable[tuple[str, str, int]]) -> dict:
    """A bar with one part a status, from (status value, label, number of items) in order."""
    shown = [count for count in counts if count[2]]
    total = sum(count for _value, _label, count in shown)
    parts, before = [], 0
    for value, label, count in shown:
        parts.append(
            {
                "value": value,
                "label": label,
                "count": count,
                "offset": round(100 * before / total, 2),
                "percent": round(100 * count / total, 2),
            }
        )
        before += count
    return {"parts": parts, "total": total}


@register.filter
def elided_pages(page: Page) -> list[int | str]:
    """Page numbers around the current one, with "…" (`Paginator.ELLIPSIS`) for the gaps."""
    return [
        number if isinstance(number, int) else str(Paginator.ELLIPSIS)
        for number in page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    ]
