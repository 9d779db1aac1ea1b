"""Subscriptions: asking, confirming, changing, leaving and forgetting. And the editors' group."""

from datetime import timedelta

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import CharField, F, Value
from django.db.models.functions import Cast, Concat, Replace
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from areas.councils.models import CouncilAddress
from areas.models import AreaPage
from cms.models import EditorRole, HomePage

from . import consent
from .models import Bounce, Delivery, NewsletterPage, Subscription, Suppression
from .tokens import InvalidTokenError, confirm_token, new_nonce, read_confirm_token

EDITOR_GROUP = "Nieuwsbriefredacteuren"
PAGE_ACTIONS = ("add_page", "change_page", "publish_page", "lock_page", "unlock_page")
DJANGO_PERMISSIONS = (
    ("wagtailadmin", "access_admin"),
    ("areas", "change_areapage"),  # what lets them choose and see all areas
    ("newsletters", "view_subscription"),
    ("newsletters", "delete_subscription"),
    ("newsletters", "view_suppression"),
    ("newsletters", "add_suppression"),
    ("newsletters", "delete_suppression"),
)
#: Requests that were never confirmed are forgotten after this; their link works for 48 hours.
PENDING_DAYS = 7
#: Addresses are wiped from deliveries after this; figures and the reason stay.
DELIVERY_DAYS = 730
GONE = "verwijderd-"


class NoAreasError(Exception):
    """A subscription without areas would never get anything."""


@transaction.atomic
def request_subscription(*, email: str, areas: list[AreaPage]) -> tuple[Subscription, str]:
    """Note that somebody asked for newsletters at `email`, and make the link that confirms it.

    `email` comes from `addresses.normalise`. Whoever asks may be a stranger to the address:
    an existing subscription stays as it is until the link is used.
    """
    subscription, _created = Subscription.objects.select_for_update().get_or_create(
        email=email, defaults={"nonce": new_nonce()}
    )
    subscription.requested_at = timezone.now()
    if not subscription.nonce:
        subscription.nonce = new_nonce()
    subscription.save(update_fields=["requested_at", "nonce"])
    token = confirm_token(
        subscription_id=subscription.pk,
        nonce=subscription.nonce,
        area_ids=[area.pk for area in areas],
        consent=consent.CURRENT.version,
    )
    return subscription, token


def requested(*, token: str) -> tuple[Subscription, list[AreaPage]]:
    """What the link asks to confirm; InvalidTokenError where it is used or old."""
    value = read_confirm_token(token)
    subscription = Subscription.objects.filter(pk=value["s"], nonce=value["n"]).first()
    areas = list(AreaPage.objects.live().without_geometry().filter(pk__in=value["a"]).in_order())
    if subscription is None or not value["n"] or not areas:
        raise InvalidTokenError
    return subscription, areas


@transaction.atomic
def confirm_subscription(*, token: str, source: str) -> Subscription:
    """Carry out what the link asks, once: two clicks at a time give one InvalidTokenError.

    A confirmed subscription gets the areas added; any other gets just these. A block on
    the address from before is lifted.
    """
    subscription, areas = requested(token=token)
    value = read_confirm_token(token)
    used = Subscription.objects.filter(pk=subscription.pk, nonce=value["n"]).update(
        nonce="",
        state=Subscription.State.CONFIRMED,
        consent_version=value["c"],
        consent_at=timezone.now(),
        consent_source=source,
        unsubscribed_at=None,
    )
    if not used:
        raise InvalidTokenError
    if subscription.state == Subscription.State.CONFIRMED:
        subscription.areas.add(*areas)
    else:
        subscription.areas.set(areas)
    _lift_own_block(subscription.email)
    subscription.refresh_from_db()
    return subscription


@transaction.atomic
def change_areas(*, subscription: Subscription, areas: list[AreaPage]) -> None:
    """Get news of just these areas from now on; who had left is back.

    Raises NoAreasError for an empty list: leaving is something else.
    """
    if not areas:
        raise NoAreasError
    subscription.areas.set(areas)
    if subscription.state != Subscription.State.CONFIRMED:
        subscription.state = Subscription.State.CONFIRMED
        subscription.consent_version = consent.CURRENT.version
        subscription.consent_at = timezone.now()
        subscription.consent_source = _("via de pagina met voorkeuren")
        subscription.unsubscribed_at = None
        subscription.save()
        _lift_own_block(subscription.email)


def _lift_own_block(email: str) -> None:
    """Remove a block, whatever its reason: the owner of the mailbox asks for mail again."""
    Suppression.objects.filter(email=email).delete()


@transaction.atomic
def unsubscribe(*, email: str, reason: str = Suppression.Reason.UNSUBSCRIBED) -> None:
    """Send nothing more to an address, subscriber or council; doing it twice is harmless."""
    now = timezone.now()
    Subscription.objects.filter(email=email).exclude(state=Subscription.State.UNSUBSCRIBED).update(
        state=Subscription.State.UNSUBSCRIBED, unsubscribed_at=now, nonce=""
    )
    Suppression.objects.get_or_create(email=email, defaults={"reason": reason})


def address_behind(*, delivery: Delivery) -> str:
    """The address that a delivery went to, or an empty text where it was wiped since."""
    if delivery.subscription is not None:
        return delivery.subscription.email
    return "" if delivery.address.startswith(GONE) else delivery.address


@transaction.atomic
def leave_by_delivery(*, delivery: Delivery) -> None:
    """Carry out the one-click unsubscribe of one delivered mail."""
    address = address_behind(delivery=delivery)
    if address:
        unsubscribe(email=address)
        Delivery.objects.filter(pk=delivery.pk, left_at=None).update(left_at=timezone.now())


@transaction.atomic
def forget(*, subscription: Subscription) -> None:
    """Delete a subscription and its address wherever it stands.

    What still waited for the address is not sent. Only where it is also an address of a council
    does the block stay: without it the council's newsletters would come again.
    """
    email = subscription.email
    Delivery.objects.filter(address=email).unfinished().exclude(
        state=Delivery.State.HANDED_OVER
    ).update(
        state=Delivery.State.SUPPRESSED,
        finished_at=timezone.now(),
        reply=_("De gegevens zijn verwijderd."),
    )
    _wipe(Delivery.objects.filter(address=email))
    subscription.delete()
    if CouncilAddress.objects.filter(email__iexact=email).exists():
        Suppression.objects.get_or_create(email=email)
    else:
        Suppression.objects.filter(email=email).delete()


@transaction.atomic
def suppress(*, email: str, by) -> Suppression:
    """Let an address get nothing, at the request of a colleague or somebody who called."""
    suppression, _created = Suppression.objects.get_or_create(
        email=email, defaults={"reason": Suppression.Reason.BY_HAND, "created_by": by}
    )
    return suppression


def purge(stopping=lambda: False) -> None:
    """Forget what we need no longer; a job of the scheduler."""
    now = timezone.now()
    Subscription.objects.never_confirmed(before=now - timedelta(days=PENDING_DAYS)).delete()
    _wipe(
        Delivery.objects.filter(finished_at__lt=now - timedelta(days=DELIVERY_DAYS)).exclude(
            address__startswith=GONE
        )
    )


def _wipe(deliveries) -> None:
    """Take the address out of deliveries, also where a mail server repeated it."""
    Bounce.objects.filter(delivery__in=deliveries).update(words="")
    gone = Concat(Value(GONE), Cast("pk", CharField()), output_field=CharField())
    deliveries.update(
        address=gone, reply=Replace("reply", F("address"), Value("…")), provider_id=""
    )


@transaction.atomic
def ensure_editor_group() -> Group:
    """The group of newsletter editors: newsletters of every area, and no other page."""
    group, _created = Group.objects.get_or_create(name=EDITOR_GROUP)
    role, _created = EditorRole.objects.get_or_create(group=group)
    role.page_types.set([ContentType.objects.get_for_model(NewsletterPage)])
    home = HomePage.objects.first()
    page_type = ContentType.objects.get_for_model(Page)
    for codename in PAGE_ACTIONS if home is not None else ():
        permission = Permission.objects.get(content_type=page_type, codename=codename)
        GroupPagePermission.objects.get_or_create(group=group, page=home, permission=permission)
    for codename in ("add_image", "choose_image"):
        permission = Permission.objects.get(
            content_type__app_label="wagtailimages", codename=codename
        )
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=Collection.get_first_root_node(), permission=permission
        )
    for app_label, codename in DJANGO_PERMISSIONS:
        group.permissions.add(
            Permission.objects.get(content_type__app_label=app_label, codename=codename)
        )
    return group
