"""Surveys with their frozen versions and anonymous responses, and polls."""

from .collector import Collector
from .daycount import DayCount
from .draft import Draft
from .export import SurveyExport
from .poll import Poll, PollChoice, PollVote
from .response import Answer, ContactAddress, Response, SurveyVersion
from .survey import SurveyPage

__all__ = [
    "Answer",
    "Collector",
    "ContactAddress",
    "DayCount",
    "Draft",
    "Poll",
    "PollChoice",
    "PollVote",
    "Response",
    "SurveyExport",
    "SurveyPage",
    "SurveyVersion",
]
