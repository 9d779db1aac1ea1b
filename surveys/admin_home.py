"""Surveys on the first page of the admin: what was promised and what ends soon."""

from datetime import timedelta

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.admin_panels import AttentionSource

from .models import Response, SurveyPage

SOON = timedelta(days=7)
BEFORE_REMOVAL = timedelta(days=30)


class OutcomeOverdue(AttentionSource):
    """Who gave an answer was promised an outcome, and that day is past."""

    key = "survey-outcome-overdue"
    title = gettext_lazy("Enquêtes zonder de beloofde uitkomst")
    order = 5

    def get_queryset(self):
        return SurveyPage.objects.outcome_overdue(timezone.localdate()).order_by("outcome_due")

    def describe(self, page):
        return _("beloofd voor %(date)s") % {"date": date_format(page.outcome_due)}


class ClosingSoon(AttentionSource):
    """Open surveys of the last week, in which a reminder still helps."""

    key = "survey-closing"
    title = gettext_lazy("Enquêtes die binnen een week sluiten")
    order = 30

    def get_queryset(self):
        now = timezone.now()
        return SurveyPage.objects.live().open_now(now).filter(closes_at__lt=now + SOON)

    def describe(self, page):
        closes = timezone.localtime(page.closes_at)
        return _("open tot %(date)s") % {"date": date_format(closes, "j F H:i")}


class AnswersGoSoon(AttentionSource):
    """Answers that are removed within a month: the last time to download them or draw figures."""

    key = "survey-answers-go"
    title = gettext_lazy("Enquêtes waarvan wij de antwoorden binnenkort wissen")
    order = 35

    def get_queryset(self):
        with_answers = Response.objects.filter(version__survey=OuterRef("pk"))
        return SurveyPage.objects.answers_kept_until_before(
            timezone.localdate() + BEFORE_REMOVAL
        ).filter(Exists(with_answers))

    def describe(self, page):
        return _("gewist na %(date)s") % {"date": date_format(page.last_day_of_answers)}
