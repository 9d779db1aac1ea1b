"""The admin's viewset for rows of areas: lists and opens only those of the user's own."""

from collections.abc import Callable, Iterable

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from wagtail.admin.widgets.button import BaseButton
from wagtail.permissions import policy_registry
from wagtail.snippets.views.chooser import (
    ChooseResultsView,
    ChooseView,
    SnippetChooserViewSet,
    SnippetChosenMultipleView,
    SnippetChosenView,
    SnippetCreateView,
)
from wagtail.snippets.views.snippets import SnippetViewSet

ACTIONS = ("add", "change", "delete", "view")
#: (row, user) -> buttons for the head of the row's form.
RowButtons = Callable[[object, object], Iterable[BaseButton]]
_row_buttons: list[RowButtons] = []


def register_row_buttons(make: RowButtons) -> None:
    """Let an upper room put buttons above the form of a row; called in `wagtail_hooks.py`."""
    if make not in _row_buttons:
        _row_buttons.append(make)


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

    def get_header_buttons(self):
        buttons = super().get_header_buttons()
        row = getattr(self, "object", None)
        if row is None or row.pk is None:
            return buttons
        own = [button for make in _row_buttons for button in make(row, self.request.user)]
        return [*own, *buttons]


class NoCreateView(SnippetCreateView):
    """Rows are made in their own form, that checks the area; not in passing, in a chooser."""

    def can_create(self):
        return False


class ChooserViewSet(SnippetChooserViewSet):
    """A chooser in which one chooses."""

    create_view_class = NoCreateView


class AreaSnippetViewSet(SnippetViewSet):
    """A snippet viewset limited by the `AreaPermissionPolicy` of its model."""

    chooser_viewset_class = ChooserViewSet

    def get_queryset(self, request):
        return self.permission_policy.instances_user_has_any_permission_for(request.user, ACTIONS)

    def construct_view(self, view_class, **kwargs):
        guarded = type(view_class.__name__, (OwnRowMixin, view_class), {})
        return super().construct_view(guarded, **kwargs)


class OwnChoiceMixin:
    """Limits a chooser to rows that the user may see; Wagtail's own offers all to everybody."""

    @property
    def own_rows(self):
        policy = policy_registry.get_by_type(self.model_class)
        return policy.instances_user_has_any_permission_for(self.request.user, ACTIONS)

    def get_object_list(self):
        return self.own_rows

    def get_object(self, pk):
        return get_object_or_404(self.own_rows, pk=unquote(str(pk)))

    def get_objects(self, pks):
        return self.own_rows.filter(pk__in=pks)


class OwnChooseView(OwnChoiceMixin, ChooseView):
    pass


class OwnChooseResultsView(OwnChoiceMixin, ChooseResultsView):
    pass


class OwnChosenView(OwnChoiceMixin, SnippetChosenView):
    pass


class OwnChosenMultipleView(OwnChoiceMixin, SnippetChosenMultipleView):
    pass


class OwnChooserViewSet(ChooserViewSet):
    """A chooser of rows of the user's own areas, as the permission policy of the model says."""

    choose_view_class = OwnChooseView
    choose_results_view_class = OwnChooseResultsView
    chosen_view_class = OwnChosenView
    chosen_multiple_view_class = OwnChosenMultipleView


class OwnAreaSnippetViewSet(AreaSnippetViewSet):
    """For what is not for other areas to see: the chooser is limited too."""

    chooser_viewset_class = OwnChooserViewSet
