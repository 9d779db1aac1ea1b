"""Registry of what changed, what is coming and what is open, fed by all apps.

An app registers a `Source` in `AppConfig.ready()`; whoever needs an overview asks `changed`,
`coming` or `still_open` with a `Scope`: the page "Wat veranderde er", the pack of a council, the
draft of a newsletter. Neither side knows the other.

What a source promises:

- a fixed number of queries, however much there is: `bounded` gives the first rows and the number
  of all of them in one;
- only what everybody may see: live pages that no password, log-in or group guards;
- more than that only where `scope.audience` is `Audience.COUNCIL`, and then only what the council
  of the scope may see. Who asks with that audience answers for who reads it;
- texts in the language of the interface, in which `cms.languages.dutch` marks what an editor wrote.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum
from functools import cached_property, reduce
from html import unescape
from operator import or_
from typing import Any, ClassVar, Protocol

from django.db.models import (
    BooleanField,
    Case,
    Count,
    DateTimeField,
    ExpressionWrapper,
    Q,
    QuerySet,
    Value,
    When,
    Window,
)
from django.db.models.functions import Cast, Coalesce, Greatest, Least
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.safestring import SafeString

TOTAL = "digest_total"


class Territory(Protocol):
    """Where a council speaks for; see `areas.councils.territory`."""

    def rows_in(self, rows: QuerySet) -> QuerySet: ...


class Audience(Enum):
    """Who reads it: everybody, or one council and the managers of its area."""

    PUBLIC = "public"
    COUNCIL = "council"


@dataclass(frozen=True)
class Scope:
    """What somebody wants to know of: a period and a place.

    The period runs from `since` up to and not including `until`, both aware. Days without a time
    count where they touch it: what is dated on the day of `since` is in. `areas` (at least one of
    them), `theme` and `council` narrow the scope, all at once; a council stands for its territory.
    `limit`: the most entries that one source gives. `with_geometry`: entries carry their geometry,
    for a map. Raises ValueError for a council's audience without a council.
    """

    since: datetime
    until: datetime
    areas: tuple = ()
    theme: Any = None
    council: Any = None
    audience: Audience = Audience.PUBLIC
    limit: int = 50
    with_geometry: bool = False
    territory: Territory | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        if self.audience is Audience.COUNCIL and self.council is None:
            raise ValueError("A council's audience needs the council.")
        if self.council is not None and self.territory is None:
            # Once for all sources: it takes queries to find.
            object.__setattr__(self, "territory", self.council.territory)

    @property
    def first_day(self) -> date:
        """The first day that counts, in local time."""
        return timezone.localtime(self.since).date()

    @property
    def last_day(self) -> date:
        """The last day that counts, in local time."""
        return timezone.localtime(self.until - timedelta(microseconds=1)).date()

    @property
    def own_council(self) -> Any:
        """The council where it is the one that reads, or None for everybody else."""
        return self.council if self.audience is Audience.COUNCIL else None

    def moments(self, name: str) -> Q:
        """Rows whose date-time `name` lies in the period."""
        return Q(**{f"{name}__gte": self.since, f"{name}__lt": self.until})

    def days(self, name: str) -> Q:
        """Rows whose date `name` lies in the period."""
        return Q(**{f"{name}__gte": self.first_day, f"{name}__lte": self.last_day})

    def placed(self, rows: QuerySet) -> QuerySet:
        """Those of `rows`, of a `Placed` model, in the areas and the territory of this scope.

        Without the geometries, unless the scope asks for them.
        """
        model = rows.model
        if self.areas:
            column = model._meta.get_field("areas").m2m_field_name()
            keys = [area.pk for area in self.areas]
            through = model.areas.through.objects.filter(areapage_id__in=keys)
            rows = rows.filter(pk__in=through.values(f"{column}_id"))
        if self.territory is not None:
            rows = self.territory.rows_in(rows)
        return rows.defer("map_geometry", *(() if self.with_geometry else ("geometry",)))

    def shape(self, row: Any) -> Any:
        """The geometry of a row from `placed`, or None where the scope did not ask for it."""
        return row.geometry if self.with_geometry else None


@dataclass(frozen=True)
class Entry:
    """One thing that changed, is coming or is open.

    `label` says in a few words what it is and what happened, in the language of the interface.
    `at` is the moment or day, or None for what is open without a term. `title` is what an editor
    wrote, plain; `lines` are safe texts with Dutch marked. `url` may be empty. `status` is a look
    (see components/status.html) with `status_label`. `page_id`: the page it is about, if any;
    `row`: what names the thing it is about within its source, where that is no page. `minor`:
    of less interest to everybody, so that a newsletter leaves it out.
    """

    source: str
    label: str
    at: datetime | date | None
    title: str
    url: str = ""
    lines: tuple[SafeString | str, ...] = ()
    status: str = ""
    status_label: str = ""
    theme: str = ""
    place: str = ""
    areas: tuple[str, ...] = ()
    page_id: int | None = None
    row: str = ""
    minor: bool = False
    geometry: Any = field(default=None, repr=False, compare=False)

    @property
    def day(self) -> date | None:
        """The day in local time."""
        return timezone.localtime(self.at).date() if isinstance(self.at, datetime) else self.at

    @property
    def has_time(self) -> bool:
        """Whether the time of day is known too."""
        return isinstance(self.at, datetime)

    @property
    def plain(self) -> str:
        """The lines as plain sentences, for where there is no markup."""
        lines = (unescape(strip_tags(line)).strip() for line in self.lines)
        return " ".join(line if line[-1] in ".!?…" else f"{line}." for line in lines if line)

    @property
    def place_in_time(self) -> tuple:
        """Sort key: by day and time, what has no date last."""
        if self.at is None:
            return (date.max, time.max)
        return (self.day, timezone.localtime(self.at).time() if self.has_time else time.min)


@dataclass(frozen=True)
class Found:
    """Entries of a source with the number there would be without a limit; can be added up."""

    entries: tuple[Entry, ...] = ()
    total: int = 0

    def __add__(self, other: "Found") -> "Found":
        return Found(self.entries + other.entries, self.total + other.total)


class Source:
    """One kind of news. Override what the kind has; each takes a fixed number of queries.

    `themed`: its entries belong to a theme. Others are left out where a theme is asked for.
    `headline`: what stands above its news in a newsletter, where that is not the label.
    """

    key: ClassVar[str]
    label: ClassVar[Any]
    headline: ClassVar[Any] = ""
    order: ClassVar[int] = 100
    themed: ClassVar[bool] = False

    def get_changed(self, scope: Scope) -> Found:
        """What happened in the period of the scope."""
        return Found()

    def get_coming(self, scope: Scope) -> Found:
        """What will happen in the period of the scope, which then lies ahead."""
        return Found()

    def get_open(self, scope: Scope) -> Found:
        """What waits now, whatever the period; `at` of an entry is its term."""
        return Found()


@dataclass(frozen=True)
class Part:
    """What one source gave, in order and not more than the limit."""

    source: Source
    entries: Sequence[Entry]
    total: int

    @property
    def more(self) -> int:
        """The number of entries that were left out."""
        return self.total - len(self.entries)


@dataclass(frozen=True)
class Digest:
    """The parts of all sources that have something, in their order."""

    parts: Sequence[Part]
    newest_first: bool

    @cached_property
    def entries(self) -> list[Entry]:
        """The entries of all parts together, in order of time."""
        every = [entry for part in self.parts for entry in part.entries]
        return sorted(every, key=lambda entry: entry.place_in_time, reverse=self.newest_first)

    @property
    def total(self) -> int:
        """The number of entries there would be without a limit."""
        return sum(part.total for part in self.parts)

    @property
    def more(self) -> int:
        """The number of entries that were left out."""
        return sum(part.more for part in self.parts)

    def __bool__(self) -> bool:
        return bool(self.parts)


_sources: dict[str, Source] = {}


def register(source_class: type[Source]) -> None:
    """Add a source; called in `AppConfig.ready()`. The same key replaces."""
    _sources[source_class.key] = source_class()


def sources() -> list[Source]:
    """All sources in their order."""
    return sorted(_sources.values(), key=lambda source: (source.order, source.key))


def changed(scope: Scope, *, without: Collection[str] = ()) -> Digest:
    """What changed in the period, the newest first; `without`: keys of sources to leave out."""
    return _collect(scope, lambda source: source.get_changed, without, newest_first=True)


def coming(scope: Scope, *, without: Collection[str] = ()) -> Digest:
    """What comes in the period, the soonest first."""
    return _collect(scope, lambda source: source.get_coming, without)


def still_open(scope: Scope, *, without: Collection[str] = ()) -> Digest:
    """What waits, the nearest term first."""
    return _collect(scope, lambda source: source.get_open, without)


def _collect(
    scope: Scope,
    question: Callable[[Source], Callable[[Scope], Found]],
    without: Collection[str],
    newest_first: bool = False,
) -> Digest:
    parts = []
    for source in sources():
        if source.key in without or (scope.theme is not None and not source.themed):
            continue
        found = question(source)(scope)
        if found.total:
            ordered = sorted(
                found.entries, key=lambda entry: entry.place_in_time, reverse=newest_first
            )
            parts.append(Part(source, ordered[: scope.limit], found.total))
    return Digest(parts, newest_first)


def bounded(rows: QuerySet, scope: Scope) -> tuple[list, int]:
    """The first rows within the limit, and the number of all rows; one query.

    `rows` are ordered. Model instances get the number as an attribute, dictionaries as a key.
    """
    found = list(rows.annotate(**{TOTAL: Window(Count("*"))})[: scope.limit])
    if not found:
        return [], 0
    first = found[0]
    return found, first[TOTAL] if isinstance(first, dict) else getattr(first, TOTAL)


def bounded_moments(
    rows: QuerySet, scope: Scope, *moments: tuple[str, Q], newest_first: bool = False
) -> list[tuple[list, int]]:
    """For each (field, condition) what `bounded` gives, ordered by that field; one query in all.

    `field` is a date or date-time that is filled where the condition holds.
    """
    far = datetime(1 if newest_first else 9999, 1, 1, 12, tzinfo=UTC)
    stands = {f"digest_{number}": condition for number, (_field, condition) in enumerate(moments)}
    times = [
        Coalesce(
            Case(When(condition, then=Cast(field, DateTimeField()))),
            Value(far, DateTimeField()),
        )
        for field, condition in moments
    ]
    # The rows with the nearest moments hold the nearest moments of every kind.
    nearest = times[0] if len(times) == 1 else (Greatest if newest_first else Least)(*times)
    found = list(
        rows.filter(reduce(or_, stands.values()))
        .annotate(
            **{name: ExpressionWrapper(held, BooleanField()) for name, held in stands.items()},
            **{
                f"{name}_{TOTAL}": Window(Count("pk", filter=held)) for name, held in stands.items()
            },
            nearest=nearest,
        )
        .order_by("-nearest" if newest_first else "nearest", "-pk")[: scope.limit]
    )
    return [
        (
            [row for row in found if getattr(row, name)],
            getattr(found[0], f"{name}_{TOTAL}") if found else 0,
        )
        for name in stands
    ]


def area_titles(model: type, keys: Iterable[int]) -> dict[int, tuple[str, ...]]:
    """Titles of the live areas of rows of a `Placed` model, by key of the row; one query."""
    column = f"{model._meta.get_field('areas').m2m_field_name()}_id"
    rows = (
        model.areas.through.objects.filter(**{f"{column}__in": set(keys)}, areapage__live=True)
        .order_by("areapage__path")
        .values_list(column, "areapage__title")
    )
    titles: dict[int, tuple[str, ...]] = {}
    for key, title in rows:
        titles[key] = (*titles.get(key, ()), title)
    return titles
