"""The pack in the admin: addresses, and one click from a council and from its meetings."""

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.auth import require_admin_access
from wagtail.admin.widgets.button import Button, HeaderButton

from areas.councils.models import Council, CouncilMeeting
from areas.permissions import managed_areas
from areas.viewsets import register_row_buttons

from .admin_views import PackPdfView, PackView

LABEL = _("Overzicht voor de raad")


@hooks.register("register_admin_urls")
def pack_urls():
    return [
        path("raden/<int:pk>/overzicht/", require_admin_access(PackView.as_view()), name="pack"),
        path(
            "raden/<int:pk>/overzicht.pdf",
            require_admin_access(PackPdfView.as_view()),
            name="pack_pdf",
        ),
    ]


def pack_of(row, user) -> str:
    """Address of the pack that a council or a meeting leads to; empty for who may not see it."""
    council = row.council if isinstance(row, CouncilMeeting) else row
    if not isinstance(council, Council):
        return ""
    if not hasattr(user, "managed_area_ids"):
        # Asked for every row of a list: once for each request, in which the user is made anew.
        user.managed_area_ids = set(managed_areas(user).values_list("pk", flat=True))
    return reverse("pack", args=[council.pk]) if council.area_id in user.managed_area_ids else ""


def header_button(row, user) -> list[HeaderButton]:
    """One click from the form of a council, and of each of its meetings."""
    url = pack_of(row, user)
    return [HeaderButton(LABEL, url=url, icon_name="doc-full")] if url else []


@hooks.register("register_snippet_listing_buttons")
def listing_button(row, user, next_url=None):
    """The same from the lists."""
    url = pack_of(row, user)
    if url:
        yield Button(LABEL, url, icon_name="doc-full", priority=5)


register_row_buttons(header_button)
