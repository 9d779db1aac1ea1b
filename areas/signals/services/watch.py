"""The clock beside every term: a reminder before it ends, and an honest word once it is missed."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.db.models.functions import Coalesce
from django.utils import timezone

from cms.services import default_site_settings

from ..models import Signal, SignalStep
from ..terms import add_working_days, is_working_day
from .changing import lock
from .steps import manager_addresses, take_step

Kind = SignalStep.Kind


def watch_terms(
    *, now: datetime | None = None, stopping: Callable[[], bool] = lambda: False
) -> dict[str, int]:
    """Remind and escalate what is due, each once a term; gives how many of both.

    Works on working days only: a reminder comes so many working days before the end of the term
    as the settings say, the escalation on the first working day after it. Each signal is a
    transaction of its own, so being killed halfway leaves nothing half and the next run goes on.
    """
    now = now or timezone.now()
    today = timezone.localdate(now)
    counts = {"reminded": 0, "escalated": 0}
    if not is_working_day(today):
        return counts
    site_settings = default_site_settings()
    soon = add_working_days(today, site_settings.signal_reminder_days)
    near = Signal.objects.due_by(soon).filter(due_on__gte=today)
    late = Signal.objects.late(today)
    for name, kind, rows in (
        ("reminded", Kind.REMINDED, near),
        ("escalated", Kind.ESCALATED, late),
    ):
        for pk in list(_not_yet(rows, kind).values_list("pk", flat=True)):
            if stopping():
                return counts
            counts[name] += _take(pk, kind, rows, now, site_settings.escalation_email)
    return counts


def _not_yet(rows, kind: str):
    """Signals for which a step of this kind was not taken in the term that runs now."""
    taken = SignalStep.objects.filter(
        signal=OuterRef("pk"),
        kind=kind,
        due_on=OuterRef("due_on"),
        at__gte=Coalesce(OuterRef("reopened_at"), OuterRef("received_at")),
    )
    return rows.filter(~Exists(taken)).order_by("due_on", "pk")


@transaction.atomic
def _take(pk: int, kind: str, rows, now: datetime, escalation_email: str) -> int:
    """Take the step, unless the signal was answered or told of meanwhile."""
    signal = lock(Signal(pk=pk))
    if not _not_yet(rows, kind).filter(pk=pk).exists():
        return 0
    escalated = kind == Kind.ESCALATED
    staff = manager_addresses(signal.area)
    if signal.assignee_id and signal.assignee.email:
        staff.append(signal.assignee.email)
    if escalated and escalation_email:
        staff.append(escalation_email)
    take_step(
        signal=signal,
        kind=kind,
        visible=escalated,
        to_asker=escalated,
        to_staff=staff,
        at=now,
    )
    return 1
