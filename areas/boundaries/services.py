"""Write path of the boundary import: all of it, or nothing."""

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import TaskState

from areas.models import AreaPage
from areas.services import derive_all_places
from cms.models import HomePage

from .plan import Change, Kind, Plan
from .reader import BoundaryError


@transaction.atomic
def apply_plan(
    *, plan: Plan, note: str = "", user: AbstractBaseUser | None = None
) -> dict[str, int]:
    """Give the areas their boundaries and derive the areas of all placed things again.

    Areas keep their page, title, address and drafts; `note` becomes the text beside the map.
    Returns the number of placed things looked at, by model label. Raises BoundaryError, with
    nothing changed, where a new area cannot be made.
    """
    for change in plan.of_kind(Kind.CHANGED):
        _update(change, note, user)
    for change in plan.of_kind(Kind.NEW):
        _create(change, note, user)
    return derive_all_places()


def _update(change: Change, note: str, user) -> None:
    area = AreaPage.objects.select_for_update().get(pk=change.area.pk)
    draft = area.get_latest_revision_as_object() if area.has_unpublished_changes else None
    area.geometry, area.geometry_note = change.geometry, note
    area.save(update_fields=["geometry", "geometry_note"])
    if draft is not None:
        draft.geometry, draft.geometry_note = change.geometry, note
        draft.save_revision(user=user)
    elif area.live:
        area.save_revision(user=user).publish(user=user)
    else:
        area.save_revision(user=user)
    _renew_waiting_revisions(area)
    log(
        instance=area,
        action="wagtail.edit",
        user=user,
        data={
            "boundary": {"code": change.boundary.code, "area_m2": round(change.boundary.area_m2)}
        },
    )


def _renew_waiting_revisions(area: AreaPage) -> None:
    """A version that waits for its hour or for approval must not bring the old boundary back."""
    in_workflow = TaskState.objects.filter(
        status=TaskState.STATUS_IN_PROGRESS, revision__object_id=str(area.pk)
    ).values("revision_id")
    for revision in area.revisions.filter(
        Q(approved_go_live_at__isnull=False) | Q(pk__in=in_workflow)
    ):
        revision.content["geometry"] = area.geometry.ewkt
        revision.content["geometry_note"] = area.geometry_note
        revision.save(update_fields=["content"])


def _create(change: Change, note: str, user) -> None:
    home = HomePage.objects.first()
    if home is None:
        raise BoundaryError(_("Er is nog geen startpagina waaronder een gebied kan komen."))
    slug = change.boundary.slug
    if home.get_children().filter(slug=slug).exists():
        raise BoundaryError(
            _("Het adres ‘%(slug)s’ is al van een andere pagina. Hernoem die pagina eerst.")
            % {"slug": slug}
        )
    area = AreaPage(
        title=change.boundary.name or change.boundary.code,
        slug=slug,
        code=slug,
        geometry=change.geometry,
        geometry_note=note,
    )
    home.add_child(instance=area)
    area.save_revision(user=user).publish(user=user)
    log(instance=area, action="wagtail.create", user=user)
