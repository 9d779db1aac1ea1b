"""Views of the admin about agendas: what still holds, and the step to a new period."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from .base_views import AgendaView
from .forms import RolloverForm
from .models import AgendaItemPage, Rollover
from .permissions import may_roll_over
from .rollover import (
    already_followed,
    moving_items,
    plan_rollover,
    proposed_period,
    staying_items,
)
from .services import confirm_item


@require_POST
def confirm(request, page_id: int):
    """`POST /beheer/agenda/<id>/klopt-nog/`: note that an item still holds.

    For who may publish the item; others get the admin's refusal. Goes back to `next`.
    """
    item = get_object_or_404(AgendaItemPage.objects.live(), pk=page_id)
    if not item.permissions_for_user(request.user).can_publish():
        raise PermissionDenied
    confirm_item(item=item, author=request.user)
    messages.success(
        request,
        _("‘%(title)s’ klopt nog. Dat staat vanaf nu met de datum van vandaag op de site.")
        % {"title": item.title},
    )
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = reverse("wagtailadmin_home")
    return redirect(back)


class RolloverView(AgendaView):
    """`/beheer/agenda/<id>/nieuwe-periode/`: GET shows what would move, POST makes the draft."""

    template_name = "agenda/admin/rollover.html"
    page_title = gettext_lazy("Nieuwe periode")

    def may_use(self):
        return may_roll_over(user=self.request.user, agenda=self.agenda)

    def get_context_data(self, **kwargs):
        earlier = Rollover.objects.filter(source=self.agenda).select_related("target").first()
        form = kwargs.setdefault("form", RolloverForm(initial=self._initial()))
        return super().get_context_data(
            refused=already_followed(earlier) if earlier else "",
            next_agenda=earlier.target if earlier else None,
            moving=list(moving_items(agenda=self.agenda)),
            staying=list(staying_items(agenda=self.agenda)),
            media=form.media,
            **kwargs,
        )

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        form = RolloverForm(request.POST)
        if form.is_valid():
            try:
                plan = plan_rollover(source=self.agenda, user=request.user, **form.cleaned_data)
            except ValidationError as error:
                form.add_error(None, error)
            else:
                messages.success(
                    request,
                    _("Het concept van de nieuwe agenda is klaar. Vul haar aan en publiceer haar."),
                )
                return redirect("wagtailadmin_pages:edit", plan.target_id)
        return self.render_to_response(self.get_context_data(form=form))

    def _initial(self) -> dict:
        first, last = proposed_period(self.agenda)
        years = str(first.year) if first.year == last.year else f"{first.year}-{last.year}"
        return {
            "title": f"Gebiedsagenda {years}",
            "period_start": first,
            "period_end": last,
        }
