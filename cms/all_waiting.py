"""All that waits for a user as one sequence: for a list with pages, and for a file."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, QuerySet
from django.utils.functional import SimpleLazyObject
from wagtail.models import Page

from .admin_panels import AttentionSource, Sibling, any_of
from .services import default_site_settings

#: Of one source; more than anybody works through.
MOST = 2000


class AllWaiting(Sequence):
    """All that waits, source by source: known by key, and read where a slice asks for it.

    A slice is a list of sources with a row each, at one query for each family in it.
    `as_waiting` of the source makes a line of a row.
    """

    def __init__(self, sources: Iterable[AttentionSource], *, user, places: Sequence[Page]):
        self._rows: dict[str, QuerySet] = {}  # by family
        self._keys: list[tuple[AttentionSource, Any]] = []
        families: dict[str, list[AttentionSource]] = {}
        for source in sources:
            families.setdefault(_family(source), []).append(source)
        settings = SimpleLazyObject(default_site_settings)
        keys: dict[str, list] = {}
        for family, members in families.items():
            if len(members) == 1:
                rows = members[0].guarded(members[0].get_own(user), user=user, places=places)
                keys[members[0].key] = list(rows.values_list("pk", flat=True)[:MOST])
            else:
                every = members[0].get_every(user)
                rows = members[0].guarded(every, user=user, places=places)
                keys |= _keys_of_family(members, rows, settings)
            self._rows[family] = rows
        self._keys = [(source, key) for source in sources for key in keys[source.key]]

    def __len__(self) -> int:
        return len(self._keys)

    def __getitem__(self, part: slice) -> list[tuple[AttentionSource, Any]]:
        wanted: dict[str, set] = {}
        for source, key in self._keys[part]:
            wanted.setdefault(_family(source), set()).add(key)
        rows = {
            (family, row.pk): row
            for family, keys in wanted.items()
            for row in self._rows[family].filter(pk__in=keys)
        }
        found = ((source, rows.get((_family(source), key))) for source, key in self._keys[part])
        # None: somebody deleted it just now.
        return [(source, row) for source, row in found if row is not None]


def _family(source: AttentionSource) -> str:
    return getattr(source, "family", source.key)


def _keys_of_family(members: Sequence[Sibling], rows: QuerySet, settings) -> dict[str, list]:
    """Keys in order, by the key of their source; one query."""
    conditions = [member.condition(settings) for member in members]
    flags = {
        f"waits_{number}": ExpressionWrapper(condition, BooleanField())
        for number, condition in enumerate(conditions)
    }
    names = {name.removeprefix("-") for member in members for name in member.order_by}
    waiting = rows.filter(any_of(conditions)).annotate(**flags)
    every = list(waiting.order_by().values("pk", *names, *flags))
    found = {}
    for flag, member in zip(flags, members, strict=True):
        own = [row for row in every if row[flag]]
        for name in reversed(member.order_by):
            own.sort(key=_in_order(name.removeprefix("-")), reverse=name.startswith("-"))
        found[member.key] = [row["pk"] for row in own[:MOST]]
    return found


def _in_order(name: str) -> Callable[[dict], tuple]:
    """Sort key by a column as PostgreSQL sorts: what is empty comes last."""
    return lambda row: (row[name] is None, row[name])
