"""The line of an item's life: what became public and what was told, newest first."""

from dataclasses import dataclass, field
from datetime import date

from django.core.paginator import Page, Paginator
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from cms.languages import dutch

from .ledger import DATES
from .models import AgendaItemPage, LedgerEntry

PAGE_SIZE = 12
NUMBER_LENGTH = 6  # digits of a page number that are looked at


@dataclass
class Moment:
    """One day of the line, in the shape that components/timeline.html shows."""

    date: date
    text: str = ""
    status: str = ""
    status_label: str = ""
    head: str = ""
    changes: list[SafeString] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    by: str = ""


def history(*, item: AgendaItemPage, number: str = "") -> Page:
    """One page of the history of an item, as Moments; three queries, however long it is.

    `number` is what the visitor asked for; anything that is no page gives the nearest one.
    """
    # (day, told after changed, moment or message): of one day, what was told stands on top.
    line = [(update.date, 1, update) for update in item.updates.all()]
    ledger = LedgerEntry.objects.filter(item_id=item.pk)
    line += [(localtime(at).date(), 0, at) for at in ledger.moments()]
    # Both lists come newest first, and a stable sort keeps what is of the same day so.
    line.sort(key=lambda row: row[:2], reverse=True)
    page = Paginator(line, PAGE_SIZE).get_page(number[:NUMBER_LENGTH])
    shown = [moment for _day, told, moment in page.object_list if not told]
    entries: dict = {}
    for entry in ledger.filter(at__in=shown).order_by("pk"):
        entries.setdefault(entry.at, []).append(entry)
    page.object_list = [
        Moment(date=day, text=moment.text) if told else _changed(day, entries[moment])
        for day, told, moment in page.object_list
    ]
    return page


def _changed(day: date, entries: list[LedgerEntry]) -> Moment:
    """What became public at one moment."""
    moment = Moment(date=day, by=entries[0].author_role)
    if entries[0].opening:
        moment.head = _("Dit punt kwam op de agenda")
    for entry in entries:
        if entry.field == entry.Field.CONFIRMED:
            moment.head = _("Nagekeken: dit klopt nog")
            continue
        if entry.field == entry.Field.STATUS:
            moment.status = AgendaItemPage.STATUS_STYLES[entry.new]
            moment.status_label = AgendaItemPage.Status(entry.new).label
        moment.changes.append(change_in_words(entry))
    # One reason often goes for several changes: said once.
    moment.reasons = list(dict.fromkeys(entry.reason for entry in entries if entry.reason))
    return moment


def change_in_words(entry: LedgerEntry) -> SafeString:
    """What changed, such as "Einde: van 1 mei 2027 naar 1 juni 2027"."""
    what = entry.get_field_display()
    old, new = value_in_words(entry.field, entry.old), value_in_words(entry.field, entry.new)
    if old and new:
        return format_html(_("{what}: van {old} naar {new}"), what=what, old=old, new=new)
    if new:
        return format_html(_("{what}: {new}"), what=what, new=new)
    return format_html(_("{what}: vervalt. Dit was: {old}"), what=what, old=old)


def value_in_words(name: str, value: str) -> SafeString | str:
    """A value of the ledger as a reader knows it; texts of editors are marked as Dutch."""
    if not value:
        return ""
    if name in DATES:
        return date_format(date.fromisoformat(value))
    if name == LedgerEntry.Field.STATUS:
        return AgendaItemPage.Status(value).label
    return dutch(value)
