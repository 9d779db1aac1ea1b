"""Surveys with their frozen versions and anonymous responses, and polls."""

from .access import AccessCode, CodeBatch, Invitation, InvitationMail, InvitedAddress
from .collector import Collector
from .draft import Draft
from .export import SurveyExport
from .poll import Poll, PollChoice, PollVote
from .response import Answer, ContactAddress, Response, SurveyVersion
from .survey import SurveyPage

__all__ = [
    "AccessCode",
    "Answer",
    "CodeBatch",
    "Collector",
    "ContactAddress",
    "Draft",
    "Invitation",
    "InvitationMail",
    "InvitedAddress",
    "Poll",
    "PollChoice",
    "PollVote",
    "Response",
    "SurveyExport",
    "SurveyPage",
    "SurveyVersion",
]
