"""What a survey asks, as plain data. The form, the results and the files are built from it.

Questions and options are known by the ids of their StreamField blocks, which stay the same when
an editor changes the words or the order. What a kind of question does with the data is in
`surveys.types`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property
from math import ceil

from django.utils.safestring import SafeString

from .conditions import Condition
from .languages.marks import marked
from .languages.registry import DUTCH, language

#: Ids of the options that an editor adds by giving them words, beside those of the list.
OTHER = "other"
NONE_OF_THESE = "none"


@dataclass(frozen=True)
class Option:
    """One answer to choose, or one row of a matrix.

    `archived` where the live survey no longer offers it; `image` is the key of its picture,
    `geometry` its place on the map (well-known text, WGS 84). `source` is the Dutch label where
    `label` is a translation.
    """

    id: str
    label: str
    archived: bool = False
    image: int | None = None
    geometry: str = ""
    source: str = ""

    @property
    def dutch_label(self) -> str:
        """The label that is stored with answers and read in links, whatever is shown."""
        return self.source or self.label


@dataclass(frozen=True)
class Question:
    """One question, or another item between them; what matters follows from `kind`.

    `settings` holds what only one kind knows, as sorted pairs so that a question can be hashed.
    `translations` are texts by language and part (`surveys.languages.texts`). `language` is that
    of the words here, and `dutch_parts` are the parts that stand in Dutch nevertheless.
    """

    id: str
    kind: str
    label: str
    help_text: str = ""
    required: bool = False
    options: tuple[Option, ...] = ()
    max_choices: int | None = None
    max_length: int | None = None
    maximum: int | None = None
    low_label: str = ""
    high_label: str = ""
    archived: bool = False
    rows: tuple[Option, ...] = ()
    settings: tuple[tuple[str, object], ...] = ()
    condition: Condition | None = None
    translations: dict[str, dict[str, str]] = field(default_factory=dict, hash=False)
    language: str = DUTCH
    dutch_parts: frozenset[str] = frozenset()

    @property
    def language_attrs(self) -> SafeString:
        """The language and direction of the words, as attributes in HTML."""
        return language(self.language).attrs

    def marked(self, text: str) -> SafeString | str:
        """One of its texts as HTML that says in which language it is; nothing stays nothing."""
        return marked(text, self.language)

    @cached_property
    def option_labels(self) -> dict[str, str]:
        """Label of each option by its id."""
        return {option.id: option.label for option in self.options}

    @cached_property
    def extra(self) -> dict:
        """The settings of the kind, by name; what is empty is not there."""
        return dict(self.settings)

    @property
    def type(self):
        """The type of the question: a `surveys.types.base.QuestionType`."""
        from . import types

        return types.get(self.kind)


Questions = tuple[Question, ...]

#: Names that a frozen question always has: those of the very first definitions.
FIRST_NAMES = (
    "id",
    "kind",
    "label",
    "help_text",
    "required",
    "options",
    "max_choices",
    "max_length",
    "maximum",
    "low_label",
    "high_label",
)


def questions_of(stream) -> Questions:
    """The questions and other items in a StreamField value."""
    from . import types

    found = [types.get(child.block_type).from_block(child) for child in stream]
    compares = {question.id: question.type.compares or "" for question in found}
    return tuple(
        question
        if question.condition is None
        else replace(question, condition=_comparing(question.condition, compares))
        for question in found
    )


def _comparing(condition: Condition, compares: dict[str, str]) -> Condition:
    """A condition that knows how the answers to its questions compare."""
    rules = (replace(rule, compares=compares.get(rule.question, "")) for rule in condition.rules)
    return replace(condition, rules=tuple(rules))


def to_json(questions: Questions, languages: Iterable[str] = ()) -> dict:
    """The definition as it is frozen in a version, in types that JSON gives back the same.

    `languages`: codes of those in which the survey is offered besides Dutch.

    What came later than the first definitions is there only where it says something, so that
    a survey from before is not a new version of itself.
    """
    frozen = []
    for question in questions:
        row = {name: getattr(question, name) for name in FIRST_NAMES}
        row["options"] = [_option_to_json(option) for option in question.options]
        if question.rows:
            row["rows"] = [_option_to_json(option) for option in question.rows]
        if question.settings:
            row["settings"] = dict(question.settings)
        if question.condition is not None:
            row["condition"] = question.condition.to_json()
        if question.translations:
            row["translations"] = question.translations
        frozen.append(row)
    languages = list(languages)
    return {"questions": frozen} | ({"languages": languages} if languages else {})


def _option_to_json(option: Option) -> dict:
    row = {"id": option.id, "label": option.label}
    own = {"image": option.image, "geometry": option.geometry}
    return row | {name: value for name, value in own.items() if value}


def from_json(definition: dict) -> Questions:
    """The questions of a frozen definition, of whatever age."""
    return tuple(_from_row(row) for row in definition["questions"])


def _from_row(row: dict) -> Question:
    return Question(
        **{
            **row,
            "options": tuple(Option(**option) for option in row["options"]),
            "rows": tuple(Option(**option) for option in row.get("rows", ())),
            "settings": frozen_settings(row.get("settings", {})),
            "condition": Condition.from_json(row["condition"]) if "condition" in row else None,
        }
    )


def frozen_settings(settings: dict) -> tuple[tuple[str, object], ...]:
    """Settings as pairs in a fixed order, without the empty ones."""
    return tuple(
        (name, value) for name, value in sorted(settings.items()) if value not in (None, "", False)
    )


def within_area(questions: Questions, area_of) -> Questions:
    """Questions that know in which area their answers must lie, where an editor asks so.

    `area_of()` gives the area of the survey or None; it is called only where it is needed.
    """
    if not any(question.extra.get("inside") for question in questions):
        return questions
    area = area_of()
    key = {"area": area.pk} if area is not None else {}
    return tuple(
        replace(question, settings=frozen_settings(question.extra | key))
        if question.extra.get("inside")
        else question
        for question in questions
    )


def asked_in(questions: Iterable[Question]) -> Questions:
    """Only what can be answered: no texts, sections or pages."""
    return tuple(question for question in questions if question.type.asks)


def united(definitions: Iterable[Questions]) -> list[Question]:
    """All questions and options that were ever asked, from definitions newest first.

    Words are the newest ones. What the newest definition lacks comes last, as archived.
    """
    found: dict[str, Question] = {}
    for number, questions in enumerate(definitions):
        for question in asked_in(questions):
            known = found.get(question.id)
            if known is None:
                found[question.id] = replace(question, archived=number > 0)
                continue
            found[question.id] = replace(
                known,
                options=_with_lost(known.options, question.options),
                rows=_with_lost(known.rows, question.rows),
            )
    return list(found.values())


def _with_lost(known: tuple[Option, ...], older: tuple[Option, ...]) -> tuple[Option, ...]:
    ids = {option.id for option in known}
    return known + tuple(replace(option, archived=True) for option in older if option.id not in ids)


def minutes(questions: Questions) -> int:
    """About how long it takes to answer, in whole minutes and at least one."""
    return max(1, ceil(sum(question.type.seconds_for(question) for question in questions) / 60))
