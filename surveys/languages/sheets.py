"""The texts of a survey as a table for a translator, and the table that comes back."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from cms.sheets.reading import Problem, Sheet, SheetError

from .services import Given, wrong_words
from .state import Entry, fingerprint

KEY, PAGE, WHAT, DUTCH_TEXT, WORDS, STATE = (
    "sleutel",
    "pagina",
    "wat",
    "nederlands",
    "vertaling",
    "stand",
)
HEADINGS = (KEY, PAGE, WHAT, DUTCH_TEXT, WORDS, STATE)


@dataclass(frozen=True)
class Change:
    """What a row would do; `is_stale` where its Dutch text is not the one that stands there."""

    row: int
    entry: Entry
    words: str
    is_stale: bool = False

    @property
    def base(self) -> str:
        """As `Entry.base`, with the Dutch text that the translator saw."""
        dutch = "" if self.is_stale else fingerprint(self.entry.text.dutch)
        return f"{fingerprint(self.entry.words)}.{dutch}"

    @property
    def given(self) -> Given:
        return Given(self.words, self.base)


@dataclass
class Plan:
    """What a table would change, and the rows that are no good."""

    changes: list[Change] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    same: int = 0
    empty: int = 0


def rows_of(found: list[Entry]) -> Iterator[list[str]]:
    """A row for each text, in the order of the survey."""
    for entry in found:
        text = entry.text
        yield [text.key, text.group, text.name, text.dutch, entry.words, entry.state.value]


def plan_of(sheet: Sheet, found: list[Entry]) -> Plan:
    """What a table would change. A cell without a translation changes nothing.

    Raises SheetError where a column is missing.
    """
    for column in (KEY, WORDS):
        if column not in sheet.head:
            raise SheetError(
                _(
                    "De kolom ‘%(column)s’ ontbreekt. Download de teksten en vul de vertaling in "
                    "dat bestand in."
                )
                % {"column": column}
            )
    known = {entry.text.key: entry for entry in found}
    plan = Plan(problems=list(sheet.problems))
    broken = {problem.row for problem in sheet.problems}
    seen: dict[str, int] = {}
    for number, row in sheet.rows:
        key, words = row.get(KEY, "").strip(), row.get(WORDS, "").strip()
        entry = known.get(key)
        if number in broken:
            continue
        if entry is None:
            message = (
                _("Deze tekst is er niet (meer) in de enquête.")
                if key
                else _("De sleutel ontbreekt. Zonder sleutel weten wij niet welke tekst dit is.")
            )
            plan.problems.append(Problem(number, KEY, message))
        elif key in seen:
            message = _("Deze sleutel staat ook op rij %(row)s. Haal er een weg.")
            plan.problems.append(Problem(number, KEY, message % {"row": seen[key]}))
        elif wrong := wrong_words(entry.text, words):
            plan.problems.append(Problem(number, WORDS, wrong))
        elif not words:
            plan.empty += 1
        elif words == entry.words:
            plan.same += 1
        else:
            dutch = row.get(DUTCH_TEXT, entry.text.dutch).strip()
            plan.changes.append(Change(number, entry, words, dutch != entry.text.dutch))
        seen.setdefault(key, number)
    return plan
