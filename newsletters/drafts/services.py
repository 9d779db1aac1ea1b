"""Write paths of the rhythm of an area: settling it, and making the draft of a day."""

import logging
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from areas.councils.models import Council
from areas.models import AreaPage

from ..filling import blocks_of, framed
from ..findings import Period, find
from ..models import AreaNewsletter, DraftMail, NewsletterPage, RhythmDraft
from ..services import EDITOR_GROUP
from .days import STEPS, latest_due, next_due

logger = logging.getLogger(__name__)

#: What comes within this is told, and all that comes before the next edition can be read.
AHEAD = timedelta(weeks=6)
AFTER_NEXT = timedelta(weeks=2)
#: Nobody reads news of longer ago.
LONGEST = timedelta(days=365)
_RHYTHM = ("every", "first_on")
#: What stands in each draft: who changes it has written that draft (`approval.rules.writers`).
_TEXTS = ("opening", "closing")


@transaction.atomic
def settle(*, row: AreaNewsletter, user) -> AreaNewsletter:
    """Save what an area settled. A new rhythm counts from today: no draft for days before."""
    before = AreaNewsletter.objects.select_for_update().filter(area=row.area_id).first()
    if before is None or any(getattr(row, name) != getattr(before, name) for name in _RHYTHM):
        row.counts_from = timezone.localdate()
    row.pk = before.pk if before else None
    row.save()
    texts = any(getattr(row, name) != getattr(before, name, "") for name in _TEXTS)
    log(instance=row.area, action="newsletters.settle", user=user, data={"texts": texts})
    return row


def make_due_drafts(stopping: Callable[[], bool] = lambda: False) -> int:
    """Make the draft of every area whose day it is; how many. A job of the scheduler.

    Areas do not wait for each other: where one fails the others go on, and the failure is raised
    at the end.
    """
    today = timezone.localdate()
    made = 0
    failure = None
    rows = AreaNewsletter.objects.exclude(every=AreaNewsletter.Every.NEVER)
    for row in list(rows.filter(area__live=True).order_by("pk")):
        if stopping():
            break
        due = latest_due(row, today)
        if due is None or RhythmDraft.objects.filter(area=row.area_id, due_on=due).exists():
            continue
        try:
            made += make_draft(row_id=row.pk, due_on=due) is not None
        except Exception as error:
            logger.exception("The draft of area %s for %s failed", row.area_id, due)
            failure = error
    if failure is not None:
        raise failure
    return made


def make_draft(*, row_id: int, due_on: date) -> RhythmDraft | None:
    """Make the draft of one area for one day with the mails about it; None where it is there.

    All in one transaction that begins with the row that is unique for area and day: who comes
    second waits for the first and then finds it done, and who is killed leaves nothing.
    """
    try:
        with transaction.atomic(), translation.override("nl"):
            return _make(row_id, due_on)
    except IntegrityError:
        if RhythmDraft.objects.filter(area__newsletter_settings=row_id, due_on=due_on).exists():
            return None
        raise


def _make(row_id: int, due_on: date) -> RhythmDraft:
    row = AreaNewsletter.objects.select_related("area").defer("area__geometry").get(pk=row_id)
    now = timezone.now()
    draft = RhythmDraft.objects.create(
        area=row.area, due_on=due_on, since=news_since(row, now), until=now
    )
    ahead = now + AHEAD
    following = next_due(row, timezone.localdate(now))
    if following is not None:
        ahead = max(ahead, _begin_of(following) + AFTER_NEXT)
    groups = find(areas=[row.area], period=Period(since=draft.since, until=now, ahead=ahead))
    draft.subjects = sum(len(group.subjects) for group in groups)
    if groups:
        draft.page = _add_page(row, groups, today=timezone.localdate(now), due_on=due_on)
    draft.save()
    DraftMail.objects.bulk_create(DraftMail(draft=draft, address=address) for address in told(row))
    return draft


def _add_page(row: AreaNewsletter, groups, *, today: date, due_on: date) -> NewsletterPage:
    area = row.area
    body = framed(blocks_of(groups), row)
    page = NewsletterPage(
        title=title_of(row, due_on),
        date=today,
        summary=_("Dit veranderde er in %(area)s, en dit komt eraan.") % {"area": area.title},
        live=False,
    )
    page.body.raw_data.extend(body)
    if row.to_subscribers:
        page.to_areas = [area]
    if row.to_councils:
        page.to_councils = list(Council.objects.active().filter(area=area))
    area.add_child(instance=page)
    page.save_revision(log_action=True, clean=False)
    return page


def title_of(row: AreaNewsletter, day: date) -> str:
    """The title of a draft, such as "Nieuws uit Hoofddorp - december 2026"."""
    weekly = row.every in (AreaNewsletter.Every.WEEK, AreaNewsletter.Every.TWO_WEEKS)
    when = date_format(day, "j F Y" if weekly else "F Y")
    return _("Nieuws uit %(area)s - %(when)s") % {"area": row.area.title, "when": when}


def news_since(row: AreaNewsletter, now: datetime) -> datetime:
    """From when on there is news: since the last edition of the area that came out.

    Of an edition that began as a draft of the rhythm: since that draft was made. Rather twice
    than never: a draft that nobody published does not count. Before the first edition: as long
    as the rhythm is. One query.
    """
    last = (
        NewsletterPage.objects.live()
        .child_of(row.area)
        .filter(date__lte=timezone.localdate(now))
        .order_by("-date", "-pk")
        .values_list("date", "rhythm_draft__until")
        .first()
    )
    if last is None:
        step = STEPS.get(row.every)
        return _begin_of(timezone.localdate(now) - step) if step else now - timedelta(days=30)
    day, until = last
    return max(until or _begin_of(day), now - LONGEST)


def told(row: AreaNewsletter) -> list[str]:
    """Addresses of who hears of a draft, each once.

    Who the area chose, as long as that person works for the area; else all its managers; and
    where none has an address the one on its page.
    """
    chosen = editors_of(row.area).filter(pk=row.editor_id)
    people = chosen if chosen.exists() else managers_of(row.area)
    addresses = people.exclude(email="").values_list("email", flat=True)
    found = {address.lower(): address for address in addresses}
    return list(found.values()) or [*filter(None, [row.area.manager_email])]


def managers_of(area: AreaPage):
    """The managers of an area that can log in."""
    return get_user_model().objects.filter(is_active=True, groups__in=[area.manager_group_id])


def editors_of(area: AreaPage):
    """Who can be told of a draft: whoever manages the area, or writes newsletters for all."""
    users = get_user_model().objects.filter(is_active=True)
    return (
        users.filter(groups__in=[area.manager_group_id]) | users.filter(groups__name=EDITOR_GROUP)
    ).distinct()


def _begin_of(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=timezone.get_default_timezone())
