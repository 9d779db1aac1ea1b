"""Cells for people: labels in place of codes, and nothing that a spreadsheet would run."""

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from ..types.parts import Storage
from .columns import Column
from .rows import Row, plain_number
from .ways import WAYS

#: A spreadsheet reads a text that begins with one of these as a formula (OWASP, CSV injection).
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
#: XML 1.0 cannot hold these.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
#: About ten centimetres.
DEGREE_DECIMALS = 6

Cell = str | int | float | Decimal | date | None


def safe_text(text: str) -> str:
    """A text that a spreadsheet shows and does not run."""
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA_STARTS) else text


def xml_text(text: str) -> str:
    """A text as the XML of a spreadsheet can hold it, escaped."""
    text = _NOT_XML.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return (
        text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    )


def header(columns: Sequence[Column]) -> list[str]:
    """The first line of a table."""
    ways = (str(way.label) for way in WAYS)
    return [_("Datum"), *(safe_text(column.label) for column in columns), *ways]


def cells(row: Row, columns: Sequence[Column]) -> list[Cell]:
    """One response: the day, a cell a column, and how it came in; None where there is no value."""
    ways = (safe_text(way.read(row)) or None for way in WAYS)
    return [row.day, *(_cell(column, row.value(column)) for column in columns), *ways]


def _cell(column: Column, value) -> Cell:
    if value is None:
        return None
    if column.storage is Storage.CODE:
        return safe_text(column.option_labels.get(value, value))
    if column.storage.is_text:
        return safe_text(value)
    if column.storage is Storage.NUMBER:
        return plain_number(value)
    if column.storage is Storage.DEGREES:
        return round(value, DEGREE_DECIMALS)
    return value
