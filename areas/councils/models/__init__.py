"""Councils, who is in them, what was agreed with them and when they meet."""

from .agreement import Agreement
from .council import Council, CouncilAddress
from .meeting import ActionPoint, AgendaPoint, CouncilMeeting, Invitation
from .member import CouncilMember

__all__ = [
    "ActionPoint",
    "AgendaPoint",
    "Agreement",
    "Council",
    "CouncilAddress",
    "CouncilMeeting",
    "CouncilMember",
    "Invitation",
]
