"""The steps of a signal as a line in time, for whoever may see them."""

from collections.abc import Iterable

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from .models import Signal, SignalStep

Kind = SignalStep.Kind

#: Kind of step -> the state it leads to, whose label stands beside the date.
STATES = {
    Kind.RECEIVED: Signal.State.RECEIVED,
    Kind.ASSIGNED: Signal.State.ASSIGNED,
    Kind.ANSWERED: Signal.State.ANSWERED,
    Kind.MERGED: Signal.State.MERGED,
}
#: Steps after which another day holds for the answer.
NEW_TERM = {Kind.RECEIVED, Kind.EXTENDED, Kind.REOPENED}


def timeline(steps: Iterable[SignalStep]) -> list[dict]:
    """Steps, newest first, in the shape that components/timeline.html shows."""
    return [_moment(step) for step in reversed(list(steps))]


def _moment(step: SignalStep) -> dict:
    state = STATES.get(step.kind)
    text = step.text
    if step.kind == Kind.LINKED and not text:
        text = _("Wij maken hiervan een agendapunt.")
    changes = []
    if step.kind in NEW_TERM and step.due_on:
        changes.append(_("Antwoord uiterlijk op %(date)s") % {"date": date_format(step.due_on)})
    return {
        "pk": step.pk,
        "date": timezone.localtime(step.at),
        "status": Signal.STATE_STYLES[state] if state else "",
        "status_label": state.label if state else "",
        # Where the label of a state stands beside the date, that says it.
        "head": "" if state else step.get_kind_display(),
        "name": step.get_kind_display(),
        "changes": changes,
        "text": text,
        "by": step.author_role,
        "hidden": not step.visible,
    }
