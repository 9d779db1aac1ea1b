"""A form as the questions of a survey, with a report of all that is not carried over."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail import blocks

from cms.sheets.cells import restored

from ..conditions import Condition
from ..definition import Questions, questions_of
from ..types.condition_block import MAX_RULES
from ..types.matrix import MAX_COLUMNS, MAX_ROWS
from ..types.stream import QuestionsBlock
from . import extras
from .columns import KIND, OWN, Ids, exact_condition
from .expressions import UnsupportedError
from .kinds import ONE, base_of, why_left
from .languages import choose, our_languages
from .messages import messages_in
from .questions import Maker
from .reading import SURVEY, Form, Row
from .relevance import Subject, read_condition
from .remarks import remark_on
from .report import Place, RefusedFormError, Report, Weight
from .translations import Heard
from .tree import Group, tree_of

#: A row that an export makes for the words of "anders, namelijk"; the question itself has them.
OTHER_WORDS = "other_words"
_TABLE = {"table-list"}
_BARE = {"list-nolabel", "label"}


@dataclass(frozen=True)
class MappedForm:
    """What a form becomes: title, questions as the StreamField stores them, and the report."""

    title: str
    stream: list[dict]
    report: Report
    #: As `SurveyPage.translations`: {language: {key: [translation, Dutch text]}}.
    translations: dict

    @property
    def questions(self) -> Questions:
        """The questions as plain data."""
        return questions_of(QuestionsBlock().to_python(self.stream))


def map_form(
    form: Form,
    *,
    may_use: Callable[[Iterable[int]], set[int]],
    may_use_documents: Callable[[Iterable[int]], set[int]],
) -> MappedForm:
    """What a form becomes. `may_use(keys)` gives which of our pictures may be used,
    `may_use_documents` which documents.

    Raises RefusedFormError where nothing in it can be asked.
    """
    walk = _Walk(form, may_use, may_use_documents)
    walk.remarks_on_form()
    walk.into(tree_of(form), outer=None)
    if not any(base_of(row.get("type"))[0] not in ("", "note", "hidden") for row in walk.carried):
        first = next(iter(form.rows), None)
        raise RefusedFormError(
            _("In dit formulier staat geen enkele vraag die een enquête kan stellen."),
            first.place("type") if first else Place(SURVEY),
        )
    walk.check()
    mapped = MappedForm(restored(form.title) or form.name, walk.stream, walk.report, {})
    found = walk.heard.translations(mapped.questions, walk.report)
    return replace(mapped, translations=found)


class _Walk:
    """Goes through the rows in order, and writes the items of the survey."""

    def __init__(self, form: Form, may_use, may_use_documents) -> None:
        self.form = form
        self.report = Report()
        self.languages = choose(form)
        self.heard = Heard(our_languages(self.languages.left))
        self.maker = Maker(
            form,
            self.languages,
            Ids(form.name),
            self.report,
            may_use,
            may_use_documents,
            self.heard,
        )
        self.stream: list[dict] = []
        self.rows: list[Row] = []  # of each item in the stream
        self.carried: list[Row] = []
        self.in_pages = "pages" in form.settings.get("style", "").split()

    def remarks_on_form(self) -> None:
        """What counts for the form as a whole."""
        left = [name for name in self.languages.left if name not in self.heard.tongues]
        if left:
            self.report.add(
                Weight.LOST,
                Place(SURVEY, 1, "label"),
                _("De teksten in deze talen zijn weggelaten: %(left)s. Genomen is: %(taken)s.")
                % {
                    "left": ", ".join(left),
                    "taken": self.languages.taken or _("de kolom zonder taal"),
                },
            )
        for name in self.form.other_sheets:
            self.report.add(Weight.LOST, Place(name), _("Dit blad gebruikt een enquête niet."))

    def into(self, children: list[Group | Row], *, outer: "_Scope | None") -> None:
        """Write the rows of one group; `outer` is the scope they are in."""
        must_reset = False
        for child in children:
            if isinstance(child, Group):
                if self._matrix(child, reset=outer if must_reset else None, must_reset=must_reset):
                    must_reset = False
                    continue
                must_reset = self._group(child, outer)
                continue
            if child.get(KIND) == OTHER_WORDS:
                continue
            item = self.maker.question(child)
            if item is None:
                self.maker.note(Weight.LOST, child, "type", why_left(child.get("type")))
                continue
            if must_reset:
                self._reset(child, outer)
                must_reset = False
            self._put(item, child, self._condition(child))
            self._remarks(child)

    def _group(self, group: Group, outer: "_Scope | None") -> bool:
        """Write a group; True where what follows at the same level must be kept out of it."""
        row = group.row
        looks = row.get("appearance").split()
        own = row.get(KIND)
        is_page = own == "page" or (own != "section" and ("field-list" in looks or self.in_pages))
        if group.kind != "group":
            self.maker.note(
                Weight.CHANGED,
                row,
                "type",
                _("Een enquête herhaalt geen vragen. Deze groep wordt één keer gesteld."),
            )
        condition = self._condition(row)
        has_page_above = outer is not None and outer.is_page
        above = outer.condition if outer and (is_page or not has_page_above) else None
        condition = self._both(above, condition, row)
        label = self.maker.label(row, fallback=False)
        if not is_page and not label:
            if condition is None:
                self.into(group.children, outer=outer)
                return False
            is_page = True  # a part needs a heading, a page does not
        kind = "page" if is_page else "section"
        item_id = self.maker.ids.of(row, row.get("name") or f"row {row.number}")
        self.heard.item(item_id, row, label="label")
        self._put({"type": kind, "id": item_id, "value": {"label": label}}, row, condition)
        self._remarks(row)
        count = len(self.stream)
        self.into(group.children, outer=_Scope(is_page, condition, label))
        if len(self.stream) == count:
            self.stream.pop()
            self.rows.pop()
            return False
        return is_page or condition is not None

    def _reset(self, row: Row, outer: "_Scope | None") -> None:
        """Begin a page, because what follows does not belong to the group that ended."""
        item_id = self.maker.ids.of(None, "after group", row.get("name") or str(row.number))
        condition = outer.condition if outer else None
        self._put({"type": "page", "id": item_id, "value": {"label": ""}}, row, condition)
        self.maker.note(
            Weight.CHANGED,
            row,
            "type",
            _("Hier begint een nieuwe pagina, omdat de groep hierboven eindigt."),
        )

    def _matrix(self, group: Group, *, reset, must_reset: bool) -> bool:
        """Write a group as a table if that is what it is."""
        looks = set(group.row.get("appearance").split())
        rows = [child for child in group.children if isinstance(child, Row)]
        if not (looks & _TABLE or any(_BARE & set(row.get("appearance").split()) for row in rows)):
            return False
        asked = [row for row in rows if "label" not in row.get("appearance").split()]
        bases = {base_of(row.get("type")) for row in asked}
        base, list_name, other = next(iter(bases)) if len(bases) == 1 else ("", "", False)
        choices = self.form.choices.get(list_name, ())
        fits = (
            base == ONE
            and not other
            and len(rows) == len(group.children)
            and 0 < len(asked) <= MAX_ROWS
            and len(choices) <= MAX_COLUMNS
            and not any(row.get("relevant") for row in asked)
            and len({row.get("required").lower() for row in asked}) == 1
        )
        if not fits:
            self.maker.note(
                Weight.CHANGED,
                group.row,
                "appearance",
                _("Deze tabel past niet in een enquête. Elke rij is nu een eigen vraag."),
            )
            return False
        if must_reset:
            self._reset(group.row, reset)
        row = group.row
        question_id = self.maker.ids.of(row, row.get("name") or f"row {row.number}")
        subject = Subject(question_id, row.get("name"), "")
        value = self.maker.common(row) | self.maker.options(row, "matrix", list_name, subject)
        self.heard.item(question_id, row, label="label", help_text="hint")
        value["required"] = self.maker.required(asked[0])
        value |= messages_in(self.maker, asked[0], "matrix", question_id)
        value["rows"] = []
        value["shuffle"] = extras.is_random(row)
        for child in asked:
            row_id = self.maker.ids.of(child, child.get("name"))
            label = self.maker.label(child)
            value["rows"].append({"type": "item", "id": row_id, "value": label})
            self.heard.text(question_id, f"row/{row_id}", child)
            if child.get("hint"):
                self.maker.note(
                    Weight.LOST, child, "hint", _("Een rij van een tabel heeft geen eigen uitleg.")
                )
            self.carried.append(child)
        self._put({"type": "matrix", "id": question_id, "value": value}, row, self._condition(row))
        self.maker.subjects[subject.name] = subject
        return True

    def _condition(self, row: Row) -> Condition | None:
        expression = row.get("relevant")
        kept = exact_condition(row, expression)
        if kept is not None or not expression:
            return kept
        try:
            condition = read_condition(expression, self.maker.subjects)
        except UnsupportedError:
            condition = None
        if condition is None or len(condition.rules) > MAX_RULES:
            self.maker.note(
                Weight.LOST,
                row,
                "relevant",
                _(
                    "Deze voorwaarde kan een enquête niet zo stellen, of zij hangt af van een "
                    "vraag die niet is overgenomen. Dit onderdeel is nu altijd te zien."
                ),
            )
            return None
        return condition

    def _both(self, outer: Condition | None, inner: Condition | None, row: Row) -> Condition | None:
        """Both conditions in one, as a part in a part has only one place for them."""
        if outer is None or inner is None:
            return inner or outer
        plain = [c.match == "all" or len(c.rules) == 1 for c in (outer, inner)]
        if all(plain) and len(outer.rules) + len(inner.rules) <= MAX_RULES:
            return Condition("all", outer.rules + inner.rules)
        self.maker.note(
            Weight.LOST,
            row,
            "relevant",
            _("De voorwaarde van de groep hieromheen past hier niet bij. Zij is weggelaten."),
        )
        return inner

    def _put(self, item: dict, row: Row, condition: Condition | None) -> None:
        item["value"]["condition"] = {
            "match": condition.match if condition else "all",
            "rules": [
                {
                    "type": "item",
                    "id": f"{item['id']}-{number}",
                    "value": {
                        "question": rule.question,
                        "operator": rule.operator,
                        "value": rule.value,
                    },
                }
                for number, rule in enumerate(condition.rules if condition else ())
            ],
        }
        self.stream.append(item)
        self.rows.append(row)
        if item["type"] not in ("page", "section"):
            self.carried.append(row)

    def _remarks(self, row: Row) -> None:
        """What stands in the other columns of a row that is carried over."""
        for column in dict.fromkeys(name for name, _language in row.cells):
            if column in OWN:
                continue
            remark = remark_on(row, column)
            if remark is not None:
                weight, message, is_once = remark
                place = Place(SURVEY, 1, column) if is_once else row.place(column)
                self.report.add(weight, place, message)

    def check(self) -> None:
        """Note what must be put right before the survey can be published."""
        block = QuestionsBlock()
        value = block.to_python(self.stream)
        try:
            block.clean(value)
        except blocks.StreamBlockValidationError as error:
            for _field, message in _messages({"non_block_errors": error.non_block_errors}):
                self.report.add(Weight.TO_DO, Place(SURVEY), message)
            for number, wrong in (error.block_errors or {}).items():
                parts = block.child_blocks[self.stream[number]["type"]].child_blocks
                for name, message in _messages(wrong):
                    told = f"{parts[name].label}: {message}" if name in parts else message
                    self.report.add(Weight.TO_DO, self.rows[number].place(), told)


@dataclass(frozen=True)
class _Scope:
    """The page or part that rows are in."""

    is_page: bool
    condition: Condition | None
    label: str


def _messages(error, name: str = "") -> Iterator[tuple[str, str]]:
    """(name of the outermost part, message) of everything in an error of a block."""
    if isinstance(error, dict):
        for key, part in error.items():
            own = key if isinstance(key, str) and key != "non_block_errors" else ""
            yield from _messages(part, name or own)
    elif isinstance(error, blocks.StructBlockValidationError | blocks.ListBlockValidationError):
        yield from _messages(error.block_errors, name)
        yield from _messages(error.non_block_errors, name)
    elif isinstance(error, list):  # Django's ErrorList too
        for part in error.as_data() if hasattr(error, "as_data") else error:
            yield from _messages(part, name)
    elif isinstance(error, ValidationError):
        for message in error.messages:
            yield name, message
