"""Queries about signals and the mails about them."""

from datetime import date

from django.db import models
from django.db.models import Q

from cms.mailing.outbox import OutboxQuerySet


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
        """Those that everybody may read; a double is read as what it was merged into."""
        return self.filter(
            public=True,
            published_at__isnull=False,
            state__in=["ontvangen", "in-behandeling", "beantwoord"],
        )

    def counted(self):
        """All that figures count: confirmed, and a double not besides the other."""
        return self.exclude(state__in=["onbevestigd", "samengevoegd"])

    def holding(self, text: str):
        """Those whose subject, text, place or reference holds `text`."""
        found = Q()
        for field in ("subject", "text", "place_name", "reference"):
            found |= Q(**{f"{field}__icontains": text})
        return self.filter(found)

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


class SignalStepQuerySet(models.QuerySet):
    def told_to_asker(self, signal):
        """What the asker of a signal may see, in order: of a double also the other's steps."""
        followed = Q(signal=signal)
        if signal.merged_into_id is not None:
            merged = signal.steps.filter(kind="samengevoegd").order_by("-pk").first()
            since = merged.pk if merged else 0
            followed |= Q(signal=signal.merged_into_id, pk__gt=since)
        return self.filter(followed, visible=True).order_by("at", "pk")


class SignalMailQuerySet(OutboxQuerySet):
    def with_all_it_tells(self):
        """With the step, both signals and their sender, area and council."""
        return self.select_related(
            "step__signal__area",
            "step__signal__merged_into",
            "signal__area",
            "signal__council",
            "signal__contact",
        ).defer(
            "step__signal__area__geometry",
            "signal__area__geometry",
            "signal__council__geometry",
            "signal__council__map_geometry",
        )
