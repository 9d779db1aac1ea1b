"""Queries about editions, subscriptions, lists and deliveries."""

from datetime import datetime

from django.db import models
from django.db.models import Count, Q
from django.utils import timezone

from areas.permissions import ALL_AREAS, areas_for
from areas.querysets import PlacedQuerySetMixin
from cms.querysets import PublicPageQuerySet
from cms.search import WORDS

MOST_FOUND = 500


class EditionQuerySet(PlacedQuerySetMixin, PublicPageQuerySet):
    def archive(self):
        """Editions the public may read, newest first, without what a list does not show."""
        return (
            self.live()
            .public()
            .defer("geometry", "map_geometry", "body")
            .order_by("-date", "-first_published_at", "-pk")
        )

    def in_area(self, area):
        """Editions about an area: made there, drawn there or sent to its subscribers."""
        return self.filter(areas=area)

    def matching(self, query: str):
        """Editions with all words, or else those of which the title has words that begin so."""
        words = " ".join(WORDS.findall(query))
        if not words:
            return self.none()
        live = self.model.objects.live()
        found = list(live.search(words)[:MOST_FOUND]) or live.autocomplete(words)[:MOST_FOUND]
        return self.filter(pk__in=[edition.pk for edition in found])

    def with_area_titles(self):
        """With the areas of each, in the order of the tree, in one more query."""
        from areas.models import AreaPage

        areas = AreaPage.objects.live().only("title", "slug", "path").order_by("path")
        return self.prefetch_related(models.Prefetch("areas", queryset=areas, to_attr="in_areas"))


class SubscriptionQuerySet(models.QuerySet):
    def confirmed(self):
        return self.filter(state=self.model.State.CONFIRMED)

    def ever_confirmed(self):
        """Those whose owner once showed that the address is theirs, also who left since."""
        return self.exclude(state=self.model.State.PENDING)

    def each(self):
        """Those who want every edition by itself."""
        return self.filter(frequency=self.model.Frequency.EACH)

    def monthly(self):
        """Those who want one overview a month in place of editions."""
        return self.filter(frequency=self.model.Frequency.MONTHLY)

    def for_areas(self, area_ids):
        """Those who want news of at least one of the areas."""
        return self.filter(areas__in=area_ids).distinct()

    def never_confirmed(self, *, before: datetime):
        """Requests that nobody confirmed and whose link has long expired."""
        return self.filter(state=self.model.State.PENDING, requested_at__lt=before)

    def counts_by_area(self, area_ids) -> dict[int, int]:
        """Number of confirmed subscribers by area, in one query."""
        rows = (
            self.confirmed()
            .filter(areas__in=area_ids)
            .order_by()
            .values_list("areas")
            .annotate(total=Count("pk"))
        )
        return dict(rows)


class AddressListQuerySet(models.QuerySet):
    def usable_by(self, user):
        """Lists to which the user may send: of the own areas, and all for who works everywhere."""
        if user.is_active and user.has_perm(ALL_AREAS):
            return self
        return self.filter(area__in=areas_for(user))

    def with_counts(self):
        """With `active` and `left`, the numbers of members; in the same query."""
        return self.annotate(
            active=Count("members", filter=Q(members__state="active")),
            left=Count("members", filter=Q(members__state="left")),
        )

    def past(self, day):
        """Those that were to be kept until before this day."""
        return self.filter(keep_until__lt=day)


class ListMemberQuerySet(models.QuerySet):
    def active(self):
        return self.filter(state=self.model.State.ACTIVE)

    def to_mail(self):
        """Those that get mail: the list of none is past its last day."""
        return self.active().filter(address_list__keep_until__gte=timezone.localdate())

    def with_block(self):
        """With `block`, the reason for which an address gets nothing, or None."""
        from .models import Suppression

        reason = Suppression.objects.filter(email=models.OuterRef("email")).values("reason")
        return self.annotate(block=models.Subquery(reason[:1]))

    def matching(self, text: str):
        """Members with a text in their address, name or source of consent."""
        if not text:
            return self
        return self.filter(
            Q(email__icontains=text) | Q(name__icontains=text) | Q(consent_source__icontains=text)
        )


class MailingQuerySet(models.QuerySet):
    def due(self, *, now: datetime):
        """Scheduled mailings whose time has come."""
        return self.filter(state=self.model.State.SCHEDULED, send_at__lte=now)

    def sendable(self, *, now: datetime):
        """Mailings under way that need not wait for a mail server."""
        return self.filter(state=self.model.State.SENDING).filter(
            Q(next_attempt_at__isnull=True) | Q(next_attempt_at__lte=now)
        )


class DeliveryQuerySet(models.QuerySet):
    def claimable(self, *, now: datetime):
        """What a worker may take, oldest first."""
        State = self.model.State  # noqa: N806
        return self.filter(
            Q(state=State.QUEUED) | Q(state=State.DEFERRED, next_attempt_at__lte=now)
        ).order_by("pk")

    def unfinished(self):
        """What still is to go out, now or later."""
        State = self.model.State  # noqa: N806
        return self.filter(
            state__in=[State.QUEUED, State.CLAIMED, State.HANDED_OVER, State.DEFERRED]
        )

    def afterwards(self, what: str):
        """Those that came back ("bounced"), brought a complaint ("complained") or after which
        somebody left ("left")."""
        if what == "left":
            return self.filter(left_at__isnull=False)
        kinds = ["complaint"] if what == "complained" else ["hard", "soft"]
        return self.filter(bounces__kind__in=kinds).distinct()

    def state_counts(self) -> dict[str, int]:
        """Number of deliveries by state, in one query."""
        return dict(self.order_by().values_list("state").annotate(total=Count("pk")))
