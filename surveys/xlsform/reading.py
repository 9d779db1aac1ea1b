"""Reading a form that somebody sent in: bounded first, then by pyxform, which also checks it."""

import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from io import BytesIO

import openpyxl
import xlrd
from django.utils.translation import gettext as _
from pyxform import aliases
from pyxform.builder import create_survey_element_from_dict
from pyxform.errors import PyXFormError
from pyxform.xls2json import workbook_to_json
from pyxform.xls2json_backends import DefinitionData, get_xlsform

from cms.sheets.cells import clean

from .report import Place, RefusedFormError

MAX_BYTES = 2 * 1024 * 1024
MAX_UNPACKED = 20 * 1024 * 1024
MAX_MEMBERS = 500
MAX_ROWS = 1000  # of questions
MAX_CHOICES = 5000
MAX_CELL = 10_000  # characters
SURVEY, CHOICES, SETTINGS = "survey", "choices", "settings"
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_XLS, _XLSX = ".xls", ".xlsx"

#: Headings of old forms, by the name we use; what pyxform knows besides stands in its aliases.
_SPLIT = {"bind", "control", "media", "body"}
_NAMES = {
    "jr:constraintmsg": "constraint_message",
    "jr:requiredmsg": "required_message",
    "constraint-msg": "constraint_message",
    "calculate": "calculation",
    "readonly": "read_only",
    "jr:count": "repeat_count",
}
_ROW = re.compile(r"\[row\s*:\s*([0-9]+)\]|\brow(?: number)?\s+([0-9]+)", re.IGNORECASE)
_SHEET = re.compile(
    r"sheet(?: name)?:?\s*'([a-z_]+)'|the '([a-z_]+)' (?:work)?sheet|the ([a-z_]+) sheet",
    re.IGNORECASE,
)
_TWINS = re.compile(r"same column were found: '(.+?)', '(.+?)'[.]")
_UNKNOWN = re.compile(r"Unknown question type '(.+?)'")
_QUESTION = re.compile(r"(?:named?|question|element) ['‘\"]([\w.-]+)['’\"]|\$\{([\w.-]+)\}")


@dataclass
class Row:
    """A row of a sheet: its number, and texts by (column, language in lower case)."""

    sheet: str
    number: int
    cells: dict[tuple[str, str], str] = field(default_factory=dict)

    def get(self, column: str) -> str:
        """The text of a column that has no languages; any language where it has."""
        if (column, "") in self.cells:
            return self.cells[column, ""]
        return next((text for (name, _tongue), text in self.cells.items() if name == column), "")

    def place(self, column: str = "") -> Place:
        return Place(self.sheet, self.number, column, self.get("name"))


@dataclass
class Form:
    """A form as its sheets say it, checked by pyxform."""

    name: str
    title: str
    rows: list[Row]
    choices: dict[str, list[Row]]
    settings: dict[str, str]
    headings: list[tuple[str, str]]
    other_sheets: list[str]


def read_form(content: bytes, *, file_name: str) -> Form:
    """Read and check a form. `file_name` names a form that does not name itself.

    Raises RefusedFormError; nothing else, whatever the file holds.
    """
    kind = _kind(content)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what openpyxl leaves out, such as colours
            data = _workbook(content, kind)
            form = _form(data, file_name)
            _check(data, form)
    except RefusedFormError:
        raise
    except Exception as error:  # the libraries raise anything on a file that is broken
        raise RefusedFormError(
            _("Dit bestand kunnen wij niet lezen. Open het in Excel en bewaar het als xlsx.")
        ) from error
    return form


def too_large() -> RefusedFormError:
    """What is said of a file of more than MAX_BYTES."""
    return RefusedFormError(
        _("Dit bestand is te groot. Het mag hoogstens %(size)d MB zijn.")
        % {"size": MAX_BYTES // 1024**2}
    )


def _kind(content: bytes) -> str:
    """The kind of file, by what it holds; bounded before anything is unpacked."""
    if len(content) > MAX_BYTES:
        raise too_large()
    if not content.strip():
        raise RefusedFormError(_("Dit bestand is leeg. Kies het bestand met uw formulier."))
    if content.startswith(_OLD_EXCEL):
        return _XLS
    not_a_form = RefusedFormError(
        _("Dit is geen XLSForm. Kies een Excel-bestand (xlsx of xls) met een blad ‘survey’.")
    )
    if not content.startswith(b"PK\x03\x04"):
        raise not_a_form
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise not_a_form from error
    # What a member unpacks to cannot be more than it says here: zipfile stops there.
    if len(members) > MAX_MEMBERS or sum(m.file_size for m in members) > MAX_UNPACKED:
        raise RefusedFormError(
            _("Dit bestand wordt te groot als wij het uitpakken. Haal weg wat niet nodig is.")
        )
    if "xl/workbook.xml" not in {member.filename for member in members}:
        raise not_a_form
    return _XLSX


def _workbook(content: bytes, kind: str) -> DefinitionData:
    try:
        return get_xlsform(BytesIO(content), file_type=kind)
    except PyXFormError as error:
        double = re.match(r"Duplicate column header: (.*)", str(error))
        if double:
            column = double[1].strip()
            raise RefusedFormError(
                _("De kolom ‘%(column)s’ staat er twee keer. Haal er een weg.")
                % {"column": column},
                Place(_sheet_with_double(content, kind, column), 1, column),
            ) from error
        raise _as_told(error) from error


def _sheet_with_double(content: bytes, kind: str, column: str) -> str:
    for name, headings in _all_headings(content, kind):
        if headings.count(column) > 1:
            return name
    return ""


def _all_headings(content: bytes, kind: str) -> Iterator[tuple[str, list[str]]]:
    if kind == _XLS:
        book = xlrd.open_workbook(file_contents=content)
        for sheet in book.sheets():
            values = sheet.row_values(0) if sheet.nrows else []
            yield sheet.name, [str(value).strip() for value in values]
        return
    book = openpyxl.load_workbook(BytesIO(content), read_only=True, keep_links=False)
    try:
        for sheet in book.worksheets:
            values = next(sheet.iter_rows(max_row=1, max_col=500, values_only=True), ())
            yield sheet.title, [str(value or "").strip() for value in values]
    finally:
        book.close()


def _form(data: DefinitionData, file_name: str) -> Form:
    if data.survey is None:
        raise RefusedFormError(
            _(
                "In dit bestand staat geen blad ‘survey’ met vragen. Zet de vragen op een blad "
                "met die naam."
            ),
            Place(SURVEY),
        )
    for sheet, rows, most in (
        (SURVEY, data.survey, MAX_ROWS),
        (CHOICES, data.choices, MAX_CHOICES),
    ):
        if len(rows or ()) > most:
            raise RefusedFormError(
                _("Dit blad heeft te veel rijen. Er passen er hoogstens %(limit)d op.")
                % {"limit": most},
                Place(sheet, most + 2),
            )
    headings = [_heading(name) for name in (data.survey_header or [{}])[0]]
    _need_headings(SURVEY, headings, ("type", "name"))
    settings = next(iter(_rows(SETTINGS, data.settings)), Row(SETTINGS, 2))
    form = Form(
        name=_first(settings, "form_id", "set_form_id", "id_string") or file_name,
        title=_first(settings, "form_title", "set_form_title", "title"),
        rows=_rows(SURVEY, data.survey),
        choices={},
        settings={column: text for (column, _tongue), text in settings.cells.items()},
        headings=headings,
        other_sheets=[
            name
            for name in data.sheet_names or ()
            if name.lower() not in (SURVEY, CHOICES, SETTINGS) and len(data.sheet_names) > 1
        ],
    )
    for row in _rows(CHOICES, data.choices):
        form.choices.setdefault(row.get("list_name"), []).append(row)
    return form


def _first(row: Row, *columns: str) -> str:
    return next(filter(None, map(row.get, columns)), "")


def _need_headings(sheet: str, headings: list[tuple[str, str]], needed: tuple[str, ...]) -> None:
    found = {column for column, _language in headings}
    for column in needed:
        if column not in found:
            raise RefusedFormError(
                _("Op dit blad ontbreekt de kolom ‘%(column)s’. Zet die naam op de eerste rij.")
                % {"column": column},
                Place(sheet, 1, column),
            )


def _rows(sheet: str, rows) -> list[Row]:
    """Rows with something in them; the first one below the headings is row 2."""
    found = []
    for number, cells in enumerate(rows or (), start=2):
        row = Row(sheet, number)
        for heading, text in cells.items():
            if text is None or not str(text).strip():
                continue
            if len(str(text)) > MAX_CELL:
                raise RefusedFormError(
                    _("Deze tekst is te lang. Er passen hoogstens %(limit)d tekens in een cel.")
                    % {"limit": MAX_CELL},
                    Place(sheet, number, heading),
                )
            row.cells[_heading(heading)] = clean(str(text))
        if row.cells:
            found.append(row)
    return found


def _heading(heading: str) -> tuple[str, str]:
    """(column, language) of a heading such as `label::Nederlands (nl)` or `bind:relevant`."""
    parts = [part.strip() for part in heading.split("::" if "::" in heading else ":")]
    if "jr" in parts:
        place = parts.index("jr")
        parts[place : place + 2] = [":".join(parts[place : place + 2])]
    parts[0] = "_".join(parts[0].lower().split())
    if parts[0] in _SPLIT and len(parts) > 1:
        parts = parts[1:]
        parts[0] = "_".join(parts[0].lower().split())
    column = _NAMES.get(parts[0], parts[0])
    known = aliases.survey_header.get(column)
    if isinstance(known, tuple):
        known = known[-1]
    if known is not None:
        column = _NAMES.get(known.lower(), known)
    elif column == "list name":
        column = "list_name"
    return column, " ".join(parts[1:]).lower()


def _check(data: DefinitionData, form: Form) -> None:
    """Let pyxform make the form in full: what it refuses, no program can use."""
    try:
        made = workbook_to_json(
            workbook_dict=data, form_name="data", fallback_form_name="data", warnings=[]
        )
        create_survey_element_from_dict(made).to_xml(validate=False, pretty_print=False)
    except PyXFormError as error:
        raise _as_told(error, form) from error


def _as_told(error: PyXFormError, form: Form | None = None) -> RefusedFormError:
    """What pyxform refuses, with the sheet and row that it tells or that we can find."""
    told = " ".join(str(error).split())[:600]
    rows = form.rows if form is not None else []
    twins = _TWINS.search(told)
    sheet = _SHEET.search(told)
    where = next(filter(None, sheet.groups())).lower() if sheet else SURVEY
    if twins:
        message = _("De kolommen ‘%(one)s’ en ‘%(other)s’ zijn hetzelfde. Haal er een weg.")
        words = {"one": twins[1], "other": twins[2]}
        return RefusedFormError(message % words, Place(where, 1, twins[2]), told)
    if "has not been included" in told:
        message = _(
            "Deze rij voegt een ander formulier in (‘include’), en dat zit niet in dit bestand. "
            "Zet de vragen van dat formulier hier neer."
        )
        found = (row for row in rows if row.get("type").lower() == "include")
        return RefusedFormError(message, _first_place(found, "type"), told)
    if unknown := _UNKNOWN.search(told):
        message = _("Het soort vraag ‘%(type)s’ kennen wij niet. Verbeter de kolom ‘type’.")
        found = (row for row in rows if row.get("type") == unknown[1])
        return RefusedFormError(message % {"type": unknown[1]}, _first_place(found, "type"), told)
    return RefusedFormError(
        _(
            "Dit formulier klopt niet volgens de regels van XLSForm. Verbeter het en probeer het "
            "opnieuw."
        ),
        _place_in(told, where, rows),
        told,
    )


def _first_place(rows: Iterable[Row], column: str) -> Place:
    row = next(iter(rows), None)
    return row.place(column) if row is not None else Place(SURVEY, column=column)


def _place_in(told: str, sheet: str, rows: list[Row]) -> Place:
    """The place that a message tells, or that follows from the question it names."""
    row, named = _ROW.search(told), _QUESTION.search(told)
    name = next(filter(None, named.groups())) if named else ""
    if row:
        return Place(sheet, int(next(filter(None, row.groups()))), "", name)
    if "header" in told.lower():
        return Place(sheet, 1, "", name)
    if name:
        own = (row.number for row in rows if row.get("name") == name)
        about = (row.number for row in rows if any(f"${{{name}}}" in t for t in row.cells.values()))
        return Place(sheet, next(own, next(about, None)), "", name)
    return Place(sheet)
