"""What the page of an agenda shows."""

import json
from collections import Counter

from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from areas import layers, maps
from areas.models import AreaPage, Theme
from cms.geometry.mapconfig import map_config
from cms.languages import dutch
from cms.querysets import guarded

from .forms import AgendaFilterForm
from .history import history
from .models import AgendaItemPage, AgendaPage
from .origins import origins_of
from .progress import Progress, mean_percent, progress_of, progress_of_one

STATUS_ORDER = [choice.value for choice in AgendaItemPage.Status]


def agenda_context(*, agenda, request: HttpRequest) -> dict:
    """Items by theme, how far all of them are and the filter form, in seven queries."""
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
    progress = progress_of(items)
    counts = Counter(row.status for row in progress)
    neighbours = _neighbours(agenda)
    if neighbours["moved_to"]:
        progress = []  # what is left is done: a share of that would flatter
    return {
        "area": AreaPage.objects.ancestor_of(agenda).without_geometry().first(),
        "filter_form": form,
        "groups": _by_theme(chosen, progress),
        "shown": len(chosen),
        "total": sum(counts.values()),
        "progress": progress_parts(counts),
        "percent": mean_percent(progress),
        **neighbours,
    }


def _neighbours(agenda) -> dict:
    """The public agendas before and after this one, and whether its open items moved on."""
    others = AgendaPage.objects.sibling_of(agenda, inclusive=False).live().public()
    rows = others.select_related("follows").only(
        "title",
        "url_path",
        "period_start",
        "period_end",
        "follows__source",
        "follows__carried_out_at",
    )
    rows = sorted(rows, key=lambda row: (row.period_start, row.pk))
    own = (agenda.period_start, agenda.pk)
    following = [row for row in rows if (row.period_start, row.pk) > own]
    return {
        "earlier": [row for row in reversed(rows) if (row.period_start, row.pk) < own],
        "later": following,
        "moved_to": next((row for row in rows if _took_over(row, agenda)), None),
    }


def _took_over(agenda, source) -> bool:
    """Whether `agenda` took the open items of `source`."""
    plan = getattr(agenda, "follows", None)
    return plan is not None and plan.source_id == source.pk and plan.carried_out_at is not None


def progress_parts(counts: dict[str, int]) -> list[tuple[str, str, int]]:
    """(style, label, count) of each status that occurs, for the bar of progress."""
    labels = dict(AgendaItemPage.Status.choices)
    return [
        (AgendaItemPage.STATUS_STYLES[value], labels[value], counts[value])
        for value in STATUS_ORDER
        if counts.get(value)
    ]


def item_context(*, item, request: HttpRequest) -> dict:
    """Facts, history, area, linked project and map of one agenda item."""
    project_is_guarded, goal_is_guarded = _load_related(item)
    area = item.area
    steps = list(item.steps.all())
    project = item.project
    if project is not None and (project_is_guarded or not project.live):
        project = None
    dates = None
    if item.start_date and item.end_date:
        dates = _("%(first)s tot en met %(last)s") % {
            "first": date_format(item.start_date),
            "last": date_format(item.end_date),
        }
    elif item.start_date:
        dates = _("vanaf %(first)s") % {"first": date_format(item.start_date)}
    elif item.end_date:
        dates = _("tot en met %(last)s") % {"last": date_format(item.end_date)}
    return {
        "area": area,
        "project": project,
        "steps": steps,
        "item_progress": progress_of_one(item, steps),
        "origins": origins_of(item) if item.pk else [],
        "history": history(item=item, number=request.GET.get("pagina", "")),
        "facts": [
            (_("Thema"), dutch(item.theme.name)),
            (_("Doel uit het programma"), None if goal_is_guarded else goal_link(item, area)),
            (_("Trekker"), dutch(item.lead)),
            (_("Partners"), dutch(item.partners)),
            (_("Wanneer"), dates),
            (_("Geld"), dutch(item.money)),
            (_("Plek"), dutch(item.place_name)),
            (_("Ingebracht door"), source_of(item)),
        ],
        "map_config": item_map(item, area),
    }


def _load_related(item) -> tuple[bool, bool]:
    """Get theme, goal, council and project of an item in one query; a preview may have others.

    Returns whether the project, and the programme, are behind a password or log-in.
    """
    names = ("theme", "source_council", "project", "programme_goal")
    rows = AgendaItemPage.objects.filter(pk=item.pk)
    rows = rows.select_related(*names, "programme_goal__programme").annotate(
        project_is_guarded=guarded("project__path"),
        goal_is_guarded=guarded("programme_goal__programme__path"),
    )
    saved = rows.defer("geometry", "map_geometry").first()
    for name in names:
        if saved and getattr(saved, f"{name}_id") == getattr(item, f"{name}_id"):
            setattr(item, name, getattr(saved, name))
    goal_is_guarded = bool(saved and saved.goal_is_guarded)
    if saved and saved.project_id == item.project_id:
        return saved.project_is_guarded, goal_is_guarded
    return bool(item.project and item.project.get_view_restrictions()), goal_is_guarded


def goal_link(item, area) -> str:
    """The goal that an item works at, as a link to the public programme of its own area."""
    goal = item.programme_goal
    if goal is None or area is None or not goal.programme.live:
        return ""
    if not goal.programme.is_child_of(area):
        return ""
    address = f"{goal.programme.get_url()}#{goal.anchor}"
    return format_html('<a href="{}" lang="nl">{}</a>', address, goal.title)


def source_of(item) -> str:
    """Who or what brought the item: a council or a kind of source, and what the editor added."""
    brought = dutch(item.source_council.name) if item.source_council else item.get_source_display()
    return format_html_join(
        " – ", "{}", ((part,) for part in (brought, dutch(item.source_text)) if part)
    )


def item_map(item, area) -> dict | None:
    """Config of a map with the place of one item, or None where it has none of its own."""
    if item.geometry is None or area is None:
        return None
    layer = layers.get("agenda")
    link = maps.layer_links([layer])[0]
    link.pop("url")
    link["data"] = {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "id": item.pk,
                "geometry": json.loads(item.geometry.geojson),
                "properties": {"title": item.title, "url": item.url, "status": item.status},
            }
        ],
    }
    return map_config([link], bounds=padded(item.geometry.extent), label=item.title)


def padded(extent: tuple) -> tuple:
    """An extent (west, south, east, north in degrees) with about 400 m around it."""
    west, south, east, north = extent
    return (west - 0.006, south - 0.004, east + 0.006, north + 0.004)


def _by_theme(items: list, progress: list[Progress]) -> list[dict]:
    """Chosen items below their theme, with how far all items of that theme are."""
    groups: dict[int, dict] = {}
    for item in items:
        group = groups.setdefault(item.theme_id, {"theme": item.theme, "entries": []})
        group["entries"].append(item)
    for theme_id, group in groups.items():
        group["percent"] = mean_percent(row for row in progress if row.theme_id == theme_id)
    return sorted(
        groups.values(), key=lambda group: (group["theme"].sort_order, group["theme"].name)
    )
