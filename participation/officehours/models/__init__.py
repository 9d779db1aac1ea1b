"""Office hours: where and when people can talk with an environment or area manager."""

from .occurrence import Occurrence
from .page import OfficeHourPage
from .rows import OfficeHourException, OfficeHourMoment, OfficeHourSeries

__all__ = [
    "Occurrence",
    "OfficeHourException",
    "OfficeHourMoment",
    "OfficeHourPage",
    "OfficeHourSeries",
]
