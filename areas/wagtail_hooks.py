"""Themes and places in the admin; only an administrator edits them."""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from .models import Place, Theme


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
