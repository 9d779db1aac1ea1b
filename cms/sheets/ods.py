"""Rows of an OpenDocument spreadsheet (ODF 1.3, part 3, chapter 9).

Read here and not by tablib, which leaves out empty cells that are written as one repeated cell,
so that what stands behind them moves to another column.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import iterparse

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"

MOST_REPEATED = 100_000


@dataclass(frozen=True)
class OdsCell:
    """A cell: its value, and whether it is calculated or covers other cells."""

    value: str | float | bool | date | datetime | None = None
    formula: bool = False
    merged: bool = False


EMPTY = OdsCell()


def rows(content: bytes, *, columns: int, longest: int) -> Iterator[tuple[int, list[OdsCell]]]:
    """Rows with something in them of the first table, as (row number, first `columns` cells).

    A text of more than `longest` characters is cut off one after.

    `content`: the file content.xml. An entity or a document type in it raises an exception of
    defusedxml; XML that is no good one of ElementTree.
    """
    number = 1
    depth = 0
    for event, element in iterparse(BytesIO(content), events=("start", "end"), forbid_dtd=True):
        if element.tag == f"{TABLE}table":
            depth += 1 if event == "start" else -1
            if event == "end" and depth == 0:
                return
        elif event == "end" and element.tag == f"{TABLE}table-row" and depth == 1:
            repeated = _repeated(element, "rows")
            cells = _cells(element, columns, longest)
            element.clear()
            if any(cell != EMPTY for cell in cells):
                for offset in range(repeated):
                    yield number + offset, cells
            number += repeated


def _repeated(element: Element, what: str) -> int:
    return min(max(int(element.get(f"{TABLE}number-{what}-repeated", "1")), 1), MOST_REPEATED)


def _cells(row: Element, columns: int, longest: int) -> list[OdsCell]:
    cells: list[OdsCell] = []
    for element in row:
        if element.tag not in (f"{TABLE}table-cell", f"{TABLE}covered-table-cell"):
            continue
        room = columns - len(cells)
        if room <= 0:
            break
        cells += [_cell(element, longest)] * min(_repeated(element, "columns"), room)
    return cells


def _cell(element: Element, longest: int) -> OdsCell:
    spans = (element.get(f"{TABLE}number-{what}-spanned", "1") for what in ("rows", "columns"))
    return OdsCell(
        value=_value(element, longest),
        formula=element.get(f"{TABLE}formula") is not None,
        merged=any(span != "1" for span in spans),
    )


def _value(element: Element, longest: int):
    kind = element.get(f"{OFFICE}value-type")
    if kind in ("float", "currency", "percentage"):
        return float(element.get(f"{OFFICE}value", "nan"))
    if kind == "boolean":
        return element.get(f"{OFFICE}boolean-value") == "true"
    if kind == "date":
        text = element.get(f"{OFFICE}date-value", "")
        return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
    paragraphs = [_text(child) for child in element if child.tag == f"{TEXT}p"]
    return "\n".join(paragraphs)[: longest + 1] or None


def _text(element: Element) -> str:
    """The text of a paragraph, with its spaces, tabs and line breaks; without notes."""
    if element.tag == f"{TEXT}s":
        return " " * min(int(element.get(f"{TEXT}c", "1")), 1000)
    if element.tag == f"{TEXT}tab":
        return "\t"
    if element.tag == f"{TEXT}line-break":
        return "\n"
    if element.tag in (f"{TEXT}note", f"{OFFICE}annotation"):
        return ""
    parts = [element.text or ""]
    for child in element:
        parts += [_text(child), child.tail or ""]
    return "".join(parts)
