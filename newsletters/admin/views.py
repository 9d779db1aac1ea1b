"""Sending an edition, and seeing who gets it and what became of it.

Whoever may publish the edition may send it, once somebody else approved it; who is asked for that
sees what there is to judge. For everybody else these pages do not exist.
"""

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.admin import messages
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.log_actions import log

from areas.models import AreaPage
from areas.permissions import ALL_AREAS, areas_for
from cms.scheduler.services import last_tick

from ..addresses import masked, masked_in
from ..approval import rules
from ..approval.fingerprint import fingerprint
from ..checking.links import outside_links
from ..checking.parts import parts_of
from ..forms.approval import DecisionForm
from ..forms.sending import RecipientFilterForm, SendForm
from ..models import Delivery, Mailing, NewsletterPage, Subscription
from ..sending import mailing as mailings
from ..sending.chosen import recipients_of
from ..sending.figures import figures
from ..sending.proof import ProofError, send_proof
from ..sending.recipients import tally
from .steps import PROOF, Progress

PAGE_SIZE = 50
#: The scheduler ticks every few seconds; silent for so long it has stopped.
SILENCE_SECONDS = 180
#: A mailing has one unknown delivery for each time that something died: a handful.
UNKNOWN_SHOWN = 200


def may_see_addresses(user) -> bool:
    """Whether the user may see the addresses of subscribers."""
    return user.has_perms([ALL_AREAS, "newsletters.view_subscription"])


#: What each state means, for an editor.
EXPLAINED = {
    Delivery.State.QUEUED: gettext_lazy("Gaat vanzelf weg."),
    Delivery.State.CLAIMED: gettext_lazy("Gaat zo weg."),
    Delivery.State.HANDED_OVER: gettext_lazy("De mailserver krijgt hem nu."),
    Delivery.State.ACCEPTED: gettext_lazy("De mailserver heeft de mail aangenomen."),
    Delivery.State.DEFERRED: gettext_lazy("De mailserver vroeg om later terug te komen."),
    Delivery.State.FAILED: gettext_lazy("De mailserver weigerde. Kijk of het adres klopt."),
    Delivery.State.UNKNOWN: gettext_lazy(
        "Het is niet zeker of de mail is aangekomen. Wij sturen hem niet vanzelf opnieuw."
    ),
    Delivery.State.SUPPRESSED: gettext_lazy(
        "Dit adres wil of kan geen nieuwsbrieven krijgen, of het verzenden werd gestopt."
    ),
}


class EditionView(WagtailAdminTemplateMixin, View):
    """A page about one edition for who may publish it; a 404 for all others.

    With `is_for_judges` also for who is asked to approve it, as long as it waits for that.
    """

    header_icon = "mail"
    is_for_judges = False

    def setup(self, request: HttpRequest, *args, **kwargs) -> None:
        super().setup(request, *args, **kwargs)
        editions = NewsletterPage.objects.select_related(
            "mailing",
            "mailing__confirmed_by",
            "mailing__held_by",
            "mailing__approval",
            "mailing__approval__approved_by",
        )
        self.edition = get_object_or_404(editions, pk=kwargs["pk"])
        if not self.may_see():
            raise Http404
        self.mailing: Mailing | None = self.edition.mailing_or_none

    def may_see(self) -> bool:
        user = self.request.user
        if self.edition.permissions_for_user(user).can_publish():
            return True
        return (
            self.is_for_judges
            and rules.waits_for_approval(self.edition)
            and rules.may_judge_edition(edition=self.edition, user=user)
        )

    def get_page_subtitle(self) -> str:
        return self.edition.title

    def get_breadcrumbs_items(self) -> list[dict]:
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse("newsletter_editions:index"), "label": _("Nieuwsbrieven")},
            {
                "url": reverse("wagtailadmin_pages:edit", args=[self.edition.pk]),
                "label": self.edition.title,
            },
            {"url": "", "label": self.page_title},
        ]

    @cached_property
    def sees_all(self) -> bool:
        return may_see_addresses(self.request.user)

    def describe(self, delivery: Delivery) -> dict:
        """A delivery as a row: address, reason, state, what the server said and each moment."""
        shown = self.sees_all or (delivery.subscription_id is None and not delivery.personal)
        address = delivery.address if shown else masked(delivery.address)
        note = delivery.reply if shown else masked_in(delivery.reply)
        return {
            "pk": delivery.pk,
            "address": address,
            "reason": delivery.reason,
            "state": delivery.get_state_display(),
            "note": note,
            "attempts": delivery.attempts,
            "moments": [(label, moment) for label, moment in delivery.moments if moment],
        }

    def to(self, name: str) -> HttpResponse:
        """Redirect to another page about this edition."""
        return redirect(f"newsletter_{name}", pk=self.edition.pk)


class SendView(EditionView):
    """The steps to the mailbox, with the next one to take; after confirming the state instead."""

    template_name = "newsletters/admin/send.html"
    page_title = gettext_lazy("Verzenden")
    is_for_judges = True

    @cached_property
    def progress(self) -> Progress:
        return Progress(edition=self.edition, user=self.request.user)

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if self.mailing is not None and self.progress.approved is None:
            return self.to("status")
        return self.show()

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not self.edition.permissions_for_user(request.user).can_publish():
            raise Http404
        if self.mailing is not None and self.progress.approved is None:
            return self.to("status")
        form = SendForm(request.POST)
        if not form.is_valid():
            return self.show(form=form)
        try:
            mailings.confirm_mailing(edition=self.edition, user=request.user, send_at=form.send_at)
        except mailings.CannotSendError as error:
            messages.error(request, str(error))
            return self.to("send")
        if form.send_at:
            messages.success(request, _("De nieuwsbrief staat klaar en gaat op tijd weg."))
        else:
            messages.success(request, _("De nieuwsbrief wordt nu verzonden."))
        return self.to("status")

    def show(self, **forms) -> HttpResponse:
        """The page, with forms that were filled in wrongly where there are any."""
        return self.render_to_response(self.get_context_data(**forms))

    def get_context_data(self, **kwargs) -> dict:
        progress, user = self.progress, self.request.user
        draft = progress.draft
        decision = {"versie": progress.fingerprint}
        context = {
            "form": SendForm(),
            "decision_form": DecisionForm(initial=decision, is_asked=progress.is_waiting),
            "edition": self.edition,
            "draft": draft,
            "progress": progress,
            "may_send": self.edition.permissions_for_user(user).can_publish(),
            "has_outside": bool(outside_links(parts_of(draft))),
            "sender": mailings.sender(self.edition),
            "reply_to": mailings.reply_address(self.edition),
        }
        if progress.approved is not None:
            counts = self.mailing.deliveries.state_counts()
            context["total"] = counts.get(Delivery.State.QUEUED, 0)
            context["left_out"] = sum(counts.values()) - context["total"]
            context["why_not"] = mailings.why_not(edition=self.edition)
            audience = self.mailing.audience
            context["foreign"] = mailings.foreign_to(user=user, audience=audience)
        else:
            found = recipients_of(draft)
            good = [recipient for recipient in found if not recipient.trouble]
            context["total"], context["left_out"] = len(good), len(found) - len(good)
            context["by_way"] = tally(good)
            context["why_not"] = (
                mailings.why_not_frozen(edition=draft)
                if progress.approval_needed
                else mailings.why_not(edition=self.edition)
            )
            context["foreign"] = mailings.foreign_areas(user=user, edition=draft)
        return super().get_context_data(**{**context, **kwargs})


class ProofView(EditionView):
    """POST: mail the edition, as it is in the editor now, to oneself."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        try:
            address = send_proof(edition=self.edition, user=request.user)
        except ProofError as error:
            messages.error(request, str(error))
        else:
            messages.success(
                request, _("De proefmail is verstuurd naar %(address)s.") % {"address": address}
            )
            log(
                instance=self.edition,
                action=PROOF,
                user=request.user,
                data={"fingerprint": fingerprint(self.edition.get_latest_revision_as_object())},
            )
        return self.to("send")


class StatusView(EditionView):
    """How far the mailing is: a number for each state, and what went wrong."""

    template_name = "newsletters/admin/status.html"
    page_title = gettext_lazy("Stand van de verzending")

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if self.mailing is None or self.mailing.state == Mailing.State.APPROVED:
            return self.to("send")
        counts = self.mailing.deliveries.state_counts()
        return self.render_to_response(
            self.get_context_data(
                edition=self.edition,
                mailing=self.mailing,
                total=sum(counts.values()),
                counts=[
                    (state.value, state.label, counts[state.value], EXPLAINED[state])
                    for state in Delivery.State
                    if counts.get(state.value)
                ],
                figures=figures(self.mailing, counts),
                unknown=[self.describe(row) for row in self.unknown()],
                scheduler_stopped=self.scheduler_stopped(),
            )
        )

    def unknown(self):
        """Deliveries of which nobody knows whether they arrived, for a person to decide on."""
        rows = self.mailing.deliveries.filter(state=Delivery.State.UNKNOWN)
        return rows.order_by("address")[:UNKNOWN_SHOWN]

    def scheduler_stopped(self) -> bool:
        """Whether nothing will happen because the process that sends does not run."""
        if self.mailing.state not in (Mailing.State.SCHEDULED, Mailing.State.SENDING):
            return False
        ticked = last_tick()
        return ticked is None or (timezone.now() - ticked).total_seconds() > SILENCE_SECONDS


class RecipientsView(EditionView):
    """Who gets the edition and why, or got it; with search.

    Addresses of subscribers are for the newsletter editors; an area manager sees those of the
    councils and the first letter of the others.
    """

    template_name = "newsletters/admin/recipients.html"
    page_title = gettext_lazy("Ontvangers")
    is_for_judges = True

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        form = RecipientFilterForm(request.GET)
        valid = form.is_valid()
        text = form.cleaned_data.get("q", "").strip().lower()
        rows = (
            self.delivered(text, form.cleaned_data.get("stand", ""))
            if self.mailing is not None
            else self.planned(text)
        )
        paginator = WagtailPaginator(rows, PAGE_SIZE)
        page = paginator.get_page(request.GET.get("p"))
        return self.render_to_response(
            self.get_context_data(
                edition=self.edition,
                mailing=self.mailing,
                form=form,
                page_obj=page,
                elided_page_range=paginator.get_elided_page_range(page.number),
                rows=[self.describe(row) for row in page.object_list],
            ),
            status=200 if valid else 400,
        )

    def planned(self, text: str) -> list:
        draft = Progress(edition=self.edition, user=self.request.user).draft
        found = recipients_of(draft)
        return [
            recipient
            for recipient in found
            if text in recipient.reason.lower()
            or (text in recipient.address and self.shows(bool(recipient.councils)))
        ]

    def delivered(self, text: str, state: str):
        rows = self.mailing.deliveries.order_by("address").prefetch_related("bounces")
        if state in RecipientFilterForm.AFTERWARDS:
            rows = rows.afterwards(state)
        elif state:
            rows = rows.filter(state=state)
        if text:
            readable = Q(address__contains=text)
            if not self.sees_all:
                readable &= Q(subscription__isnull=True, personal=False)
            rows = rows.filter(readable | Q(reason__icontains=text))
        return rows

    def shows(self, is_council: bool) -> bool:
        return self.sees_all or is_council

    def describe(self, row) -> dict:
        """A row of the table, of a delivery or of somebody who is to get one."""
        if isinstance(row, Delivery):
            found = super().describe(row)
            bounces = list(row.bounces.all())
            words = [f"{bounce.get_kind_display()}: {bounce.words}" for bounce in bounces]
            if bounces and found["address"] != row.address:
                words = [masked_in(text) for text in words]
            return {**found, "note": " · ".join(filter(None, [found["note"], *words]))}
        shown = self.shows(bool(row.councils))
        return {
            "address": row.address if shown else masked(row.address),
            "reason": row.reason,
            "state": _("Krijgt geen mail") if row.trouble else _("Krijgt de mail"),
            "note": row.trouble if shown else row.trouble.replace(row.address, masked(row.address)),
        }


class SubscriberCountsView(WagtailAdminTemplateMixin, View):
    """How many people get newsletters, for each of the user's own areas; no addresses."""

    template_name = "newsletters/admin/subscriber_counts.html"
    page_title = gettext_lazy("Abonnees per gebied")
    header_icon = "group"

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        areas = list(
            AreaPage.objects.filter(pk__in=areas_for(request.user)).without_geometry().in_order()
        )
        if not areas:
            raise Http404
        counts = Subscription.objects.counts_by_area([area.pk for area in areas])
        rows = [(area.title, counts.get(area.pk, 0)) for area in areas]
        return self.render_to_response(self.get_context_data(rows=rows))

    def get_breadcrumbs_items(self) -> list[dict]:
        return [
            *super().get_breadcrumbs_items(),
            {"url": "", "label": self.page_title},
        ]
