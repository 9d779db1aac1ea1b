"""Signals as they come in: of a council through the service, of a resident as if confirmed."""

from datetime import timedelta

from django.utils import timezone

from areas.signals.models import Signal, SignalContact
from areas.signals.services.intake import announce, place_signal
from areas.signals.terms import last_day
from tests.factories import pages as make


def council_in(area, name="Dorpsraad Lijnden", slug="dorpsraad-lijnden"):
    """A council with two addresses."""
    council = make.CouncilFactory(area=area, name=name, slug=slug)
    for address in ("secretaris", "voorzitter"):
        make.CouncilAddressFactory(council=council, email=f"{address}-{slug}@example.nl")
    return council


def from_council(council, *, days_ago=0, **values) -> Signal:
    """A signal of a council, so many days old."""
    values = {
        "subject": "Onveilige oversteek bij de school",
        "text": "Kinderen steken hier over terwijl auto's hard rijden.",
        "place_name": "Schoolstraat, Lijnden",
        "now": timezone.now() - timedelta(days=days_ago),
    } | values
    return place_signal(council=council, **values)


def from_resident(area, *, days_ago=0, confirmed=True, language="nl", **values) -> Signal:
    """A question of a resident with personal data."""
    now = timezone.now() - timedelta(days=days_ago)
    received = {"received_at": now, "due_on": last_day(now, 10)} if confirmed else {}
    values = {
        "kind": Signal.Kind.QUESTION,
        "subject": "Wanneer komt het bankje terug?",
        "text": "Het bankje aan de Ringdijk is weg.",
    } | values
    signal = Signal.objects.create(
        area=area,
        state=Signal.State.RECEIVED if confirmed else Signal.State.UNCONFIRMED,
        created_at=now,
        **received,
        **values,
    )
    SignalContact.objects.create(
        signal=signal,
        name="Bewoner Zonder Naam",
        email="bewoner@example.nl",
        phone="0900-555222",
        language=language,
        confirmed_at=now if confirmed else None,
    )
    if confirmed:
        announce(signal=signal, at=now)
    return signal


def age(signal: Signal, **values) -> Signal:
    """Set columns of a signal as time alone would have done."""
    Signal.objects.filter(pk=signal.pk).update(**values)
    return Signal.objects.get(pk=signal.pk)


def fill(area, council, count: int, *, received=None, **values) -> None:
    """Many signals at once, without steps or mails."""
    received = received or timezone.now()
    values = {"state": Signal.State.RECEIVED, "due_on": last_day(received, 10)} | values
    Signal.objects.bulk_create(
        Signal(
            area=area,
            council=council,
            subject=f"Vraag {number}",
            text="Tekst",
            received_at=received,
            created_at=received,
            **values,
        )
        for number in range(count)
    )
