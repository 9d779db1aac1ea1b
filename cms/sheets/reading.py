"""Reading a table that somebody sent in: CSV, XLSX or ODS, told apart by what they hold.

Everything is bounded before it is unpacked or parsed. What is wrong is said in Dutch with what
to do: about the whole file as SheetError, about one cell as `Problem`.
"""

import csv
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from io import BytesIO, StringIO

from django.utils.translation import gettext as _
from openpyxl import load_workbook

from . import ods
from .cells import as_text

MAX_BYTES = 5 * 1024 * 1024
MAX_UNPACKED = 25 * 1024 * 1024
MAX_MEMBERS = 500
MAX_ROWS = 2000  # with something in them
MAX_COLUMNS = 60
MAX_CELL = 40_000  # characters
MAX_TEXT = 4_000_000  # characters in all cells together
MAX_OTHER = 2 * 1024 * 1024  # bytes of a part that holds no cells, such as the styles
LAST_ROW = 20_000  # nothing is looked for below

_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^<>]*ref="([A-Z0-9:]{1,20})"')
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"


class SheetError(Exception):
    """The file cannot be used; the message says in Dutch why and what to do."""


@dataclass(frozen=True)
class Problem:
    """What is wrong with one cell. `row` as the spreadsheet counts, `column` by its heading."""

    row: int
    column: str
    message: str


@dataclass
class Sheet:
    """A table: headings, rows as (row number, {heading: text}), and cells that are no good."""

    head: list[str]
    rows: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_sheet(content: bytes) -> Sheet:
    """Read the first table of a file. Headings are lower case; empty rows are left out.

    Raises SheetError.
    """
    if len(content) > MAX_BYTES:
        raise too_large()
    if not content.strip():
        raise SheetError(_("Dit bestand is leeg. Kies het bestand met uw tabel."))
    if content.startswith(_OLD_EXCEL):
        raise SheetError(
            _("Dit is een oud Excel-bestand. Open het in Excel en bewaar het als xlsx.")
        )
    try:
        if content.startswith(b"PK\x03\x04"):
            return _table(_from_zip(content))
        return _table(enumerate(_from_csv(content), start=1))
    except SheetError:
        raise
    except Exception as error:  # the libraries raise anything on a file that is broken
        raise SheetError(
            _("Dit bestand kunnen wij niet lezen. Bewaar uw tabel als xlsx, ods of csv.")
        ) from error


def rows_of_zip(content: bytes) -> Iterator[tuple[int, list[str]]]:
    """All rows of the first table of an XLSX or ODS file; raises SheetError."""
    if len(content) > MAX_BYTES:
        raise too_large()
    try:
        yield from _from_zip(content)
    except SheetError:
        raise
    except Exception as error:  # the libraries raise anything on a file that is broken
        raise SheetError(
            _("Dit bestand kunnen wij niet lezen. Bewaar uw tabel als xlsx, ods of csv.")
        ) from error


def too_large(most_bytes: int = MAX_BYTES) -> SheetError:
    """What is said of a file of more bytes than that."""
    return SheetError(
        _("Dit bestand is te groot. Het mag hoogstens %(size)d MB zijn.")
        % {"size": most_bytes // 1024**2}
    )


def _table(lines: Iterable[tuple[int, list[str]]]) -> Sheet:
    """The headings and the rows below them."""
    sheet: Sheet | None = None
    room = MAX_TEXT
    for number, values in lines:
        room -= sum(map(len, values))
        if room < 0:
            raise SheetError(
                _("In deze tabel staat te veel tekst. Stuur haar in delen, met minder rijen.")
            )
        if not any(values):
            continue
        if sheet is None:
            sheet = Sheet(head=_headings(values))
            continue
        if len(sheet.rows) == MAX_ROWS:
            raise SheetError(
                _("Deze tabel heeft te veel rijen. Stuur hoogstens %(limit)d rijen tegelijk.")
                % {"limit": MAX_ROWS}
            )
        row = {}
        for position, text in enumerate(values):
            heading = sheet.head[position] if position < len(sheet.head) else ""
            if not heading:
                if text:
                    message = _("Boven deze cel staat geen kolomnaam. Maak de cel leeg.")
                    sheet.problems.append(Problem(number, _letter(position), message))
                continue
            if len(text) > MAX_CELL:
                message = _("Deze tekst is te lang voor een cel.")
                sheet.problems.append(Problem(number, heading, message))
            row[heading] = text[:MAX_CELL]
        sheet.rows.append((number, row))
    if sheet is None:
        raise SheetError(_("Deze tabel is leeg. Zet op de eerste rij de namen van de kolommen."))
    return sheet


def _headings(values: list[str]) -> list[str]:
    head = [" ".join(text.lower().split())[:100] for text in values[:MAX_COLUMNS]]
    while head and not head[-1]:
        head.pop()
    double = {name for name in head if name and head.count(name) > 1}
    if double:
        raise SheetError(
            _("Deze kolom staat er twee keer: ‘%(name)s’. Haal er een weg.")
            % {"name": sorted(double)[0]}
        )
    return head


def _letter(position: int) -> str:
    """How a spreadsheet calls a column."""
    letters = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _from_csv(content: bytes) -> Iterator[list[str]]:
    text = _decoded(content)
    if "\x00" in text:
        raise SheetError(
            _("Dit is geen tabel die wij kunnen lezen. Bewaar uw tabel als xlsx, ods of csv.")
        )
    first, _sep, rest = text.partition("\n")
    delimiter, is_directive = csv_delimiter(first)
    if is_directive:
        text = rest
    try:
        for values in csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True):
            yield [as_text(value) for value in values[: MAX_COLUMNS + 1]]
    except csv.Error as error:
        raise SheetError(
            _("In dit csv-bestand klopt een aanhalingsteken niet. Bewaar de tabel als xlsx of ods.")
        ) from error


def csv_delimiter(first: str) -> tuple[str, bool]:
    """What separates cells, by the first line; and whether that line says just this (`sep=;`)."""
    line = first.strip("\ufeff\r\n")
    directive = re.fullmatch(r"sep=(.)", line, flags=re.IGNORECASE)
    if directive:
        return directive[1], True
    outside = re.sub(r'"[^"]*"', "", line)
    return max(";,\t", key=outside.count), False


def _decoded(content: bytes) -> str:
    """Text of a CSV file: with a byte order mark, UTF-8, or what Excel writes of old."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise SheetError(
        _("De letters in dit bestand kunnen wij niet lezen. Bewaar het als csv met UTF-8, of xlsx.")
    )


def _from_zip(content: bytes) -> Iterator[tuple[int, list[str]]]:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        members = archive.infolist()
        # What a member unpacks to cannot be more than it says here: zipfile stops there.
        too_much = sum(m.file_size for m in members) > MAX_UNPACKED or any(
            m.file_size > MAX_OTHER for m in members if not _holds_cells(m.filename)
        )
        if len(members) > MAX_MEMBERS or too_much:
            raise SheetError(
                _("Dit bestand wordt te groot als wij het uitpakken. Haal weg wat niet nodig is.")
            )
        names = {member.filename for member in members}
        if "xl/workbook.xml" in names:
            _refuse_merged(archive)
            return _from_xlsx(content)
        if "content.xml" in names and "mimetype" in names:
            return _from_ods(archive.read("content.xml"))
    raise SheetError(
        _("Dit is geen tabel die wij kunnen lezen. Bewaar uw tabel als xlsx, ods of csv.")
    )


def _holds_cells(name: str) -> bool:
    return name.startswith(("xl/worksheets/", "xl/sharedStrings", "content.xml"))


def _refuse_merged(archive: zipfile.ZipFile) -> None:
    for name in archive.namelist():
        if name.startswith("xl/worksheets/") and (found := _MERGED.search(archive.read(name))):
            raise SheetError(merged_message(found[1].decode()))


def merged_message(where: str) -> str:
    return _(
        "Er zijn cellen samengevoegd (%(where)s). Maak ze weer los, zodat elke rij haar eigen "
        "waarde heeft."
    ) % {"where": where}


def _from_xlsx(content: bytes) -> Iterator[tuple[int, list[str]]]:
    book = load_workbook(BytesIO(content), read_only=True, keep_links=False)
    try:
        if not book.worksheets:
            raise SheetError(_("In dit bestand staat geen tabel."))
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        rows = sheet.iter_rows(max_row=LAST_ROW + 1, max_col=MAX_COLUMNS + 1)
        for number, cells in enumerate(rows, start=1):
            _refuse_below(number)
            for position, cell in enumerate(cells):
                if cell.data_type == "f":
                    raise SheetError(formula_message(number, _letter(position)))
            yield number, [as_text(cell.value) for cell in cells]
    finally:
        book.close()


def _from_ods(content: bytes) -> Iterator[tuple[int, list[str]]]:
    for number, cells in ods.rows(content, columns=MAX_COLUMNS + 1, longest=MAX_CELL):
        _refuse_below(number)
        for position, cell in enumerate(cells):
            if cell.formula:
                raise SheetError(formula_message(number, _letter(position)))
            if cell.merged:
                raise SheetError(merged_message(f"{_letter(position)}{number}"))
        yield number, [as_text(cell.value) for cell in cells]


def _refuse_below(number: int) -> None:
    if number > LAST_ROW:
        raise SheetError(
            _("Deze tabel loopt te ver door naar onderen. Haal de lege rijen onderaan weg.")
        )


def formula_message(number: int, letter: str) -> str:
    return _(
        "In cel %(cell)s staat een formule. Zet daar de uitkomst neer: kopieer de cel en plak "
        "alleen de waarde."
    ) % {"cell": f"{letter}{number}"}
