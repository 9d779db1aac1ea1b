"""Signals in the admin: the list, the page to work on, and the figures; own areas only."""

import django_filters
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.auth import require_admin_access
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column
from wagtail.permissions import policy_registry, register_permission_policy
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import IndexView

from areas.councils.models import Council
from areas.permissions import OwnAreaPermissionPolicy, managed_areas
from areas.viewsets import OwnAreaSnippetViewSet

from .admin_views import FiguresView, WorkView
from .models import Signal

#: A spreadsheet reads a text that begins with one of these as a formula (OWASP, CSV injection).
FORMULA = ("=", "+", "-", "@", "\t", "\r")


class SignalPermissionPolicy(OwnAreaPermissionPolicy):
    """Signals come in by themselves and nobody removes them; unconfirmed ones do not count."""

    def _has(self, user, actions) -> bool:
        return super()._has(user, [one for one in actions if one not in ("add", "delete")])

    def _own(self, user, rows):
        return super()._own(user, rows).confirmed()


def _own_areas(request):
    return managed_areas(request.user).order_by("path")


def _own_councils(request):
    return Council.objects.filter(area__in=managed_areas(request.user)).order_by("name")


class SignalFilterSet(WagtailFilterSet):
    """By state, kind, area and council; what is over its term, and what waits or is done."""

    term = django_filters.ChoiceFilter(
        label=_("Termijn"),
        method="by_term",
        choices=[("te-laat", _("Over de termijn")), ("open", _("Open"))],
        empty_label=_("Alles"),
    )
    area = django_filters.ModelChoiceFilter(label=_("Gebied"), queryset=_own_areas)
    council = django_filters.ModelChoiceFilter(label=_("Raad"), queryset=_own_councils)

    class Meta:
        model = Signal
        fields = ["term", "state", "kind", "area", "council"]

    def by_term(self, rows, name, value):
        return rows.late(timezone.localdate()) if value == "te-laat" else rows.open()


def _due(signal: Signal) -> str:
    if not signal.is_open:
        return ""
    day = date_format(signal.due_on, "SHORT_DATE_FORMAT")
    return _("%(date)s, te laat") % {"date": day} if signal.is_late else day


def _who(signal: Signal) -> str:
    return signal.council.name if signal.council else _("Bewoner")


def _received(signal: Signal) -> str:
    return date_format(timezone.localtime(signal.received_at), "SHORT_DATE_FORMAT")


def _subject_of_council(signal: Signal) -> str:
    """The subject, unless a resident wrote it: that may hold personal data."""
    subject = signal.subject if signal.council_id else ""
    return f"'{subject}" if subject.startswith(FORMULA) else subject


class SignalIndexView(IndexView):
    """The list; what it exports says nothing about residents."""

    list_export = [
        "reference",
        "get_kind_display",
        "area.title",
        "export_council",
        "export_subject",
        "get_state_display",
        "received_at",
        "due_on",
        "extended_on",
        "answered_at",
        "answer_days",
        "in_term",
    ]
    export_headings = {
        "reference": _("Kenmerk"),
        "get_kind_display": _("Soort"),
        "area.title": _("Gebied"),
        "export_council": _("Raad"),
        "export_subject": _("Onderwerp (alleen van raden)"),
        "get_state_display": _("Stand"),
        "received_at": _("Ontvangen op"),
        "due_on": _("Antwoord uiterlijk op"),
        "extended_on": _("Verlengd op"),
        "answered_at": _("Beantwoord op"),
        "answer_days": _("Werkdagen tot antwoord"),
        "in_term": _("Op tijd"),
    }

    def to_row_dict(self, item):
        item.export_council = item.council.name if item.council else _("Bewoner")
        item.export_subject = _subject_of_council(item)
        return super().to_row_dict(item)

    def get_filename(self):
        return f"signalen-{timezone.localdate():%Y%m%d}"


class SignalViewSet(OwnAreaSnippetViewSet):
    """Opening a row leads to the page to work on; there is no form of bare columns."""

    model = Signal
    icon = "comment"
    menu_label = _("Vragen en signalen")
    menu_name = "vragen-en-signalen"
    menu_order = 205
    add_to_admin_menu = True
    copy_view_enabled = False
    index_view_class = SignalIndexView
    edit_view_class = WorkView
    list_display = [
        "subject",  # a name and no column: Wagtail links the first to its page
        Column("who", label=_("Van"), accessor=_who, width="18%"),
        Column("get_state_display", label=_("Stand"), sort_key="state", width="14%"),
        Column("due", label=_("Antwoord uiterlijk"), accessor=_due, sort_key="due_on", width="16%"),
        Column(
            "received",
            label=_("Ontvangen"),
            accessor=_received,
            sort_key="received_at",
            width="11%",
            classname="gp-wide",
        ),
        Column("reference", label=_("Kenmerk"), width="11%", classname="gp-wide"),
    ]
    list_per_page = 30
    search_fields = ["reference", "subject", "text", "place_name", "council__name"]
    filterset_class = SignalFilterSet
    panels = []

    def get_queryset(self, request):
        return super().get_queryset(request).for_list()


class FiguresMenuItem(MenuItem):
    """The figures, for who answers signals."""

    def is_shown(self, request):
        policy = policy_registry.get_by_type(Signal)
        return policy.user_has_permission(request.user, "change")


@hooks.register("register_reports_menu_item")
def figures_in_menu():
    return FiguresMenuItem(
        _("Zo snel antwoorden wij"),
        reverse("signals_figures"),
        name="signals-figures",
        icon_name="comment",
        order=600,
    )


@hooks.register("register_admin_urls")
def figures_address():
    view = require_admin_access(FiguresView.as_view())
    return [path("signalen/cijfers/", view, name="signals_figures")]


register_permission_policy(Signal, SignalPermissionPolicy(Signal, "area"))
register_snippet(SignalViewSet)
