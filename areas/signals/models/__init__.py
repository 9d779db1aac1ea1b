"""Questions, signals and initiatives: what was brought in and all that was done with it."""

from .attachment import Attachment
from .signal import Signal, SignalContact
from .step import SignalMail, SignalStep

__all__ = ["Attachment", "Signal", "SignalContact", "SignalMail", "SignalStep"]
