"""Areas in the admin: the first page, and themes and places, which an administrator edits."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from .admin_home import AreasPanel
from .models import Place, Theme


@hooks.register("construct_homepage_panels")
def areas_first(request, panels):
    """The user's own areas come before what Wagtail itself shows."""
    panels.append(AreasPanel())


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
