"""Queries about batches of paper forms."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Count, Q


class BatchQuerySet(models.QuerySet):
    def of(self, survey):
        """Batches of a survey with what a list shows, the newest first; one query."""
        return self.filter(survey=survey).select_related("version", "collector", "user")

    def with_incomplete(self):
        """With `incomplete`: how many forms that can still be corrected have something missing."""
        gaps = Count(
            "entries__response",
            filter=Q(entries__response__paper_gaps__isnull=False),
            distinct=True,
        )
        return self.annotate(incomplete=gaps)

    def expired(self, on):
        """Open batches that are so old on the day `on` that they have to be closed."""
        before = on - timedelta(days=settings.SURVEY_PAPER_BATCH_DAYS)
        return self.filter(closed_on__isnull=True, day__lt=before)
