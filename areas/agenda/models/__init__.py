"""Models of the agenda: programme, agenda, items, their ledger, and what is planned with them."""

from ..ledger import LedgerEntry
from .agenda import AgendaPage
from .items import AgendaAction, AgendaItemPage, ProgressUpdate
from .programme import ProgrammeGoal, ProgrammePage
from .sheets import SheetImport
from .successions import Rollover

__all__ = [
    "AgendaAction",
    "AgendaItemPage",
    "AgendaPage",
    "LedgerEntry",
    "ProgrammeGoal",
    "ProgrammePage",
    "ProgressUpdate",
    "Rollover",
    "SheetImport",
]
