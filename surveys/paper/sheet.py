"""The questions of a survey as they stand on paper: numbered, with what to do at each.

The printed form and the screen on which staff enter it are made from the same sheet, so that
number 7 on the one is number 7 on the other.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from math import ceil

from django.utils.translation import gettext as _

from ..conditions import Condition
from ..definition import OTHER, Option, Question, Questions
from ..flow import PAGE, SECTION, flow_of
from ..shapes.reading import POINT
from ..types.shapes_field import most_of, spot_of
from .routing import NOT_BY_PEN, in_words, on_paper, skips

#: Letters of answers on paper and the keys that choose them on the screen.
LETTERS = "abcdefghijklmnopqrstuvwxyz"
#: Answers stand in two columns where they are short and many.
SHORT_LABEL, MANY = 26, 5
#: Characters in handwriting on a line, and the most lines for one answer.
LINE_CHARACTERS, MOST_LINES = 55, 9
CHOICES = ("one_choice", "several_choices", "image_choice")


@dataclass
class Choice:
    """One answer to cross: `key` is the letter before it, empty after the letters are used up."""

    option: Option
    key: str = ""
    is_other: bool = False
    picture: object | None = None


@dataclass
class SheetItem:
    """A question, text or heading on paper.

    `number` is empty for what asks nothing. `conditions` are all that must hold for it, those of
    its section and page included; `only_if` says its own in words and `skips` where to go on.
    """

    question: Question
    number: str = ""
    only_if: str = ""
    otherwise: str = ""
    skips: list[str] = field(default_factory=list)
    helps: list[str] = field(default_factory=list)
    conditions: tuple[Condition, ...] = ()
    choices: list[Choice] = field(default_factory=list)
    picture: object | None = None

    @property
    def kind(self) -> str:
        return self.question.kind

    @property
    def is_heading(self) -> bool:
        return self.kind in (PAGE, SECTION)

    @property
    def takes_several(self) -> bool:
        """Whether more than one of the answers may be crossed."""
        return self.kind == "several_choices" or (
            self.kind == "image_choice" and self.question.max_choices != 1
        )

    @property
    def is_wide(self) -> bool:
        """Whether answers need a line each; short and many ones stand in two columns."""
        labels = [choice.option.label for choice in self.choices if not choice.is_other]
        return len(labels) < MANY or any(len(label) > SHORT_LABEL for label in labels)

    @property
    def is_kept_whole(self) -> bool:
        """Whether it fits on a part of a page, and so must not be cut in two."""
        if self.kind == "image_choice":
            return len(self.choices) <= 3
        long = len(self.question.options) > 16 or len(self.question.rows) > 8
        return self.kind != "long_text" and not long

    @property
    def lines(self) -> range:
        """Lines to write on, sized by how long an answer may be."""
        longest = self.question.max_length or 100
        if self.kind == "short_text":
            return range(1 if longest <= LINE_CHARACTERS else 2)
        return range(max(4, min(MOST_LINES, ceil(longest / (3 * LINE_CHARACTERS)) + 2)))

    @property
    def figures(self) -> range:
        """Boxes for the figures before the comma."""
        high = self.question.extra.get("high")
        return range(len(str(int(abs(Decimal(high))))) if high else 6)

    @property
    def decimals(self) -> range:
        """Boxes for the figures behind the comma."""
        return range(int(self.question.extra.get("decimals") or 0))

    @property
    def may_be_negative(self) -> bool:
        return str(self.question.extra.get("low", "")).startswith("-")

    @property
    def steps(self) -> list[str]:
        """The numbers of a scale."""
        return [str(number) for number in self.question.type.numbers(self.question)]

    @property
    def spots(self) -> list[Option]:
        """The numbered spots of a map question."""
        return [option for option in self.question.options if spot_of(option) is not None]

    @property
    def places(self) -> range:
        """Lines to write places on: one for each that may be given."""
        return range(min(most_of(self.question), 5) if self.kind == "shapes" else 2)


@dataclass
class Sheet:
    """All that stands on paper; `apart` are questions for an address, on a leaf of their own."""

    items: list[SheetItem]
    apart: list[SheetItem]

    @property
    def has_map(self) -> bool:
        return any(item.question.type.has_map for item in self.items)

    @property
    def asked(self) -> list[SheetItem]:
        """What is answered with a pen, in order."""
        return [item for item in [*self.items, *self.apart] if item.number and by_pen(item)]


def by_pen(item: SheetItem) -> bool:
    """Whether it can be answered on paper."""
    return item.kind not in NOT_BY_PEN


def sheet_of(questions: Questions) -> Sheet:
    """The sheet of a version, in the language that is active."""
    known: dict[str, tuple[str, Question]] = {}
    items: list[SheetItem] = []
    apart: list[SheetItem] = []
    count = 0
    for page in flow_of(questions).pages:
        whole = on_paper(page.condition, known)
        if whole is not False and page.head is not None:
            own = _real([whole])
            words = in_words(own, known, _("Dit deel alleen invullen als u %(what)s."))
            items.append(SheetItem(page.head, only_if=words, conditions=own))
        for flow_item in page.items:
            question = flow_item.question
            found = [whole, *(on_paper(one, known) for one in flow_item.conditions)]
            if False in found or question.kind == "hidden":
                continue
            # The words of a section stand at its heading, not at each question in it.
            own = on_paper(question.condition, known)
            sentence = {
                SECTION: _("Dit deel alleen invullen als u %(what)s."),
                "statement": _("Alleen lezen als u %(what)s."),
            }.get(question.kind, "")
            item = SheetItem(question, only_if=in_words(_real([own]), known, sentence))
            item.conditions = _real(found)
            if question.type.asks:
                if question.kind == "email":
                    apart.append(item)
                    continue
                count += 1
                item.number = str(count)
                item.helps = helps(question)
                item.choices = list(_choices(question))
                if by_pen(item):
                    known[question.id] = (item.number, question)
            items.append(item)
    for place, item in enumerate(apart, start=1):
        item.number = f"E{place}" if len(apart) > 1 else "E"
        item.helps = helps(item.question)
    _lead_on(items)
    return Sheet(_without_empty_heads(items), apart)


def _real(found: Iterable) -> tuple[Condition, ...]:
    return tuple(one for one in found if isinstance(one, Condition))


def _choices(question: Question) -> Iterable[Choice]:
    if question.kind in CHOICES:
        for place, option in enumerate(question.options):
            key = LETTERS[place] if place < len(LETTERS) else ""
            yield Choice(option, key, is_other=option.id == OTHER)


def _lead_on(items: Sequence[SheetItem]) -> None:
    """Say at questions and headings where to go on."""
    numbered = [(place, item) for place, item in enumerate(items) if item.number]
    for place, item in numbered:
        later = [(one.number, one.conditions) for spot, one in numbered if spot > place]
        item.skips = skips(item.question, later)
    for place, item in enumerate(items):
        if not (item.is_heading and item.only_if):
            continue
        ends = (PAGE,) if item.kind == PAGE else (PAGE, SECTION)
        end = next(
            (spot for spot in range(place + 1, len(items)) if items[spot].kind in ends), len(items)
        )
        after = next((one.number for spot, one in numbered if spot >= end), None)
        item.otherwise = (
            _("Anders gaat u door met vraag %(number)s.") % {"number": after}
            if after
            else _("Anders bent u klaar.")
        )


def _without_empty_heads(items: list[SheetItem]) -> list[SheetItem]:
    """Without headings that say nothing, or that have nothing below them."""
    found = []
    for place, item in enumerate(items):
        after = items[place + 1].kind if place + 1 < len(items) else PAGE
        is_bare = item.kind == PAGE and not (item.question.label or item.only_if)
        has_none = after == PAGE or (item.kind == SECTION and after == SECTION)
        if not (item.is_heading and (is_bare or has_none)):
            found.append(item)
    return found


def helps(question: Question) -> list[str]:
    """What the editor explains, and what to do with the pen."""
    own = [question.help_text] if question.help_text else []
    usual = [str(part) for part in question.type.help_parts(question)[1:]]
    kind = question.kind
    if kind == "one_choice" or (kind == "image_choice" and question.max_choices == 1):
        return [*own, _("Zet één kruisje.")]
    if kind in ("several_choices", "image_choice"):
        return [*own, *usual]
    if kind in ("scale", "nps"):
        return [*own, _("Zet één kruisje.")]
    if kind in ("number", "postcode"):
        return [*own, *usual]
    if kind == "date":
        return [*own, *usual, _("Schrijf dag, maand en jaar.")]
    if kind == "matrix":
        return [*own, _("Zet op elke regel één kruisje.")]
    if kind == "ranking":
        most = len(question.options)
        return [
            *own,
            _(
                "Schrijf in elk vakje een cijfer van 1 tot en met %(n)s. 1 is het belangrijkst, "
                "%(n)s het minst belangrijk. Gebruik elk cijfer één keer."
            )
            % {"n": most},
        ]
    if kind == "point":
        return [*own, _("Zet één kruis op de kaart. Of schrijf eronder waar het is.")]
    if kind == "shapes":
        return [*own, _shapes_help(question)]
    if kind == "consent":
        return [
            *own,
            _(
                "Zet een kruisje als u akkoord bent. Zonder kruisje mogen wij uw formulier niet "
                "gebruiken."
            ),
        ]
    if kind == "email":
        return [*own, _("Schrijf duidelijk, in blokletters."), *usual]
    return own


def _shapes_help(question: Question) -> str:
    most = most_of(question)
    if question.extra["shape"] == POINT:
        if question.options:
            return _(
                "Zet een kruisje bij de genummerde plekken, of zet zelf een kruis op de kaart. "
                "Geef hoogstens %(most)s plekken."
            ) % {"most": most}
        if most == 1:
            return _("Zet één kruis op de kaart. Of schrijf eronder waar het is.")
        return _("Zet hoogstens %(most)s kruisen op de kaart. Of schrijf eronder waar het is.") % {
            "most": most
        }
    one = _("een lijn") if question.extra["shape"] == "line" else _("een rand om het gebied")
    text = _("Teken %(one)s op de kaart, hoogstens %(most)s keer. Of schrijf eronder waar het is.")
    return text % {"one": one, "most": most}
