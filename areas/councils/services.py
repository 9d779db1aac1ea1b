"""Write paths of councils: where their papers lie, and the end of personal data."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.models import Permission
from django.db import transaction
from django.utils import timezone
from wagtail.models import Collection, CollectionViewRestriction, GroupCollectionPermission

from areas.models import AreaPage

from .models import Agreement, Council, CouncilMeeting, CouncilMember, Invitation


@transaction.atomic
def place_document(*, agreement: Agreement) -> None:
    """Put the paper of an agreement in the collection of those who may read it.

    A public one lies with the area's other documents. The others lie in a collection that only
    the managers of the area, and administrators, list, change and download.
    """
    document = agreement.document
    if document is None:
        return
    area = agreement.council.area
    wanted = area_collection(area=area) if agreement.public else closed_collection(area=area)
    if document.collection_id != wanted.pk:
        document.collection = wanted
        document.save(update_fields=["collection"])


@transaction.atomic
def place_documents(*, council: Council) -> None:
    """Put all papers of a council where its present area keeps them."""
    for agreement in council.agreements.select_related("document", "council__area"):
        place_document(agreement=agreement)


@transaction.atomic
def closed_collection(*, area: AreaPage) -> Collection:
    """The collection for the managers of an area only; made at its first use.

    It stands beside the area's own collection and not in it: writers may use that one.
    """
    name = f"Stukken van raden {area.code}"
    collection = Collection.objects.filter(name=name, depth=2).first()
    if collection is None:
        collection = Collection.get_first_root_node().add_child(name=name)
    restriction, created = CollectionViewRestriction.objects.get_or_create(
        collection=collection, restriction_type=CollectionViewRestriction.GROUPS
    )
    if created and area.manager_group_id is not None:
        restriction.groups.add(area.manager_group_id)
        permissions = Permission.objects.filter(
            content_type__app_label="wagtaildocs",
            codename__in=["add_document", "change_document", "choose_document"],
        )
        for permission in permissions:
            GroupCollectionPermission.objects.get_or_create(
                group_id=area.manager_group_id, collection=collection, permission=permission
            )
    return collection


def area_collection(*, area: AreaPage) -> Collection:
    """The collection of an area, or the root where an administrator removed it."""
    found = Collection.objects.filter(name=area.title, depth=2).first()
    return found or Collection.get_first_root_node()


def purge_members(*, dry_run: bool = False) -> dict[str, int]:
    """Delete members who left longer ago than COUNCIL_MEMBER_RETENTION_DAYS; counts them."""
    expired = CouncilMember.objects.expired(
        timezone.localdate(), days=settings.COUNCIL_MEMBER_RETENTION_DAYS
    )
    if dry_run:
        return {"council members": expired.count()}
    with transaction.atomic():
        _total, by_model = expired.delete()
    return {"council members": by_model.get(CouncilMember._meta.label, 0)}


def purge_meetings(*, dry_run: bool = False) -> dict[str, int]:
    """Forget who was at a meeting and who was invited, as long after it as with members."""
    before = timezone.now() - timedelta(days=settings.COUNCIL_MEMBER_RETENTION_DAYS)
    past = CouncilMeeting.objects.filter(ends_at__lt=before)
    named = past.exclude(participants="")
    invitations = Invitation.objects.filter(meeting__in=past)
    counts = {
        "participants of council meetings": named.count(),
        "invitations to council meetings": invitations.count(),
    }
    if not dry_run:
        with transaction.atomic():
            named.update(participants="")
            invitations.delete()
    return counts
