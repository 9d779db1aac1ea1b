"""The columns of a file of addresses: which there are, and how a row is read."""

from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.sheets.reading import SheetError

from ..addresses import MAX_LENGTH, normalise
from ..models.lists import SOURCE_LENGTH

NAME_LENGTH = 100
EMAIL, NAME, SOURCE, DATE = "e-mail", "naam", "bron van toestemming", "datum van toestemming"
#: Written in exports and explained to editors, in this order.
HEADINGS = (EMAIL, NAME, SOURCE, DATE)
#: What spreadsheets and other programs call them.
ALSO = {
    "email": EMAIL,
    "e-mailadres": EMAIL,
    "emailadres": EMAIL,
    "e-mail adres": EMAIL,
    "email adres": EMAIL,
    "mail": EMAIL,
    "mailadres": EMAIL,
    "bron": SOURCE,
    "toestemming": SOURCE,
    "bron toestemming": SOURCE,
    "datum": DATE,
    "datum toestemming": DATE,
    "toestemmingsdatum": DATE,
}
_FORMATS = ("%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M")


@dataclass(frozen=True, slots=True)
class Entry:
    """A row as it was read. `problem` says in Dutch what is wrong with it."""

    number: int
    email: str
    name: str = ""
    source: str = ""
    day: date | None = None
    problem: str = ""


class Columns:
    """Where each column stands, by the first row of a file.

    Raises SheetError where there are no headings or no column of addresses. `ignored` are the
    headings that we do not keep.
    """

    def __init__(self, cells: list[str]) -> None:
        names = [" ".join(text.lower().split())[:100] for text in cells]
        if any("@" in name for name in names):
            raise SheetError(
                _(
                    "Op de eerste rij staan geen kolomnamen, maar een e-mailadres. Zet er een rij "
                    "boven met de namen van de kolommen: %(names)s."
                )
                % {"names": ", ".join(HEADINGS)}
            )
        self.places: dict[str, int] = {}
        self.ignored: list[str] = []
        for place, name in enumerate(names):
            heading = ALSO.get(name, name)
            if heading in self.places:
                raise SheetError(
                    _("Deze kolom staat er twee keer: ‘%(name)s’. Haal er een weg.")
                    % {"name": heading}
                )
            if heading in HEADINGS:
                self.places[heading] = place
            elif name:
                self.ignored.append(name)
        if EMAIL not in self.places:
            raise SheetError(
                _("De kolom ‘e-mail’ ontbreekt. Zet op de eerste rij boven de adressen: e-mail.")
            )

    def __contains__(self, heading: str) -> bool:
        return heading in self.places

    def cell(self, cells: list[str], heading: str) -> str:
        place = self.places.get(heading)
        text = cells[place] if place is not None and place < len(cells) else ""
        return " ".join(text.split())

    def read(
        self, number: int, cells: list[str], *, source: str, consent_date: date | None
    ) -> Entry:
        """A row; `source` and `consent_date` hold where its own cells are empty."""
        email, name = self.cell(cells, EMAIL), self.cell(cells, NAME)
        source = self.cell(cells, SOURCE) or source
        problems = []
        try:
            email = normalise(email) if email else ""
        except ValidationError as error:
            problems += error.messages
        if not email:
            problems.append(_("Het e-mailadres ontbreekt."))
        if len(name) > NAME_LENGTH:
            problems.append(_("De naam is te lang: hoogstens 100 tekens."))
        if not source:
            problems.append(_("De bron van toestemming ontbreekt."))
        elif len(source) > SOURCE_LENGTH:
            problems.append(_("De bron van toestemming is te lang: hoogstens 200 tekens."))
        try:
            day = _day(self.cell(cells, DATE)) or consent_date
        except ValidationError as error:
            problems += error.messages
            day = None
        return Entry(
            number=number,
            email=email[:MAX_LENGTH],
            name=name[:NAME_LENGTH],
            source=source[:SOURCE_LENGTH],
            day=day,
            problem=" ".join(problems)[:300],
        )


def _day(text: str) -> date | None:
    """A day as spreadsheets write it; ValidationError in Dutch for anything else."""
    if not text:
        return None
    for form in _FORMATS:
        try:
            day = datetime.strptime(text, form).date()  # noqa: DTZ007
        except ValueError:
            continue
        if day > timezone.localdate():
            raise ValidationError(_("De datum van toestemming ligt in de toekomst."))
        if day.year < 1900:
            break
        return day
    raise ValidationError(_("De datum van toestemming klopt niet. Schrijf hem als 31-12-2026."))
