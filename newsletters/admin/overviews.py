"""Monthly overviews in the admin: what went out, and the same buttons as an edition has.

Only for who may see the addresses of subscribers; for everybody else these pages do not exist.
"""

from collections import Counter

from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views import View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from ..models import Delivery, Overview
from ..overview import control
from ..sending.mailing import CannotSendError
from .control import NUMBER
from .views import EXPLAINED, UNKNOWN_SHOWN, may_see_addresses

SHOWN = 36


class EditorsOnly(WagtailAdminTemplateMixin, View):
    header_icon = "mail"

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not may_see_addresses(request.user):
            raise Http404
        return super().dispatch(request, *args, **kwargs)


class OverviewsView(EditorsOnly):
    """The overviews of the last three years."""

    template_name = "newsletters/admin/overviews.html"
    page_title = gettext_lazy("Maandoverzichten")

    def get_breadcrumbs_items(self) -> list[dict]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def get(self, request: HttpRequest) -> HttpResponse:
        counted = Overview.objects.annotate(total=Count("deliveries"))
        return self.render_to_response(self.get_context_data(overviews=counted[:SHOWN]))


class OverviewView(EditorsOnly):
    """One month: a number for each state, trouble, and what is unknown. POST acts on all of it."""

    template_name = "newsletters/admin/overview.html"
    page_title = gettext_lazy("Maandoverzicht")

    def setup(self, request: HttpRequest, *args, **kwargs) -> None:
        super().setup(request, *args, **kwargs)
        self.overview = get_object_or_404(Overview, pk=kwargs["pk"])

    def get_page_subtitle(self) -> str:
        return str(self.overview)

    def get_breadcrumbs_items(self) -> list[dict]:
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse("newsletter_overviews"), "label": _("Maandoverzichten")},
            {"url": "", "label": str(self.overview)},
        ]

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        counts = self.overview.deliveries.state_counts()
        mailings = list(
            self.overview.mailings.defer("html", "text").annotate(total=Count("deliveries"))
        )
        states = Counter(mailing.state for mailing in mailings)
        unknown = self.overview.deliveries.filter(state=Delivery.State.UNKNOWN)
        return self.render_to_response(
            self.get_context_data(
                overview=self.overview,
                mailings=mailings,
                total=sum(counts.values()),
                counts=[
                    (state.label, counts[state.value], EXPLAINED[state])
                    for state in Delivery.State
                    if counts.get(state.value)
                ],
                troubles=sorted({mailing.trouble for mailing in mailings if mailing.trouble}),
                may={name: any(map(states.get, of)) for name, of in control.STATES.items()},
                unknown=unknown.order_by("address")[:UNKNOWN_SHOWN],
            )
        )

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        action = request.POST.get("actie", "")
        try:
            if action == "again":
                self._again(request)
            elif action in control.STATES:
                control.act(overview=self.overview, action=action, user=request.user)
                messages.success(request, _("Gelukt. Hieronder ziet u hoe het nu staat."))
        except CannotSendError as error:
            messages.error(request, str(error))
        return redirect("newsletter_overview", pk=self.overview.pk)

    def _again(self, request: HttpRequest) -> None:
        marked = [value for value in request.POST.getlist("bezorging") if NUMBER.fullmatch(value)]
        number = control.send_again(
            overview=self.overview,
            user=request.user,
            delivery_ids=[int(value) for value in marked[:UNKNOWN_SHOWN]],
        )
        if number:
            words = ngettext(
                "%(number)s mail gaat opnieuw weg.", "%(number)s mails gaan opnieuw weg.", number
            )
            messages.success(request, words % {"number": number})
        else:
            messages.error(request, _("Kruis eerst aan welke mails opnieuw weg moeten."))
