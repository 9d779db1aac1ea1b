"""What the site itself shows on the first page of the admin."""

from django.db.models import CharField, Exists, OuterRef
from django.db.models.functions import Cast
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page, WorkflowState

from .admin_panels import AttentionSource


def in_workflow() -> Exists:
    """Whether a page waits for approval, or came back with a question."""
    return Exists(
        WorkflowState.objects.active().filter(
            base_content_type__app_label="wagtailcore",
            base_content_type__model="page",
            object_id=Cast(OuterRef("pk"), output_field=CharField()),
        )
    )


class WaitingForApproval(AttentionSource):
    """Pages that were handed in; the first page shows these in a panel of Wagtail's own."""

    key = "approval"
    title = gettext_lazy("Wacht op goedkeuring")
    order = 30
    on_home = False

    def get_queryset(self):
        return Page.objects.filter(in_workflow()).order_by("latest_revision_created_at", "pk")

    def describe(self, page):
        if page.latest_revision_created_at is None:
            return _("ingestuurd")
        return _("laatst gewijzigd op %(date)s") % {
            "date": date_format(localtime(page.latest_revision_created_at), "j F")
        }


class Drafts(AttentionSource):
    """Changes that are not on the site, unless they are planned or wait for approval."""

    key = "drafts"
    title = gettext_lazy("Concepten die nog niet op de site staan")
    order = 90

    def get_queryset(self):
        return (
            Page.objects.filter(has_unpublished_changes=True)
            .annotate_approved_schedule()
            .filter(~in_workflow(), _approved_schedule=False)
            .order_by("-latest_revision_created_at", "-pk")
        )

    def describe(self, page):
        if page.latest_revision_created_at is None:
            return _("nog niet gepubliceerd")
        return _("gewijzigd op %(date)s") % {
            "date": date_format(localtime(page.latest_revision_created_at), "j F")
        }
