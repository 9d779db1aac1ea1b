"""Reading a long table row by row, so that its size does not matter to memory.

A CSV file is decoded while it is read. XLSX and ODS go through `reading`, with the bounds that
hold there, because they are unpacked as a whole.
"""

import codecs
import csv
import io
from collections.abc import Iterator
from typing import BinaryIO

from django.utils.translation import gettext as _

from .cells import as_text
from .reading import MAX_COLUMNS, SheetError, csv_delimiter, rows_of_zip, too_large

PIECE = 64 * 1024
OLD_EXCEL = b"\xd0\xcf\x11\xe0"
ZIP = b"PK\x03\x04"


def stream_rows(file: BinaryIO, *, most_bytes: int) -> Iterator[tuple[int, list[str]]]:
    """Rows of the first table as (number as the spreadsheet counts, cells); raises SheetError.

    `file` can be read again from its beginning. Empty rows are left out.
    """
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    if size > most_bytes:
        raise too_large(most_bytes)
    start = file.read(4)
    file.seek(0)
    if start == OLD_EXCEL:
        raise SheetError(
            _("Dit is een oud Excel-bestand. Open het in Excel en bewaar het als xlsx.")
        )
    rows = rows_of_zip(file.read()) if start == ZIP else _rows_of_csv(file)
    found = False
    for number, cells in rows:
        if any(cells):
            found = True
            yield number, cells
    if not found:
        raise SheetError(_("Dit bestand is leeg. Kies het bestand met uw tabel."))


def _rows_of_csv(file: BinaryIO) -> Iterator[tuple[int, list[str]]]:
    encoding = _encoding(file)
    text = io.TextIOWrapper(file, encoding=encoding, newline="")
    try:
        first = text.readline(PIECE)
        delimiter, is_directive = csv_delimiter(first)
        if not is_directive:
            text.seek(0)
        lines = csv.reader(text, delimiter=delimiter, strict=True)
        for number, values in enumerate(lines, start=2 if is_directive else 1):
            yield number, [as_text(value) for value in values[: MAX_COLUMNS + 1]]
    except csv.Error as error:
        raise SheetError(
            _("In dit csv-bestand klopt een aanhalingsteken niet. Bewaar de tabel als xlsx of ods.")
        ) from error
    finally:
        text.detach()  # the file is the caller's to close


def _encoding(file: BinaryIO) -> str:
    """UTF-8 or UTF-16 by its mark, UTF-8 without, or else what Excel writes of old.

    Reads the file once, in pieces.
    """
    start = file.read(4)
    file.seek(0)
    marked = start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ["utf-16"] if marked else ["utf-8-sig", "cp1252"]:
        if _is_text(file, encoding):
            return encoding
    raise SheetError(
        _("De letters in dit bestand kunnen wij niet lezen. Bewaar het als csv met UTF-8, of xlsx.")
    )


def _is_text(file: BinaryIO, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        while piece := file.read(PIECE):
            if "\x00" in decoder.decode(piece):
                raise SheetError(
                    _(
                        "Dit is geen tabel die wij kunnen lezen. Bewaar uw tabel als xlsx, ods of "
                        "csv."
                    )
                )
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    finally:
        file.seek(0)
    return True
