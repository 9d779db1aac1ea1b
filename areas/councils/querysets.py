"""Queries about councils, their members and agreements."""

from datetime import date, timedelta

from django.db import models
from django.db.models import Q


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
