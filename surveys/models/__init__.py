"""Surveys with their frozen versions and anonymous responses, and polls."""

from .collector import Collector
from .draft import Draft
from .export import SurveyExport
from .integrity import DecidedResponse, ResponseMark, StaffDecision
from .poll import Poll, PollChoice, PollVote
from .removed import RemovedAnswers
from .response import Answer, ContactAddress, Response, SurveyVersion
from .survey import SurveyPage

__all__ = [
    "Answer",
    "Collector",
    "ContactAddress",
    "DecidedResponse",
    "Draft",
    "Poll",
    "PollChoice",
    "PollVote",
    "RemovedAnswers",
    "Response",
    "ResponseMark",
    "StaffDecision",
    "SurveyExport",
    "SurveyPage",
    "SurveyVersion",
]
