"""What a type of question is: its block for the editor, form field, results and columns."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import number_format
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from ..definition import Option, Question, frozen_settings
from .condition_block import condition_in
from .messages import MESSAGES, frozen_messages, required_message, worded
from .parts import Part, Storage, read_text

ANSWER_THIS = _("Beantwoord deze vraag.")
NOT_IN_LIST = _("Dit antwoord hoort niet bij deze vraag. Kies uit de lijst.")
LABEL_HELP = _("Vraag niet naar namen of adressen: antwoorden zijn anoniem.")
MAX_OPTIONS = 40
ANSWER = _("antwoord")
PARTS, ROWS, CHOICES, PLACES, CLASSES = "parts", "rows", "choices", "places", "classes"


def list_error(message) -> ValidationError:
    """An error of a list as a whole."""
    return blocks.list_block.ListBlockValidationError(non_block_errors=[ValidationError(message)])


def in_tenths(number: Decimal) -> str:
    """A mean for readers, rounded half up; Django itself cuts the digits off."""
    return number_format(Decimal(number).quantize(Decimal("0.1"), ROUND_HALF_UP), 1)


class ItemBlock(blocks.StructBlock):
    """What every item of a survey has: own rules in `own_errors`, besides those of the parts."""

    def clean(self, value):
        cleaned = super().clean(value)
        errors = self.own_errors(cleaned)
        if errors:
            raise blocks.StructBlockValidationError(block_errors=errors)
        return cleaned

    def own_errors(self, cleaned) -> dict:
        """Errors between the parts: {child name: ValidationError}."""
        return {}


class QuestionBlock(ItemBlock):
    """What every question has.

    `asked_last` names parts that few editors need: they stand below those of the kind itself.
    """

    asked_last: ClassVar[tuple[str, ...]] = ()

    label = blocks.CharBlock(label=_("vraag"), max_length=250, help_text=LABEL_HELP)
    help_text = blocks.CharBlock(label=_("uitleg bij de vraag"), max_length=400, required=False)
    required = blocks.BooleanBlock(label=_("verplicht"), required=False, default=False)
    required_message = required_message()

    def get_form_layout(self):
        last = [name for name in (*self.asked_last, "condition") if name in self.child_blocks]
        own = [name for name in MESSAGES if name in self.child_blocks]
        first = [name for name in self.child_blocks if name not in (*last, *own)]
        messages = blocks.BlockGroup(
            own, heading=_("Eigen meldingen"), classname="collapsed", icon="warning"
        )
        return blocks.BlockGroup([*first, messages, *last])


def label_list(label, *, item=ANSWER, **kwargs) -> blocks.ListBlock:
    """A list of short texts, each with an id that stays the same."""
    return blocks.ListBlock(
        blocks.CharBlock(label=item, max_length=150),
        label=label,
        **{"max_num": MAX_OPTIONS, "default": ["", ""]} | kwargs,
    )


def wrong_labels(labels: Iterable[str], *, fewest: int, too_few) -> ValidationError | None:
    """What is wrong with a list of answers: one that stands there twice, or too few."""
    given = [label.strip() for label in labels if label.strip()]
    folded = [label.casefold() for label in given]
    double = next((label for label in given if folded.count(label.casefold()) > 1), None)
    if double is not None:
        return list_error(
            _("Het antwoord ‘%(label)s’ staat er twee keer. Verander er één of haal het weg.")
            % {"label": double}
        )
    return list_error(too_few) if len(given) < fewest else None


class QuestionField(forms.Field):
    """A field that knows its question. Subclasses say in `values` what an answer stores."""

    question: Question
    #: Codes of errors about a rule of the question, which the editor may word.
    rules: ClassVar[frozenset[str]] = frozenset()

    def in_own_words(self, error: ValidationError) -> ValidationError:
        """An error of this field in the words of the editor, where there are any for it."""
        return worded(self.question, error, self.rules)

    def values(self, cleaned: Any) -> list[dict]:
        """Columns of each `Answer` row for a cleaned value; none for an empty one.

        A row is of this question unless it names another `question_id`.
        """
        raise NotImplementedError

    def contact(self, cleaned: Any) -> str:
        """An e-mail address to keep apart from the answers."""
        return ""

    def as_given(self, raw: Any) -> str:
        """What was typed, in words, also where it is not a valid answer."""
        return raw or ""


@dataclass
class Tally:
    """What came in on the questions of one survey, counted by the database.

    `answered`: responses by question id. `counts`: {question id: {(option id, number): count}}.
    `texts`: {question id: {text: count}}, of types that count their texts. `samples`: a few
    answers in words by question id. `contacts`: e-mail addresses by question id.
    """

    answered: dict[str, int]
    counts: dict[str, dict]
    texts: dict[str, dict[str, int]]
    samples: dict[str, list]
    contacts: dict[str, int]


@dataclass
class Bars:
    """Counts of one question, or of one row of it: {label, count, percent, archived}."""

    rows: list[dict] = field(default_factory=list)
    label: str = ""
    note: str = ""


@dataclass
class QuestionResult:
    """Results of one question.

    `answered`: responses with an answer to it. `bars`: tables with counts. `sample`: a few
    answers in words. `figures`: what was worked out from the counts, in a sentence each, such as
    a mean; `for_staff` those that take some knowledge of statistics. `notes`: other sentences.
    `changes`: words that were not the same in all versions (`surveys.wordings.Change`).
    """

    question: Question
    answered: int = 0
    bars: list[Bars] = field(default_factory=list)
    sample: list = field(default_factory=list)
    figures: list[str] = field(default_factory=list)
    for_staff: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    changes: list = field(default_factory=list)


def bar_rows(offered: Iterable[tuple[str, int, bool]], answered: int) -> list[dict]:
    """Rows of bars from (label, count, archived), percent of `answered`."""
    return [
        {
            "label": label,
            "count": count,
            "percent": round(100 * count / answered) if answered else 0,
            "archived": archived,
        }
        for label, count, archived in offered
    ]


def shared_settings(value) -> dict:
    """Settings that several kinds have; see `from_link`."""
    shared = {"link_name": value.get("link_name"), "shuffle": bool(value.get("shuffle"))}
    return shared | frozen_messages(value)


class QuestionType:
    """A type of question. Subclasses live in this package and are registered by their kind."""

    kind: ClassVar[str]
    #: Seconds an answer takes a reader of average speed, for "ongeveer 4 minuten"; our estimate.
    seconds: ClassVar[int]
    block_class: ClassVar[type[blocks.StructBlock]]
    #: Whether it takes an answer at all; a text between the questions does not.
    asks: ClassVar[bool] = True
    #: Whether the visitor sees a question; not so for what a link passes on.
    is_visible: ClassVar[bool] = True
    #: Whether an answer may be stored with the others while it waits to be sent.
    may_wait: ClassVar[bool] = True
    #: Whether who answered can change it later with a receipt.
    may_change: ClassVar[bool] = True
    #: Whether answers are read one by one, in words or as places.
    is_open: ClassVar[bool] = False
    #: Whether it shows a map.
    has_map: ClassVar[bool] = False
    #: How conditions compare an answer (`surveys.conditions`); None where they cannot.
    compares: ClassVar[str | None] = ""
    #: Whether the results count equal texts.
    counts_texts: ClassVar[bool] = False
    #: How counts add up, for cross tables and for what is published: everybody gives one of the
    #: answers (PARTS, and for each row ROWS), some of them (CHOICES), all in an order (PLACES), or
    #: a value that is put in classes (CLASSES). Nothing else is counted where it is empty.
    counted_as: ClassVar[str] = ""
    #: Whether a response has at most one answer under each of `answer_ids`.
    one_row: ClassVar[bool] = False

    @property
    def name(self) -> str:
        """What the editor knows it as."""
        return self.block_class._meta_class.label

    def seconds_for(self, question: Question) -> int:
        """Seconds that this question takes."""
        return self.seconds

    # What the editor made

    def from_block(self, child) -> Question:
        """The question in a StreamField child."""
        value = child.value
        return Question(
            id=str(child.id or ""),
            kind=self.kind,
            label=(value.get("label") or "").strip(),
            help_text=(value.get("help_text") or "").strip(),
            required=bool(value.get("required")),
            options=self.options(value),
            rows=self.rows(value),
            settings=frozen_settings(self.settings(value) | shared_settings(value)),
            condition=condition_in(value.get("condition")),
            **self.own_names(value),
        )

    def options(self, value) -> tuple[Option, ...]:
        """Answers to choose from."""
        return ()

    def rows(self, value) -> tuple[Option, ...]:
        """Rows of a matrix."""
        return ()

    def settings(self, value) -> dict:
        """Settings of this kind, in types that JSON knows; empty ones are left out."""
        return {}

    def own_names(self, value) -> dict:
        """Attributes of `Question` that only a few kinds fill."""
        return {}

    # The form

    def field(self, question: Question) -> QuestionField:
        """The form field of a question."""
        field = self.make_field(
            question,
            label=question.label,
            help_text=format_html_join(
                " ", "{}", ((part,) for part in self.help_parts(question) if part)
            ),
            required=question.required,
            error_messages={
                "required": ANSWER_THIS,
                "invalid_choice": NOT_IN_LIST,
                "invalid_list": NOT_IN_LIST,
            },
        )
        field.question = question
        return field

    def make_field(self, question: Question, **common) -> QuestionField:
        raise NotImplementedError

    def help_parts(self, question: Question) -> list:
        """The editor's explanation, with what the kind asks of the visitor."""
        return [question.marked(question.help_text)]

    # A link that fills in

    def from_link(self, question: Question, given: list[str]) -> list[str]:
        """What the form's own field would send for the values in a link."""
        return given[:1]

    def has_fixed_values(self, question: Question) -> bool:
        """Whether a link can only pass on values that the editor chose."""
        return False

    # Results and files

    def result(self, question: Question, tally: Tally) -> QuestionResult:
        """Results of a question; the same for a question nobody answered."""
        return QuestionResult(
            question, tally.answered.get(question.id, 0), sample=tally.samples.get(question.id, [])
        )

    def answer_ids(self, question: Question) -> Sequence[str]:
        """Ids under which answers to this question are stored."""
        return [question.id]

    def given_back(self, question: Question, rows: Sequence) -> dict[str, list[str]] | None:
        """Form data of stored `Answer` rows: values by what comes after the name of the field.

        What gives these same rows when it is sent unchanged. None where the kind cannot say:
        answers are then not offered for change.
        """
        return None

    def columns(self, question: Question) -> list[Part]:
        """The columns that the question fills in a file, in order."""
        return [Part(question.label, Storage.TEXT, question.id, read_text, is_personal=True)]
