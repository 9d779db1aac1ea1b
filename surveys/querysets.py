"""Queries about surveys, their responses, and polls."""

from datetime import datetime, time, timedelta

from django.conf import settings
from django.db import models
from django.db.models import (
    Case,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Prefetch,
    Q,
    Value,
    When,
)
from django.utils import timezone
from wagtail.models import PageViewRestriction

from areas.querysets import PlacedQuerySetMixin
from cms.querysets import PublicPageQuerySet

#: Columns that a list does not show.
HEAVY = (
    "questions",
    "intro",
    "use_of_answers",
    "thanks",
    "outcome",
    "outcome_per_theme",
    "geometry",
    "map_geometry",
    "translations",
)


def state_expression(moment: datetime) -> Case:
    """SQL expression of a survey's state (`SurveyPage.State` values) at a moment."""
    return Case(
        When(opens_at__gt=moment, then=Value("gepland")),
        When(closes_at__gt=moment, then=Value("open")),
        default=Value("gesloten"),
        output_field=models.CharField(),
    )


class SurveyQuerySet(PlacedQuerySetMixin, PublicPageQuerySet):
    def open_now(self, moment: datetime | None = None):
        """Surveys one can answer now, those that close first before."""
        moment = moment or timezone.now()
        return self.filter(opens_at__lte=moment, closes_at__gt=moment).order_by("closes_at", "pk")

    def upcoming(self, moment: datetime | None = None):
        """Surveys that are not open yet, in order of opening."""
        return self.filter(opens_at__gt=moment or timezone.now()).order_by("opens_at", "pk")

    def closed(self, moment: datetime | None = None):
        """Surveys that are over, the latest first."""
        return self.filter(closes_at__lte=moment or timezone.now()).order_by("-closes_at", "-pk")

    def outcome_overdue(self, on):
        """Without an outcome on the date `on`, while one was promised before it."""
        return self.live().filter(outcome="", outcome_due__lt=on)

    def answers_kept_until_before(self, on):
        """Surveys whose answers may no longer be kept on the day `on`."""
        kept = timedelta(days=settings.SURVEY_ANSWERS_KEPT_DAYS)
        midnight = timezone.make_aware(datetime.combine(on, time.min))
        return self.filter(
            Q(answers_kept_until__lt=on)
            | Q(answers_kept_until__isnull=True, closes_at__lt=midnight - kept)
        )

    def for_page(self, page):
        """Surveys that stand below a page, such as those of a project."""
        return self.descendant_of(page)

    def for_area(self, area):
        """Surveys in an area, wherever in the tree they stand."""
        return self.filter(areas=area)

    def told_about(self, item):
        """Public surveys that are over and of which the outcome names an agenda item; one query.

        As on their own page: what an editor writes before the closing is not told yet.
        """
        from .outcomes.origins import as_text, naming

        return (
            self.live()
            .public()
            .annotate(key_text=as_text("pk"))
            .filter(key_text__in=naming(item), outcome__gt="", closes_at__lte=timezone.now())
        )

    def listed(self):
        """Those that one may come across: not what is reached by its links only."""
        return self.filter(only_by_links=False)

    def for_list(self):
        """Public surveys with the names of their areas, without what a list does not show.

        `has_outcome` tells whether the outcome is there. Two queries when evaluated.
        """
        from areas.models import AreaPage

        areas = Prefetch("areas", AreaPage.objects.only("title", "path", "depth").order_by("path"))
        return (
            self.live()
            .public()
            .listed()
            .defer(*HEAVY)
            .annotate(has_outcome=~Q(outcome=""))
            .prefetch_related(areas)
        )


class VersionQuerySet(models.QuerySet):
    def for_answering(self, survey_id: int, number: int | None):
        """The version a visitor saw, or else the newest of the survey; at most one row.

        With the survey (without its long texts), which need not be live any more;
        `is_restricted` where a password or log-in guards the page or one above it; `is_old`
        where the survey asks something else by now. One query.
        """
        path = ExpressionWrapper(OuterRef("survey__path"), output_field=models.CharField())
        restrictions = PageViewRestriction.objects.annotate(survey_path=path).filter(
            survey_path__startswith=F("page__path")
        )
        newer = self.model.objects.filter(
            survey_id=OuterRef("survey_id"), number__gt=OuterRef("number")
        )
        return (
            self.filter(survey_id=survey_id)
            .annotate(is_restricted=Exists(restrictions), is_old=Exists(newer))
            .select_related("survey")
            .defer(*(f"survey__{name}" for name in HEAVY))
            .order_by(Case(When(number=number or 0, then=0), default=1), "-number")[:1]
        )


class ResponseQuerySet(models.QuerySet):
    def of(self, survey):
        """Responses to any version of a survey."""
        return self.filter(version__survey=survey)

    def counted(self, *, with_marked: bool = True):
        """Responses that count in results.

        Never those that staff decided not to count. With `with_marked` (results as they are
        shown first) all others; without it also not the marked ones about which nobody decided
        that they count. Adds no query and no join that doubles rows.
        """
        if with_marked:
            return self.exclude(verdict=False)
        from .models import ResponseMark

        is_marked = Exists(ResponseMark.objects.filter(response=OuterRef("pk")))
        return self.filter(Q(verdict=True) | (Q(verdict__isnull=True) & ~is_marked))

    def marked(self):
        """Responses with at least one mark."""
        from .models import ResponseMark

        return self.filter(Exists(ResponseMark.objects.filter(response=OuterRef("pk"))))

    def with_receipt(self, keys):
        """The response of a receipt, by what its code gives with each of our keys; at most one."""
        return self.filter(receipt__in=keys).select_related("version__survey")


class ContactQuerySet(models.QuerySet):
    def of(self, survey):
        """Addresses left with a survey, in the random order of their keys."""
        return self.filter(survey=survey).order_by("pk")

    def for_outcome(self, survey):
        """Addresses left to hear what is done with the answers to a survey."""
        return self.filter(survey=survey, purpose=self.model.Purpose.OUTCOME)

    def expired(self, moment: datetime | None = None):
        """Addresses whose survey closed longer ago than they or its answers may be kept."""
        from .models import SurveyPage

        moment = moment or timezone.now()
        gone = SurveyPage.objects.answers_kept_until_before(timezone.localdate(moment))
        too_old = Q(survey__closes_at__lt=moment - self.model.KEPT)
        return self.filter(too_old | Q(survey__in=gone.values("pk")))


class DraftQuerySet(models.QuerySet):
    def for_going_on(self, survey_id: int, key: str, on):
        """The draft with this key of a live survey, with version and survey, on the day `on`."""
        return self.filter(
            key=key, version__survey_id=survey_id, version__survey__live=True, kept_until__gte=on
        ).select_related("version__survey")

    def expired(self, on):
        """Drafts that may no longer be kept on the day `on`."""
        return self.filter(kept_until__lt=on)


class AnswerFileQuerySet(models.QuerySet):
    def waiting(self):
        """Files of forms that are not sent yet."""
        return self.filter(response__isnull=True)

    def answered(self, survey):
        """Files that came with responses to a survey, in the random order of their keys."""
        return self.filter(survey=survey, response__isnull=False).order_by("pk")


class PollQuerySet(models.QuerySet):
    @staticmethod
    def counted() -> Prefetch:
        """Prefetch of the choices with `vote_count`, as `counted_choices`."""
        from .models import PollChoice

        choices = PollChoice.objects.annotate(vote_count=Count("votes")).order_by(
            "sort_order", "pk"
        )
        return Prefetch("choices", choices, to_attr="counted_choices")

    def with_results(self):
        """Polls with their choices and votes, in two queries."""
        return self.prefetch_related(self.counted())

    def for_user(self, user):
        """Polls an editor may put on a page: those of the own areas and of no area."""
        from areas.permissions import areas_for

        return self.filter(Q(area__isnull=True) | Q(area__in=areas_for(user).values("pk")))
