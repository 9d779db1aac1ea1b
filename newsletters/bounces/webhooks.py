"""Reports of a mail provider, sent to us by its server (webhooks), read by django-anymail.

A report says nothing where it is about no mail of ours: it must bear our mark or the provider's
name for the mail, and the address that we sent to. Opening and clicking are not measured.
"""

from anymail import urls as anymail_urls
from anymail.signals import AnymailTrackingEvent, EventType, RejectReason, tracking
from django.db import transaction
from django.dispatch import receiver

from ..models import Bounce, Delivery
from ..services import leave_by_delivery
from . import reports, services
from .address import delivery_of_mark, delivery_of_message_id

Kind = Bounce.Kind
#: The provider sent nothing, because of what it knows of the address.
REFUSED = {
    RejectReason.INVALID: Kind.HARD,
    RejectReason.BOUNCED: Kind.HARD,
    RejectReason.SPAM: Kind.COMPLAINT,
}


def view_of(provider: str):
    """The view of django-anymail that reads the reports of a provider; None where there is none."""
    name = f"{provider}_tracking_webhook"
    return next((url.callback for url in anymail_urls.urlpatterns if url.name == name), None)


@receiver(tracking)
def receive(sender, event: AnymailTrackingEvent, **kwargs) -> None:
    """Act upon one event; what is unknown or about nobody changes nothing."""
    with transaction.atomic():
        delivery = _delivery(event)
        if delivery is None:
            return
        left = event.reject_reason == RejectReason.UNSUBSCRIBED
        if event.event_type == EventType.UNSUBSCRIBED or (
            event.event_type == EventType.REJECTED and left
        ):
            leave_by_delivery(delivery=delivery)
            return
        kind = _kind(event)
        if kind is not None:
            words = _words(event)
            found = reports.STATUS.search(words)
            services.record(
                report=reports.Report(delivery.pk, kind, found[0] if found else "", words)
            )


def _delivery(event: AnymailTrackingEvent) -> Delivery | None:
    """By our mark, by our Message-ID or by the provider's own name; and the address must fit."""
    metadata = event.metadata if isinstance(event.metadata, dict) else {}
    message_id = str(event.message_id or "")
    pk = delivery_of_mark(str(metadata.get("delivery", "")))
    pk = pk or delivery_of_message_id(f"<{message_id.strip('<>')}>")
    if pk is not None:
        found = Delivery.objects.filter(pk=pk)
    elif message_id:
        found = Delivery.objects.filter(provider_id=message_id[:200]).exclude(provider_id="")
    else:
        return None
    return found.filter(address=str(event.recipient or "").strip().lower()).first()


def _words(event: AnymailTrackingEvent) -> str:
    return reports.clean(str(event.mta_response or event.description or ""))


def _kind(event: AnymailTrackingEvent) -> str | None:
    """What an event does to the address: as the same report by mail would; None for nothing."""
    match event.event_type:
        case EventType.COMPLAINED:
            return Kind.COMPLAINT
        case EventType.BOUNCED:
            return reports.kind_of("", _words(event))
        case EventType.REJECTED:
            return REFUSED.get(event.reject_reason, Kind.SOFT)
        case EventType.FAILED:
            return Kind.SOFT
    return None
