"""The admin's viewset for rows of areas: lists and opens only those of the user's own."""

from wagtail.snippets.views.snippets import SnippetViewSet

ACTIONS = ("add", "change", "delete", "view")


class AreaSnippetViewSet(SnippetViewSet):
    """A snippet viewset limited by the `AreaPermissionPolicy` of its model.

    Wagtail checks a policy on the views of one row; the list shows all rows unless told.
    """

    def get_queryset(self, request):
        return self.permission_policy.instances_user_has_any_permission_for(request.user, ACTIONS)
