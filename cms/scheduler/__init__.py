"""Work that comes back by the clock: apps register jobs, `manage.py tick` runs those due."""

from .registry import Job, Stopping, register

__all__ = ["Job", "Stopping", "register"]
