"""The admin's viewset for rows of areas: lists and opens only those of the user's own."""

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from wagtail.snippets.views.snippets import SnippetViewSet

ACTIONS = ("add", "change", "delete", "view")


class OwnRowMixin:
    """Refuses every view of one row that is not of the user's areas.

    Wagtail's generic views ask the policy about the model, most of them not about the row.
    """

    def dispatch(self, request, *args, **kwargs):
        if "pk" in kwargs:
            row = get_object_or_404(self.model, pk=unquote(str(kwargs["pk"])))
            if not self.permission_policy.user_has_any_permission_for_instance(
                request.user, ACTIONS, row
            ):
                raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class AreaSnippetViewSet(SnippetViewSet):
    """A snippet viewset limited by the `AreaPermissionPolicy` of its model."""

    def get_queryset(self, request):
        return self.permission_policy.instances_user_has_any_permission_for(request.user, ACTIONS)

    def construct_view(self, view_class, **kwargs):
        guarded = type(view_class.__name__, (OwnRowMixin, view_class), {})
        return super().construct_view(guarded, **kwargs)
