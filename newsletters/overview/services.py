"""Making the overview of a month, once."""

from collections.abc import Sequence
from datetime import date, datetime
from email.utils import formataddr

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone, translation

from cms.services import default_site_settings

from ..models import Delivery, Mailing, Overview
from ..sending.mailing import sender_domain
from .readers import Reader, editions_of, first_day_before, readers, reason, titles_of
from .rendering import items_of, render_overview, subject_of

#: From this hour of the first day on; local time.
HOUR = 8
#: Where nothing ran for so many days, news of last month is no news any more.
LAST_DAY = 10
BATCH = 1000


def make_due(stopping=lambda: False, *, now: datetime | None = None) -> None:
    """Make the overview of last month when it is time; a job of the scheduler."""
    local = timezone.localtime(now)
    if local.day > LAST_DAY or (local.day == 1 and local.hour < HOUR):
        return
    month = first_day_before(local.date())
    if not Overview.objects.filter(month=month).exists():
        make_overview(month=month)


@transaction.atomic
def make_overview(*, month: date) -> Overview | None:
    """Queue one mail to everybody who chose overviews and follows something of the month.

    None where it was made before. All in one transaction: killed halfway nothing is made, and of
    two at once the second finds the month taken. Queries grow with the number of combinations of
    editions and with thousands of readers, not with readers.
    """
    try:
        with transaction.atomic():
            overview = Overview.objects.create(month=month)
    except IntegrityError:
        return None
    editions = editions_of(month)
    if not editions:
        return overview
    with translation.override("nl"):
        items, titles = items_of(editions), titles_of(editions)
        groups: dict[int, list[Reader]] = {}
        for reader in readers(editions):
            groups.setdefault(reader.editions, []).append(reader)
        for bits, group in sorted(groups.items()):
            chosen = [item for number, item in enumerate(items) if bits >> number & 1]
            mailing = _mailing(overview, chosen)
            _queue(mailing, group, titles)
    return overview


def _mailing(overview: Overview, items: Sequence) -> Mailing:
    mail = render_overview(month=overview.month, items=items)
    now = timezone.now()
    return Mailing.objects.create(
        overview=overview,
        state=Mailing.State.SENDING,
        send_at=now,
        audience={"areas": [], "councils": []},  # readers say who still wants it
        started_at=now,
        subject=subject_of(overview.month),
        html=mail.html,
        text=mail.text,
        from_email=settings.DEFAULT_FROM_EMAIL,
        reply_to=default_site_settings().email,
        list_id=formataddr(("Nieuwsoverzicht", f"overzicht.nieuwsbrief.{sender_domain()}")),
    )


def _queue(mailing: Mailing, group: list[Reader], titles: dict) -> None:
    for start in range(0, len(group), BATCH):
        Delivery.objects.bulk_create(
            Delivery(
                mailing=mailing,
                overview_id=mailing.overview_id,
                address=reader.address,
                subscription_id=reader.pk,
                reason=reason(reader, titles),
            )
            for reader in group[start : start + BATCH]
        )
