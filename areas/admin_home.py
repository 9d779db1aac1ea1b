"""The areas of the user on the first page of the admin: what to do there and what waits."""

from dataclasses import dataclass

from django.db.models import Q
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.ui.components import Component
from wagtail.models import Page
from wagtail.permissions import policy_registry

from cms import admin_panels
from cms.admin_panels import Link
from cms.permissions import addable_models

from .models import AreaPage


@dataclass(frozen=True)
class AreaCard:
    """One area with its buttons."""

    area: AreaPage
    links: list[Link]


def areas_worked_in(user):
    """Areas in which the user holds page permissions, or in a part of it, as a QuerySet.

    Unlike `areas.permissions.areas_for` this includes writers and editors of one page type.
    """
    areas = AreaPage.objects.without_geometry().in_order()
    if user.is_superuser:
        return areas
    condition = Q(pk__in=[])
    for permission in policy_registry.get_by_type(Page).get_cached_permissions_for_user(user):
        held = permission.page.path
        above = [held[:length] for length in range(Page.steplen, len(held), Page.steplen)]
        condition |= Q(path__startswith=held) | Q(path__in=above)
    return areas.filter(condition)


class AreasPanel(Component):
    """Buttons for every area of the user, and what waits there.

    Takes a fixed number of queries: one for the areas and one for each registered source.
    """

    name = "areas"
    order = 50
    template_name = "wagtailadmin/home/areas.html"

    def get_context_data(self, parent_context):
        request = parent_context["request"]
        user = request.user
        areas = list(areas_worked_in(user))
        looked_up = admin_panels.looked_up_links(user=user, places=areas)
        return {
            "cards": [
                AreaCard(area, _links_of(area, user, looked_up.get(area.pk, []))) for area in areas
            ],
            "csrf_token": get_token(request),
            "attention": admin_panels.attention(user=user, places=areas) if areas else [],
        }


def _links_of(area: AreaPage, user, looked_up: list[Link]) -> list[Link]:
    """All buttons of one area that the user may use, in order."""
    addable = {
        (model._meta.app_label, model._meta.model_name) for model in addable_models(user, area)
    }
    links = [
        Link(
            choice.label,
            reverse("wagtailadmin_pages:add", args=[*choice.key, area.pk]),
            choice.icon,
            choice.order,
        )
        for choice in admin_panels.home_pages()
        if choice.key in addable
    ]
    links += looked_up
    if area.permissions_for_user(user).can_edit():
        links.append(
            Link(
                _("Gebiedspagina wijzigen"),
                reverse("wagtailadmin_pages:edit", args=[area.pk]),
                "edit",
                80,
            )
        )
    links.append(
        Link(_("Alle pagina's"), reverse("wagtailadmin_explore", args=[area.pk]), "folder", 85)
    )
    if area.live and (url := area.get_url()):
        links.append(Link(_("Bekijk op de site"), url, "link-external", 90))
    return sorted(links, key=lambda link: link.order)
