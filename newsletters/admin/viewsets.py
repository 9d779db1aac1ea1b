"""Lists in the admin: editions, subscriptions and blocked addresses."""

from django.db.models import F, Prefetch
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.ui.tables.pages import PageStatusColumn, PageTitleColumn, ParentPageColumn
from wagtail.admin.views.generic import CreateView, DeleteView, IndexView
from wagtail.admin.views.pages.listing import IndexView as PageIndexView
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.viewsets.pages import PageListingViewSet

from areas.models import AreaPage
from areas.permissions import ALL_AREAS, AreaPermissionPolicy

from .. import services
from ..forms.sending import SuppressionForm
from ..lists.viewsets import ListViewSet
from ..models import Mailing, NewsletterPage, Subscription, Suppression
from .areas import AreaNewsletterViewSet


class SubscriptionPolicy(AreaPermissionPolicy):
    """For who works for all areas, and then looking and deleting only.

    Nobody subscribes somebody else, who must consent. Wagtail's lists ask a policy about the
    model and not about each row, so rights on part of the rows would not hold here.
    """

    actions = frozenset({"view", "delete"})

    def _has(self, user, actions) -> bool:
        return user.has_perm(ALL_AREAS) and super()._has(user, self.actions.intersection(actions))


class SuppressionPolicy(SubscriptionPolicy):
    """The block list: looking, adding, and deleting to let an address get mail again."""

    actions = frozenset({"view", "add", "delete"})


class EditionIndexView(PageIndexView):
    """Editions of the user's own areas, with what was sent."""

    default_ordering = "-date"

    def annotate_queryset(self, pages):
        return super().annotate_queryset(pages.annotate(mailing_state=F("mailing__state")))


def mailing_label(edition) -> str:
    """The state of the mailing in words."""
    state = edition.mailing_state
    return Mailing.State(state).label if state else _("Niet verzonden")


def shown_date(edition) -> str:
    """The date on the edition, as it stands there."""
    return date_format(edition.date, "j F Y")


class EditionViewSet(PageListingViewSet):
    name = "newsletter_editions"
    url_prefix = "nieuwsbrieven/edities"
    model = NewsletterPage
    index_view_class = EditionIndexView
    icon = "mail"
    menu_label = _("Nieuwsbrieven")
    menu_order = 10
    columns = [
        PageTitleColumn("title", label=_("Titel"), sort_key="title", classname="title"),
        ParentPageColumn("parent", label=_("Gebied")),
        Column("date", label=_("Datum"), accessor=shown_date, sort_key="date"),
        PageStatusColumn("status", label=_("Pagina"), sort_key="live"),
        Column("mailing", label=_("Mail"), accessor=mailing_label),
    ]


class SubscriptionIndexView(IndexView):
    def get_base_queryset(self):
        areas = AreaPage.objects.without_geometry().in_order()
        return super().get_base_queryset().prefetch_related(Prefetch("areas", queryset=areas))


class ForgetView(DeleteView):
    """Deleting a subscription wipes the address wherever it stands."""

    def delete_action(self):
        services.forget(subscription=self.object)


def area_titles(subscription) -> str:
    """The areas of a subscription, on one line."""
    return ", ".join(area.title for area in subscription.areas.all())


class SubscriptionViewSet(ModelViewSet):
    model = Subscription
    name = "newsletter_subscriptions"
    url_prefix = "nieuwsbrieven/abonnees"
    icon = "group"
    menu_label = _("Abonnees")
    menu_order = 20
    index_view_class = SubscriptionIndexView
    delete_view_class = ForgetView
    copy_view_enabled = False
    inspect_view_enabled = True
    inspect_view_fields = [
        "email",
        "state",
        "areas",
        "places",
        "themes",
        "pages",
        "frequency",
        "requested_at",
        "consent_at",
        "consent_version",
        "consent_source",
        "unsubscribed_at",
    ]
    list_display = [
        "email",
        "state",
        Column("areas", label=_("Gebieden"), accessor=area_titles),
        "frequency",
        "consent_at",
    ]
    list_filter = ["state", "areas", "frequency"]
    search_fields = ["email"]
    form_fields = ["email"]


class SuppressView(CreateView):
    """Blocking an address goes through the service, which notes who did it."""

    def save_instance(self):
        return services.suppress(email=self.form.cleaned_data["email"], by=self.request.user)


class SuppressionViewSet(ModelViewSet):
    model = Suppression
    name = "newsletter_suppressions"
    url_prefix = "nieuwsbrieven/geblokkeerd"
    icon = "no-view"
    menu_label = _("Geblokkeerde adressen")
    menu_order = 30
    add_view_class = SuppressView
    copy_view_enabled = False
    list_display = ["email", "reason", "created_at"]
    list_filter = ["reason"]
    search_fields = ["email"]

    def get_form_class(self, for_update=False):
        return SuppressionForm


class NewsletterGroup(ViewSetGroup):
    menu_label = _("Nieuwsbrieven")
    menu_icon = "mail"
    menu_order = 205
    items = (
        EditionViewSet,
        AreaNewsletterViewSet,
        SubscriptionViewSet,
        ListViewSet,
        SuppressionViewSet,
    )
