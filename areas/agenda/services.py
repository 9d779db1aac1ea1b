"""Write paths of the agenda: what becomes public goes into the ledger of its item."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.dispatch import Signal
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Revision

from areas.models import AreaPage
from cms.pagecache import purge

from .ledger import DATES, TRACKED, LedgerEntry
from .models import AgendaItemPage

#: A live item was saved, in this transaction: `item`, and `entries` that are new in its ledger.
item_saved = Signal()
#: What an editor reads where a reason is missing.
REASON_NEEDED = _(
    "Schrijf bij ‘reden van de wijziging’ waarom de datum verandert. Bewoners lezen dit."
)


def public_values(item: AgendaItemPage) -> dict[str, str]:
    """The tracked fields of an item as the texts that the ledger holds."""
    return {field: as_text(getattr(item, field)) for field in TRACKED}


def as_text(value) -> str:
    """A value as a text of the ledger; nothing is an empty text."""
    return value.isoformat() if isinstance(value, date) else str(value or "")


def reason_is_missing(*, before: dict[str, str], after: dict[str, str], reason: str) -> bool:
    """Whether a change from `before` to `after` needs a reason that was not given.

    A date that was public and moves needs one. A change to delayed or stopped explains itself
    in `status_reason`, which then covers the dates that move with it.
    """
    moved = any(before[field] and before[field] != after[field] for field in DATES)
    return moved and not reason.strip() and not _newly_explained(before, after)


def missing_reason(item: AgendaItemPage) -> bool:
    """Whether publishing `item` as it is needs a reason that it does not carry; one query."""
    before = LedgerEntry.objects.filter(item_id=item.pk).state()
    return reason_is_missing(before=before, after=public_values(item), reason=item.change_reason)


@transaction.atomic
def record_changes(*, item: AgendaItemPage) -> list[LedgerEntry]:
    """Write down what differs from what was public; called by every save of a live item.

    The saved row of the item is locked by then, so that two publications come one after the
    other. The reason is emptied, in the revision too: it was of this change and of no other.
    Raises ValidationError where a reason is needed and missing; then nothing is saved.
    """
    ledger = LedgerEntry.objects.filter(item_id=item.pk)
    last = ledger.order_by("-pk").values_list("at", flat=True).first()
    before, after = ledger.state(), public_values(item)
    opening = last is None
    reason = item.change_reason.strip()
    changed = [field for field in TRACKED if before[field] != after[field]]
    if reason_is_missing(before=before, after=after, reason=reason):
        raise ValidationError({"change_reason": REASON_NEEDED})
    published = item.last_published_at
    fresh = published is not None and (opening or published > last)
    explained = item.status_reason if _newly_explained(before, after) else ""
    reasons = dict.fromkeys(TRACKED, "" if opening else reason or explained)
    reasons["status"] = explained or reasons["status"]
    entries = []
    if changed:
        at = published if fresh else timezone.now()  # one moment for all that changed at once
        author = item.live_revision.user if fresh and item.live_revision else None
        role = role_of(item)
        entries = LedgerEntry.objects.bulk_create(
            LedgerEntry(
                item=item,
                at=at,
                author=author or (item.owner if opening else None),
                author_role=role,
                field=field,
                opening=opening,
                old=before[field],
                new=after[field],
                reason=reasons[field],
            )
            for field in changed
        )
    if item.change_reason:
        _empty_reason(item)
    item_saved.send(sender=AgendaItemPage, item=item, entries=entries)
    return entries


@transaction.atomic
def confirm_item(*, item: AgendaItemPage, author) -> LedgerEntry:
    """Write down that a public item still holds as it stands; once a day, who comes first."""
    AgendaItemPage.objects.select_for_update(of=("self",)).get(pk=item.pk)
    now = timezone.now()
    notes = LedgerEntry.objects.filter(item_id=item.pk, field=LedgerEntry.Field.CONFIRMED)
    today = notes.filter(at__date=timezone.localdate(now)).first()
    entry = today or LedgerEntry.objects.create(
        item=item,
        at=now,
        author=author,
        author_role=role_of(item),
        field=LedgerEntry.Field.CONFIRMED,
    )
    purge()
    return entry


def _newly_explained(before: dict[str, str], after: dict[str, str]) -> bool:
    """Whether the item becomes delayed or stopped, which asks for a reason of its own."""
    return before["status"] != after["status"] and after["status"] in AgendaItemPage.NEEDS_REASON


def role_of(page: Page) -> str:
    """Under whose care the change was made public: a function, as the public reads no names."""
    area = AreaPage.objects.ancestor_of(page).without_geometry().first()
    return f"{area.manager_role or 'Gebiedsmanager'} {area.title}" if area else "Gemeente"


def _empty_reason(item: AgendaItemPage) -> None:
    """Take a reason that was used out of the item and out of the revision that brought it."""
    item.change_reason = ""
    AgendaItemPage.objects.filter(pk=item.pk).update(change_reason="")
    if item.live_revision_id:
        rows = Revision.objects.filter(pk=item.live_revision_id)
        content = rows.values_list("content", flat=True).first()
        if content and content.get("change_reason"):
            rows.update(content={**content, "change_reason": ""})
