"""What a manager can do with a signal: for each its form, when it is there, and its service."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from . import admin_forms as forms
from .models import Signal
from .services import handling, linking, merging


@dataclass(frozen=True)
class Action:
    """One thing to do. `run` gets the signal, the user and the cleaned form."""

    key: str
    title: Any
    button: Any
    done: Any
    form: type[forms.ActionForm]
    is_there: Callable[[Signal], bool]
    run: Callable[[Signal, Any, dict], object]

    def title_for(self, signal: Signal):
        """What the action is called, by the state of the signal."""
        if self.key == "beantwoorden" and not signal.is_open:
            return _("Antwoord aanvullen")
        return self.title


def _open(signal: Signal) -> bool:
    return signal.is_open


def _alive(signal: Signal) -> bool:
    return signal.state in Signal.PUBLIC_STATES


def _can_extend(signal: Signal) -> bool:
    return signal.is_open and signal.extended_on is None and signal.due_on >= timezone.localdate()


def _of_council(signal: Signal) -> bool:
    return _alive(signal) and signal.council_id is not None


def _service(function, **names: str) -> Callable[[Signal, Any, dict], object]:
    """Call a service with the cleaned form; `names`: argument of the service -> field."""

    def run(signal, user, data):
        values = {argument: data[field] for argument, field in names.items()}
        return function(signal=signal, version=data["version"], user=user, **values)

    return run


ACTIONS = [
    Action(
        "beantwoorden",
        _("Antwoorden"),
        _("Verstuur het antwoord"),
        _("Het antwoord is verstuurd."),
        forms.AnswerForm,
        _alive,
        _service(handling.answer, text="text"),
    ),
    Action(
        "toewijzen",
        _("Toewijzen"),
        _("Toewijzen"),
        _("Toegewezen. De inbrenger heeft bericht."),
        forms.AssignForm,
        _open,
        _service(handling.assign, role="role", assignee="assignee"),
    ),
    Action(
        "verlengen",
        _("Termijn verlengen"),
        _("Verlengen"),
        _("De termijn is verlengd. De inbrenger heeft bericht."),
        forms.ExtendForm,
        _can_extend,
        _service(handling.extend, reason="reason"),
    ),
    Action(
        "agendapunt-maken",
        _("Maak er een agendapunt van"),
        _("Maak een concept"),
        _("Het concept staat op de gebiedsagenda."),
        forms.MakeItemForm,
        _alive,
        _service(linking.make_agenda_item, theme="theme"),
    ),
    Action(
        "agendapunt-koppelen",
        _("Koppelen aan een agendapunt"),
        _("Koppelen"),
        _("Gekoppeld. De inbrenger heeft bericht."),
        forms.LinkItemForm,
        _alive,
        _service(linking.link_agenda_item, item="item"),
    ),
    Action(
        "actiepunt-maken",
        _("Maak er een actiepunt van"),
        _("Maak een actiepunt"),
        _("Het actiepunt staat bij het overleg met de raad."),
        forms.MakeActionForm,
        _of_council,
        _service(linking.make_action_point, text="text", owner="owner", due_date="due_date"),
    ),
    Action(
        "actiepunt-koppelen",
        _("Koppelen aan een actiepunt"),
        _("Koppelen"),
        _("Gekoppeld. De inbrenger heeft bericht."),
        forms.LinkActionForm,
        _of_council,
        _service(linking.link_action_point, action="action_point"),
    ),
    Action(
        "samenvoegen",
        _("Samenvoegen met een dubbel"),
        _("Samenvoegen"),
        _("Samengevoegd. De inbrenger heeft bericht."),
        forms.MergeForm,
        _open,
        _service(merging.merge, into="into"),
    ),
    Action(
        "op-de-site",
        _("Op de site zetten"),
        _("Zet op de site"),
        _("Dit staat nu op de site."),
        forms.PublishForm,
        lambda signal: _alive(signal) and signal.public and signal.published_at is None,
        _service(handling.publish),
    ),
    Action(
        "van-de-site",
        _("Van de site halen"),
        _("Haal van de site"),
        _("Dit staat niet meer op de site."),
        forms.HideForm,
        lambda signal: _alive(signal) and signal.published_at is not None,
        _service(handling.hide, reason="reason"),
    ),
    Action(
        "ander-gebied",
        _("Naar een ander gebied"),
        _("Geef door"),
        _("Doorgegeven. De andere gebiedsmanager en de inbrenger hebben bericht."),
        forms.MoveForm,
        _open,
        _service(handling.move_to_area, area="area", text="text"),
    ),
    Action(
        "notitie",
        _("Notitie"),
        _("Bewaar de notitie"),
        _("De notitie is bewaard."),
        forms.NoteForm,
        lambda signal: True,
        _service(handling.note, text="text"),
    ),
]
