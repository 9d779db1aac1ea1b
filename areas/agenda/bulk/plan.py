"""What a table would change, cell by cell, without changing anything."""

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision, WorkflowState

from cms.sheets.reading import Problem

from ..ledger import LedgerEntry
from ..models import AgendaItemPage, AgendaPage
from ..permissions import item_actions
from ..services import REASON_NEEDED, public_values, reason_is_missing
from .choices import choices_for
from .columns import BY_FIELD, COLUMNS, HEADINGS, ID, REASON
from .export import items_of

#: Publishing takes about 120 queries each; more would outlast the patience of a browser.
MOST_CHANGES = 100
LONGEST_KEY = 19  # digits; more is no key of ours, and slow to read


@dataclass(frozen=True)
class Change:
    """One cell: what it was and what it becomes, as texts."""

    heading: str
    old: str
    new: str


@dataclass
class RowPlan:
    """A row that changes something: an item with its new values, and whether it goes public."""

    number: int
    item: AgendaItemPage
    changes: list[Change] = field(default_factory=list)
    publish: bool = False

    @property
    def is_new(self) -> bool:
        return self.item.pk is None


@dataclass
class Plan:
    """Everything a table would do, or what is wrong with it."""

    rows: list[RowPlan] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    unchanged: int = 0
    #: Items that the table does not name.
    untouched: int = 0

    @property
    def changed(self) -> list[RowPlan]:
        return [row for row in self.rows if not row.is_new]

    @property
    def added(self) -> list[RowPlan]:
        return [row for row in self.rows if row.is_new]

    @property
    def fingerprint(self) -> str:
        """The same for the same changes, and no other."""
        shown = [
            [row.number, row.item.pk, row.publish]
            + [[change.heading, change.old, change.new] for change in row.changes]
            for row in self.rows
        ]
        return hashlib.sha256(json.dumps(shown).encode()).hexdigest()


def make_plan(*, agenda: AgendaPage, table: dict, publish_new: bool, user) -> Plan:
    """Compare a table with the agenda as it is now; a fixed number of queries.

    `table` as in `SheetImport`. Problems name row and column, and say what to do.
    """
    return _Planner(agenda, table, publish_new, user).plan()


class _Planner:
    def __init__(self, agenda: AgendaPage, table: dict, publish_new: bool, user) -> None:
        self.agenda, self.table, self.user = agenda, table, user
        self.actions = item_actions(user=user, agenda=agenda)
        self.publish_new = publish_new and "publish" in self.actions
        self.items = {item.pk: item for item in items_of(agenda)}
        self.choices = choices_for(agenda=agenda, items=list(self.items.values()))
        self.titles = {item.title.strip().casefold(): pk for pk, item in self.items.items()}
        self.seen: dict[int, int] = {}
        self.result = Plan()

    def plan(self) -> Plan:
        result = self.result
        result.problems += [Problem(*problem) for problem in self.table["problems"]]
        if self._head_is_good():
            self.busy = self._busy()
            self.states = self._states()
            for number, cells in self.table["rows"]:
                self._row(number, cells)
            result.untouched = len(self.items.keys() - self.seen.keys())
        if len(result.rows) > MOST_CHANGES:
            self._wrong(
                result.rows[MOST_CHANGES].number,
                ID,
                _("Wijzig hoogstens %(limit)d punten tegelijk. Deel de tabel in stukken.")
                % {"limit": MOST_CHANGES},
            )
        result.problems.sort(key=lambda problem: problem.row)
        return result

    def _wrong(self, number: int, heading: str, message) -> None:
        self.result.problems.append(Problem(number, heading, str(message)))

    def _head_is_good(self) -> bool:
        head = self.table["head"]
        for heading in head:
            if heading and heading not in HEADINGS:
                self._wrong(
                    1,
                    heading,
                    _("Deze kolom kennen wij niet. Haal haar weg, of kies uit: %(names)s.")
                    % {"names": ", ".join(HEADINGS)},
                )
        if ID not in head:
            self._wrong(
                1,
                ID,
                _(
                    "De kolom ‘id’ ontbreekt. Begin met een export van deze agenda. Bij een nieuw "
                    "punt blijft de cel leeg."
                ),
            )
        return ID in head

    def _busy(self) -> dict[int, str]:
        """Why an item cannot be changed just now, by its id; two queries."""
        keys = {str(pk): pk for pk in self.items}
        planned = Revision.page_revisions.filter(
            object_id__in=keys, approved_go_live_at__isnull=False
        ).values_list("object_id", flat=True)
        waiting = WorkflowState.objects.active().filter(
            base_content_type__app_label="wagtailcore",
            base_content_type__model="page",
            object_id__in=keys,
        )
        busy = {
            keys[key]: _("Van dit punt is een wijziging gepland. Haal die planning eerst weg.")
            for key in planned
        }
        for key in waiting.values_list("object_id", flat=True):
            busy[keys[key]] = _("Dit punt wacht op goedkeuring. Rond dat eerst af.")
        for pk, item in self.items.items():
            if item.locked:
                busy[pk] = _("Dit punt zit op slot. Haal het slot eraf op de pagina van het punt.")
            elif item.live and item.has_unpublished_changes:
                busy.setdefault(
                    pk,
                    _(
                        "Van dit punt ligt er een concept dat nog niet op de site staat. "
                        "Publiceer dat eerst, of haal het weg."
                    ),
                )
        return busy

    def _states(self) -> dict[int, dict[str, str]]:
        """What the ledger says that is public, by item; one query."""
        return LedgerEntry.objects.filter(item__in=list(self.items)).states()

    def _row(self, number: int, cells: dict[str, str]) -> None:
        key = cells.get(ID, "")
        if not key:
            self._new(number, cells)
            return
        is_key = key.isascii() and key.isdigit() and len(key) < LONGEST_KEY
        item = self.items.get(int(key)) if is_key else None
        if item is None:
            self._wrong(
                number,
                ID,
                _(
                    "Op deze agenda staat geen punt met dit id. Laat de cel leeg als het een "
                    "nieuw punt is."
                ),
            )
        elif item.pk in self.seen:
            self._wrong(
                number,
                ID,
                _("Dit id staat ook in rij %(row)d. Haal een van de twee rijen weg.")
                % {"row": self.seen[item.pk]},
            )
        else:
            self.seen[item.pk] = number
            self._known(number, item, cells)

    def _known(self, number: int, item: AgendaItemPage, cells: dict[str, str]) -> None:
        before = len(self.result.problems)
        values, changes = self._values(number, item, cells)
        if not changes:
            self.result.unchanged += len(self.result.problems) == before
            return
        if not item.permissions_for_user(self.user).can_edit():
            self._wrong(number, ID, _("U mag dit punt niet wijzigen. Haal de rij weg."))
        elif message := self.busy.get(item.pk):
            self._wrong(number, ID, message)
        publish = item.live and "publish" in self.actions
        self._put(number, item, values, cells)
        if publish and len(self.result.problems) == before:
            self._ask_reason(number, item)
        self.result.rows.append(RowPlan(number, item, changes, publish))

    def _new(self, number: int, cells: dict[str, str]) -> None:
        item = AgendaItemPage(live=False)
        item.steps = []
        values, changes = self._values(number, item, cells)
        if "add" not in self.actions:
            self._wrong(number, ID, _("U mag hier geen punten toevoegen. Haal de rij weg."))
        title = values.get("title", "")
        same = title.strip().casefold()
        if title and same in self.titles:
            other = self.titles[same]
            message = (
                _("Op deze agenda staat al een punt met deze titel, met id %(id)d.") % {"id": other}
                if other
                else _("Deze titel staat twee keer in de tabel.")
            )
            self._wrong(number, "titel", message + " " + _("Kies een andere titel."))
        elif title:
            self.titles[same] = 0
        self._put(number, item, values, cells)
        self.result.rows.append(RowPlan(number, item, changes, self.publish_new))

    def _values(self, number, item, cells) -> tuple[dict[str, Any], list[Change]]:
        """The values that a row changes, by attribute, and the same in words."""
        values: dict[str, Any] = {}
        changes = []
        for column in COLUMNS:
            if column.heading not in cells and not (item.pk is None and column.required):
                continue
            text = cells.get(column.heading, "")
            old = column.text(column.value(item), self.choices)
            if text == old and item.pk is not None:
                continue
            try:
                value = column.parse(text, self.choices)
            except ValidationError as error:
                self._wrong(number, column.heading, " ".join(error.messages))
                continue
            new = column.text(value, self.choices)
            if new != old or item.pk is None:
                values[column.attribute] = value
            if new != old:
                changes.append(Change(column.heading, old, new))
        return values, changes

    def _put(self, number, item, values, cells) -> None:
        """Give an item its new values and ask whether they go together."""
        for column in COLUMNS:
            if column.attribute in values:
                column.put(item, values[column.attribute])
        reason = cells.get(REASON, "")
        if len(reason) > 300:
            self._wrong(number, REASON, _("Deze reden is te lang: hoogstens 300 tekens."))
        if reason:
            item.change_reason = reason[:300]
        for name, message in item.rule_errors().items():
            self._wrong(number, BY_FIELD[name], message)

    def _ask_reason(self, number: int, item: AgendaItemPage) -> None:
        state = self.states.get(item.pk)
        if state and reason_is_missing(
            before=state, after=public_values(item), reason=item.change_reason
        ):
            self._wrong(number, REASON, REASON_NEEDED)


def free_slug(title: str, taken: set[str]) -> str:
    """The part of the address for a new item; adds it to those that are taken."""
    wanted = slugify(title)[:200] or "punt"
    slug, number = wanted, 1
    while slug in taken:
        number += 1
        slug = f"{wanted}-{number}"
    taken.add(slug)
    return slug


def lock_items(agenda: AgendaPage) -> None:
    """Let nobody else save an item of this agenda until the transaction ends; two queries."""
    Page.objects.select_for_update().get(pk=agenda.pk)
    list(
        Page.objects.select_for_update()
        .child_of(agenda)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
