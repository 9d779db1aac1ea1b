"""Subscriptions: asking, confirming, changing, leaving and forgetting. And the editors' group."""

from datetime import timedelta

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Case, CharField, F, TextField, Value, When
from django.db.models.functions import Cast, Concat
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    ModelLogEntry,
    Page,
)

from areas.councils.models import CouncilAddress
from cms.models import EditorRole, HomePage

from . import consent
from .choices import TOPICS, Choices, still_there
from .lists.services import forget_address, leave_lists
from .models import (
    Bounce,
    CheckedLink,
    Delivery,
    DraftMail,
    NewsletterPage,
    Subscription,
    Suppression,
)
from .tokens import InvalidTokenError, confirm_token, new_nonce, read_confirm_token

EDITOR_GROUP = "Nieuwsbriefredacteuren"
PAGE_ACTIONS = ("add_page", "change_page", "publish_page", "lock_page", "unlock_page")
DJANGO_PERMISSIONS = (
    ("wagtailadmin", "access_admin"),
    ("areas", "change_areapage"),  # what lets them choose and see all areas
    ("newsletters", "change_areanewsletter"),
    ("newsletters", "view_subscription"),
    ("newsletters", "delete_subscription"),
    *(("newsletters", f"{action}_addresslist") for action in ("add", "change", "delete", "view")),
    ("newsletters", "view_suppression"),
    ("newsletters", "add_suppression"),
    ("newsletters", "delete_suppression"),
)
#: Requests that were never confirmed are forgotten after this; their link works for 48 hours.
PENDING_DAYS = 7
#: Addresses are wiped from deliveries after this; figures and the reason stay.
DELIVERY_DAYS = 730
#: What other sites answered to the check of an edition is asked anew after this.
CHECKED_LINK_DAYS = 30
GONE = "verwijderd-"


class NoTopicsError(Exception):
    """A subscription to nothing would never get anything."""


@transaction.atomic
def request_subscription(*, email: str, choices: Choices) -> tuple[Subscription, str]:
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
        topics=choices.ids,
        frequency=choices.frequency,
        consent=consent.CURRENT.version,
    )
    return subscription, token


def requested(*, token: str) -> tuple[Subscription, Choices]:
    """What the link asks to confirm, without what was removed since.

    InvalidTokenError where it is used or old, or where nothing is left of it.
    """
    asked = read_confirm_token(token)
    subscription = Subscription.objects.filter(pk=asked.subscription_id, nonce=asked.nonce).first()
    if subscription is None or not asked.nonce:
        raise InvalidTokenError
    choices = still_there(**asked.topics, frequency=asked.frequency)
    if not choices:
        raise InvalidTokenError
    return subscription, choices


@transaction.atomic
def confirm_subscription(*, token: str, source: str) -> Subscription:
    """Carry out what the link asks, once: two clicks at a time give one InvalidTokenError.

    A confirmed subscription gets the topics added; any other gets just these. A block on
    the address from before is lifted.
    """
    subscription, choices = requested(token=token)
    asked = read_confirm_token(token)
    used = Subscription.objects.filter(pk=subscription.pk, nonce=asked.nonce).update(
        nonce="",
        state=Subscription.State.CONFIRMED,
        frequency=choices.frequency or subscription.frequency,
        consent_version=asked.consent,
        consent_at=timezone.now(),
        consent_source=source,
        unsubscribed_at=None,
    )
    if not used:
        raise InvalidTokenError
    was_confirmed = subscription.state == Subscription.State.CONFIRMED
    for name in TOPICS:
        chosen = getattr(subscription, name)
        if was_confirmed:
            chosen.add(*choices.ids[name])
        else:
            chosen.set(choices.ids[name])
    _lift_own_block(subscription.email)
    subscription.refresh_from_db()
    return subscription


@transaction.atomic
def change_choices(*, subscription: Subscription, choices: Choices) -> None:
    """Get news of just these topics from now on; who had left is back.

    The page shows the text of consent beside the button, so this is consent too. Raises
    NoTopicsError without a topic: leaving is something else.
    """
    if not choices:
        raise NoTopicsError
    held = Subscription.objects.select_for_update().get(pk=subscription.pk)
    for name in TOPICS:
        getattr(held, name).set(choices.ids[name])
    if held.state != Subscription.State.CONFIRMED:
        _lift_own_block(held.email)
    held.frequency = choices.frequency or held.frequency
    held.state = Subscription.State.CONFIRMED
    held.consent_version = consent.CURRENT.version
    held.consent_at = timezone.now()
    held.consent_source = _("via de pagina met voorkeuren")
    held.unsubscribed_at = None
    held.save()
    subscription.refresh_from_db()


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
    leave_lists(email=email)
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

    What still waited for the address is not sent. Only where it is also an address of a council,
    or stood on a list of addresses, does the block stay: without it the council's newsletters
    would come again, and the next file of addresses would bring it back.
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
    was_listed = forget_address(email=email)
    if was_listed or CouncilAddress.objects.filter(email__iexact=email).exists():
        Suppression.objects.get_or_create(email=email)
    else:
        Suppression.objects.filter(email=email).delete()
    # The admin's log names what an editor blocked or deleted.
    ModelLogEntry.objects.filter(
        content_type__in=ContentType.objects.get_for_models(Subscription, Suppression).values(),
        label=email,
    ).update(label=GONE.rstrip("-"))


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
    CheckedLink.objects.filter(checked_at__lt=now - timedelta(days=CHECKED_LINK_DAYS)).delete()
    DraftMail.objects.filter(draft__until__lt=now - timedelta(days=DELIVERY_DAYS)).delete()
    _wipe(
        Delivery.objects.filter(finished_at__lt=now - timedelta(days=DELIVERY_DAYS)).exclude(
            address__startswith=GONE
        )
    )


def _wipe(deliveries) -> None:
    """Take the address out of deliveries, also where a mail server repeated it or named the one
    that mail is forwarded to."""
    Bounce.objects.filter(delivery__in=deliveries).update(words="")
    gone = Concat(Value(GONE), Cast("pk", CharField()), output_field=CharField())
    with_address = When(reply__contains="@", then=Value(""))
    reply = Case(with_address, default=F("reply"), output_field=TextField())
    deliveries.update(address=gone, reply=reply, provider_id="")


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


def renew_editor_permissions(**kwargs) -> None:
    """After a migration: give newsletter editors the permissions on new models."""
    group = Group.objects.filter(name=EDITOR_GROUP).first()
    for app_label, codename in DJANGO_PERMISSIONS if group is not None else ():
        group.permissions.add(
            *Permission.objects.filter(content_type__app_label=app_label, codename=codename)
        )
