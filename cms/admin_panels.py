"""Registry of what the first page of the admin offers for the places that a user looks after.

A place is a page with a part of the site below it, here an area. For every place the first page
has buttons, and for all of them together a list of what needs attention. Apps register their own
in `AppConfig.ready()`: lower floors show the work of upper ones without importing them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django.db.models import Count, F, Q, QuerySet, Window
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from wagtail.models import Page
from wagtail.permissions import policy_registry

from .permissions import limiting_roles
from .services import default_site_settings


@dataclass(frozen=True)
class Link:
    """A button: where it leads, with an icon of Wagtail's set."""

    label: Any
    url: str
    icon: str
    order: int = 100


@dataclass(frozen=True)
class NewPage:
    """How the making of one page type looks in the admin, on the first page and as a choice."""

    model: str
    label: Any
    icon: str
    order: int = 100
    #: Whether the first page has a button for it at every place it can be made below.
    on_home: bool = True

    @property
    def key(self) -> tuple[str, str]:
        """App label and model name, as in the admin's addresses."""
        app_label, model_name = self.model.lower().split(".")
        return app_label, model_name


class LinkSource:
    """Buttons that must be looked up; `get_links` takes a fixed number of queries."""

    key: ClassVar[str]

    def get_links(self, *, user, places: Sequence[Page]) -> dict[int, list[Link]]:
        """Buttons by the id of the place they belong to."""
        raise NotImplementedError


class AttentionSource:
    """Pages that wait for something, under one heading; one query however many there are.

    They stand on the first page of the admin, the first few, and all of them on the work list.
    For rows that are no pages see `RowAttentionSource`.
    """

    key: ClassVar[str]
    title: ClassVar[Any]
    order: ClassVar[int] = 100
    limit: ClassVar[int] = 5
    #: False for what the first page shows already in another way; then only on the work list.
    on_home: ClassVar[bool] = True
    #: What the button beside each row does, by POST to `action_url`; empty for no button.
    action_label: ClassVar[Any] = ""

    def action_url(self, page: Page) -> str:
        """Where the button of a page posts to, with `next` to come back; empty for no button."""
        return ""

    def may_act(self, *, user, page: Page) -> bool:
        """Whether this user gets the button; takes no query."""
        return True

    def button_url(self, *, user, page: Page) -> str:
        """Where the button posts to for this user; empty for no button."""
        return self.action_url(page) if self.may_act(user=user, page=page) else ""

    def get_queryset(self) -> QuerySet:
        """Pages of the whole site that wait, the most urgent first."""
        raise NotImplementedError

    def describe(self, page: Page) -> str:
        """What is the matter with one page, in a few words."""
        return ""

    def get_term(self, page: Page) -> date | None:
        """The day on which it must be done, or None where there is no such day."""
        return None

    def guarded(self, rows: QuerySet, *, user, places: Sequence[Page]) -> QuerySet:
        """Of these pages those at or below `places` that the user may change."""
        return rows.filter(editable_below(user, places))

    def as_waiting(self, page: Page, *, user, places: Sequence[Page]) -> "Waiting":
        """A page as a line; takes no query."""
        return Waiting(
            page.get_admin_display_title(),
            reverse("wagtailadmin_pages:edit", args=[page.pk]),
            self.describe(page),
            _place_of(page, places),
            self.button_url(user=user, page=page),
            self.get_term(page),
        )

    def find(self, *, user, places: Sequence[Page], limit: int) -> tuple[list["Waiting"], int]:
        """The first pages at or below `places` that the user may change, and how many in all.

        One query.
        """
        rows = self.guarded(self.get_own(user), user=user, places=places)
        found = list(rows.annotate(total=Window(Count("*")))[:limit])
        waiting = [self.as_waiting(row, user=user, places=places) for row in found]
        return waiting, found[0].total if found else 0

    def get_own(self, user) -> QuerySet:
        """What waits, before it is guarded."""
        return self.get_queryset()

    def waiting(self, *, user, places: Sequence[Page]) -> "Attention | None":
        """The first rows at or below `places`; one query."""
        rows, total = self.find(user=user, places=places, limit=self.limit)
        return Attention(self, rows, total - len(rows)) if rows else None


class RowAttentionSource(AttentionSource):
    """As `AttentionSource`, for rows that are no pages but belong to a place.

    An app with its own model, such as signals with a term, registers one so:

        class SignalsNearTerm(RowAttentionSource):
            key, title, order = "signals-near-term", gettext_lazy("…"), 5
            place_lookup = "area_id"        # or through a relation, as "council__area_id"

            def get_own(self, user):        # only rows this user may change, most urgent first
                policy = policy_registry.get_by_type(Signal)
                return policy.instances_user_has_any_permission_for(user, ["change"]).near_term()

            def get_url(self, row): ...     # where the user does something about it
            def describe(self, row): ...    # what is the matter, in a few words
            def get_term(self, row): ...    # the day it must be answered

        admin_panels.register_attention(SignalsNearTerm)    # in AppConfig.ready()

    `get_own` is the only guard: what it gives is shown, as far as its place is one of the
    user's. It may select what `describe` and `str(row)` need, so that all stays one query.
    A button comes with `action_label` and `action_url`.
    """

    #: Path from the row to the id of its place, as "council__area_id".
    place_lookup: ClassVar[str]

    def get_own(self, user) -> QuerySet:
        """Rows that wait and that the user may change, the most urgent first."""
        raise NotImplementedError

    def get_url(self, row) -> str:
        """Where the user does something about it."""
        raise NotImplementedError

    def get_title(self, row) -> str:
        """How a row is called."""
        return str(row)

    def guarded(self, rows, *, user, places):
        return rows.filter(**{f"{self.place_lookup}__in": [place.pk for place in places]}).annotate(
            place_pk=F(self.place_lookup)
        )

    def as_waiting(self, page, *, user, places):
        return Waiting(
            self.get_title(page),
            self.get_url(page),
            self.describe(page),
            next(place for place in places if place.pk == page.place_pk),
            self.button_url(user=user, page=page),
            self.get_term(page),
        )


class Sibling:
    """Mixed into sources that look at the same rows: `AllWaiting` asks for them in one query.

    Siblings share `family`, the rows of `get_every` and their guard. A source says with
    `condition` which of those rows are its own and with `order_by` in what order.
    """

    family: ClassVar[str]
    order_by: ClassVar[tuple[str, ...]]

    def get_every(self, user) -> QuerySet:
        """Rows of which some wait."""
        raise NotImplementedError

    def condition(self, settings) -> Q:
        """Which of the rows wait, by the municipality's `SiteSettings`."""
        raise NotImplementedError

    def get_own(self, user):
        settings = SimpleLazyObject(default_site_settings)
        own = self.get_every(user).filter(self.condition(settings))
        return own.order_by(*self.order_by)


@dataclass(frozen=True)
class Waiting:
    """One page or row that waits: where to change it, what is the matter, its place and term."""

    title: str
    url: str
    detail: str
    place: Page
    action_url: str = ""
    term: date | None = None


@dataclass(frozen=True)
class Attention:
    """One heading with the first pages below it and the number that is left out."""

    source: AttentionSource
    rows: list[Waiting]
    more: int


_new_pages: dict[tuple[str, str], NewPage] = {}
_links: dict[str, LinkSource] = {}
_attention: dict[str, AttentionSource] = {}


def register_new_page(new_page: NewPage) -> None:
    """Give a page type its button and its place in the choice of a new page."""
    _new_pages[new_page.key] = new_page


def register_links(source: type[LinkSource]) -> None:
    """Add buttons to every place; the same key replaces."""
    _links[source.key] = source()


def register_attention(source: type[AttentionSource]) -> None:
    """Add a heading to what needs attention; the same key replaces."""
    _attention[source.key] = source()


def new_page(model: type[Page]) -> NewPage | None:
    """How a page type looks as a choice, or None where its app did not say."""
    return _new_pages.get((model._meta.app_label, model._meta.model_name))


def home_pages() -> list[NewPage]:
    """Page types with a button of their own, in order."""
    return sorted(
        (choice for choice in _new_pages.values() if choice.on_home),
        key=lambda choice: choice.order,
    )


def looked_up_links(*, user, places: Sequence[Page]) -> dict[int, list[Link]]:
    """The buttons of all link sources by the id of their place."""
    found: dict[int, list[Link]] = {}
    for source in _links.values():
        for pk, links in source.get_links(user=user, places=places).items():
            found.setdefault(pk, []).extend(links)
    return found


def attention(*, user, places: Sequence[Page]) -> list[Attention]:
    """What waits below `places` for this user, one query for each source; for the first page."""
    found = (
        source.waiting(user=user, places=places) for source in attention_sources() if source.on_home
    )
    return [attention for attention in found if attention is not None]


def attention_sources() -> list[AttentionSource]:
    """All that can wait, in order."""
    return sorted(_attention.values(), key=lambda source: source.order)


def editable_below(user, places: Iterable[Page]) -> Q:
    """Which pages at or below `places` the user may change, as a condition on pages."""
    if user.is_superuser:
        return any_of(Q(path__startswith=place.path) for place in places)
    roles = limiting_roles(user)
    conditions = []
    for permission in policy_registry.get_by_type(Page).get_cached_permissions_for_user(user):
        if permission.permission.codename != "change_page":
            continue
        held = permission.page.path
        for place in places:
            if place.path.startswith(held):
                condition = Q(path__startswith=place.path)
            elif held.startswith(place.path):
                condition = Q(path__startswith=held)
            else:
                continue
            if permission.group_id in roles:
                condition &= Q(content_type_id__in=roles[permission.group_id])
            conditions.append(condition)
    return any_of(conditions)


def _place_of(page: Page, places: Iterable[Page]) -> Page:
    """The place at or above a page."""
    return next(place for place in places if page.path.startswith(place.path))


def any_of(conditions: Iterable[Q]) -> Q:
    """At least one of the conditions; nothing where there are none."""
    union = Q(pk__in=[])
    for condition in conditions:
        union |= condition
    return union
