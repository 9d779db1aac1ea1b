"""Whom an edition is for, as ids: what an editor chose, and what a mailing froze of it."""

from dataclasses import asdict, dataclass, fields

from django.db.models import CharField, Q, Value
from django.utils.translation import gettext as _
from wagtail.models import Page

from areas.councils.models import Council
from areas.models import AreaPage, Place, Theme
from areas.permissions import ALL_AREAS, areas_for

from ..models import AddressList

Ids = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Audience:
    """Ids of everything chosen. Who fits one of them gets the edition.

    Subscribers come by `areas`, `places`, `themes` and `pages`; councils one by one or by all of
    `council_areas`; and members by `lists`.
    """

    areas: Ids = ()
    councils: Ids = ()
    council_areas: Ids = ()
    places: Ids = ()
    themes: Ids = ()
    pages: Ids = ()
    lists: Ids = ()

    @classmethod
    def of(cls, edition) -> "Audience":
        """What is chosen on an edition; one query, or one a field for a draft not yet published."""
        names = [field.name for field in fields(cls)]
        if getattr(edition, "_cluster_related_objects", None):  # a draft holds choices of its own
            return cls(
                **{
                    name: tuple(getattr(edition, f"to_{name}").values_list("id", flat=True))
                    for name in names
                }
            )
        found: dict[str, list[int]] = {name: [] for name in names}
        first, *others = (_choices(edition, name) for name in names)
        for name, pk in first.union(*others, all=True):
            found[name].append(pk)
        return cls(**{name: tuple(sorted(ids)) for name, ids in found.items()})

    @classmethod
    def frozen(cls, stored: dict) -> "Audience":
        """From `Mailing.audience`; older mailings have areas and councils only."""
        return cls(**{field.name: tuple(stored.get(field.name, ())) for field in fields(cls)})

    def as_json(self) -> dict[str, list[int]]:
        """For `Mailing.audience`."""
        return {name: list(ids) for name, ids in asdict(self).items()}

    @property
    def is_empty(self) -> bool:
        return not any(asdict(self).values())

    @property
    def council_condition(self) -> Q:
        """Which rows of a model with a foreign key to Council are of the councils chosen."""
        return Q(council__in=self.councils) | Q(council__area__in=self.council_areas)


def _choices(edition, name: str):
    """Rows of (name, id) of one field of an edition."""
    field = edition._meta.get_field(f"to_{name}")
    rows = field.remote_field.through.objects.filter(**{field.m2m_field_name(): edition.pk})
    kind = Value(name, output_field=CharField())
    return rows.order_by().annotate(kind=kind).values_list("kind", field.m2m_reverse_field_name())


def reached_areas(audience: Audience) -> set[int]:
    """Ids of the areas that an audience is in: their subscribers, councils, places and lists.

    At most three queries.
    """
    found = {*audience.areas, *audience.council_areas}
    for model, ids in (
        (Council, audience.councils),
        (Place, audience.places),
        (AddressList, audience.lists),
    ):
        if ids:
            found.update(model.objects.filter(pk__in=ids).values_list("area_id", flat=True))
    return found - {None}


def foreign_parts(*, user, audience: Audience) -> list[str]:
    """Names of what an audience reaches beyond the user's own areas, in alphabetical order.

    A theme and a list of the whole municipality reach everywhere. At most eight queries.
    """
    if user.is_active and user.has_perm(ALL_AREAS):
        return []
    own = dict(areas_for(user).values_list("pk", "path"))
    titles: set[str] = set()

    def beyond(rows) -> None:
        """Add the areas of these rows that are not the user's."""
        pairs = rows.values_list("area_id", "area__title")
        titles.update(title for pk, title in pairs if pk not in own)

    area_ids = {*audience.areas, *audience.council_areas} - own.keys()
    if area_ids:
        titles.update(AreaPage.objects.filter(pk__in=area_ids).values_list("title", flat=True))
    if audience.councils:
        beyond(Council.objects.filter(pk__in=audience.councils))
    if audience.places:
        beyond(Place.objects.filter(pk__in=audience.places))
    if audience.lists:
        for pk, title, name in AddressList.objects.filter(pk__in=audience.lists).values_list(
            "area_id", "area__title", "name"
        ):
            if pk not in own:
                titles.add(title or _("de lijst ‘%(name)s’") % {"name": name})
    if audience.pages:
        rows = Page.objects.filter(pk__in=audience.pages).values_list("pk", "path")
        foreign = [pk for pk, path in rows if not any(map(path.startswith, own.values()))]
        if foreign:
            public = Page.objects.live().public().filter(pk__in=foreign)
            found = list(public.values_list("title", flat=True))
            titles.update(_("wie ‘%(title)s’ volgt") % {"title": title} for title in found)
            if len(found) < len(foreign):  # their titles are of who works there
                titles.add(_("wie een pagina volgt die niet openbaar is"))
    for name in Theme.objects.filter(pk__in=audience.themes).values_list("name", flat=True):
        titles.add(_("iedereen met het thema ‘%(name)s’") % {"name": name})
    return sorted(titles)
