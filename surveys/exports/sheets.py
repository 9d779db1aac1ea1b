"""XLSX and ODS, written row by row: a book of any length takes a few megabytes of memory.

The libraries for these formats keep all cells in memory (odfpy) or take a minute for what takes
ten seconds here (openpyxl). Both formats are a zip with XML. Only what a table needs is written:
texts, numbers, days and a bold first line that stays in sight.
Sources: ECMA-376 part 1 (SpreadsheetML) and OASIS OpenDocument 1.3 part 3.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from .cells import Cell, xml_text

Tables = Iterable[tuple[str, Iterable[Sequence[Cell]]]]

#: What Excel and LibreOffice can hold on one sheet, the first line included.
MOST_ROWS = 1_048_576
LONGEST_CELL = 32_767
SHEET_NAME = 31
#: Day 0 of Excel, so that 1 March 1900 and later are right.
EXCEL_ZERO = date(1899, 12, 30)
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
BUFFER = 1 << 16

_SSML = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_SPREADSHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
XLSX_STYLES = (
    f'{XML}<styleSheet xmlns="{_SSML}">'
    '<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>'
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    "</styleSheet>"
)
XLSX_SHEET = (
    f'{XML}<worksheet xmlns="{_SSML}"><sheetViews><sheetView workbookViewId="0">'
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView>'
    '</sheetViews><sheetFormatPr defaultRowHeight="15"/>'
    '<cols><col min="1" max="1" width="12" customWidth="1"/>'
    '<col min="2" max="16384" width="24" customWidth="1"/></cols><sheetData>'
)


class _Member:
    """A text file inside a zip, written in pieces."""

    def __init__(self, book: ZipFile, name: str) -> None:
        self._file = book.open(name, "w", force_zip64=True)
        self._pieces: list[str] = []
        self._size = 0

    def write(self, text: str) -> None:
        self._pieces.append(text)
        self._size += len(text)
        if self._size > BUFFER:
            self._flush()

    def _flush(self) -> None:
        self._file.write("".join(self._pieces).encode())
        self._pieces, self._size = [], 0

    def __enter__(self):
        return self

    def __exit__(self, *error) -> None:
        self._flush()
        self._file.close()


def write_xlsx(file: BinaryIO, tables: Tables) -> None:
    """A book for Excel with a sheet a table; texts must be safe already."""
    names = []
    with ZipFile(file, "w", ZIP_DEFLATED, compresslevel=1) as book:
        for number, (name, rows) in enumerate(tables, start=1):
            names.append(name[:SHEET_NAME])
            with _Member(book, f"xl/worksheets/sheet{number}.xml") as sheet:
                sheet.write(XLSX_SHEET)
                for place, row in enumerate(rows):
                    sheet.write(
                        "<row>" + "".join(_xlsx_cell(c, place == 0) for c in row) + "</row>"
                    )
                sheet.write("</sheetData></worksheet>")
        for path, text in _xlsx_parts(names):
            book.writestr(path, text)


def _xlsx_cell(cell: Cell, is_head: bool) -> str:
    if cell is None or cell == "":
        return "<c/>"
    if isinstance(cell, str):
        style = ' s="1"' if is_head else ""
        text = xml_text(cell[:LONGEST_CELL])
        return f'<c t="inlineStr"{style}><is><t xml:space="preserve">{text}</t></is></c>'
    if isinstance(cell, date):
        return f'<c s="2"><v>{(cell - EXCEL_ZERO).days}</v></c>'
    return f"<c><v>{_plain(cell)}</v></c>"


def _xlsx_parts(names: list[str]):
    kinds = [(f"/xl/worksheets/sheet{n}.xml", "worksheet") for n in range(1, len(names) + 1)]
    kinds += [("/xl/styles.xml", "styles")]
    overrides = "".join(
        f'<Override PartName="{path}" ContentType="{_SPREADSHEET_TYPE}.{kind}+xml"/>'
        for path, kind in [("/xl/workbook.xml", "sheet.main"), *kinds]
    )
    yield (
        "[Content_Types].xml",
        f'{XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>',
    )
    yield "_rels/.rels", _relations([("officeDocument", "xl/workbook.xml")])
    sheets = "".join(
        f'<sheet name="{xml_text(name)}" sheetId="{number}" r:id="rId{number}"/>'
        for number, name in enumerate(names, start=1)
    )
    yield (
        "xl/workbook.xml",
        f'{XML}<workbook xmlns="{_SSML}" xmlns:r="{_OFFICE_RELATIONS}">'
        f"<sheets>{sheets}</sheets></workbook>",
    )
    targets = [(kind, path.removeprefix("/xl/")) for path, kind in kinds]
    yield "xl/_rels/workbook.xml.rels", _relations(targets)
    yield "xl/styles.xml", XLSX_STYLES


def _relations(targets: list[tuple[str, str]]) -> str:
    links = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE_RELATIONS}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, start=1)
    )
    return f'{XML}<Relationships xmlns="{_PACKAGE_RELATIONS}">{links}</Relationships>'


ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
ODS_HEAD = (
    f'{XML}<office:document-content xmlns:office="{_OASIS}:office:1.0" '
    f'xmlns:table="{_OASIS}:table:1.0" xmlns:text="{_OASIS}:text:1.0" '
    f'xmlns:style="{_OASIS}:style:1.0" xmlns:number="{_OASIS}:datastyle:1.0" '
    'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" '
    'office:version="1.3"><office:automatic-styles>'
    '<number:date-style style:name="iso"><number:year number:style="long"/>'
    "<number:text>-</number:text>"
    '<number:month number:style="long"/><number:text>-</number:text>'
    '<number:day number:style="long"/></number:date-style>'
    '<style:style style:name="day" style:family="table-cell" style:data-style-name="iso"/>'
    '<style:style style:name="head" style:family="table-cell">'
    '<style:text-properties fo:font-weight="bold"/></style:style>'
    "</office:automatic-styles><office:body><office:spreadsheet>"
)
ODS_COLUMNS = '<table:table-column table:number-columns-repeated="{}"/>'
ODS_TAIL = "</office:spreadsheet></office:body></office:document-content>"
ODS_MANIFEST = (
    f'{XML}<manifest:manifest xmlns:manifest="{_OASIS}:manifest:1.0" manifest:version="1.3">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{ODS_TYPE}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    "</manifest:manifest>"
)


def write_ods(file: BinaryIO, tables: Tables) -> None:
    """A book for LibreOffice with a sheet a table; texts must be safe already."""
    with ZipFile(file, "w", ZIP_DEFLATED, compresslevel=1) as book:
        # First and not packed, so that its type can be read from the first bytes.
        book.writestr(ZipInfo("mimetype"), ODS_TYPE, compress_type=ZIP_STORED)
        book.writestr("META-INF/manifest.xml", ODS_MANIFEST)
        with _Member(book, "content.xml") as content:
            content.write(ODS_HEAD)
            for name, rows in tables:
                content.write(f'<table:table table:name="{xml_text(name)}">')
                is_head = True
                for row in rows:
                    if is_head:
                        content.write(
                            f'<table:table-column table:number-columns-repeated="{len(row)}"/>'
                        )
                    cells = "".join(_ods_cell(cell, is_head) for cell in row)
                    content.write(f"<table:table-row>{cells}</table:table-row>")
                    is_head = False
                content.write("</table:table>")
            content.write(ODS_TAIL)


def _ods_cell(cell: Cell, is_head: bool) -> str:
    if cell is None or cell == "":
        return "<table:table-cell/>"
    if isinstance(cell, str):
        style = ' table:style-name="head"' if is_head else ""
        texts = xml_text(cell).split("\n")
        lines = "".join(f"<text:p>{_ods_line(text)}</text:p>" for text in texts)
        return f'<table:table-cell office:value-type="string"{style}>{lines}</table:table-cell>'
    if isinstance(cell, date):
        day = cell.isoformat()
        return (
            f'<table:table-cell table:style-name="day" office:value-type="date" '
            f'office:date-value="{day}"><text:p>{day}</text:p></table:table-cell>'
        )
    number = _plain(cell)
    return (
        f'<table:table-cell office:value-type="float" office:value="{number}">'
        f"<text:p>{number}</text:p></table:table-cell>"
    )


def _ods_line(text: str) -> str:
    """A line in which spaces after another and tabs stay, as XML readers join them."""
    text = text.replace("\t", "<text:tab/>")
    if text.startswith(" "):
        text = f"<text:s/>{text[1:]}"
    while "  " in text:
        text = text.replace("  ", " <text:s/>", 1)
    return text


def _plain(number: int | float | Decimal) -> str:
    return f"{number:f}" if isinstance(number, Decimal) else repr(number)
