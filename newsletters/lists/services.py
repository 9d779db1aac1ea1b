"""Write paths of lists: members, leaving, and the end of personal data."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from ..models import AddressList, ListImportRow, ListMember, Suppression


class CannotAddError(Exception):
    """Why an address cannot come on a list, in words for the editor."""


@transaction.atomic
def add_member(
    *, address_list: AddressList, email: str, name: str, consent_source: str, consent_date, by
) -> ListMember:
    """Put one address on a list; `email` comes from `addresses.normalise`.

    Raises CannotAddError for who is on it, left it, or is on the block list.
    """
    suppression = Suppression.objects.filter(email=email).first()
    if suppression is not None:
        raise CannotAddError(
            _("Dit adres staat bij de geblokkeerde adressen: %(reason)s. Het krijgt geen mail.")
            % {"reason": suppression.get_reason_display().lower()}
        )
    AddressList.objects.select_for_update().get(pk=address_list.pk)  # a file may be coming in
    try:
        with transaction.atomic():
            member = ListMember.objects.create(
                address_list=address_list,
                email=email,
                name=name,
                consent_source=consent_source,
                consent_date=consent_date,
                added_by=by,
            )
    except IntegrityError:
        known = ListMember.objects.filter(address_list=address_list, email=email).first()
        if known is not None and known.left_at:
            raise CannotAddError(
                _(
                    "De eigenaar van dit adres heeft zich op %(day)s afgemeld. Zet het niet terug. "
                    "Wil iemand weer mail? Dan kan dat op de site, bij de nieuwsbrieven."
                )
                % {"day": date_format(timezone.localtime(known.left_at), "j F Y")}
            ) from None
        raise CannotAddError(_("Dit adres staat al op de lijst.")) from None
    log(instance=address_list, action="newsletters.list_add", user=by)
    return member


@transaction.atomic
def remove_member(*, member: ListMember, by) -> None:
    """Delete an address from a list, with its consent."""
    log(instance=member.address_list, action="newsletters.list_remove", user=by)
    member.delete()


def leave_lists(*, email: str) -> int:
    """Take an address off all lists at the wish of its owner; how many they were.

    The rows stay, marked, so that neither a file nor an editor puts the address back.
    """
    return (
        ListMember.objects.active()
        .filter(email=email)
        .update(state=ListMember.State.LEFT, left_at=timezone.now())
    )


@transaction.atomic
def forget_address(*, email: str) -> bool:
    """Delete an address from all lists and from files that wait; whether it stood on a list."""
    ListImportRow.objects.filter(email=email).delete()
    deleted, _by_model = ListMember.objects.filter(email=email).delete()
    return bool(deleted)


def purge_lists(*, dry_run: bool = False) -> dict[str, int]:
    """Delete lists past their last day, with all addresses; counts the addresses."""
    past = AddressList.objects.past(timezone.localdate())
    members = ListMember.objects.filter(address_list__in=past)
    counts = {"lists of addresses": past.count(), "addresses on lists": members.count()}
    if not dry_run:
        delete_lists(lists=past)
    return counts


@transaction.atomic
def delete_lists(*, lists) -> None:
    """Delete the lists of a QuerySet with all that is on them."""
    ids = list(lists.values_list("pk", flat=True))
    delete_rows(ListImportRow.objects.filter(sheet__address_list__in=ids))
    delete_rows(ListMember.objects.filter(address_list__in=ids))
    AddressList.objects.filter(pk__in=ids).delete()


def delete_rows(rows) -> None:
    """Delete rows that nothing refers to in one statement.

    Django's own way fetches all of them, a hundred at a time, for who listens to deletions.
    """
    pks = rows.order_by().values("pk")
    rows.model.objects.filter(pk__in=pks)._raw_delete(rows.db)
