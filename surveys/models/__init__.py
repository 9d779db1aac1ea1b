"""Surveys with their frozen versions and anonymous responses, and polls."""

from .collector import Collector
from .draft import Draft
from .export import SurveyExport
from .poll import Poll, PollChoice, PollVote
from .response import Answer, ContactAddress, Response, SurveyVersion
from .survey import SurveyPage
from .tag import AnswerTag, AnswerTagging

__all__ = [
    "Answer",
    "AnswerTag",
    "AnswerTagging",
    "Collector",
    "ContactAddress",
    "Draft",
    "Poll",
    "PollChoice",
    "PollVote",
    "Response",
    "SurveyExport",
    "SurveyPage",
    "SurveyVersion",
]
