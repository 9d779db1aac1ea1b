"""Write paths of areas: deriving places, and who manages and writes for an area."""

from collections.abc import Iterable

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from cms.pagecache import purge
from cms.services import ensure_moderation_workflow

from .models import AreaPage, Place
from .placed import Placed

PAGE_ACTIONS = ("add_page", "change_page", "publish_page", "lock_page", "unlock_page")
WRITER_ACTIONS = ("add_page", "change_page")
COLLECTION_PERMISSIONS = {
    f"{app}.{action}_{model}"
    for app, model in (("wagtailimages", "image"), ("wagtaildocs", "document"))
    for action in ("add", "change", "choose")
}

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
def set_up_area(*, area: AreaPage) -> None:
    """Give a new area its managers, its writers and the workflow in which those two meet."""
    create_manager_group(area=area)
    create_writer_group(area=area)
    ensure_area_workflow(area=area)


@transaction.atomic
def create_manager_group(*, area: AreaPage) -> Group:
    """Make the group of an area's managers: pages, images and documents of that area only.

    The group is named after the area's code, which does not change when the title does.
    """
    group, _created = Group.objects.get_or_create(name=f"Gebiedsmanagers {area.code}")
    _grant(group, area, PAGE_ACTIONS)
    group.permissions.add(*manager_permissions())
    AreaPage.objects.filter(pk=area.pk).update(manager_group=group)
    area.manager_group = group
    return group


@transaction.atomic
def create_writer_group(*, area: AreaPage) -> Group:
    """Make the group of those who write for an area: they edit, and its managers publish."""
    group, _created = Group.objects.get_or_create(name=f"Schrijvers {area.code}")
    _grant(group, area, WRITER_ACTIONS)
    group.permissions.add(*_permissions({"wagtailadmin.access_admin"}))
    return group


@transaction.atomic
def ensure_area_workflow(*, area: AreaPage) -> Workflow:
    """Let what writers hand in for an area wait for the answer of one of its managers.

    A workflow that an administrator chose for the area stays.
    """
    ensure_moderation_workflow()
    chosen = WorkflowPage.objects.filter(page_id=area.pk).select_related("workflow").first()
    if chosen is not None:
        return chosen.workflow
    name = f"Nalezen door gebiedsmanager {area.title}"
    workflow = Workflow.objects.create(name=name)
    task = GroupApprovalTask.objects.create(name=name)
    task.groups.add(area.manager_group)
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.create(workflow=workflow, page_id=area.pk)
    return workflow


def _grant(group: Group, area: AreaPage, page_actions: Iterable[str]) -> None:
    """Let a group do `page_actions` in an area, and use the area's images and documents."""
    GroupPagePermission.objects.bulk_create(
        (
            GroupPagePermission(group=group, page_id=area.pk, permission=permission)
            for permission in _permissions({f"wagtailcore.{action}" for action in page_actions})
        ),
        ignore_conflicts=True,
    )
    collection = Collection.objects.filter(name=area.title, depth=2).first()
    if collection is None:
        collection = Collection.get_first_root_node().add_child(name=area.title)
    GroupCollectionPermission.objects.bulk_create(
        (
            GroupCollectionPermission(group=group, collection=collection, permission=permission)
            for permission in _permissions(COLLECTION_PERMISSIONS)
        ),
        ignore_conflicts=True,
    )


def _permissions(names: Iterable[str]) -> list[Permission]:
    """Django permissions by name, as "app.codename"; names that do not exist are left out."""
    wanted = set(names)
    rows = Permission.objects.filter(
        codename__in=[name.split(".")[1] for name in wanted]
    ).select_related("content_type")
    return [row for row in rows if f"{row.content_type.app_label}.{row.codename}" in wanted]


def manager_permissions() -> list[Permission]:
    """The Django permissions that a group of area managers gets."""
    return _permissions(MANAGER_PERMISSIONS)


def renew_manager_permissions(**kwargs) -> None:
    """After a migration: give the managers of all areas the permissions on new models.

    Django makes those permissions at the same signal, for the apps above this one before.
    """
    groups = list(Group.objects.filter(managed_area__isnull=False))
    if groups:
        permissions = manager_permissions()
        for group in groups:
            group.permissions.add(*permissions)
