"""Who may see and edit what: everything below the user's own areas, and nothing else."""

from django.apps import apps
from django.contrib.auth import get_permission_codename
from wagtail.permission_policies.base import BaseDjangoAuthPermissionPolicy

from cms.permissions import TypedPagePermissionTester

#: Editors of this permission work in all areas (survey and newsletter editors).
ALL_AREAS = "areas.change_areapage"


def areas_for(user):
    """The areas whose rows the user may see and edit, as a QuerySet without boundaries.

    Area managers: those of their groups. Administrators and editors with the Django permission
    `areas.change_areapage`: all.
    """
    areas = apps.get_model("areas", "AreaPage").objects.without_geometry()
    if not user.is_active:
        return areas.none()
    if user.has_perm(ALL_AREAS):
        return areas
    return areas.filter(manager_group__user=user)


def managed_areas(user):
    """The areas whose managers the user is one of; an administrator manages all. A QuerySet.

    Narrower than `areas_for`: working in all areas as an editor does not count.
    """
    areas = apps.get_model("areas", "AreaPage").objects.without_geometry()
    if not user.is_active:
        return areas.none()
    return areas if user.is_superuser else areas.filter(manager_group__user=user)


class AreaPagePermissionTester(TypedPagePermissionTester):
    """An area is there for good: only an administrator removes, moves or hides it."""

    def can_delete(self, ignore_bulk=False):
        return self.user.is_superuser and super().can_delete(ignore_bulk)

    def can_move(self):
        return self.user.is_superuser

    def can_unpublish(self):
        return self.user.is_superuser and super().can_unpublish()

    def can_copy(self):
        return self.user.is_superuser

    def can_set_view_restrictions(self):
        return self.user.is_superuser


class AreaPermissionPolicy(BaseDjangoAuthPermissionPolicy):
    """Django's model permissions, limited to rows of the user's own areas.

    `area_lookup` is the path from the model to its area, such as "area" or
    "survey__areas". For a viewset: `permission_policy = AreaPermissionPolicy(Council, "area")`.
    """

    def __init__(self, model, area_lookup: str = "area", **kwargs):
        super().__init__(model, **kwargs)
        self.area_lookup = area_lookup

    def _has(self, user, actions) -> bool:
        return any(
            user.has_perm(f"{self.app_label}.{get_permission_codename(action, self.model._meta)}")
            for action in actions
        )

    def user_has_permission(self, user, action):
        return self._has(user, [action])

    def user_has_any_permission(self, user, actions):
        return self._has(user, actions)

    def users_with_any_permission(self, actions, include_superusers=True):
        return self._get_users_with_any_permission_codenames(
            [get_permission_codename(action, self.model._meta) for action in actions],
            include_superusers=include_superusers,
        )

    def user_has_permission_for_instance(self, user, action, instance):
        return self.user_has_any_permission_for_instance(user, [action], instance)

    def user_has_any_permission_for_instance(self, user, actions, instance):
        if not self._has(user, actions):
            return False
        if user.has_perm(ALL_AREAS):
            return True
        return self._own(user, self.model._default_manager.filter(pk=instance.pk)).exists()

    def users_with_any_permission_for_instance(self, actions, instance, include_superusers=True):
        return self.users_with_any_permission(actions, include_superusers)

    def instances_user_has_any_permission_for(self, user, actions):
        rows = self.model._default_manager.all()
        if not self._has(user, actions):
            return rows.none()
        return rows if user.has_perm(ALL_AREAS) else self._own(user, rows)

    def _own(self, user, rows):
        return rows.filter(**{f"{self.area_lookup}__in": areas_for(user)}).distinct()


class OwnAreaPermissionPolicy(AreaPermissionPolicy):
    """For personal data: the managers of the row's own area and administrators, and nobody else.

    Editors who work in all areas see nothing here, whatever permissions their groups hold.
    """

    def user_has_any_permission_for_instance(self, user, actions, instance):
        if not self._has(user, actions):
            return False
        rows = self.model._default_manager.filter(pk=instance.pk)
        return self._own(user, rows).exists()

    def instances_user_has_any_permission_for(self, user, actions):
        rows = self.model._default_manager.all()
        return self._own(user, rows) if self._has(user, actions) else rows.none()

    def _own(self, user, rows):
        if user.is_active and user.is_superuser:
            return rows
        return rows.filter(**{f"{self.area_lookup}__in": managed_areas(user)})
