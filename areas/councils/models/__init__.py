"""Councils, who is in them, and what was agreed with them."""

from .agreement import Agreement
from .council import Council, CouncilAddress
from .member import CouncilMember

__all__ = ["Agreement", "Council", "CouncilAddress", "CouncilMember"]
