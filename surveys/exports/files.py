"""The register of formats, and making a file of one.

A file is made on disk and opened; its name is gone before it is sent, so that nothing stays
behind when a visitor leaves.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryDirectory
from typing import BinaryIO
from zipfile import ZipFile, ZipInfo

from django.conf import settings
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..models import AnswerFile, ContactAddress, SurveyExport, SurveyPage
from ..results import questions_ever_asked
from .cells import cells, header, safe_text
from .codebook import codebook_table, entries
from .columns import Layout, layout_of
from .opendata import OpenData
from .rows import Row, rows_of
from .sheets import MOST_ROWS, ODS_TYPE, write_ods, write_xlsx
from .texts import write_csv, write_json

Variant = SurveyExport.Variant
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV_TYPE = "text/csv; charset=utf-8"


class TooLongError(Exception):
    """More responses than a sheet has rows; says so in words."""


@dataclass(frozen=True)
class MadeFile:
    """A file to send, from its beginning. `responses` is the number of responses in it."""

    file: BinaryIO
    name: str
    media_type: str
    responses: int


class _Counted:
    """Rows that are counted as they pass."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._rows = rows
        self.count = 0

    def __iter__(self) -> Iterator[Row]:
        for row in self._rows:
            self.count += 1
            yield row


@dataclass(frozen=True)
class _Source:
    """What a writer needs of one survey."""

    survey: SurveyPage
    layout: Layout
    rows: _Counted


Writer = Callable[[_Source, Path], None]


def _sheet(write, source: _Source, path: Path) -> None:
    """The answers as a table, and the codebook where a file can hold two."""
    columns = source.layout.columns

    def answers():
        yield header(columns)
        for row in source.rows:
            if row.number == MOST_ROWS and write is not write_csv:
                raise TooLongError
            yield cells(row, columns)

    codebook = codebook_table(source.survey, source.layout)
    with path.open("wb") as file:
        write(file, [(_("Antwoorden"), answers()), (_("Codeboek"), codebook)])


def _json(source: _Source, path: Path) -> None:
    with path.open("wb") as file:
        write_json(file, source.survey.title, source.layout, entries(source.layout), source.rows)


def _spss(source: _Source, path: Path) -> None:
    from .spss import write_spss  # pandas takes half a second, and only this needs it

    write_spss(path, source.survey.title, source.layout, source.rows)


def _geopackage(source: _Source, path: Path) -> None:
    from .geopackage import write_geopackage

    write_geopackage(path, source.layout, source.rows)


def _codebook(write, source: _Source, path: Path) -> None:
    with path.open("wb") as file:
        write(file, [(_("Codeboek"), codebook_table(source.survey, source.layout))])


def _open_data(write, source: _Source, path: Path) -> None:
    table = OpenData(source.layout, source.rows, settings.SURVEY_SMALL_NUMBERS)
    source.rows.count = table.count
    with path.open("wb") as file:
        write(file, [(_("Antwoorden"), table.rows())])


def _contacts(source: _Source, path: Path) -> None:
    """The addresses left, in random order and without anything that leads to an answer."""
    labels = {question.id: question.label for question in questions_ever_asked(source.survey)}

    def table():
        yield [_("Vraag"), _("Waarvoor"), _("E-mailadres")]
        for contact in ContactAddress.objects.of(source.survey).iterator(chunk_size=2_000):
            source.rows.count += 1
            yield [
                safe_text(labels.get(contact.question_id, "")),
                str(contact.get_purpose_display()),
                safe_text(contact.email),
            ]

    with path.open("wb") as file:
        write_csv(file, [(_("E-mailadressen"), table())])


def _archive(source: _Source, path: Path) -> None:
    """Photos and PDFs as they are kept, in a folder for each question; copied in pieces."""
    labels = {question.id: question.label for question in questions_ever_asked(source.survey)}
    responses = set()
    with ZipFile(path, "w") as archive:
        found = AnswerFile.objects.answered(source.survey)
        for row in found.iterator(chunk_size=500):
            folder = slugify(labels.get(row.question_id, ""))[:60] or row.question_id
            entry = ZipInfo(f"{folder}/{row.name}")  # with a fixed moment: nobody learns when
            entry.external_attr = 0o644 << 16
            try:
                content = row.file.open("rb")
            except FileNotFoundError:
                continue
            with content, archive.open(entry, "w", force_zip64=True) as target:
                copyfileobj(content, target)
            responses.add(row.response_id)
    source.rows.count = len(responses)


@dataclass(frozen=True)
class Download:
    """One thing to download. `purpose` says in plain words what it is for."""

    variant: Variant
    format_name: str
    label: str
    purpose: str
    media_type: str
    write: Writer


DOWNLOADS = (
    Download(
        Variant.ANSWERS, "xlsx", "Excel (XLSX)",
        gettext_lazy("Voor Excel. Het codeboek is het tweede blad."),
        XLSX_TYPE, partial(_sheet, write_xlsx),
    ),
    Download(
        Variant.ANSWERS, "ods", "LibreOffice (ODS)",
        gettext_lazy("De open standaard voor rekenbladen. Het codeboek is het tweede blad."),
        ODS_TYPE, partial(_sheet, write_ods),
    ),
    Download(
        Variant.ANSWERS, "csv", "CSV",
        gettext_lazy("Platte tekst die Excel in het Nederlands meteen goed opent, "
                     "en elk ander programma ook."),
        CSV_TYPE, partial(_sheet, write_csv),
    ),
    Download(
        Variant.ANSWERS, "sav", "SPSS (SAV)",
        gettext_lazy("Voor onderzoekers, ook met R, Stata of jamovi. Vragen en antwoorden hebben "
                     "hun eigen woorden, en u ziet waarom een antwoord er niet is."),
        "application/x-spss-sav", _spss,
    ),
    Download(
        Variant.ANSWERS, "gpkg", "GeoPackage (GPKG)",
        gettext_lazy("Voor kaarten in QGIS of ArcGIS: een laag voor elke vraag op de kaart, "
                     "in graden (EPSG:4326), en een tabel met de andere antwoorden."),
        "application/geopackage+sqlite3", _geopackage,
    ),
    Download(
        Variant.ANSWERS, "json", "JSON",
        gettext_lazy("Voor wie een programma maakt. Het codeboek staat erin."),
        "application/json", _json,
    ),
    Download(
        Variant.CODEBOOK, "xlsx", "Excel (XLSX)",
        gettext_lazy("Wat in elke kolom staat, met de waarden en de versies."),
        XLSX_TYPE, partial(_codebook, write_xlsx),
    ),
    Download(
        Variant.CODEBOOK, "csv", "CSV",
        gettext_lazy("Hetzelfde als platte tekst."),
        CSV_TYPE, partial(_codebook, write_csv),
    ),
    Download(
        Variant.OPEN_DATA, "csv", "CSV",
        gettext_lazy("Om te publiceren als open data."),
        CSV_TYPE, partial(_open_data, write_csv),
    ),
    Download(
        Variant.OPEN_DATA, "ods", "LibreOffice (ODS)",
        gettext_lazy("Hetzelfde als rekenblad."),
        ODS_TYPE, partial(_open_data, write_ods),
    ),
    Download(
        Variant.CONTACTS, "csv", "CSV",
        gettext_lazy("De adressen die mensen achterlieten, los van de antwoorden."),
        CSV_TYPE, _contacts,
    ),
    Download(
        Variant.FILES, "zip", "ZIP",
        gettext_lazy("Alle foto's en PDF's. Bij de antwoorden staat welke namen erbij horen."),
        "application/zip", _archive,
    ),
)  # fmt: skip
_BY_NAME = {(download.variant.value, download.format_name): download for download in DOWNLOADS}


def find(variant: str, format_name: str) -> Download:
    """The download of that name; KeyError where there is none."""
    return _BY_NAME[variant, format_name]


def make_file(survey: SurveyPage, download: Download, *, day: str) -> MadeFile:
    """Make a file; `day` comes in its name. A fixed number of queries, whatever is in it.

    Raises TooLongError where the format cannot hold so many responses.
    """
    layout = layout_of(survey)
    only_counted = download.variant == Variant.OPEN_DATA
    rows = rows_of(survey, layout, only_counted=only_counted)
    source = _Source(survey, layout, _Counted(rows))
    with TemporaryDirectory(prefix="gebiedsplein-") as folder:
        path = Path(folder) / f"file.{download.format_name}"
        download.write(source, path)
        file = path.open("rb")
    name = f"{download.variant.value}-{survey.slug}-{day}.{download.format_name}"
    return MadeFile(file, name, download.media_type, source.rows.count)
