"""How far things are, derived from what is done; nobody types a percentage.

Of an item: done is 1; otherwise the share of its actions that is done, or of the phases of its
project that are past, or what its status tells. Of a theme or an area: the mean of its items,
without those that were stopped.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .models import AgendaAction, AgendaItemPage

#: Ids of project pages -> (phases that are past, all phases) of those that have phases.
PhaseCounter = Callable[[Iterable[int]], dict[int, tuple[int, int]]]

Status = AgendaItemPage.Status
#: What a status tells where there is nothing to count.
BY_STATUS = {Status.PLANNED: 0.0, Status.STARTED: 0.5, Status.DELAYED: 0.5, Status.STOPPED: 0.0}

_phase_counters: list[PhaseCounter] = []


def register_phases(counter: PhaseCounter) -> None:
    """Let an upper app tell how far its projects are; one query however many there are."""
    if counter not in _phase_counters:
        _phase_counters.append(counter)


@dataclass(frozen=True)
class Progress:
    """A share from 0 to 1, with what it was counted from."""

    item_id: int
    theme_id: int
    status: str
    share: float
    basis: str

    @property
    def percent(self) -> int:
        return round(100 * self.share)


def progress_of(items) -> list[Progress]:
    """How far each item of a QuerySet is; two queries."""
    rows = list(items.action_counts())
    return _progress_of_rows(rows)


def progress_of_one(item: AgendaItemPage, steps: list[AgendaAction]) -> Progress:
    """How far one item is, with its steps at hand; at most one query."""
    row = {
        "pk": item.pk,
        "theme_id": item.theme_id,
        "status": item.status,
        "project_id": item.project_id,
        "actions_total": len(steps),
        "actions_done": sum(step.status == AgendaAction.Status.DONE for step in steps),
    }
    return _progress_of_rows([row])[0]


def _progress_of_rows(rows: list[dict]) -> list[Progress]:
    """How far items are; projects are asked only where there are no actions to count."""
    projects = {row["project_id"] for row in rows if not row["actions_total"]} - {None}
    phases: dict[int, tuple[int, int]] = {}
    if projects:
        for counter in _phase_counters:
            phases.update(counter(projects))
    return [_progress(row, phases.get(row["project_id"], (0, 0))) for row in rows]


def _progress(row: dict, phases: tuple[int, int]) -> Progress:
    past, all_phases = phases
    done, total = row["actions_done"], row["actions_total"]
    basis = ""
    if total:
        share = done / total
        basis = ngettext(
            "%(done)s van %(total)s actie klaar", "%(done)s van %(total)s acties klaar", total
        ) % {"done": done, "total": total}
    elif all_phases:
        share = past / all_phases
        basis = ngettext(
            "%(past)s van %(total)s fase van het project voorbij",
            "%(past)s van %(total)s fasen van het project voorbij",
            all_phases,
        ) % {"past": past, "total": all_phases}
    else:
        share = BY_STATUS.get(row["status"], 1.0)
        basis = _("geschat naar de status")
    if row["status"] == Status.DONE:
        share = 1.0
    return Progress(row["pk"], row["theme_id"], row["status"], share, basis)


def mean_percent(progress: Iterable[Progress]) -> int | None:
    """The mean of items that were not stopped, in percent, or None where there are none."""
    shares = [row.share for row in progress if row.status != Status.STOPPED]
    return round(100 * sum(shares) / len(shares)) if shares else None
