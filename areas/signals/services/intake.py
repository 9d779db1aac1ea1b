"""How a signal comes in: of a council at once, of a resident once it is confirmed."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from wagtail.models import Site

from areas.councils.models import Council
from areas.models import AreaPage
from cms.models import SiteSettings

from ..models import Signal, SignalStep
from ..terms import last_day
from .steps import manager_addresses, take_step


def signal_settings() -> SiteSettings:
    """The terms that an administrator chose; the defaults where there is no site."""
    site = Site.objects.filter(is_default_site=True).first()
    return SiteSettings.for_site(site) if site else SiteSettings()


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
    now: datetime | None = None,
) -> Signal:
    """Take in a signal of a council: its term runs from now, and both sides get a mail."""
    now = now or timezone.now()
    signal = Signal.objects.create(
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
        due_on=last_day(now, signal_settings().signal_term_days),
    )
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
