"""Queries about telling outcomes."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q

from cms.mailing.outbox import AUTOMATIC_ATTEMPTS, OutboxQuerySet


class OutcomeRoundQuerySet(models.QuerySet):
    def with_counts(self):
        """With `sent`, `failed` (nothing is tried any more) and `left`, newest first."""
        waiting = Q(mails__sent_at__isnull=True)
        return self.annotate(
            sent=Count("mails", filter=Q(mails__sent_at__isnull=False)),
            failed=Count("mails", filter=waiting & Q(mails__attempts__gte=AUTOMATIC_ATTEMPTS)),
            left=Count(
                "mails",
                filter=waiting
                & Q(mails__contact__isnull=False, mails__attempts__lt=AUTOMATIC_ATTEMPTS),
            ),
        ).order_by("-number")


class OutcomeMailQuerySet(OutboxQuerySet):
    def with_all_it_tells(self):
        """With the address and the survey; none where the address is gone."""
        return (
            self.filter(contact__isnull=False)
            .select_related("contact", "round__survey")
            .defer(
                "round__survey__questions",
                "round__survey__geometry",
                "round__survey__map_geometry",
            )
        )

    def worth_sending(self, now: datetime):
        """Waiting, while the address is there and the outcome stands on the site."""
        return self.waiting(now).filter(
            contact__isnull=False,
            attempts__lt=AUTOMATIC_ATTEMPTS,
            round__survey__live=True,
            round__survey__outcome__gt="",
        )


def to_tell(surveys, now: datetime):
    """Of `surveys` those with an outcome to send for the first time.

    After the hour in which the last answers come in: an address that comes later would be missed.
    """
    from ..models import ContactAddress, OutcomeRound

    grace = timedelta(minutes=settings.SURVEY_GRACE_MINUTES)
    return surveys.live().filter(
        Exists(ContactAddress.objects.for_outcome(OuterRef("pk"))),
        ~Exists(OutcomeRound.objects.filter(survey=OuterRef("pk"))),
        closes_at__lte=now - grace,
        outcome__gt="",
    )


def to_tell_late(surveys):
    """Of `surveys` those with an address that came after the outcome went out, as from paper."""
    from ..models import OutcomeRound

    late = not_told().filter(survey=OuterRef("pk"))
    began = OutcomeRound.objects.filter(survey=OuterRef("pk"))
    return surveys.live().filter(Exists(late), Exists(began), outcome__gt="")


def not_told():
    """Addresses left for an outcome to which no mail about it went or waits."""
    from ..models import ContactAddress, OutcomeMail

    # By the address itself: it may be left at two questions.
    told = OutcomeMail.objects.filter(
        round__survey=OuterRef("survey"), contact__email=OuterRef("email")
    )
    return ContactAddress.objects.filter(~Exists(told), purpose=ContactAddress.Purpose.OUTCOME)
