"""Write paths of areas: deriving places, and the group that manages an area."""

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from cms.pagecache import purge

from .models import AreaPage, Place
from .placed import Placed

PAGE_ACTIONS = ("add_page", "change_page", "publish_page", "lock_page", "unlock_page")
COLLECTION_PERMISSIONS = (
    ("wagtailimages", "image", ("add", "change", "choose")),
    ("wagtaildocs", "document", ("add", "change", "choose")),
)

#: Django permissions of every area manager, as "app.codename"; apps add theirs in ready().
MANAGER_PERMISSIONS = {"wagtailadmin.access_admin"}


@transaction.atomic
def derive_place(*, placed: Placed) -> None:
    """Store the areas and the map geometry that follow from where `placed` is.

    Areas: all that the geometry touches, and the one it belongs to. Two to five queries; an
    update only where something changed.
    """
    home_area_id = placed.home_area_id
    found = set(placed.further_area_ids)
    if placed.geometry is not None:
        found |= set(AreaPage.objects.touching(placed.geometry).values_list("pk", flat=True))
    if home_area_id is not None:
        found.add(home_area_id)
    if found != set(placed.areas.values_list("pk", flat=True)):
        placed.areas.set(found)

    shown = placed.geometry or placed.fallback_geometry
    if shown is None and home_area_id is not None:
        boundary = (
            AreaPage.objects.filter(pk=home_area_id).values_list("geometry", flat=True).first()
        )
        shown = boundary.point_on_surface if boundary else None
    if shown != placed.map_geometry:
        placed.map_geometry = shown
        type(placed).objects.filter(pk=placed.pk).update(map_geometry=shown)


def placed_models() -> list[type[Placed]]:
    """Every model that has a place, in all apps."""
    from django.apps import apps

    return [model for model in apps.get_models() if issubclass(model, Placed)]


@transaction.atomic
def derive_all_places() -> dict[str, int]:
    """Derive areas and map geometry of everything again, as after new boundaries.

    Returns the number of rows by model label. Runs over rows in batches.
    """
    counts = {}
    for model in placed_models():
        rows = model.objects.all()
        if issubclass(model, Page):
            rows = rows.order_by("depth", "path")  # a child may take its parent's place
        for placed in rows.iterator(chunk_size=500):
            derive_place(placed=placed)
            counts[model._meta.label] = counts.get(model._meta.label, 0) + 1
    for place in Place.objects.iterator(chunk_size=500):
        area_id = AreaPage.objects.touching(place.geometry).values_list("pk", flat=True).first()
        if area_id is not None and area_id != place.area_id:
            Place.objects.filter(pk=place.pk).update(area_id=area_id)
        counts[Place._meta.label] = counts.get(Place._meta.label, 0) + 1
    purge()
    return counts


@transaction.atomic
def create_manager_group(*, area: AreaPage) -> Group:
    """Make the group of an area's managers: pages, images and documents of that area only.

    The group is named after the area's code, which does not change when the title does.
    """
    group, _created = Group.objects.get_or_create(name=f"Gebiedsmanagers {area.code}")
    for codename in PAGE_ACTIONS:
        permission = Permission.objects.get(
            content_type=ContentType.objects.get_for_model(Page), codename=codename
        )
        GroupPagePermission.objects.get_or_create(group=group, page=area, permission=permission)
    collection = Collection.objects.filter(name=area.title, depth=2).first()
    if collection is None:
        collection = Collection.get_first_root_node().add_child(name=area.title)
    for app_label, model, actions in COLLECTION_PERMISSIONS:
        for action in actions:
            permission = Permission.objects.get(
                content_type__app_label=app_label, codename=f"{action}_{model}"
            )
            GroupCollectionPermission.objects.get_or_create(
                group=group, collection=collection, permission=permission
            )
    group.permissions.add(*manager_permissions())
    AreaPage.objects.filter(pk=area.pk).update(manager_group=group)
    area.manager_group = group
    return group


def manager_permissions() -> list[Permission]:
    """The Django permissions that a group of area managers gets."""
    found = []
    for name in sorted(MANAGER_PERMISSIONS):
        app_label, codename = name.split(".")
        found += Permission.objects.filter(content_type__app_label=app_label, codename=codename)
    return found
