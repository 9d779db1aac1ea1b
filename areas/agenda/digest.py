"""What changed on the agendas, and which dates come near."""

from datetime import UTC, timedelta

from django.db.models import Count, QuerySet
from django.db.models.functions import TruncSecond
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from areas.digest import Entry, Found, Scope, Source, area_titles, bounded
from cms.languages import dutch

from .history import change_in_words
from .models import AgendaItemPage, LedgerEntry, ProgressUpdate


class AgendaSource(Source):
    """Changes from the ledger, messages on progress, and planned dates of open items."""

    key = "agenda"
    label = gettext_lazy("Gebiedsagenda")
    order = 10
    themed = True

    def get_changed(self, scope):
        """Five queries. A note that all of it still holds is no change."""
        items = public_items(scope)
        told, messages = bounded(
            ProgressUpdate.objects.filter(scope.days("date"), item__in=items.values("pk")).order_by(
                "-date", "sort_order", "pk"
            ),
            scope,
        )
        # One row for each second of an item: what was published together belongs together.
        moments, changes = bounded(
            LedgerEntry.objects.filter(scope.moments("at"), item__in=items.values("pk"))
            .exclude(field=LedgerEntry.Field.CONFIRMED)
            .annotate(second=TruncSecond("at", tzinfo=UTC))
            .values("item_id", "second")
            .annotate(lines=Count("pk"))
            .order_by("-second", "item_id"),
            scope,
        )
        entries: dict = {(row["item_id"], row["second"]): [] for row in moments}
        for entry in _lines(entries):
            key = (entry.item_id, entry.at.replace(microsecond=0))
            if key in entries:
                entries[key].append(entry)
        concerned = {item for item, _at in entries} | {update.item_id for update in told}
        about = _About(items.filter(pk__in=concerned), scope)
        found = [about.changed(item, at, lines) for (item, at), lines in entries.items()]
        found += [about.told(update) for update in told]
        return Found(tuple(found), messages + changes)

    def get_coming(self, scope):
        """Three queries: items that begin, items that should be ready, and their areas."""
        items = public_items(scope).open()
        begin, begins = bounded(
            items.filter(scope.days("start_date"), status=AgendaItemPage.Status.PLANNED).order_by(
                "start_date", "pk"
            ),
            scope,
        )
        end, ends = bounded(items.filter(scope.days("end_date")).order_by("end_date", "pk"), scope)
        about = _About([*begin, *end], scope)
        found = [about.planned(item, item.start_date, _("Agendapunt begint")) for item in begin]
        found += [
            about.planned(item, item.end_date, _("Agendapunt moet klaar zijn")) for item in end
        ]
        return Found(tuple(found), begins + ends)


def public_items(scope: Scope) -> QuerySet:
    """Items that everybody may see, in the scope."""
    every = AgendaItemPage.objects.live().public().select_related("theme")
    items = scope.placed(every.defer("actions", "task", "goal"))
    return items if scope.theme is None else items.with_theme(scope.theme)


class _About:
    """Makes entries of items that are at hand; two queries at most."""

    def __init__(self, items, scope: Scope):
        self.scope = scope
        self.items = {item.pk: item for item in items}
        self.areas = area_titles(AgendaItemPage, self.items)

    def entry(self, item: AgendaItemPage, **values) -> Entry:
        return Entry(
            source=AgendaSource.key,
            title=item.title,
            url=item.url or "",
            theme=item.theme.name,
            place=item.place_name,
            areas=self.areas.get(item.pk, ()),
            page_id=item.pk,
            geometry=self.scope.shape(item),
            **values,
        )

    def changed(self, item_id: int, at, ledger: list[LedgerEntry]) -> Entry:
        """What became public of an item at one moment."""
        item = self.items[item_id]
        if any(entry.opening for entry in ledger):
            return self.entry(
                item, label=_("Nieuw agendapunt"), at=at, lines=_some(dutch(item.summary))
            )
        stands = [entry.new for entry in ledger if entry.field == LedgerEntry.Field.STATUS]
        return self.entry(
            item,
            label=_("Agendapunt gewijzigd"),
            at=at,
            lines=(*map(change_in_words, ledger), *_reasons(ledger)),
            status=AgendaItemPage.STATUS_STYLES[stands[-1]] if stands else "",
            status_label=AgendaItemPage.Status(stands[-1]).label if stands else "",
        )

    def told(self, update: ProgressUpdate) -> Entry:
        """A message of the manager."""
        return self.entry(
            self.items[update.item_id],
            label=_("Voortgang"),
            at=update.date,
            lines=_some(dutch(update.text)),
        )

    def planned(self, item: AgendaItemPage, day, label: str) -> Entry:
        """A date of an item that comes near."""
        return self.entry(
            item,
            label=label,
            at=day,
            status=item.status_style,
            status_label=item.get_status_display(),
        )


def _lines(moments):
    """The ledger of the items at these (item, second), and little more; one query."""
    if not moments:
        return LedgerEntry.objects.none()
    seconds = [second for _item, second in moments]
    return (
        LedgerEntry.objects.filter(
            item__in={item for item, _second in moments},
            at__gte=min(seconds),
            at__lt=max(seconds) + timedelta(seconds=1),
        )
        .exclude(field=LedgerEntry.Field.CONFIRMED)
        .order_by("pk")
    )


def _reasons(ledger: list[LedgerEntry]) -> list[str]:
    """One reason often goes for several changes: said once."""
    said = dict.fromkeys(entry.reason for entry in ledger if entry.reason)
    return [format_html(_("Reden: {reason}"), reason=dutch(reason)) for reason in said]


def _some(*lines: str) -> tuple[str, ...]:
    return tuple(line for line in lines if line)
