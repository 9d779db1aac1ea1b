"""A file of addresses: reading it, showing what it would do, and doing just that.

The rows stand in the database between the look and the yes. What becomes of each follows from
one expression, by which the whole file is judged in one query: on reading, and once more, under
a lock on the list, before anything is added.
"""

from datetime import date, timedelta
from itertools import islice
from typing import BinaryIO

from django.conf import settings
from django.db import transaction
from django.db.models import Case, CharField, Count, Exists, F, OuterRef, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from cms.sheets.reading import SheetError
from cms.sheets.stream import stream_rows

from ..models import AddressList, ListImport, ListImportRow, ListMember, Suppression
from .columns import SOURCE, Columns
from .services import delete_rows

BATCH = 1000
KEPT = timedelta(days=1)
Outcome = ListImportRow.Outcome


class OutdatedError(Exception):
    """What was shown is no longer what would happen; nothing was changed."""


@transaction.atomic
def keep_import(
    *,
    address_list: AddressList,
    user,
    file: BinaryIO,
    file_name: str,
    consent_source: str,
    consent_date: date | None,
) -> ListImport:
    """Read a file and keep what it would do; raises SheetError, and then nothing is kept.

    `consent_source` and `consent_date` hold for rows that have none of their own. One query for
    each thousand rows, and a few for the whole.
    """
    rows = stream_rows(file, most_bytes=settings.NEWSLETTER_LIST_MAX_BYTES)
    _number, head = next(rows)
    columns = Columns(head)
    if SOURCE not in columns and not consent_source:
        raise SheetError(
            _(
                "Waar komt de toestemming vandaan? Vul hieronder de bron in voor het hele bestand, "
                "of maak in het bestand een kolom ‘bron van toestemming’."
            )
        )
    sheet = ListImport.objects.create(
        address_list=address_list,
        user=user,
        file_name=file_name[:200],
        ignored_columns=columns.ignored,
    )
    total = 0
    while portion := list(islice(rows, BATCH)):
        total += len(portion)
        if total > settings.NEWSLETTER_LIST_MAX_ROWS:
            raise SheetError(
                _("Dit bestand heeft te veel rijen. Stuur er hoogstens %(limit)d tegelijk.")
                % {"limit": settings.NEWSLETTER_LIST_MAX_ROWS}
            )
        entries = (
            columns.read(number, cells, source=consent_source, consent_date=consent_date)
            for number, cells in portion
        )
        ListImportRow.objects.bulk_create(
            ListImportRow(
                sheet=sheet,
                number=entry.number,
                email=entry.email,
                name=entry.name,
                consent_source=entry.source,
                consent_date=entry.day,
                outcome=Outcome.ERROR if entry.problem else Outcome.NEW,
                problem=entry.problem,
            )
            for entry in entries
        )
    if not total:
        raise SheetError(_("In dit bestand staan alleen kolomnamen. Zet de adressen eronder."))
    _judge(sheet)
    return sheet


def _outcome(sheet: ListImport) -> Case:
    """What becomes of a row as things are now. The first row of a double is the one that counts."""
    email = OuterRef("email")
    earlier = ListImportRow.objects.filter(
        sheet=sheet, email=email, number__lt=OuterRef("number"), problem=""
    )
    members = ListMember.objects.filter(address_list=sheet.address_list_id, email=email)
    return Case(
        When(~Q(problem=""), then=Value(Outcome.ERROR)),
        When(Exists(earlier), then=Value(Outcome.DOUBLE)),
        When(Exists(Suppression.objects.filter(email=email)), then=Value(Outcome.SUPPRESSED)),
        When(Exists(members.filter(state=ListMember.State.LEFT)), then=Value(Outcome.LEFT)),
        When(Exists(members), then=Value(Outcome.KNOWN)),
        default=Value(Outcome.NEW),
        output_field=CharField(),
    )


def _judge(sheet: ListImport) -> None:
    """Write what becomes of each row, and the numbers; two queries and one to save."""
    sheet.rows.update(outcome=_outcome(sheet))
    sheet.counts = _counts(sheet)
    sheet.save(update_fields=["counts", "version"])


def _counts(sheet: ListImport) -> dict[str, int]:
    return dict(sheet.rows.order_by().values_list("outcome").annotate(total=Count("pk")))


@transaction.atomic
def renew_import(*, sheet: ListImport) -> None:
    """Judge the rows again after the list or the block list changed."""
    held = ListImport.objects.select_for_update().get(pk=sheet.pk)
    if held.applied_at is None:
        held.version += 1
        _judge(held)


@transaction.atomic
def apply_import(*, sheet: ListImport, user, version: int) -> int:
    """Add just what was shown, all of it or nothing; how many addresses came on the list.

    `version` is of what the user saw. Raises OutdatedError where it would be something else by
    now, or was done already. Two queries for each thousand addresses.
    """
    AddressList.objects.select_for_update().get(pk=sheet.address_list_id)
    held = ListImport.objects.select_for_update().get(pk=sheet.pk)
    changed = held.rows.annotate(now=_outcome(held)).exclude(outcome=F("now"))
    if (
        held.applied_at is not None
        or held.version != version
        or held.created_at < timezone.now() - KEPT
        or _counts(held) != held.counts
        or changed.exists()
    ):
        raise OutdatedError
    added = 0
    last = 0
    new = held.rows.filter(outcome=Outcome.NEW).order_by("number")
    while portion := list(new.filter(number__gt=last)[:BATCH]):
        ListMember.objects.bulk_create(
            ListMember(
                address_list_id=held.address_list_id,
                email=row.email,
                name=row.name,
                consent_source=row.consent_source,
                consent_date=row.consent_date,
                added_by=user,
            )
            for row in portion
        )
        last = portion[-1].number
        added += len(portion)
    held.applied_at = timezone.now()
    held.save(update_fields=["applied_at"])
    delete_rows(held.rows.all())
    log(
        instance=held.address_list,
        action="newsletters.list_import",
        user=user,
        data={"file": held.file_name, "added": added},
    )
    return added


def purge_imports(*, dry_run: bool = False) -> dict[str, int]:
    """Forget files that nobody said yes to within a day, and those that were used."""
    old = ListImport.objects.filter(created_at__lt=timezone.now() - KEPT)
    counts = {"files of addresses": old.count()}
    if not dry_run:
        with transaction.atomic():
            delete_rows(ListImportRow.objects.filter(sheet__in=old))
            old.delete()
    return counts
