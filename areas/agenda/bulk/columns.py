"""The columns of a table of agenda items: how a value is written, and how a cell is read.

Headings are part of the file and the same in every language.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.gis.geos import GEOSGeometry, WKTWriter
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from areas.placed import GEOMETRY_TYPES
from cms.geometry.parsing import parse_geometry
from cms.sheets.cells import clean
from cms.sheets.writing import Cell

from ..models import AgendaAction, AgendaItemPage
from .choices import Choices

ID, REASON = "id", "reden van de wijziging"
DIGITS = 7  # decimals of a degree: about a centimetre
#: A cell of a spreadsheet holds 32,767 characters.
LARGEST_CELL = 32_000
TOO_LARGE = "te groot voor een cel, blijft zoals het is"
SEPARATOR = " | "
_DUTCH_DATE = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")


@dataclass(frozen=True)
class Column:
    """A column of one field of an item. `attribute` is where the value stands."""

    heading: str
    attribute: str
    required: bool = False

    @property
    def field(self) -> str:
        """The field as errors of the model call it."""
        return self.attribute.removesuffix("_id")

    def value(self, item: AgendaItemPage) -> Any:
        return getattr(item, self.attribute)

    def text(self, value: Any, choices: Choices) -> str:
        """A value as the file holds it, as text; the same value gives the same text."""
        return clean(value or "")

    def cell(self, item: AgendaItemPage, choices: Choices) -> Cell:
        """The value of an item as a cell."""
        return self.text(self.value(item), choices)

    def parse(self, text: str, choices: Choices) -> Any:
        """The value that a cell stands for. Raises ValidationError with what to do."""
        if self.required and not text:
            raise ValidationError(_("Vul deze cel in."))
        limit = AgendaItemPage._meta.get_field(self.attribute).max_length
        if limit is not None and len(text) > limit:
            raise ValidationError(
                _("Deze tekst is te lang: hij mag %(limit)d tekens hebben en heeft er %(length)d.")
                % {"limit": limit, "length": len(text)}
            )
        return text

    def put(self, item: AgendaItemPage, value: Any) -> None:
        setattr(item, self.attribute, value)


@dataclass(frozen=True)
class ChoiceColumn(Column):
    """One of a few labels."""

    labels: Any = None
    default: str = ""

    def text(self, value, choices):
        return str(dict(self.labels.choices).get(value, ""))

    def parse(self, text, choices):
        if not text:
            return self.default
        for value, label in self.labels.choices:
            if text.casefold() in (str(label).casefold(), value):
                return value
        names = ", ".join(str(label) for label in self.labels.labels)
        raise ValidationError(_("Dit kennen wij niet. Kies uit: %(names)s.") % {"names": names})


@dataclass(frozen=True)
class DateColumn(Column):
    """A day: a date of the spreadsheet, or a text such as 31-12-2027 or 2027-12-31."""

    def text(self, value, choices):
        return value.isoformat() if value else ""

    def cell(self, item, choices):
        return self.value(item)

    def parse(self, text, choices):
        if not text:
            return None
        try:
            if dutch := _DUTCH_DATE.fullmatch(text):
                day, month, year = map(int, dutch.groups())
                found = date(year, month, day)
            else:
                found = date.fromisoformat(text)
        except ValueError:
            found = None
        if found is None or not 1950 <= found.year <= 2150:
            raise ValidationError(_("Dit is geen datum. Schrijf de dag zo: 31-12-2027."))
        return found


@dataclass(frozen=True)
class NameColumn(Column):
    """Another row by its name."""

    names: Callable[[Choices], Any] = None

    def text(self, value, choices):
        return self.names(choices).name(value)

    def parse(self, text, choices):
        if not text:
            if self.required:
                raise ValidationError(
                    _("Vul deze cel in. Kies uit: %(names)s.")
                    % {"names": self.names(choices).in_words()}
                )
            return None
        found = self.names(choices).pks(text)
        if len(found) == 1:
            return found[0]
        if found:
            raise ValidationError(
                _("Er zijn er twee met deze naam. Kies dit op de pagina van het punt zelf.")
            )
        raise ValidationError(
            _("Dit kennen wij niet. Kies uit: %(names)s.")
            % {"names": self.names(choices).in_words()}
        )

    def put(self, item, value):
        setattr(item, self.attribute, value)


@dataclass(frozen=True)
class GeometryColumn(Column):
    """A place: "lat, lon" of a point, WKT of anything else."""

    def text(self, value, choices):
        if value is None:
            return ""
        if value.geom_type == "Point":
            return f"{value.y:.{DIGITS}f}, {value.x:.{DIGITS}f}"
        text = _wkt(value)
        return text if len(text) <= LARGEST_CELL else TOO_LARGE

    def parse(self, text, choices):
        if text == TOO_LARGE:
            raise ValidationError(_("Schrijf hier de plek zelf, of maak de cel leeg."))
        return parse_geometry(text, types=GEOMETRY_TYPES)


def _wkt(geometry: GEOSGeometry) -> str:
    writer = WKTWriter(precision=DIGITS, trim=True)
    return writer.write(geometry).decode()


@dataclass(frozen=True)
class StepsColumn(Column):
    """Actions, one a line: "Klaar | Tekening maken | 2026-05-01", the date as one likes."""

    def value(self, item):
        return list(item.steps.all())

    def text(self, value, choices):
        lines = []
        for step in value:
            parts = [str(step.get_status_display()), " ".join(clean(step.text).split("\n"))]
            lines.append(SEPARATOR.join(parts + ([step.date.isoformat()] if step.date else [])))
        return "\n".join(lines)

    def parse(self, text, choices):
        return [
            self._step(number, line.strip(), choices)
            for number, line in enumerate(text.split("\n"), start=1)
            if line.strip()
        ]

    def _step(self, number: int, line: str, choices: Choices) -> AgendaAction:
        status, *rest = [part.strip() for part in line.split("|")]
        values = {str(label).casefold(): value for value, label in AgendaAction.Status.choices}
        if status.casefold() not in values or not rest:
            raise ValidationError(
                _(
                    "Regel %(number)d: begin met de status, zoals: %(example)s. "
                    "De status is %(names)s."
                )
                % {
                    "number": number,
                    "example": "Klaar | Tekening maken | 31-12-2027",
                    "names": ", ".join(str(label) for label in AgendaAction.Status.labels),
                }
            )
        day = None
        if len(rest) > 1:
            try:
                day = DateColumn("", "").parse(rest[-1], choices)
                rest = rest[:-1]
            except ValidationError:
                pass  # no date: the last part is of the text
        text = SEPARATOR.join(rest)
        if not text or len(text) > 200:
            raise ValidationError(
                _("Regel %(number)d: schrijf wat u doet in 1 tot 200 tekens.") % {"number": number}
            )
        return AgendaAction(text=text, status=values[status.casefold()], date=day)

    def put(self, item, value):
        """Let actions with the same text stay the row that they were."""
        known: dict[str, list[AgendaAction]] = {}
        for step in item.steps.all():
            known.setdefault(step.text, []).append(step)
        kept = []
        for position, step in enumerate(value):
            same = known.get(step.text)
            row = same.pop(0) if same else AgendaAction(text=step.text)
            row.status, row.date, row.sort_order = step.status, step.date, position
            kept.append(row)
        item.steps = kept


COLUMNS: tuple[Column, ...] = (
    Column("titel", "title", required=True),
    Column("samenvatting", "summary"),
    ChoiceColumn(
        "status",
        "status",
        labels=AgendaItemPage.Status,
        default=AgendaItemPage.Status.PLANNED.value,
    ),
    Column("reden", "status_reason"),
    NameColumn("thema", "theme_id", required=True, names=lambda choices: choices.themes),
    NameColumn(
        "doel uit het gebiedsprogramma", "programme_goal_id", names=lambda choices: choices.goals
    ),
    Column("opgave", "task"),
    Column("doel", "goal"),
    Column("trekker", "lead"),
    Column("partners", "partners"),
    DateColumn("begin", "start_date"),
    DateColumn("einde", "end_date"),
    Column("geld", "money"),
    StepsColumn("acties", "steps"),
    ChoiceColumn("bron", "source", labels=AgendaItemPage.Source),
    NameColumn("raad", "source_council_id", names=lambda choices: choices.councils),
    Column("toelichting bij de bron", "source_text"),
    NameColumn("project", "project_id", names=lambda choices: choices.projects),
    Column("adres of omschrijving van de plek", "place_name"),
    GeometryColumn("plek op de kaart", "geometry"),
)
HEADINGS = (ID, *(column.heading for column in COLUMNS), REASON)
BY_FIELD = {column.field: column.heading for column in COLUMNS} | {"change_reason": REASON}
