"""How a signal comes in: of a council at once, of a resident once it is confirmed."""

import hashlib
import hmac
from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from areas.councils.models import Council
from areas.models import AreaPage
from cms.files.checking import CheckedFile
from cms.services import default_site_settings

from ..models import Signal, SignalContact, SignalStep
from ..models.signal import REFERENCE_ALPHABET, REFERENCE_LENGTH, new_reference
from ..terms import last_day
from .attachments import HeldFile, attach
from .steps import manager_addresses, take_step


class ConfirmedTooLateError(Exception):
    """The question is no longer there: it was never confirmed in time."""


def area_of(*, geometry, council: Council | None = None) -> AreaPage | None:
    """The area in which a place lies, else that of the council; None where neither tells."""
    if geometry is not None:
        found = AreaPage.objects.live().touching(geometry).without_geometry().first()
        if found is not None:
            return found
    if council is None:
        return None
    return AreaPage.objects.without_geometry().get(pk=council.area_id)


@transaction.atomic
def place_signal(
    *,
    council: Council,
    subject: str,
    text: str,
    kind: str = Signal.Kind.SIGNAL,
    geometry=None,
    place_name: str = "",
    public: bool = False,
    placed_by: str = "",
    files: Sequence[CheckedFile | HeldFile] = (),
    form_key: str = "",
    now: datetime | None = None,
) -> Signal:
    """Take in a signal of a council: its term runs from now, and both sides get a mail.

    `form_key` tells one form that was opened from another: the same form with the same words
    counts once, also when it is sent twice at the same time, and gives the signal of the first.
    """
    now = now or timezone.now()
    signal, created = _once(
        reference_from("council", council.pk, form_key, kind, subject, text) if form_key else "",
        council=council,
        area=area_of(geometry=geometry, council=council),
        kind=kind,
        subject=subject,
        text=text,
        geometry=geometry,
        place_name=place_name,
        public=public,
        published_at=now if public else None,
        placed_by=placed_by,
        state=Signal.State.RECEIVED,
        created_at=now,
        received_at=now,
        due_on=last_day(now, default_site_settings().signal_term_days),
    )
    if created:
        attach(signal=signal, files=files)
        announce(signal=signal, at=now)
    return signal


@transaction.atomic
def ask(
    *,
    area: AreaPage,
    email: str,
    subject: str,
    text: str,
    kind: str = Signal.Kind.QUESTION,
    name: str = "",
    phone: str = "",
    language: str = "nl",
    geometry=None,
    place_name: str = "",
    public: bool = False,
    files: Sequence[CheckedFile | HeldFile] = (),
    form_key: str = "",
    now: datetime | None = None,
) -> Signal:
    """Put down what a resident asks or proposes. It counts, and its term runs, once confirmed.

    `form_key` as in `place_signal`.
    """
    now = now or timezone.now()
    reference = reference_from("resident", email, form_key, kind, subject, text)
    signal, created = _once(
        reference if form_key else "",
        area=area,
        kind=kind,
        subject=subject,
        text=text,
        geometry=geometry,
        place_name=place_name,
        public=public,
        state=Signal.State.UNCONFIRMED,
        created_at=now,
    )
    if created:
        SignalContact.objects.create(
            signal=signal, name=name, email=email, phone=phone, language=language
        )
        attach(signal=signal, files=files)
    return signal


@transaction.atomic
def confirm(*, signal_id: int, now: datetime | None = None) -> Signal:
    """Let a resident's question count from now on; a second time changes nothing.

    Raises ConfirmedTooLateError where it was removed meanwhile.
    """
    now = now or timezone.now()
    confirmed = Signal.objects.filter(pk=signal_id, state=Signal.State.UNCONFIRMED).update(
        state=Signal.State.RECEIVED,
        received_at=now,
        due_on=last_day(now, default_site_settings().signal_term_days),
    )
    signal = Signal.objects.select_related("area", "contact").filter(pk=signal_id).first()
    if signal is None:
        raise ConfirmedTooLateError
    if confirmed:
        contact = SignalContact.objects.filter(signal=signal).first()
        if contact is not None:
            contact.confirmed_at = now
            contact.save(update_fields=["confirmed_at"])
            signal.contact = contact
        announce(signal=signal, at=now)
    return signal


def announce(*, signal: Signal, at: datetime) -> SignalStep:
    """Tell both sides that a signal came in, with its term."""
    return take_step(
        signal=signal,
        kind=SignalStep.Kind.RECEIVED,
        at=at,
        author_role=signal.placed_by,
        to_staff=manager_addresses(signal.area),
    )


def reference_from(*parts) -> str:
    """A reference that follows from what was sent, for who knows our key only.

    References are unique in the database, so the same thing sent twice is there once.
    """
    message = "\x1f".join(str(part) for part in parts).encode()
    digest = hmac.new(settings.SECRET_KEY.encode(), message, hashlib.sha256).digest()
    number = int.from_bytes(digest)
    code = ""
    for _n in range(REFERENCE_LENGTH):
        number, place = divmod(number, len(REFERENCE_ALPHABET))
        code += REFERENCE_ALPHABET[place]
    return f"{code[:4]}-{code[4:]}"


def _once(reference: str, **values) -> tuple[Signal, bool]:
    """The signal with this reference, and whether it was made now; of two at once one makes it."""
    try:
        with transaction.atomic():
            return Signal.objects.create(reference=reference or new_reference(), **values), True
    except IntegrityError:
        found = Signal.objects.filter(
            reference=reference, subject=values["subject"], council=values.get("council")
        ).first()
        if found is not None:
            return found, False
        # Somebody else's signal got this reference by chance.
        return Signal.objects.create(reference=new_reference(), **values), True
