"""A survey as XLSForm: a workbook that ODK and others read, and that imports again unchanged."""

import re
from collections.abc import Iterable
from io import BytesIO

from django.utils.html import strip_tags
from openpyxl import Workbook

from cms.sheets.cells import clean, neutralised

from ..conditions import Condition, Rule
from ..definition import NONE_OF_THESE, OTHER, Option, Question, Questions
from ..types.files import PHOTOS
from ..types.video import PARTS
from .columns import EXACT, ID, IMAGE, KIND, MORE, as_json
from .constraints import Limits, write_limits
from .drawings import GEO_TYPES, drawing_to_more
from .expressions import UnsupportedError
from .mapping import OTHER_WORDS
from .messages import COLUMNS as MESSAGE_COLUMNS
from .messages import message_texts
from .naming import Names
from .relevance import Subject, read_condition, write_condition
from .translations import Told, heading

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SURVEY_COLUMNS = (
    *("type", "name", "label", "hint", "required", "relevant", "constraint"),
    *MESSAGE_COLUMNS.values(),
    *("appearance", "parameters", ID, KIND, IMAGE, MORE),
)
CHOICE_COLUMNS = ("list_name", "name", "label", "media::image", ID, IMAGE, MORE)
SETTINGS_COLUMNS = ("form_title", "form_id", "version", "style")
OTHER_LABEL = "Uw eigen antwoord"
_TYPES = {
    "short_text": "text",
    "long_text": "text",
    "postcode": "text",
    "email": "text",
    "date": "date",
    "point": "geopoint",
    "statement": "note",
    "consent": "acknowledge",
    "hidden": "hidden",
    "scale": "range",
    "nps": "range",
}


def workbook_of(
    questions: Questions,
    *,
    title: str,
    form_id: str,
    version: str,
    image_names: dict[int, str],
    told: Told,
) -> bytes:
    """The file (.xlsx). `image_names`: names of the files of the pictures by their key.

    `told`: the translations.
    """
    writer = _Writer(image_names, told)
    writer.write(questions)
    has_pages = any(question.kind == "page" for question in questions)
    settings = {
        "form_title": neutralised(clean(title)),
        "form_id": form_id,
        "version": version,
        "style": "pages" if has_pages else "",
    }
    book = Workbook()
    book.remove(book.active)
    for name, columns, rows in (
        ("survey", [*SURVEY_COLUMNS, *writer.tongue_columns()], writer.rows),
        ("choices", [*CHOICE_COLUMNS, *told.columns("label")], writer.choices),
        ("settings", SETTINGS_COLUMNS, [settings]),
    ):
        sheet = book.create_sheet(name)
        sheet.append(columns)
        for row in rows:
            sheet.append([row.get(column) or None for column in columns])
        sheet.freeze_panes = "A2"
    for sheet in book:
        for cells in sheet.iter_rows(min_row=2):
            for cell in cells:
                if cell.value is not None:
                    cell.value = str(cell.value)
                    cell.data_type = "s"  # never a formula, whatever it begins with
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def plain_text(html: str) -> str:
    """The words of a rich text, with an empty line between its paragraphs."""
    broken = re.sub(r"<br\s*/?>", "\n", html)
    broken = re.sub(r"</(?:p|li)>", "\n\n", broken)
    return re.sub(r"\n{3,}", "\n\n", strip_tags(broken)).strip()


class _Writer:
    def __init__(self, image_names: dict[int, str], told: Told) -> None:
        self.image_names = image_names
        self.told = told
        self.rows: list[dict] = []
        self.choices: list[dict] = []
        self.names = Names()
        self.by_id: dict[str, Subject] = {}
        self.open: list[str] = []

    def write(self, questions: Questions) -> None:
        for question in questions:
            if question.kind in ("page", "section"):
                self._begin(question)
            elif question.kind == "matrix":
                self._matrix(question)
            else:
                self._question(question)
        while self.open:
            self._end()

    def tongue_columns(self) -> list[str]:
        """Headings for other languages; of messages only where somebody wrote one."""
        used = [name for name in MESSAGE_COLUMNS.values() if any(name in row for row in self.rows)]
        return self.told.columns("label", "hint", *used)

    def _begin(self, question: Question) -> None:
        while self.open and (question.kind == "page" or self.open[-1] == "section"):
            self._end()
        row = self._common(question, "begin group", "groep")
        row["appearance"] = "field-list" if question.kind == "page" else ""
        row[KIND] = question.kind
        self._tell_rest(row, question)
        self._add(row, question.condition)
        self.open.append(question.kind)

    def _end(self) -> None:
        self.open.pop()
        self.rows.append({"type": "end group"})

    def _question(self, question: Question) -> None:
        row = self._common(question, self._type(question), "vraag")
        subject = Subject(question.id, row["name"], question.type.compares)
        subject.is_single = question.kind == "one_choice" or question.max_choices == 1
        subject.is_whole = not question.extra.get("decimals")
        row[KIND] = question.kind
        if question.kind == "statement":
            self._statement(row, question)
        elif question.kind == "shapes":
            _more(row).update(drawing_to_more(question))
        elif question.kind == "hidden":
            _more(row)["values"] = [[option.id, option.label] for option in question.options]
        elif question.options:
            subject.choices = self._options(row["name"], question)
        if question.kind in ("scale", "nps"):
            self._scale(row, question)
        row["constraint"] = write_limits(self._limits(question, subject))
        self._messages(row, question)
        if question.kind == "long_text":
            row["appearance"] = "multiline"
        elif question.extra.get("shown_as") == "list":
            row["appearance"] = "minimal"
        if question.extra.get("shuffle"):
            row["parameters"] = "randomize=true"
        for name in (
            "decimals", "unit", "whole", "link_name", "kinds", "max_files", "max_mb",
            "purpose", "purpose_text",
        ):  # fmt: skip
            if question.extra.get(name):
                _more(row)[name] = question.extra[name]
        self._tell_rest(row, question)
        self._add(row, question.condition)
        self.by_id[question.id] = subject
        if OTHER in subject.choices.values():
            self._other_words(row["name"], subject)

    def _type(self, question: Question) -> str:
        kind = question.kind
        if kind == "number":
            return "decimal" if question.extra.get("decimals") else "integer"
        if kind == "shapes":
            return GEO_TYPES[question.extra["shape"]]
        if kind == "file":
            return "image" if question.extra.get("kinds") == PHOTOS else "file"
        if kind in _TYPES:
            return _TYPES[kind]
        one = kind == "one_choice" or (kind == "image_choice" and question.max_choices == 1)
        return "rank" if kind == "ranking" else "select_one" if one else "select_multiple"

    def _common(self, question: Question, row_type: str, otherwise: str) -> dict:
        row = {"type": row_type, "name": self.names.of(question.label, otherwise), ID: question.id}
        if row_type.split("_")[0] in ("select", "rank"):
            row["type"] = f"{row_type} {row['name']}"
        _say(row, "label", question.label)
        _say(row, "hint", question.help_text)
        if question.kind != "statement":
            self._tell(row, "label", f"{question.id}/label")
            self._tell(row, "hint", f"{question.id}/help_text")
        row["required"] = "yes" if question.required else ""
        return row

    def _add(self, row: dict, condition: Condition | None) -> None:
        """Write a row with its condition; exact in a column of our own where XPath cannot."""
        if condition is not None:
            subjects = {subject.name: subject for subject in self.by_id.values()}
            bare = Condition(condition.match, tuple(_bare(rule) for rule in condition.rules))
            try:
                text = write_condition(condition, self.by_id)
                said = read_condition(text, subjects)
            except UnsupportedError:
                text, said = "", None
            single = len(bare.rules) == 1
            same = said is not None and said.rules == bare.rules
            if (
                not same
                or (said.match != bare.match and not single)
                or (single and bare.match == "any")
            ):
                rules = [[rule.question, rule.operator, rule.value] for rule in bare.rules]
                kept = {"match": bare.match, "rules": rules}
                _more(row).setdefault(EXACT, {})["relevant"] = [text, kept]
            row["relevant"] = text
        if MORE in row:
            row[MORE] = as_json(row[MORE])
        self.rows.append(row)

    def _options(self, list_name: str, question: Question) -> dict[str, str]:
        """Write the choices of a question; their ids by name."""
        names, found = Names(OTHER, "none"), {}
        for option in question.options:
            name = self._choice_name(option, names)
            found[name] = option.id
            choice = {"list_name": list_name, "name": name, ID: option.id}
            _say(choice, "label", option.label)
            self._tell(choice, "label", f"{question.id}/option/{option.id}")
            if option.image:
                choice[IMAGE] = str(option.image)
                choice["media::image"] = self.image_names.get(option.image, "")
            self._add_choice(choice)
        return found

    def _choice_name(self, option: Option, names: Names) -> str:
        fixed = {OTHER: OTHER, NONE_OF_THESE: "none"}
        return fixed.get(option.id) or names.of(option.label, "keuze")

    def _add_choice(self, choice: dict) -> None:
        if MORE in choice:
            choice[MORE] = as_json(choice[MORE])
        self.choices.append(choice)

    def _scale(self, row: dict, question: Question) -> None:
        low, high = question.type.limits(question)
        row["parameters"] = f"start={low} end={high} step=1"
        if question.low_label and question.high_label:
            row["parameters"] += f" tick_labelset={row['name']}"
            for number, label, part in (
                (low, question.low_label, "low_label"),
                (high, question.high_label, "high_label"),
            ):
                choice = {"list_name": row["name"], "name": str(number)}
                _say(choice, "label", label)
                self._tell(choice, "label", f"{question.id}/{part}")
                self._add_choice(choice)

    def _statement(self, row: dict, question: Question) -> None:
        html = question.extra.get("text", "")
        text = plain_text(html)
        row["label"] = neutralised(_held(text))
        _more(row)[EXACT] = {"label": [_held(text), html]}
        self._tell(row, "label", f"{question.id}/text")
        if question.label:
            _more(row)["heading"] = question.label
        if "video" in question.extra:
            _more(row)["video"] = {key: question.extra.get(key) for key in PARTS}
        for option in question.options:
            row[IMAGE] = str(option.image)
            _more(row)["alt"] = option.label

    def _limits(self, question: Question, subject: Subject) -> Limits:
        extra = question.extra
        limits = Limits(low=extra.get("low", ""), high=extra.get("high", ""))
        if question.kind in ("short_text", "long_text"):
            limits.longest = question.max_length
        if question.kind == "several_choices":
            limits.fewest, limits.most = extra.get("min_choices"), question.max_choices
            if NONE_OF_THESE in subject.choices.values():
                limits.exclusive = "none"
        elif question.kind == "image_choice" and question.max_choices != 1:
            limits.most = question.max_choices
        return limits

    def _other_words(self, name: str, subject: Subject) -> None:
        """What ODK needs to ask for the own words; our own question asks for them itself."""
        single = f"${{{name}}} = 'other'"
        said = single if subject.is_single else f"selected(${{{name}}}, 'other')"
        self.rows.append(
            {
                "type": "text",
                "name": self.names.of(f"{name}_anders", "anders"),
                "label": OTHER_LABEL,
                "relevant": said,
                KIND: OTHER_WORDS,
            }
        )

    def _messages(self, row: dict, question: Question) -> None:
        for column, (text, key) in message_texts(question).items():
            _say(row, column, text)
            self._tell(row, column, key)

    def _tell(self, row: dict, column: str, key: str) -> None:
        """Write a text in the other languages."""
        for code, words in self.told.words(key):
            held = _held(words)
            row[heading(column, code)] = neutralised(held)
            if held != words:
                _more(row).setdefault(EXACT, {})[f"{column}::{code}"] = [held, words]

    def _tell_rest(self, row: dict, question: Question) -> None:
        """Write translations that have no column; the last thing of a question."""
        if rest := self.told.rest(question):
            _more(row).update(rest)

    def _matrix(self, question: Question) -> None:
        row = self._common(question, "begin group", "tabel")
        row["appearance"] = "table-list"
        row[KIND] = "matrix"
        if question.extra.get("shuffle"):
            _more(row)["shuffle"] = True
        required, row["required"] = row["required"], ""
        for prefix, items in (("row", question.rows), ("option", question.options)):
            for item in items:
                self.told.written(f"{question.id}/{prefix}/{item.id}")
        for _text, key in message_texts(question).values():
            self.told.written(key)
        self._tell_rest(row, question)
        self._add(row, question.condition)
        self.by_id[question.id] = Subject(question.id, row["name"], "")
        self._options(row["name"], question)
        for number, item in enumerate(question.rows):
            child = {
                "type": f"select_one {row['name']}",
                "name": self.names.of(item.label, "rij"),
                ID: item.id,
                "required": required,
            }
            _say(child, "label", item.label)
            self._tell(child, "label", f"{question.id}/row/{item.id}")
            if number == 0:
                self._messages(child, question)
            self._add(child, None)
        self.rows.append({"type": "end group"})


def _more(row: dict) -> dict:
    return row.setdefault(MORE, {})


def _held(text: str) -> str:
    """A text as pyxform gives it back, and without what it takes for a reference."""
    return clean(text.replace("\xa0", " ")).replace("${", "$ {")


def _say(row: dict, column: str, text: str) -> None:
    """Write a text; exact in a column of our own where a cell does not hold it as it is."""
    held = _held(text)
    row[column] = neutralised(held)
    if held != text:
        _more(row).setdefault(EXACT, {})[column] = [held, text]


def _bare(rule: Rule) -> Rule:
    """A rule as a form says it: how answers compare follows from the question."""
    return Rule(rule.question, rule.operator, rule.value)


def images_in(questions: Questions) -> Iterable[int]:
    """Keys of all pictures that a survey names."""
    return {option.image for question in questions for option in question.options if option.image}
