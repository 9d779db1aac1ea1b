"""The types of question. A new one is a module with a class, and a line below.

`QuestionType` (in `base`) says what a type knows: its block in the editor, its data in a frozen
version, its form field, what an answer stores, its results and its columns in a file.
"""

from .base import QuestionType
from .choices import OneChoice, SeveralChoices
from .contact import Consent, Email
from .dates import Date
from .files import Files
from .hidden import Hidden
from .layout import Page, Section, Statement
from .matrix import Matrix
from .numbers import Number, Recommend, Scale
from .pictures import PictureChoice
from .places import MapPoint, Postcode
from .ranking import Ranking
from .shapes import MapShapes
from .text import LongText, ShortText

#: In the order in which an editor chooses from them.
_TYPES: dict[str, QuestionType] = {
    type_class.kind: type_class()
    for type_class in (
        ShortText,
        LongText,
        OneChoice,
        SeveralChoices,
        Scale,
        MapPoint,
        MapShapes,
        Number,
        Date,
        PictureChoice,
        Matrix,
        Ranking,
        Recommend,
        Postcode,
        Files,
        Email,
        Consent,
        Hidden,
        Statement,
        Section,
        Page,
    )
}


def get(kind: str) -> QuestionType:
    """The type of that kind; KeyError where there is none."""
    return _TYPES[kind]


def all_types() -> list[QuestionType]:
    """Every type, in the order of the editor's list."""
    return list(_TYPES.values())
