"""Editor roles: groups that may edit only some page types, wherever they hold page permissions."""

from django.core.exceptions import PermissionDenied
from wagtail.models import PagePermissionTester


def limiting_roles(user) -> dict[int, set[int]]:
    """Content type ids that each limited group of the user may edit: {group id: {type id}}.

    Kept on the user for the request, as Wagtail does with page permissions.
    """
    cached = getattr(user, "_editor_roles", None)
    if cached is None:
        from .models import EditorRole

        cached = {}
        rows = EditorRole.objects.filter(group__user=user).values_list("group_id", "page_types")
        for group_id, type_id in rows:
            cached.setdefault(group_id, set())
            if type_id is not None:
                cached[group_id].add(type_id)
        user._editor_roles = cached
    return cached


def may_edit_type(user, page_path: str, content_type_id: int, policy) -> set[str]:
    """Actions ("add", "change", …) the user holds at a tree path for one page type."""
    roles = limiting_roles(user)
    return {
        permission.permission.codename.rsplit("_", maxsplit=1)[0]
        for permission in policy.get_cached_permissions_for_user(user)
        if page_path.startswith(permission.page.path)
        and (permission.group_id not in roles or content_type_id in roles[permission.group_id])
    }


class TypedPagePermissionTester(PagePermissionTester):
    """Wagtail's tester, with the page types of the user's editor roles taken into account."""

    def __init__(self, user, page):
        super().__init__(user, page)
        if user.is_active and not user.is_superuser:
            self.untyped_permissions = self.permissions
            self.permissions = may_edit_type(
                user, page.path, page.content_type_id, self.permission_policy
            )

    def _held_at(self, page) -> set[str]:
        """Actions the user holds at another place in the tree for this page's own type."""
        return may_edit_type(
            self.user, page.path, self.page.content_type_id, self.permission_policy
        )

    def can_add_subpage(self):
        """Adding looks at the types of the children, not at the parent's own."""
        if not self.user.is_active or self.user.is_superuser:
            return super().can_add_subpage()
        return bool(addable_models(self.user, self.page.specific_deferred))

    def can_publish_subpage(self):
        """As adding: the create view has checked the child's type before this counts."""
        if not self.user.is_active or self.user.is_superuser:
            return super().can_publish_subpage()
        specific_class = self.page.specific_class
        if specific_class is None or not specific_class.creatable_subpage_models():
            return False
        return "publish" in self.untyped_permissions

    def can_copy_to(self, destination, recursive=False):
        if not super().can_copy_to(destination, recursive=recursive):
            return False
        return self.user.is_superuser or "add" in self._held_at(destination)

    def can_move_to(self, destination):
        """Wagtail's rules, with what the user holds at the destination for this page's type."""
        if self.user.is_superuser or not self.user.is_active:
            return super().can_move_to(destination)
        if self.page == destination or destination.is_descendant_of(self.page):
            return False
        if not self.page.is_child_of(destination) and not self.page.specific.can_move_to(
            destination
        ):
            return False
        held = self._held_at(destination)
        if not self.can_move() or "add" not in held:
            return False
        has_live = self.page.live or self.page.get_descendants().filter(live=True).exists()
        return not has_live or "publish" in held


def addable_models(user, parent) -> list[type]:
    """Page types that the user may make below `parent`."""
    from django.contrib.contenttypes.models import ContentType
    from wagtail.permissions import policy_registry

    models = [
        model for model in type(parent).creatable_subpage_models() if model.can_create_at(parent)
    ]
    if user.is_superuser:
        return models
    policy = policy_registry.get(parent)
    types = ContentType.objects.get_for_models(*models)
    return [
        model
        for model in models
        if "add" in may_edit_type(user, parent.path, types[model].id, policy)
    ]


def require_addable(user, parent, page_class) -> None:
    """Raise PermissionDenied unless the user may make a `page_class` below `parent`."""
    if page_class not in addable_models(user, parent):
        raise PermissionDenied
