"""What a survey asks, as plain data. The form, the results and the files are built from it.

Questions and options are known by the ids of their StreamField blocks, which stay the same when
an editor changes the words or the order.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from math import ceil

SHORT_TEXT = "short_text"
LONG_TEXT = "long_text"
ONE_CHOICE = "one_choice"
SEVERAL_CHOICES = "several_choices"
SCALE = "scale"
POINT = "point"

CHOICE_KINDS = (ONE_CHOICE, SEVERAL_CHOICES)
TEXT_KINDS = (SHORT_TEXT, LONG_TEXT)
OPEN_KINDS = (*TEXT_KINDS, POINT)

#: Seconds an answer takes a reader of average speed, for "ongeveer 4 minuten"; our estimate.
SECONDS = {
    SHORT_TEXT: 20,
    LONG_TEXT: 60,
    ONE_CHOICE: 15,
    SEVERAL_CHOICES: 20,
    SCALE: 10,
    POINT: 40,
}


@dataclass(frozen=True)
class Option:
    """One answer to choose; `archived` where the live survey no longer offers it."""

    id: str
    label: str
    archived: bool = False


@dataclass(frozen=True)
class Question:
    """One question; which of the fields matter follows from `kind`."""

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

    @property
    def option_labels(self) -> dict[str, str]:
        """Label of each option by its id."""
        return {option.id: option.label for option in self.options}


Questions = tuple[Question, ...]


def questions_of(stream) -> Questions:
    """The questions in a StreamField value."""
    return tuple(_from_block(child) for child in stream)


def _from_block(child) -> Question:
    value = child.value
    options = value["options"].bound_blocks if child.block_type in CHOICE_KINDS else ()
    return Question(
        id=str(child.id or ""),
        kind=child.block_type,
        label=value["label"].strip(),
        help_text=(value.get("help_text") or "").strip(),
        required=bool(value.get("required")),
        options=tuple(Option(str(item.id), item.value.strip()) for item in options),
        max_choices=value.get("max_choices"),
        max_length=value.get("max_length"),
        maximum=int(value["maximum"]) if child.block_type == SCALE else None,
        low_label=(value.get("low_label") or "").strip(),
        high_label=(value.get("high_label") or "").strip(),
    )


def to_json(questions: Questions) -> dict:
    """The definition as it is frozen in a version, in types that JSON gives back the same."""
    frozen = []
    for question in questions:
        row = asdict(question)
        del row["archived"]
        row["options"] = [{"id": option.id, "label": option.label} for option in question.options]
        frozen.append(row)
    return {"questions": frozen}


def from_json(definition: dict) -> Questions:
    """The questions of a frozen definition."""
    return tuple(
        Question(**{**row, "options": tuple(Option(**option) for option in row["options"])})
        for row in definition["questions"]
    )


def united(definitions: Iterable[Questions]) -> list[Question]:
    """All questions and options that were ever asked, from definitions newest first.

    Words are the newest ones. What the newest definition lacks comes last, as archived.
    """
    found: dict[str, Question] = {}
    for number, questions in enumerate(definitions):
        for question in questions:
            known = found.get(question.id)
            if known is None:
                found[question.id] = replace(question, archived=number > 0)
                continue
            ids = {option.id for option in known.options}
            lost = tuple(
                replace(option, archived=True)
                for option in question.options
                if option.id not in ids
            )
            found[question.id] = replace(known, options=known.options + lost)
    return list(found.values())


def minutes(questions: Questions) -> int:
    """About how long it takes to answer, in whole minutes and at least one."""
    return max(1, ceil(sum(SECONDS[question.kind] for question in questions) / 60))
