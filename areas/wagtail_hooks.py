"""Areas in the admin: the first page, and themes and places, which an administrator edits."""

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.auth import require_admin_access
from wagtail.admin.menu import MenuItem
from wagtail.models import Page
from wagtail.permissions import policy_registry
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from .admin_home import AreasPanel
from .models import Place, Theme
from .work_list import WorkListView


@hooks.register("construct_homepage_panels")
def areas_first(request, panels):
    """The user's own areas come before what Wagtail itself shows."""
    panels.append(AreasPanel())


class WorkListMenuItem(MenuItem):
    """For who works in an area; takes no query of its own."""

    def is_shown(self, request):
        held = policy_registry.get_by_type(Page).get_cached_permissions_for_user
        return request.user.is_superuser or bool(held(request.user))


@hooks.register("register_reports_menu_item")
def work_list_in_menu():
    """The work list stands first among the reports."""
    return WorkListMenuItem(
        _("Werklijst"), reverse("work_list"), name="work-list", icon_name="list-ul", order=50
    )


@hooks.register("register_admin_urls")
def work_list_address():
    return [
        path("reports/werklijst/", require_admin_access(WorkListView.as_view()), name="work_list")
    ]


class ThemeViewSet(SnippetViewSet):
    model = Theme
    icon = "tag"
    menu_label = _("Thema's")
    list_display = ["name", "description", "sort_order"]


class PlaceViewSet(SnippetViewSet):
    model = Place
    icon = "site"
    menu_label = _("Dorpen en wijken")
    list_display = ["name", "kind", "area"]
    list_filter = ["kind", "area"]
    search_fields = ["name"]


class GroundworkGroup(SnippetViewSetGroup):
    """What all areas share, kept by an administrator."""

    menu_label = _("Basisgegevens")
    menu_icon = "folder-open-1"
    menu_order = 220
    items = (ThemeViewSet, PlaceViewSet)


register_snippet(GroundworkGroup)
