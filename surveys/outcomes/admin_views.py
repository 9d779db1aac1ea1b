"""Who hears of an outcome, in the admin: how many will, how many did, and once more by choice."""

from http import HTTPStatus

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ..admin_views import SurveyAdminView
from ..models import ContactAddress, OutcomeRound, SurveyPage
from .services import NothingToTellError, RoundBusyError, begin_round, can_be_told


def telling(survey: SurveyPage) -> dict:
    """What an editor knows of who hears the outcome; two queries. Never an address.

    `recipients`: addresses that are there now; `rounds`: what went out, the newest first.
    """
    recipients = ContactAddress.objects.for_outcome(survey).values("email").distinct().count()
    rounds = list(
        OutcomeRound.objects.filter(survey=survey).with_counts().select_related("begun_by")
    )
    return {"recipients": recipients, "rounds": rounds, "is_busy": any(one.left for one in rounds)}


class AgainForm(forms.Form):
    """That it was a choice: the outcome goes out once more. `number` is that of the new round."""

    use_required_attribute = False

    number = forms.IntegerField(min_value=2, max_value=1000, widget=forms.HiddenInput)
    sure = forms.BooleanField(
        label=gettext_lazy("Ja, er is iets veranderd dat deze mensen moeten weten"),
        error_messages={"required": gettext_lazy("Zet een vinkje als u zeker bent.")},
    )


class OutcomeMailsView(SurveyAdminView):
    """`/beheer/enquetes/<pk>/uitkomst/`: who hears the outcome; a POST mails an update.

    422 where the choice is not clear or there is nothing to tell; who may not publish only reads.
    """

    template_name = "surveys/admin/outcome_mails.html"
    page_title = gettext_lazy("Bericht over de uitkomst")
    header_icon = "mail"

    def get_breadcrumbs_items(self):
        return [
            *super().get_breadcrumbs_items()[:-1],
            {
                "url": reverse("surveys_outcome_mails", args=[self.survey.pk]),
                "label": str(self.page_title),
            },
        ]

    @property
    def may_send(self) -> bool:
        return self.survey.permissions_for_user(self.request.user).can_publish()

    def get_context_data(self, **kwargs):
        told = telling(self.survey)
        number = (told["rounds"][0].number if told["rounds"] else 0) + 1
        kwargs.setdefault("form", AgainForm(initial={"number": number}))
        return {
            **super().get_context_data(**kwargs),
            **told,
            "can_be_told": can_be_told(self.survey),
            "may_send": self.may_send and number > 1,
        }

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        form = AgainForm(request.POST)
        if not self.may_send:
            return redirect(request.path)
        begun = None
        if form.is_valid():
            try:
                begun = begin_round(
                    survey_id=self.survey.pk, number=form.cleaned_data["number"], user=request.user
                )
            except NothingToTellError:
                form.add_error(None, _("Er is nu niets te mailen, of er is niemand om te mailen."))
            except RoundBusyError:
                form.add_error(
                    None, _("De vorige mails gaan nog uit. Wacht tot die allemaal weg zijn.")
                )
        if form.errors:
            context = self.get_context_data(form=form, **kwargs)
            return self.render_to_response(context, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        if begun is None:
            messages.warning(request, _("Dit bericht stond al klaar. Er is niets veranderd."))
        else:
            messages.success(
                request,
                ngettext(
                    "De mail aan %(n)s adres staat klaar en gaat binnen enkele minuten uit.",
                    "De mails aan %(n)s adressen staan klaar en gaan binnen enkele minuten uit.",
                    begun.recipients,
                )
                % {"n": begun.recipients},
            )
        return redirect(request.path)
