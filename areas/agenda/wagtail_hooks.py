"""Agenda items in the admin: their own list, in the order in which they stand on the site."""

from django.db.models import Q
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access
from wagtail.admin.ui.tables import Column
from wagtail.admin.ui.tables.pages import BulkActionsColumn, PageStatusColumn, PageTitleColumn
from wagtail.admin.views.pages.listing import ExplorableIndexView, PageFilterSet
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.admin.widgets.button import Button

from .admin_views import RolloverView, confirm
from .bulk.views import SheetPlanView, SheetView, export_items
from .models import AgendaItemPage, AgendaPage
from .permissions import item_actions, may_roll_over
from .services import missing_reason


class AgendaItemFilterSet(PageFilterSet):
    """By status and theme; filters about the site's machinery are left out."""

    has_child_pages = None
    site = None

    class Meta:
        model = AgendaItemPage
        fields = ["status", "theme"]


class AgendaItemIndexView(ExplorableIndexView):
    """The items of one agenda; nothing lies below an item, so there is no way down."""

    @cached_property
    def explorable_columns(self):
        return self.columns

    def annotate_queryset(self, pages):
        return super().annotate_queryset(pages).prefetch_related("theme")


def _end_date(item: AgendaItemPage) -> str:
    return date_format(item.end_date, "SHORT_DATE_FORMAT") if item.end_date else ""


class AgendaItemViewSet(PageViewSet):
    """What an area manager sees on opening the agenda: how far everything is.

    Columns of the class `gp-wide` stay away on a phone.
    """

    model = AgendaItemPage
    icon = "list-ul"
    index_view_class = AgendaItemIndexView
    columns = [
        BulkActionsColumn("bulk_actions"),
        PageTitleColumn("title", label=_("Agendapunt"), sort_key="title", classname="title"),
        Column(
            "status",
            label=_("Stand"),
            accessor="get_status_display",
            sort_key="status",
            width="12%",
        ),
        Column("theme", label=_("Thema"), sort_key="theme__name", width="20%", classname="gp-wide"),
        Column(
            "end_date",
            label=_("Einde"),
            accessor=_end_date,
            sort_key="end_date",
            width="11%",
            classname="gp-wide",
        ),
        PageStatusColumn(
            "page_status",
            label=_("Op de site"),
            sort_key="live",
            width="12%",
            classname="gp-wide",
        ),
    ]
    filterset_class = AgendaItemFilterSet


@hooks.register("register_admin_viewset")
def register_agenda_items():
    """Show agenda items in their own list below an agenda."""
    return AgendaItemViewSet()


@hooks.register("before_bulk_action")
def refuse_publishing_without_reason(request, action_type, objects, action_class_instance):
    """Publishing from a list passes by the form that asks why a date moved."""
    if request.method != "POST" or action_type != "publish":
        return None
    chosen = Q(pk__in=[page.pk for page in objects])
    if request.POST.get("include_descendants"):
        for page in objects:
            chosen |= Q(path__startswith=page.path, live=False)
    waiting = AgendaItemPage.objects.filter(chosen, has_unpublished_changes=True)
    missing = [
        item.title
        for item in waiting.iterator()
        if missing_reason(item.get_latest_revision_as_object())
    ]
    if not missing:
        return None
    messages.error(
        request,
        _(
            "Er is niets gepubliceerd. Bij deze agendapunten verandert een datum zonder reden: "
            "%(titles)s. Open het punt en schrijf bij ‘reden van de wijziging’ waarom."
        )
        % {"titles": ", ".join(missing)},
    )
    return redirect(action_class_instance.next_url)


@hooks.register("register_admin_urls")
def agenda_addresses():
    """Addresses of what the admin does with agendas besides editing them."""
    return [
        path("agenda/<int:page_id>/klopt-nog/", confirm, name="agenda_confirm"),
        path(
            "agenda/<int:page_id>/nieuwe-periode/",
            require_admin_access(RolloverView.as_view()),
            name="agenda_rollover",
        ),
        path(
            "agenda/<int:page_id>/agendapunten.<slug:format_name>",
            require_admin_access(export_items),
            name="agenda_export",
        ),
        path(
            "agenda/<int:page_id>/tabel/",
            require_admin_access(SheetView.as_view()),
            name="agenda_sheet",
        ),
        path(
            "agenda/<int:page_id>/tabel/<int:import_id>/",
            require_admin_access(SheetPlanView.as_view()),
            name="agenda_sheet_plan",
        ),
    ]


@hooks.register("register_page_header_buttons")
def agenda_buttons(page, user, view_name, next_url=None):
    """What can be done with an agenda as a whole, in the menu of its page."""
    if page.specific_class is not AgendaPage:
        return
    agenda = page.specific_deferred
    if item_actions(user=user, agenda=agenda):
        yield Button(
            _("Agendapunten als tabel"),
            reverse("agenda_sheet", args=[page.pk]),
            icon_name="table",
            priority=75,
        )
    if may_roll_over(user=user, agenda=agenda):
        yield Button(
            _("Nieuwe periode beginnen"),
            reverse("agenda_rollover", args=[page.pk]),
            icon_name="date",
            priority=80,
        )
