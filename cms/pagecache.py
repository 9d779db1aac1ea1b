"""Pages kept in the memory of a process until content changes; `cms.middleware` serves them.

Every process keeps its own store, under the generation number it last saw in the database.
A change of content raises that number, so all processes drop what they kept within
`PAGE_CACHE_CHECK_SECONDS`; the process that made the change drops it at once. Nothing is kept
longer than `PAGE_CACHE_SECONDS`, because pages also say what is open now.
"""

import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.db import DatabaseError, models, transaction
from django.db.models import F
from django.db.models.signals import m2m_changed, post_delete, post_save
from django.http import HttpRequest

from .pageentry import Entry

logger = logging.getLogger(__name__)

Stamp = tuple[int, int]

# What Wagtail writes on a page when only a draft is kept: nothing a visitor sees.
DRAFT_FIELDS = frozenset({"latest_revision", "latest_revision_created_at", "draft_title"}) | {
    "has_unpublished_changes",
    "locked",
    "locked_at",
    "locked_by",
}


class Generation:
    """The number under which pages are kept: the database's and this process's own count.

    The own count makes a purge work at once in the process that asked for it, also before
    its transaction is committed.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._in_database = 0
        self._own = 0
        self._check_at = 0.0

    def current(self) -> Stamp:
        """Stamp to keep a page under; take it before the page is rendered.

        Reads the database at most every `PAGE_CACHE_CHECK_SECONDS`, in one thread at a time.
        Where the database does not answer, the last known stamp holds: kept pages stay up.
        """
        if time.monotonic() >= self._check_at and self._lock.acquire(blocking=False):
            try:
                self._check_at = time.monotonic() + settings.PAGE_CACHE_CHECK_SECONDS
                self._in_database = self._read()
            except DatabaseError as error:
                logger.warning("Page cache could not read its generation: %s", error)
            finally:
                self._lock.release()
        return self._in_database, self._own

    def forget(self) -> None:
        """Make every page that this process kept stale, and look in the database again."""
        with self._lock:
            self._own += 1
            self._check_at = 0.0

    def _read(self) -> int:
        from .models import PageCacheGeneration

        return PageCacheGeneration.objects.values_list("generation", flat=True).first() or 0


class Value:
    """Something kept that is not a page; its size is an estimate."""

    __slots__ = ("counted", "expires_at", "value")
    size = 8192

    def __init__(self, value: Any) -> None:
        self.value = value
        self.expires_at = time.monotonic() + settings.PAGE_CACHE_SECONDS
        self.counted = 0


class Store:
    """Kept pages of this process, bounded by number and bytes; the least used goes first."""

    def __init__(self, generation: Generation) -> None:
        self.generation = generation
        self._lock = threading.Lock()
        self._entries: OrderedDict[Hashable, Entry | Value] = OrderedDict()
        self._stamp: Stamp = (0, 0)
        self._bytes = 0
        self._rendering: dict[Hashable, threading.Event] = {}

    def get(self, key: Hashable) -> Entry | Value | None:
        """The kept page, or None where there is none that is still good."""
        stamp = self.generation.current()
        with self._lock:
            if stamp != self._stamp:
                self._clear()
                self._stamp = stamp
                return None
            entry = self._entries.get(key)
            if entry is None:
                return None
            if entry.expires_at <= time.monotonic():
                self._drop(key)
                return None
            self._entries.move_to_end(key)
            return entry

    def put(self, key: Hashable, entry: Entry | Value, stamp: Stamp) -> None:
        """Keep a page that was rendered under `stamp`, unless content changed meanwhile."""
        if entry.size > settings.PAGE_CACHE_MAX_BYTES // 4:
            return
        with self._lock:
            if stamp != self._stamp:
                return
            self._drop(key)
            self._entries[key] = entry
            entry.counted = entry.size
            self._bytes += entry.counted
            self._shrink()

    def grown(self, key: Hashable, entry: Entry) -> None:
        """Count the bytes of a variant that was made after the page was kept."""
        with self._lock:
            if self._entries.get(key) is entry:
                size = entry.size
                self._bytes += size - entry.counted
                entry.counted = size
                self._shrink()

    def lead(self, key: Hashable) -> bool:
        """Whether the caller is the one that renders this page; it must call `release`."""
        with self._lock:
            if key in self._rendering:
                return False
            self._rendering[key] = threading.Event()
            return True

    def release(self, key: Hashable) -> None:
        """Let those go on who wait for the page that the caller led."""
        with self._lock:
            self._rendering.pop(key).set()

    def wait(self, key: Hashable, seconds: float) -> Entry | None:
        """Wait for whoever renders this page; None where that took too long or kept nothing."""
        with self._lock:
            rendering = self._rendering.get(key)
        if rendering is not None:
            rendering.wait(seconds)
        return self.get(key)

    def clear(self) -> None:
        """Drop every kept page."""
        with self._lock:
            self._clear()

    def _clear(self) -> None:
        self._entries.clear()
        self._bytes = 0

    def _drop(self, key: Hashable) -> None:
        entry = self._entries.pop(key, None)
        if entry is not None:
            self._bytes -= entry.counted

    def _shrink(self) -> None:
        while self._entries and (
            len(self._entries) > settings.PAGE_CACHE_MAX_ENTRIES
            or self._bytes > settings.PAGE_CACHE_MAX_BYTES
        ):
            _, entry = self._entries.popitem(last=False)
            self._bytes -= entry.counted


generation = Generation()
store = Store(generation)
_purging = threading.local()


def host_key(request: HttpRequest) -> str:
    """The host that was asked for, as part of a key; empty for one that is not ours."""
    try:
        return request.get_host()
    except DisallowedHost:
        return ""


def remember(key: Hashable, make: Callable[[], Any]) -> Any:
    """What `make` returns, kept in this process as long as a page would be.

    For what every POST to a page reads and only a change of content alters. All threads get
    the same object: do not change it. None is not kept.
    """
    if not settings.PAGE_CACHE_ENABLED:
        return make()
    key = ("remembered", key)
    kept = store.get(key)
    if kept is None:
        stamp = generation.current()
        value = make()
        if value is None:
            return None
        kept = Value(value)
        store.put(key, kept, stamp)
    return kept.value


def purge() -> None:
    """Drop all kept pages: here at once, in every process once the transaction is committed.

    Call it in a service that changes content by `update()` or `bulk_create()`, which send no
    signals. The number is raised after the commit, once a transaction: raised inside it, the
    row would stay locked until the end and every two writers would queue, or deadlock. Where a
    process dies just between the two, other processes show the old pages for at most
    `PAGE_CACHE_SECONDS`.
    """
    generation.forget()
    _purging.asked = True
    transaction.on_commit(_raise_generation, robust=True)


def _raise_generation() -> None:
    """Raise the number in the database, for the first of a transaction's purges only."""
    from .models import PageCacheGeneration

    if not getattr(_purging, "asked", False):
        return
    _purging.asked = False
    raised = PageCacheGeneration.objects.filter(pk=1).update(generation=F("generation") + 1)
    if not raised:
        PageCacheGeneration.objects.get_or_create(pk=1, defaults={"generation": 2})
    generation.forget()


_watched: tuple[type[models.Model], ...] = ()


def purge_on_change(*watched: type[models.Model]) -> None:
    """Purge whenever a row of one of these models, or of a model below it, changes.

    Call it in `AppConfig.ready()`. Saving a draft of a page changes nothing a visitor sees and
    purges nothing; changes of many-to-many relations do.
    """
    global _watched
    _watched = tuple({*_watched, *watched})


def _on_save(instance: models.Model, update_fields: Any = None, **kwargs: Any) -> None:
    if isinstance(instance, _watched) and not (
        update_fields and DRAFT_FIELDS.issuperset(update_fields)
    ):
        purge()


def _on_delete(instance: models.Model, **kwargs: Any) -> None:
    if isinstance(instance, _watched):
        purge()


def _on_relation(
    instance: models.Model, action: str, model: type[models.Model], **kwargs: Any
) -> None:
    if action.startswith("post_") and (
        isinstance(instance, _watched) or issubclass(model, _watched)
    ):
        purge()


post_save.connect(_on_save, dispatch_uid="cms.pagecache.save")
post_delete.connect(_on_delete, dispatch_uid="cms.pagecache.delete")
m2m_changed.connect(_on_relation, dispatch_uid="cms.pagecache.relation")
