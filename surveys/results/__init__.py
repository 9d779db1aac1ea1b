"""What came in on a survey: counted, filtered, crossed, and made fit to go out."""

from .asked import questions_ever_asked
from .counting import survey_tally
from .filters import EVERYTHING, ResultsFilter
from .overview import SurveyResults, survey_results
from .words import SAMPLE, has_words, open_answers

__all__ = [
    "EVERYTHING",
    "SAMPLE",
    "ResultsFilter",
    "SurveyResults",
    "has_words",
    "open_answers",
    "questions_ever_asked",
    "survey_results",
    "survey_tally",
]
