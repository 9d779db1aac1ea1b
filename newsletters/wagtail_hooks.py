"""Newsletters in the admin: menu, lists, the button "Verzenden" and guards around editions."""

from django.db.models import Exists, OuterRef, Q
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import include, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.models import Page
from wagtail.permissions import register_permission_policy

from areas.permissions import areas_for

from .admin import approval, control, overviews, views
from .admin.areas import AreaNewsletterPolicy, AreaSettingsView
from .admin.audience import audience_size
from .admin.filling import FillView
from .admin.unreachable import UnreachableCouncilsView
from .admin.viewsets import NewsletterGroup, SubscriptionPolicy, SuppressionPolicy
from .lists.permissions import ListPolicy
from .models import (
    AddressList,
    AreaNewsletter,
    Delivery,
    Mailing,
    NewsletterPage,
    Subscription,
    Suppression,
)
from .services import GONE

register_permission_policy(AreaNewsletter, AreaNewsletterPolicy(AreaNewsletter, "area"))
register_permission_policy(Subscription, SubscriptionPolicy(Subscription, "areas"))
register_permission_policy(AddressList, ListPolicy(AddressList))
register_permission_policy(Suppression, SuppressionPolicy(Suppression))


@hooks.register("register_admin_viewset")
def register_viewsets():
    """The menu "Nieuwsbrieven" with what the user may see of it."""
    return NewsletterGroup()


@hooks.register("register_admin_urls")
def register_urls():
    """Pages about one edition."""
    return [
        path("nieuwsbrieven/lijsten/", include("newsletters.lists.urls")),
        path("nieuwsbrieven/aantal/", audience_size, name="newsletter_audience_size"),
        path("nieuwsbrieven/<int:pk>/verzenden/", views.SendView.as_view(), name="newsletter_send"),
        path("nieuwsbrieven/<int:pk>/vullen/", FillView.as_view(), name="newsletter_fill"),
        path(
            "nieuwsbrieven/<int:pk>/controle/",
            approval.CheckView.as_view(),
            name="newsletter_check",
        ),
        path(
            "nieuwsbrieven/<int:pk>/voorbeeld/",
            approval.MailView.as_view(),
            name="newsletter_mail",
        ),
        path(
            "nieuwsbrieven/<int:pk>/goedkeuring/vragen/",
            approval.RequestApprovalView.as_view(),
            name="newsletter_request_approval",
        ),
        path(
            "nieuwsbrieven/<int:pk>/goedkeuring/",
            approval.DecideView.as_view(),
            name="newsletter_decide",
        ),
        path(
            "nieuwsbrieven/<int:pk>/goedkeuring/intrekken/",
            approval.TakeBackView.as_view(),
            name="newsletter_take_back",
        ),
        path(
            "nieuwsbrieven/ritme/<int:area_pk>/",
            AreaSettingsView.as_view(),
            name="newsletter_area",
        ),
        path("nieuwsbrieven/<int:pk>/proef/", views.ProofView.as_view(), name="newsletter_proof"),
        path(
            "nieuwsbrieven/<int:pk>/annuleren/",
            control.CancelView.as_view(),
            name="newsletter_cancel",
        ),
        path(
            "nieuwsbrieven/<int:pk>/pauzeren/",
            control.PauseView.as_view(),
            name="newsletter_pause",
        ),
        path(
            "nieuwsbrieven/<int:pk>/doorgaan/",
            control.ResumeView.as_view(),
            name="newsletter_resume",
        ),
        path(
            "nieuwsbrieven/<int:pk>/opnieuw/",
            control.AgainView.as_view(),
            name="newsletter_again",
        ),
        path("nieuwsbrieven/<int:pk>/stand/", views.StatusView.as_view(), name="newsletter_status"),
        path(
            "nieuwsbrieven/<int:pk>/ontvangers/",
            views.RecipientsView.as_view(),
            name="newsletter_recipients",
        ),
        path(
            "nieuwsbrieven/maandoverzichten/",
            overviews.OverviewsView.as_view(),
            name="newsletter_overviews",
        ),
        path(
            "nieuwsbrieven/maandoverzichten/<int:pk>/",
            overviews.OverviewView.as_view(),
            name="newsletter_overview",
        ),
        path(
            "nieuwsbrieven/abonnees-per-gebied/",
            views.SubscriberCountsView.as_view(),
            name="newsletter_subscriber_counts",
        ),
        path(
            "nieuwsbrieven/raden-zonder-post/",
            UnreachableCouncilsView.as_view(),
            name="newsletter_unreachable",
        ),
    ]


@hooks.register("insert_editor_js")
def editor_scripts():
    """Counts addresses while an editor chooses who gets an edition."""
    return format_html('<script src="{}" defer></script>', static("admin/newsletters/audience.js"))


def _send_button(page, user) -> Button | None:
    if not isinstance(page, NewsletterPage) or not page.pk:
        return None
    if not page.permissions_for_user(user).can_publish():
        return None
    return Button(
        gettext_lazy("Verzenden"),
        reverse("newsletter_send", args=[page.pk]),
        icon_name="mail",
        priority=5,
    )


def _check_button(page, user) -> Button | None:
    if not isinstance(page, NewsletterPage) or not page.pk:
        return None
    if not page.permissions_for_user(user).can_edit():
        return None
    return Button(
        gettext_lazy("Controleer"),
        reverse("newsletter_check", args=[page.pk]),
        icon_name="glasses",
        priority=5,
    )


def _fill_button(page, user) -> Button | None:
    if not isinstance(page, NewsletterPage) or not page.pk:
        return None
    if not page.permissions_for_user(user).can_edit():
        return None
    return Button(
        gettext_lazy("Vul met wat er veranderde"),
        reverse("newsletter_fill", args=[page.pk]),
        icon_name="list-ul",
        priority=6,
    )


BUTTONS = (_send_button, _check_button, _fill_button)


@hooks.register("register_log_actions")
def register_log_actions(actions):
    """What editors do to a mailing stands in the history of the edition."""
    for name, label in (
        ("proof", gettext_lazy("Proefmail verstuurd")),
        ("approve", gettext_lazy("Goedgekeurd om te verzenden")),
        ("approve_own", gettext_lazy("Eigen nieuwsbrief goedgekeurd, als beheerder")),
        ("lapse", gettext_lazy("Goedkeuring vervallen: de nieuwsbrief is veranderd")),
        ("take_back", gettext_lazy("Goedkeuring ingetrokken")),
        ("confirm", gettext_lazy("Verzenden bevestigd")),
        ("pause", gettext_lazy("Verzenden gepauzeerd")),
        ("resume", gettext_lazy("Verzenden gaat door")),
        ("cancel", gettext_lazy("Verzenden gestopt")),
        ("send_again", gettext_lazy("Onbekende mails opnieuw verzonden")),
        ("list_add", gettext_lazy("Adres toegevoegd")),
        ("list_remove", gettext_lazy("Adres van de lijst gehaald")),
        ("list_import", gettext_lazy("Adressen geïmporteerd")),
        ("list_export", gettext_lazy("Lijst geëxporteerd")),
        ("settle", gettext_lazy("Ritme en afzender van nieuwsbrieven bewaard")),
    ):
        actions.register_action(f"newsletters.{name}", label, label)


@hooks.register("register_page_header_buttons")
def header_buttons(page, user, view_name, next_url=None):
    edition = page.specific_deferred
    yield from filter(None, [button(edition, user) for button in BUTTONS])


@hooks.register("register_page_listing_more_buttons")
def listing_button(page, user, next_url=None):
    button = _send_button(page, user)
    if button is not None:
        yield button


class AreaReportItem(MenuItem):
    """Shown to everybody who works for an area."""

    def is_shown(self, request) -> bool:
        # Asked by two items of the menu of every page.
        if not hasattr(request, "has_areas"):
            request.has_areas = areas_for(request.user).exists()
        return request.has_areas


@hooks.register("register_reports_menu_item")
def subscriber_counts_item():
    return AreaReportItem(
        gettext_lazy("Abonnees per gebied"),
        reverse("newsletter_subscriber_counts"),
        icon_name="group",
        order=900,
    )


class EditorReportItem(MenuItem):
    """Shown to who may see the addresses of subscribers."""

    def is_shown(self, request) -> bool:
        return views.may_see_addresses(request.user)


@hooks.register("register_reports_menu_item")
def overviews_item():
    return EditorReportItem(
        gettext_lazy("Maandoverzichten"),
        reverse("newsletter_overviews"),
        icon_name="mail",
        order=905,
    )


@hooks.register("register_reports_menu_item")
def unreachable_councils_item():
    return AreaReportItem(
        gettext_lazy("Raden die geen post krijgen"),
        reverse("newsletter_unreachable"),
        icon_name="warning",
        order=910,
    )


def _why_kept(pages, action: str) -> str:
    """Why an edition among or below these pages must stay, or an empty text.

    With an edition its deliveries go, and the link in each mail by which people leave. So one that
    was sent is deleted only after their addresses were wiped (`services.DELIVERY_DAYS`).
    """
    below = Q()
    for page in pages:
        below |= Q(edition__path__startswith=page.path)
    State = Mailing.State  # noqa: N806
    mailings = Mailing.objects.filter(below)
    if mailings.filter(state__in=[State.SENDING, State.PAUSED]).exists():
        return _("Deze nieuwsbrief wordt nu verzonden. Wacht tot dat klaar is.")
    known = Delivery.objects.filter(mailing=OuterRef("pk")).exclude(address__startswith=GONE)
    sent = mailings.filter(Exists(known), state__in=[State.DONE, State.CANCELLED])
    if action == "delete" and sent.exists():
        return _(
            "Deze nieuwsbrief is verzonden. Met de link in de mail melden lezers zich af, en die "
            "moet blijven werken. Haal hem van de site: kies ‘Depubliceren’."
        )
    return ""


def _refuse(request, page, why: str):
    messages.error(request, why)
    return redirect("wagtailadmin_explore", page.get_parent().pk)


@hooks.register("before_delete_page")
def keep_what_was_sent(request, page):
    """An edition that was sent stays: by its mails people leave."""
    if request.method == "POST" and (why := _why_kept([page], "delete")):
        return _refuse(request, page, why)
    return None


@hooks.register("before_unpublish_page")
def keep_what_is_being_sent(request, page):
    """An edition under way stays public: its mails link to it, and its list must be finished."""
    if request.method == "POST" and (why := _why_kept([page], "unpublish")):
        return _refuse(request, page, why)
    return None


@hooks.register("before_bulk_action")
def keep_all_that_is_being_sent(request, action_type, objects, action_class_instance):
    """The same where pages are ticked in a list."""
    pages = [item for item in objects if isinstance(item, Page)]
    if pages and action_type in ("delete", "unpublish"):
        why = _why_kept(pages, action_type)
        return _refuse(request, pages[0], why) if why else None
    return None
