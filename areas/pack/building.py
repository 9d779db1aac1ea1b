"""The pack of a council: what it needs to know before it meets the municipality."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from areas import digest
from areas.agenda.models import AgendaItemPage, AgendaPage
from areas.agenda.progress import Progress, mean_percent, progress_of
from areas.councils.models import Council, CouncilMeeting
from areas.digest import Audience, Digest, Entry, Part, Scope
from areas.models import Theme

from .maps import MAX_NUMBERS, PackMap, draw

#: So far back looks a council that never met, and so far ahead every council.
HALF_YEAR = timedelta(days=182)
#: Entries of one kind in the pack; the rest is on the site.
LIMIT = 40


@dataclass(frozen=True)
class Row:
    """One thing, all that is told of it, and its number on the map, if it has a place."""

    entries: list[Entry]
    number: int | None

    @property
    def about(self) -> Entry:
        """The entry that says what it is and where."""
        return self.entries[0]


@dataclass(frozen=True)
class Group:
    """Things of one kind, with the number of entries that was left out."""

    label: str
    rows: list[Row]
    more: int


@dataclass(frozen=True)
class ItemRow:
    """An agenda item, how far it is, and its number on the map."""

    item: AgendaItemPage
    progress: Progress
    number: int | None


@dataclass(frozen=True)
class ThemeRows:
    """The agenda items of one theme; `percent` is None where all of them were stopped."""

    theme: Theme
    percent: int | None
    rows: list[ItemRow]


@dataclass(frozen=True)
class Pack:
    """All that the pack of one council holds, in the language that was active when it was built.

    `last_meeting` and `next_meeting` may be None. `since`: from when on changes are listed.
    """

    council: Council
    made_at: datetime
    since: datetime
    last_meeting: CouncilMeeting | None
    next_meeting: CouncilMeeting | None
    changed: list[Group]
    themes: list[ThemeRows]
    percent: int | None
    still_open: list[Group]
    coming: list[Group]
    map: PackMap
    totals: dict[str, int] = field(default_factory=dict)

    @property
    def since_last_meeting(self) -> bool:
        """Whether changes are listed from the last meeting on, and not from a day of choice."""
        return self.last_meeting is not None and self.since == self.last_meeting.starts_at


def last_meeting(council: Council, *, before: datetime) -> CouncilMeeting | None:
    """The last meeting that took place, without its minutes; one query."""
    return (
        council.meetings.filter(ends_at__lte=before, cancelled=False)
        .defer("geometry", "map_geometry", "minutes", "participants")
        .order_by("-starts_at")
        .first()
    )


def next_meeting(council: Council, *, after: datetime) -> CouncilMeeting | None:
    """The meeting that is on or comes first, with its points; two queries."""
    return (
        council.meetings.filter(ends_at__gt=after, cancelled=False)
        .defer("geometry", "map_geometry", "minutes", "participants")
        .prefetch_related("agenda_points")
        .order_by("starts_at")
        .first()
    )


def build_pack(
    *, council: Council, since: datetime | None = None, now: datetime | None = None
) -> Pack:
    """The pack of a council, for that council and the managers of its area only.

    It holds what nobody else may see: whoever calls has checked who asks. `since` is the start
    of the last meeting, or half a year ago where there was none. The number of queries does not
    depend on how much there is. Dutch comes out under `translation.override("nl")`.
    """
    now = now or timezone.now()
    last = last_meeting(council, before=now)
    since = since or (last.starts_at if last else now - HALF_YEAR)
    scope = Scope(
        since=since,
        until=now,
        council=council,
        audience=Audience.COUNCIL,
        limit=LIMIT,
        with_geometry=True,
    )
    ahead = replace(scope, since=now, until=now + HALF_YEAR)
    changed, waiting, coming = (
        digest.changed(scope),
        digest.still_open(scope),
        digest.coming(ahead),
    )
    items = _items(scope, council, now)
    progress = {row.item_id: row for row in progress_of(items)}
    shown = sorted(items, key=lambda item: (item.theme.sort_order, item.theme.name, item.path))
    numbers = _Numbers()
    for item in shown:
        numbers.give(("page", item.pk), item.title, item.geometry, is_item=True)
    for part in (*changed.parts, *waiting.parts, *coming.parts):
        for entry in part.entries:
            numbers.give(_key(entry), entry.title, entry.geometry)
    return Pack(
        council=council,
        made_at=now,
        since=since,
        last_meeting=last,
        next_meeting=next_meeting(council, after=now),
        changed=_groups(changed, numbers),
        themes=_themes(shown, progress, numbers),
        percent=mean_percent(progress.values()),
        still_open=_groups(waiting, numbers),
        coming=_groups(coming, numbers),
        map=draw(council=council, territory=scope.territory, pins=numbers.pins),
        totals={
            "changed": changed.total,
            "items": len(shown),
            "open": waiting.total,
            "coming": coming.total,
        },
    )


def _items(scope: Scope, council: Council, now: datetime):
    """Public items in the territory on the agendas of today, and of the council's own area on
    the newest where none is of today."""
    today = timezone.localtime(now).date()
    agendas = AgendaPage.objects.live()
    paths = list(
        agendas.filter(period_start__lte=today, period_end__gte=today).values_list(
            "path", flat=True
        )
    )
    area_path = council.area.path
    if not any(path.startswith(area_path) for path in paths):
        newest = agendas.child_of(council.area).current(today).values_list("path", flat=True)
        paths += newest[:1]
    on_one = Q(pk__in=[])
    for path in paths:
        on_one |= Q(path__startswith=path)
    items = AgendaItemPage.objects.live().public().select_related("theme")
    return scope.placed(items.defer("actions", "task", "goal").filter(on_one))


def _themes(
    items: Iterable[AgendaItemPage], progress: dict[int, Progress], numbers: "_Numbers"
) -> list[ThemeRows]:
    grouped: dict[int, list[AgendaItemPage]] = {}
    for item in items:
        grouped.setdefault(item.theme_id, []).append(item)
    themes = []
    for of_theme in grouped.values():
        themes.append(
            ThemeRows(
                theme=of_theme[0].theme,
                percent=mean_percent(progress[item.pk] for item in of_theme),
                rows=[
                    ItemRow(item, progress[item.pk], numbers.of(("page", item.pk)))
                    for item in of_theme
                ],
            )
        )
    return themes


def _groups(found: Digest, numbers: "_Numbers") -> list[Group]:
    return [Group(str(part.source.label), _rows(part, numbers), part.more) for part in found.parts]


def _rows(part: Part, numbers: "_Numbers") -> list[Row]:
    """The entries of a part, what is told of one thing together at the first of them."""
    rows: dict[tuple, Row] = {}
    for place, entry in enumerate(part.entries):
        key = _key(entry)
        own = key if entry.page_id is not None or entry.row else (place, *key)
        rows.setdefault(own, Row([], numbers.of(key))).entries.append(entry)
    return list(rows.values())


def _key(entry: Entry) -> tuple:
    """What makes two entries be about the same thing."""
    if entry.page_id is not None:
        return ("page", entry.page_id)
    return (entry.source, entry.row or (entry.url, entry.title))


@dataclass(frozen=True)
class Pin:
    """Something with a place: its number on the map, what it is called, and where it is."""

    number: int
    title: str
    geometry: object
    is_item: bool


class _Numbers:
    """Hands out the numbers on the map, the same thing always the same number."""

    def __init__(self):
        self.by_key: dict[tuple, int] = {}
        self.pins: list[Pin] = []

    def give(self, key: tuple, title: str, geometry, *, is_item: bool = False) -> None:
        if geometry is None or key in self.by_key or len(self.pins) >= MAX_NUMBERS:
            return
        number = len(self.pins) + 1
        self.by_key[key] = number
        self.pins.append(Pin(number, title, geometry, is_item))

    def of(self, key: tuple) -> int | None:
        return self.by_key.get(key)
