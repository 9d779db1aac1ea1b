"""Surveys with their frozen versions and anonymous responses, and polls."""

from .access import AccessCode, CodeBatch, Invitation, InvitationMail, InvitedAddress
from .answer_file import AnswerFile
from .begun import BegunCount
from .collector import Collector
from .daycount import DayCount
from .draft import Draft
from .export import SurveyExport
from .integrity import DecidedResponse, ResponseMark, StaffDecision
from .outcome import OutcomeMail, OutcomeRound
from .paper import PaperBatch, PaperCorrection, PaperEntry, PaperGap
from .poll import Poll, PollChoice, PollVote
from .removed import RemovedAnswers
from .response import Answer, ContactAddress, Response, SurveyVersion
from .stamp import AnswersStamp
from .survey import SurveyPage
from .tag import AnswerTag, AnswerTagging

__all__ = [
    "AccessCode",
    "Answer",
    "AnswerFile",
    "AnswerTag",
    "AnswerTagging",
    "AnswersStamp",
    "BegunCount",
    "CodeBatch",
    "Collector",
    "ContactAddress",
    "DayCount",
    "DecidedResponse",
    "Draft",
    "Invitation",
    "InvitationMail",
    "InvitedAddress",
    "OutcomeMail",
    "OutcomeRound",
    "PaperBatch",
    "PaperCorrection",
    "PaperEntry",
    "PaperGap",
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
