"""The columns of a survey in files: the same for all its versions, whatever was changed.

A column comes where its question (or option, or row) first appeared, and stays there: what is
new comes after, what is no longer asked keeps its place. So a file of last month and one of
today can be laid on each other. Labels are the newest ones.
"""

import re
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property
from hashlib import sha256

from django.utils.translation import gettext_lazy as _

from ..definition import Option, Question, Questions, asked_in, from_json, questions_of, united
from ..flow import Flow, flow_of
from ..models import Collector, SurveyPage
from ..types.parts import Part, Storage
from .gaps import gaps_question
from .marks import marks_question

NOT_ASKED, SKIPPED, NOT_ANSWERED = "not_asked", "skipped", "not_answered"
MISSING_LABELS = {
    NOT_ASKED: _("Niet gevraagd in deze versie"),
    SKIPPED: _("Niet getoond door een voorwaarde"),
    NOT_ANSWERED: _("Niet beantwoord"),
}
#: SPSS allows three. Those of numbers and degrees lie beyond anything that can be answered.
MISSING_CODES = {NOT_ASKED: -97, SKIPPED: -98, NOT_ANSWERED: -99}
FAR_MISSING_CODES = {reason: code - 999_999_999_900 for reason, code in MISSING_CODES.items()}
ID_LENGTH = 24


@dataclass(frozen=True)
class Column:
    """One variable: `name` is [a-z][a-z0-9_]* and never changes, `number` its place from 0."""

    name: str
    number: int
    question: Question
    part: Part
    #: (code, option id, label) where values are options; codes only ever get more.
    values: tuple[tuple[int, str, str], ...] = ()

    @property
    def label(self) -> str:
        return self.part.label

    @property
    def storage(self) -> Storage:
        return self.part.storage

    @cached_property
    def key(self) -> tuple[str, str, str]:
        """What the column is known by in a version."""
        return part_key(self.question, self.part)

    @cached_property
    def codes(self) -> dict[str, int]:
        """Code by the id of an option."""
        return {option_id: code for code, option_id, _label in self.values}

    @cached_property
    def option_labels(self) -> dict[str, str]:
        """Label by the id of an option."""
        return {option_id: label for _code, option_id, label in self.values}

    @property
    def missing_codes(self) -> dict[str, int]:
        """The number that stands for each reason why there is no value."""
        is_far = self.storage in (Storage.NUMBER, Storage.DEGREES)
        return FAR_MISSING_CODES if is_far else MISSING_CODES


@dataclass(frozen=True)
class VersionAsked:
    """What one version asked: its flow, and the keys of the columns it could fill."""

    number: int
    questions: Questions
    flow: Flow
    keys: frozenset[tuple[str, str, str]]
    by_id: dict[str, Question] = field(hash=False)


@dataclass(frozen=True)
class Layout:
    """All columns of a survey, and its versions by primary key, oldest first.

    `has_marks` where columns behind the questions say what was odd about a response, `has_gaps`
    where they say what was missing on paper.
    """

    columns: tuple[Column, ...]
    versions: dict[int, VersionAsked]
    has_marks: bool = False
    has_gaps: bool = False
    #: The links that answers came along, by primary key.
    collectors: dict[int, Collector] = field(default_factory=dict, hash=False)


def layout_of(survey: SurveyPage) -> Layout:
    """The columns of a survey over all its versions; four queries.

    A survey that was never live gives what its draft asks.
    """
    versions = {
        pk: _version(number, from_json(definition))
        for pk, number, definition in survey.versions.order_by("number").values_list(
            "pk", "number", "definition"
        )
    }
    frozen = [version.questions for version in versions.values()]
    collectors = {collector.pk: collector for collector in survey.collectors.all()}
    columns = list(_columns(frozen or [questions_of(survey.questions)]))
    gaps, marks = gaps_question(survey), marks_question(survey)
    said = [
        Column(part.key, 0, question, part)
        for question in filter(None, (marks, gaps))
        for part in question.type.columns(question)
    ]
    columns += [replace(column, number=place) for place, column in enumerate(said, len(columns))]
    keys = frozenset(column.key for column in said)
    versions = {pk: replace(version, keys=version.keys | keys) for pk, version in versions.items()}
    return Layout(
        tuple(columns), versions, marks is not None, gaps is not None, collectors=collectors
    )


def part_key(question: Question, part: Part) -> tuple[str, str, str]:
    """What a column is known by."""
    return question.id, part.question_id, part.key


def _version(number: int, questions: Questions) -> VersionAsked:
    asked = asked_in(questions)
    return VersionAsked(
        number=number,
        questions=questions,
        flow=flow_of(questions),
        keys=frozenset(
            part_key(question, part)
            for question in asked
            for part in question.type.columns(question)
        ),
        by_id={question.id: question for question in asked},
    )


def _columns(oldest_first: list[Questions]) -> Iterable[Column]:
    """Parts in order of first appearance, with the newest words and names of their own."""
    newest = {question.id: question for question in united(reversed(oldest_first))}
    options: dict[str, dict[str, None]] = {}
    rows: dict[str, dict[str, None]] = {}
    places: dict[tuple[str, str, str], None] = {}
    for questions in oldest_first:
        for question in asked_in(questions):
            options.setdefault(question.id, {}).update(dict.fromkeys(_ids(question.options)))
            rows.setdefault(question.id, {}).update(dict.fromkeys(_ids(question.rows)))
            for part in question.type.columns(question):
                places.setdefault(part_key(question, part))
    parts = {}
    for question_id, question in newest.items():
        ordered = replace(
            question,
            options=_in_order(question.options, options[question_id]),
            rows=_in_order(question.rows, rows[question_id]),
        )
        for part in ordered.type.columns(ordered):
            parts[part_key(ordered, part)] = (ordered, part)
    names: set[str] = set()
    for key in places:
        name = _name(key, names)
        if key not in parts:
            continue
        question, part = parts[key]
        values = tuple((code, *pair) for code, pair in enumerate(part.labels, start=1))
        yield Column(name, len(names), question, part, values)
        names.add(name)


def _ids(options: Iterable[Option]) -> list[str]:
    return [option.id for option in options]


def _in_order(options: tuple[Option, ...], order: Iterable[str]) -> tuple[Option, ...]:
    by_id = {option.id: option for option in options}
    return tuple(by_id[option_id] for option_id in order)


def _name(key: tuple[str, str, str], taken: set[str]) -> str:
    """A name from ids; the whole ids in short where the first characters are taken."""
    question_id, _stored, own = key
    name = "v_" + "_".join(filter(None, (_short(question_id), _short(own))))
    if name in taken:
        name = f"v_{sha256('/'.join(key).encode()).hexdigest()[:16]}"
    return name


def _short(some_id: str) -> str:
    try:
        return uuid.UUID(some_id).hex[:8]
    except ValueError:
        return re.sub(r"[^a-z0-9]+", "_", some_id.lower()).strip("_")[:ID_LENGTH]
