"""Queries about collectors, their codes and who was invited."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Count, Exists, ExpressionWrapper, F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from wagtail.models import PageViewRestriction

from cms.mailing.outbox import OutboxQuerySet


def _number_of(rows, **lookup) -> Coalesce:
    """SQL expression: how many rows belong to the row outside."""
    name = next(iter(lookup))
    counted = rows.filter(**lookup).order_by().values(name).annotate(n=Count("*")).values("n")
    return Coalesce(Subquery(counted, output_field=models.IntegerField()), 0)


class CollectorQuerySet(models.QuerySet):
    def for_visitors(self):
        """Of public surveys, with the survey; `is_restricted` where a password guards its page."""
        path = ExpressionWrapper(OuterRef("survey__path"), output_field=models.CharField())
        restrictions = PageViewRestriction.objects.annotate(survey_path=path).filter(
            survey_path__startswith=F("page__path")
        )
        return (
            self.filter(survey__live=True)
            .select_related("survey")
            .annotate(is_restricted=Exists(restrictions))
        )

    def still_of_use(self, now: datetime):
        """In use, and not over yet."""
        return self.filter(Q(closes_at__isnull=True) | Q(closes_at__gt=now), is_active=True)

    def with_counts(self):
        """With `response_count`, `codes_made`, `codes_left` and `mails_failed`."""
        from ..models import AccessCode, CodeBatch, InvitationMail, Response

        made = (
            CodeBatch.objects.filter(collector=OuterRef("pk"))
            .order_by()
            .values("collector")
            .annotate(n=Sum("made"))
            .values("n")
        )
        failed = InvitationMail.objects.filter(sent_at__isnull=True).exclude(error="")
        return self.annotate(
            response_count=_number_of(Response.objects, collector=OuterRef("pk")),
            codes_made=Coalesce(Subquery(made, output_field=models.IntegerField()), 0),
            codes_left=_number_of(AccessCode.objects, batch__collector=OuterRef("pk")),
            mails_failed=_number_of(failed, invitation__collector=OuterRef("pk")),
        )


class CodeQuerySet(models.QuerySet):
    def of(self, collector):
        """The codes of a collector that can still be used."""
        return self.filter(batch__collector=collector)

    def take(self) -> bool:
        """Use up the code, within a transaction: False where somebody else was before.

        One statement, without signals: nobody listens to codes, and every submit waits for it.
        """
        return bool(self._raw_delete(self.db))


class BatchQuerySet(models.QuerySet):
    def with_left(self):
        """With `left`: how many codes can still be used."""
        from ..models import AccessCode

        return self.annotate(left=_number_of(AccessCode.objects, batch=OuterRef("pk")))


class InvitationQuerySet(models.QuerySet):
    def to_remind(self, now: datetime):
        """Who was invited long enough ago, may still answer, and got no reminder yet."""
        from ..models import InvitationMail

        mails = InvitationMail.objects.filter(invitation=OuterRef("pk"))
        due = Q()
        for days in self._days():
            due |= Q(collector__reminder_days=days) & Exists(
                mails.filter(kind="eerste", sent_at__lte=now - timedelta(days=days))
            )
        if not due:
            return self.none()
        closes = Q(collector__closes_at__isnull=True) | Q(collector__closes_at__gt=now)
        return self.filter(
            due,
            closes,
            ~Exists(mails.filter(kind="herinnering")),
            wants_reminder=True,
            collector__is_active=True,
            collector__survey__live=True,
            collector__survey__closes_at__gt=now,
        )

    def take(self) -> bool:
        """Use up the invitation and its mails, within a transaction: False where it was gone."""
        from ..models import InvitationMail

        InvitationMail.objects.filter(invitation__in=self)._raw_delete(self.db)
        return bool(self._raw_delete(self.db))

    def _days(self) -> list[int]:
        """The terms after which some collector reminds."""
        found = self.filter(collector__reminder_days__isnull=False).order_by()
        return list(found.values_list("collector__reminder_days", flat=True).distinct())

    def expired(self, moment: datetime):
        """Of surveys that closed before a moment."""
        return self.filter(collector__survey__closes_at__lt=moment)


class InvitationMailQuerySet(OutboxQuerySet):
    def with_all_it_tells(self):
        """With the invitation, its collector and the survey."""
        return self.select_related("invitation__collector__survey").defer(
            "invitation__collector__survey__questions",
            "invitation__collector__survey__geometry",
            "invitation__collector__survey__map_geometry",
        )

    def worth_sending(self, now: datetime):
        """Waiting, of collectors along which one can answer now."""
        collector = "invitation__collector__"
        opened = Q(**{f"{collector}opens_at__isnull": True}) | Q(
            **{f"{collector}opens_at__lte": now}
        )
        closes = Q(**{f"{collector}closes_at__isnull": True}) | Q(
            **{f"{collector}closes_at__gt": now}
        )
        return self.waiting(now).filter(
            opened,
            closes,
            **{
                f"{collector}is_active": True,
                f"{collector}survey__live": True,
                f"{collector}survey__opens_at__lte": now,
                f"{collector}survey__closes_at__gt": now,
            },
        )
