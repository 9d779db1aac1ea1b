"""What the page of an agenda shows."""

from django.http import HttpRequest

from areas.models import Theme

from .forms import AgendaFilterForm
from .models import AgendaItemPage

STATUS_ORDER = [choice.value for choice in AgendaItemPage.Status]


def agenda_context(*, agenda, request: HttpRequest) -> dict:
    """Items by theme, the bar of progress and the filter form, in four queries."""
    items = AgendaItemPage.objects.child_of(agenda).for_list()
    themes = Theme.objects.filter(
        pk__in=AgendaItemPage.objects.child_of(agenda).live().order_by().values("theme")
    )
    form = AgendaFilterForm(request.GET or None, themes=themes)
    chosen = items
    if form.is_bound and form.is_valid():
        if form.cleaned_data["thema"]:
            chosen = chosen.with_theme(form.cleaned_data["thema"])
        if form.cleaned_data["status"]:
            chosen = chosen.with_status(form.cleaned_data["status"])
    chosen = list(chosen)
    counts = items.status_counts()
    return {
        "filter_form": form,
        "groups": _by_theme(chosen),
        "shown": len(chosen),
        "total": sum(counts.values()),
        "progress": progress_bar(counts),
    }


def progress_bar(counts: dict[str, int]) -> list[dict]:
    """Segments of the bar: {value, label, count, percent}; only statuses that occur."""
    total = sum(counts.values())
    labels = dict(AgendaItemPage.Status.choices)
    return [
        {
            "value": value,
            "label": labels[value],
            "count": counts[value],
            "percent": round(100 * counts[value] / total),
        }
        for value in STATUS_ORDER
        if counts.get(value)
    ]


def _by_theme(items: list) -> list[dict]:
    groups: dict[int, dict] = {}
    for item in items:
        group = groups.setdefault(item.theme_id, {"theme": item.theme, "items": []})
        group["items"].append(item)
    return sorted(
        groups.values(), key=lambda group: (group["theme"].sort_order, group["theme"].name)
    )
