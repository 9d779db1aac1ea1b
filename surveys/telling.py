"""Surveys as told in a newsletter: until when one can answer, and what came of it."""

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from areas.telling import Fact, Teller, Told

from .definition import asked_in, from_json, minutes
from .models import SurveyPage, SurveyVersion

MOMENT = "l j F Y, H.i"


class SurveyTeller(Teller):
    page_type = "surveys.SurveyPage"

    def tell(self, pages):
        """One query."""
        # What is asked now is the newest version; the page itself may hold pictures to look up.
        ids = [page.pk for page in pages]
        versions = SurveyVersion.objects.filter(survey__in=ids).order_by("survey", "number")
        asked = dict(versions.values_list("survey", "definition"))
        return {page.pk: _told(page, asked.get(page.pk)) for page in pages}


def _told(survey: SurveyPage, definition: dict | None) -> Told:
    state = survey.state
    if state == SurveyPage.State.CLOSED and survey.has_told:
        return Told(
            status=_("Uitkomst bekend"),
            status_style="done",
            facts=(Fact(_("Uitkomst van"), date_format(survey.outcome_date)),),
            button=_("Lees wat er met de antwoorden gebeurt"),
        )
    told = {"status": str(state.label), "status_style": survey.state_style}
    if state == SurveyPage.State.CLOSED:
        facts = [Fact(_("Gesloten op"), date_format(localtime(survey.closes_at)))]
        if survey.outcome_due is not None:
            facts.append(Fact(_("Uitkomst uiterlijk op"), date_format(survey.outcome_due)))
        return Told(**told, facts=tuple(facts))
    facts = [Fact(_("Open tot"), _moment(survey.closes_at))]
    if state == SurveyPage.State.PLANNED:
        facts.insert(0, Fact(_("Open vanaf"), _moment(survey.opens_at)))
    questions = from_json(definition) if definition else ()
    if asked_in(questions):
        n = minutes(questions)
        facts.append(
            Fact(
                _("Invullen duurt"),
                ngettext("ongeveer %(n)d minuut", "ongeveer %(n)d minuten", n) % {"n": n},
            )
        )
    button = ""
    if state == SurveyPage.State.OPEN and not survey.only_by_links:
        button = _("Vul de enquête in")
    return Told(**told, facts=tuple(facts), button=button)


def _moment(moment) -> str:
    return _("%(moment)s uur") % {"moment": date_format(localtime(moment), MOMENT)}
