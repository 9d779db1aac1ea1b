"""Queries about councils, their members, agreements and meetings."""

from datetime import date, timedelta

from django.db import models
from django.db.models import Q

from cms.mailing.outbox import OutboxQuerySet


class CouncilQuerySet(models.QuerySet):
    def active(self):
        """Councils that exist today."""
        return self.filter(active=True, area__live=True)

    def for_area(self, area):
        """Councils of an area, and those whose place touches it."""
        return self.filter(models.Q(area=area) | models.Q(areas=area)).distinct()


class MemberQuerySet(models.QuerySet):
    def current(self, on: date):
        """Members on the date `on`."""
        begun = Q(since__isnull=True) | Q(since__lte=on)
        return self.filter(begun).filter(Q(until__isnull=True) | Q(until__gte=on))

    def expired(self, on: date, *, days: int):
        """Those who left more than `days` before the date `on`: their data must go."""
        return self.filter(until__lt=on - timedelta(days=days))


class AgreementQuerySet(models.QuerySet):
    def public(self):
        """Those that residents may read."""
        return self.filter(public=True)

    def to_review(self, on: date, *, within_days: int):
        """Of active councils, with a review date past or at most `within_days` after `on`."""
        return self.filter(
            council__active=True, review_date__lte=on + timedelta(days=within_days)
        ).order_by("review_date", "pk")


class MeetingQuerySet(models.QuerySet):
    def with_public_minutes(self):
        """Those whose minutes residents may read, the latest first."""
        return self.filter(state="vastgesteld", cancelled=False).order_by("-starts_at", "-pk")

    def in_list(self):
        """With the council, and `unsent`: the number of invitations that wait."""
        return (
            self.select_related("council")
            .defer("geometry", "map_geometry", "minutes", "council__geometry")
            .annotate(
                unsent=models.Count("invitations", filter=Q(invitations__sent_at__isnull=True))
            )
        )


class ActionPointQuerySet(models.QuerySet):
    def open(self):
        """Not done yet, the most urgent first."""
        return self.filter(done_on__isnull=True).order_by(
            models.F("due_date").asc(nulls_last=True), "pk"
        )

    def before(self, meeting):
        """Of earlier meetings of the same council that took place, with their meeting."""
        return self.filter(
            meeting__council_id=meeting.council_id, meeting__starts_at__lt=meeting.starts_at
        ).select_related("meeting")


class InvitationQuerySet(OutboxQuerySet):
    """Invitations. A second copy does no harm: calendars know it by its UID and SEQUENCE."""
