"""Write paths of tables: keeping one that was sent in, doing what it says, and forgetting it."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.sheets.reading import Problem, Sheet

from ..models import AgendaPage, SheetImport
from .columns import ID
from .plan import Plan, RowPlan, free_slug, lock_items, make_plan

KEPT = timedelta(days=1)


class OutdatedError(Exception):
    """What was shown is no longer what would happen; nothing was changed.

    `problem` tells of a row that could not be saved, where that was the reason.
    """

    def __init__(self, problem: Problem | None = None) -> None:
        super().__init__()
        self.problem = problem


@transaction.atomic
def keep_import(
    *, agenda: AgendaPage, user, file_name: str, sheet: Sheet, publish_new: bool
) -> SheetImport:
    """Keep a table until its sender says yes."""
    return SheetImport.objects.create(
        agenda=agenda,
        user=user,
        file_name=file_name[:200],
        table={
            "head": sheet.head,
            "rows": sheet.rows,
            "problems": [[row.row, row.column, row.message] for row in sheet.problems],
        },
        publish_new=publish_new,
    )


@transaction.atomic
def apply_import(*, kept: SheetImport, user, fingerprint: str) -> Plan:
    """Do what was shown: all of it or nothing.

    `fingerprint` is of the plan that the user saw. Raises OutdatedError where the agenda is
    another one by now, or the table was applied already. What goes public goes by a version
    that is published, so that the ledger writes it down.
    """
    kept = SheetImport.objects.select_for_update(of=("self",)).get(pk=kept.pk)
    agenda = AgendaPage.objects.get(pk=kept.agenda_id)
    lock_items(agenda)
    plan = make_plan(agenda=agenda, table=kept.table, publish_new=kept.publish_new, user=user)
    if kept.applied_at is not None or plan.problems or plan.fingerprint != fingerprint:
        raise OutdatedError
    taken = set(agenda.get_children().values_list("slug", flat=True))
    for row in plan.rows:
        try:
            _add(agenda, row, taken, user) if row.is_new else _change(row, user)
        except ValidationError as error:
            message = " ".join(error.messages)
            raise OutdatedError(Problem(row.number, ID, message)) from error
    kept.applied_at = timezone.now()
    kept.save(update_fields=["applied_at"])
    return plan


def _change(row: RowPlan, user) -> None:
    """Save an item as a new version, and publish that where it is on the site already."""
    item = row.item
    if not item.live:
        item.save()
    revision = item.save_revision(user=user, log_action=True, changed=True)
    if row.publish:
        revision.publish(user=user)


def _add(agenda: AgendaPage, row: RowPlan, taken: set[str], user) -> None:
    item = row.item
    item.slug = free_slug(item.title, taken)
    item.draft_title, item.owner = item.title, user
    item.live, item.has_unpublished_changes = False, True
    AgendaPage.objects.get(pk=agenda.pk).add_child(instance=item)
    revision = item.save_revision(user=user, log_action="wagtail.create")
    if row.publish:
        revision.publish(user=user)


def purge_imports(*, dry_run: bool = False) -> dict[str, int]:
    """Forget tables that nobody said yes to within a day, and those that were applied."""
    old = SheetImport.objects.filter(created_at__lt=timezone.now() - KEPT)
    count = old.count() if dry_run else old.delete()[0]
    return {"sheets of agenda items": count}


def told(plan: Plan) -> str:
    """What was done, in one sentence."""
    return _("Gewijzigd: %(changed)d. Toegevoegd: %(added)d.") % {
        "changed": len(plan.changed),
        "added": len(plan.added),
    }
