"""Write paths of office hours: the stored occurrences."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from cms.pagecache import purge

from . import schedule
from .models import Occurrence, OfficeHourPage

#: How long occurrences that are over stay stored.
KEPT_DAYS = 60
FIELDS = ("end", "cancelled", "note", "moved_to", "moved_from")


@transaction.atomic
def rebuild_occurrences(*, office_hour: OfficeHourPage, today: date | None = None) -> bool:
    """Store what is planned from `today` until the horizon; True where that changed anything.

    Reads the rows of the page from the database. What is before today stays as it was.
    """
    today = today or timezone.localdate()
    # Two publications at once: the second waits for the first.
    stored = OfficeHourPage.objects.select_for_update(of=("self",)).get(pk=office_hour.pk)
    wanted = {slot.start: slot for slot in stored.slots(first=today, last=schedule.horizon(today))}
    midnight = datetime.combine(today, time(), tzinfo=timezone.get_default_timezone())
    changed, obsolete = [], []
    for occurrence in Occurrence.objects.filter(office_hour=stored, start__gte=midnight):
        slot = wanted.pop(occurrence.start, None)
        if slot is None:
            obsolete.append(occurrence.pk)
        elif any(getattr(occurrence, name) != getattr(slot, name) for name in FIELDS):
            for name in FIELDS:
                setattr(occurrence, name, getattr(slot, name))
            changed.append(occurrence)
    Occurrence.objects.filter(pk__in=obsolete).delete()
    Occurrence.objects.bulk_update(changed, FIELDS, batch_size=200)
    Occurrence.objects.bulk_create(
        [
            Occurrence(
                office_hour=stored,
                start=slot.start,
                **{name: getattr(slot, name) for name in FIELDS},
            )
            for slot in wanted.values()
        ],
        batch_size=200,
    )
    return bool(changed or obsolete or wanted)


def top_up_occurrences(
    *, today: date | None = None, stopping: Callable[[], bool] = lambda: False
) -> dict[str, int]:
    """Daily: add what came within the horizon and drop what is long over.

    One transaction a page, so that a run killed halfway loses nothing and the next one goes on.
    Ends early between two pages when `stopping` answers True. Returns {"pages": number of pages
    that changed, "removed": number of occurrences}.
    """
    today = today or timezone.localdate()
    pages = 0
    for office_hour in OfficeHourPage.objects.live().iterator(chunk_size=200):
        if stopping():
            break
        pages += rebuild_occurrences(office_hour=office_hour, today=today)
    before = datetime.combine(
        today - timedelta(days=KEPT_DAYS), time(), tzinfo=timezone.get_default_timezone()
    )
    removed, _by_model = Occurrence.objects.filter(end__lt=before).delete()
    if pages:
        purge()
    return {"pages": pages, "removed": removed}
