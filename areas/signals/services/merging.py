"""Doubles: one signal goes on, and who brought in the other follows it."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from ..models import Signal, SignalStep
from .changing import ChangedMeanwhileError, NotPossibleError, change, lock, require_open
from .steps import role_in, take_step


@transaction.atomic
def merge(*, signal: Signal, version: int, into: Signal, user) -> Signal:
    """Close `signal` as a double of `into`; both askers hear all that is done with that one.

    What was merged into `signal` before moves along, so that nobody has to follow a chain.
    """
    if signal.pk == into.pk:
        raise NotPossibleError(_("Dit is hetzelfde signaal. Vul het kenmerk van het andere in."))
    # Always in the same order, so that two managers who merge crosswise do not wait for ever.
    rows = {row.pk: row for row in map(lock, sorted((signal, into), key=lambda row: row.pk))}
    row, other = rows[signal.pk], rows[into.pk]
    if row.version != version:
        raise ChangedMeanwhileError(row, since=version)
    require_open(row)
    if other.state not in Signal.PUBLIC_STATES:
        raise NotPossibleError(
            _("%(other)s is zelf samengevoegd of nog niet bevestigd. Kies een ander signaal.")
            % {"other": other.reference}
        )
    change(row, state=Signal.State.MERGED, merged_into=other, assignee=None, published_at=None)
    role = role_in(row.area)
    take_step(
        signal=row,
        kind=SignalStep.Kind.MERGED,
        text=other.answer,
        author=user,
        author_role=role,
    )
    # Only now: those who follow `signal` had to hear where it went.
    followers = list(Signal.objects.filter(merged_into=row).for_list())
    Signal.objects.filter(merged_into=row).update(merged_into=other)
    for follower in followers:
        # They were mailed with `row`; from this step on they read along with the other.
        take_step(
            signal=follower,
            kind=SignalStep.Kind.MERGED,
            text=other.answer,
            author=user,
            author_role=role,
            to_asker=False,
        )
    with override("nl"):
        text = _("Dubbel: %(reference)s") % {"reference": row.reference}
    take_step(
        signal=other,
        kind=SignalStep.Kind.MERGED,
        text=text,
        author=user,
        author_role=role,
        visible=False,
        at=timezone.now(),
    )
    return row
