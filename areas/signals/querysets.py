"""Queries about signals and the mails about them."""

from datetime import date, datetime, timedelta

from django.db import models
from django.db.models import Q


class SignalQuerySet(models.QuerySet):
    def confirmed(self):
        """All that count: a resident's signal only counts once its sender confirmed it."""
        return self.exclude(state="onbevestigd")

    def open(self):
        """Received, and waiting for an answer."""
        return self.filter(state__in=["ontvangen", "in-behandeling"])

    def late(self, on: date):
        """Open after the last day of their term."""
        return self.open().filter(due_on__lt=on)

    def due_by(self, on: date):
        """Open, with a term that ends on the date `on` or before."""
        return self.open().filter(due_on__lte=on)

    def published(self):
        """Those that everybody may read."""
        return self.confirmed().filter(public=True, published_at__isnull=False)

    def of_council(self, council):
        return self.filter(council=council)

    def for_list(self):
        """With area and council, without geometries."""
        return self.select_related("area", "council").defer(
            "geometry",
            "map_geometry",
            "area__geometry",
            "council__geometry",
            "council__map_geometry",
        )


class SignalMailQuerySet(models.QuerySet):
    #: After so long the process that was sending is dead; a mail more is better than none.
    dead_after = timedelta(minutes=10)

    def waiting(self, now: datetime):
        """Not sent, and nobody is sending them."""
        free = Q(claimed_at__isnull=True) | Q(claimed_at__lt=now - self.dead_after)
        return self.filter(free, sent_at__isnull=True)
