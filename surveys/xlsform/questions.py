"""One row of a form as a question of a survey."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.utils.html import escape
from django.utils.translation import gettext as _

from cms.sheets.cells import restored

from .. import types
from ..definition import NONE_OF_THESE, OTHER
from . import extras
from .columns import ID, IMAGE, KIND, MORE, Ids, clean_html, exact, more_in
from .constraints import Limits, read_limits
from .drawings import drawing_from_row
from .expressions import UnsupportedError
from .kinds import KINDS, RANK, base_of
from .languages import Languages
from .limits import day, longest, number, tell_unused
from .messages import messages_in
from .reading import Form, Row
from .relevance import Subject
from .report import Report, Weight
from .scales import hear_ends, range_kind, scale
from .translations import Heard

#: What a survey itself calls the answer in own words; content, so not translated.
OWN_ANSWER = "Anders, namelijk"
_EMAIL_NAMES = re.compile(r"(?:e[-_]?mail|mail)(?:[-_]?(?:adres|address))?", re.IGNORECASE)
_LIST_LOOKS = {"minimal", "autocomplete", "search"}
_YES, _NO = ("yes", "true", "true()", "1"), ("", "no", "false", "false()", "0")
_SHORT, _LONG = (10, 200, 500), (100, 2000, 5000)
_REFERENCE = re.compile(r"\$\{[^}]*\}")


@dataclass
class Maker:
    """Makes questions of rows, and remembers what later rows may refer to.

    `may_use(keys)` gives which pictures of our own library may be used, `may_use_documents` which
    documents.
    """

    form: Form
    languages: Languages
    ids: Ids
    report: Report
    may_use: Callable[[Iterable[int]], set[int]]
    may_use_documents: Callable[[Iterable[int]], set[int]]
    heard: Heard
    subjects: dict[str, Subject] = field(default_factory=dict)

    def label(self, row: Row, *, fallback: bool = True) -> str:
        """The label in the language taken; the name of the row where it has none."""
        text = self.text(row, "label")
        if not text and fallback:
            self.note(
                Weight.CHANGED, row, "label", _("Deze rij heeft geen tekst. Wij namen de naam.")
            )
            return row.get("name")
        return text

    def text(self, row: Row, column: str) -> str:
        """A text of a row in the language taken, exactly as an export had it."""
        cell = restored(self.languages.text(row, column))
        kept = exact(row, column, cell)
        if isinstance(kept, str):
            return kept.strip()
        if _REFERENCE.search(cell):
            self.note(
                Weight.CHANGED,
                row,
                column,
                _(
                    "In deze tekst staat een verwijzing naar een antwoord. Een enquête vult die "
                    "niet in. Schrijf de tekst zonder verwijzing."
                ),
            )
        return cell

    def note(self, weight: Weight, row: Row, column: str, message: str) -> None:
        self.report.add(weight, row.place(column), message)

    def common(self, row: Row) -> dict:
        """What every question has."""
        return {
            "label": self.label(row),
            "help_text": self.text(row, "hint"),
            "required": self.required(row),
        }

    def required(self, row: Row) -> bool:
        """Whether an answer must be given."""
        text = row.get("required").lower()
        if text not in (*_YES, *_NO):
            self.note(
                Weight.CHANGED,
                row,
                "required",
                _("‘Verplicht’ hangt af van een formule. De vraag is nu niet verplicht."),
            )
        return text in _YES

    def question(self, row: Row) -> dict | None:
        """The question or text as the StreamField stores it, without its condition.

        None where a survey has no such kind; the caller tells so.
        """
        base, list_name, has_other = base_of(row.get("type"))
        if not base:
            return None
        kind = self._kind(row, base)
        question_id = self.ids.of(row, *self._path(row))
        limits = self._limits(row)
        texts = (
            {"text": "label"} if kind == "statement" else {"label": "label", "help_text": "hint"}
        )
        self.heard.item(question_id, row, **texts)
        if kind == "statement":
            value = self._statement(row)
        elif kind == "consent":
            value = self._consent(row)
        elif kind == "hidden":
            value = extras.hidden(row, self.text(row, "label"))
        else:
            value = self.common(row) | self._own(row, kind, base, limits) | extras.shared(row, kind)
            if kind in ("scale", "nps"):
                hear_ends(self, row, question_id)
        if kind not in ("statement", "hidden"):
            value |= messages_in(self, row, kind, question_id, is_checked=limits is not None)
        subject = Subject(question_id, row.get("name"), types.get(kind).compares)
        if list_name and base != "range":
            value |= self.options(row, kind, list_name, subject, limits=limits, other=has_other)
        subject.is_single = kind == "one_choice" or value.get("max_choices") == 1
        subject.is_whole = kind in ("scale", "nps") or not value.get("decimals")
        self.subjects[subject.name] = subject
        if limits is not None:
            tell_unused(self, row, kind, limits)
        return {"type": kind, "id": question_id, "value": value}

    def _path(self, row: Row) -> list[str]:
        return [row.get("name") or f"row {row.number}"]

    def _kind(self, row: Row, base: str) -> str:
        own = row.get(KIND)
        if own in KINDS[base]:
            return own
        if base == "text":
            if _EMAIL_NAMES.fullmatch(row.get("name")):
                self.note(
                    Weight.CHANGED,
                    row,
                    "type",
                    _(
                        "Dit wordt een vraag naar een e-mailadres, dat wij apart van de antwoorden "
                        "bewaren."
                    ),
                )
                return "email"
            if "multiline" in row.get("appearance").split() or row.get("rows"):
                return "long_text"
            limits = self._limits(row, tell=False)
            return "long_text" if limits and (limits.longest or 0) > _SHORT[2] else "short_text"
        if base == "range":
            return range_kind(row)
        return KINDS[base][0]

    # Limits

    def _limits(self, row: Row, *, tell: bool = True) -> Limits | None:
        expression = row.get("constraint")
        try:
            return read_limits(expression) if expression else Limits()
        except UnsupportedError:
            if tell:
                self.note(
                    Weight.LOST,
                    row,
                    "constraint",
                    _("Deze controle kan een enquête niet uitvoeren. Elk antwoord mag nu."),
                )
            return None

    def _own(self, row: Row, kind: str, base: str, limits: Limits | None) -> dict:
        """What only this kind of question has."""
        limits = limits or Limits()
        more = more_in(row)
        if kind in ("short_text", "long_text"):
            return {
                "max_length": longest(
                    self, row, limits, *(_SHORT if kind == "short_text" else _LONG)
                )
            }
        if kind == "number":
            return number(self, row, base, limits, more)
        if kind == "date":
            return {name: day(self, row, getattr(limits, name)) for name in ("low", "high")}
        if kind in ("scale", "nps"):
            return scale(self, row, kind)
        if kind == "postcode":
            return {"whole": more.get("whole") is True}
        if kind == "file":
            return extras.files(base, more)
        if kind == "email":
            return extras.purpose(more)
        if kind == "one_choice":
            listed = _LIST_LOOKS & set(row.get("appearance").split())
            return {"shown_as": "list" if listed else "radio"}
        if kind == "several_choices":
            return {"min_choices": limits.fewest or None, "max_choices": limits.most}
        if kind == "shapes":
            return drawing_from_row(row, base, more, self.ids)
        if kind == "image_choice":
            most = 1 if base == "one" else limits.most
            return {"max_choices": most}
        return {}

    def _video(self, row: Row) -> dict | None:
        found = extras.video(row, self.may_use_documents)
        if found is None and extras.names_video(row):
            self.note(
                Weight.LOST, row, MORE, _("Deze video is er niet meer, of u mag haar niet kiezen.")
            )
        return found

    # Texts and choices

    def _statement(self, row: Row) -> dict:
        more = more_in(row)
        cell = restored(self.languages.text(row, "label"))
        html = exact(row, "label", cell)
        if isinstance(html, str):
            text = clean_html(html)
        else:
            plain = self.text(row, "label") or row.get("name")
            hint = self.text(row, "hint")
            parts = [part for part in (*re.split(r"\n\s*\n", plain), hint) if part.strip()]
            text = "".join(f"<p>{escape(part).replace(chr(10), '<br/>')}</p>" for part in parts)
        head, alt = more.get("heading"), more.get("alt")
        image, video = self._image(row), self._video(row)
        return {
            "label": head if isinstance(head, str) else "",
            "text": text,
            "image": image,
            "alt": alt if image and isinstance(alt, str) else "",
        } | ({"video": video} if video else {})

    def _consent(self, row: Row) -> dict:
        value = self.common(row)
        if not value.pop("required"):
            self.note(
                Weight.CHANGED,
                row,
                "required",
                _(
                    "Een akkoord is in een enquête altijd verplicht: zonder vinkje kan niemand "
                    "versturen."
                ),
            )
        return value

    def _image(self, row: Row) -> int | None:
        """The picture of our own library that a row names, if it may be used."""
        key = row.get(IMAGE)
        number = int(key) if key.isdecimal() and len(key) < 10 else 0
        found = next(iter(self.may_use([number])), None) if number else None
        if key and found is None:
            self.note(
                Weight.LOST, row, IMAGE, _("Deze foto is er niet meer, of u mag haar niet kiezen.")
            )
        return found

    def options(
        self,
        row: Row,
        kind: str,
        list_name: str,
        subject: Subject,
        *,
        limits: Limits | None = None,
        other: bool = False,
    ) -> dict:
        """The answers to choose from, with their ids noted in `subject`."""
        taken: set[str] = set()
        value: dict = {"options": []}
        exclusive = limits.exclusive if limits is not None else ""
        for choice in self.form.choices.get(list_name, ()):
            name, label = choice.get("name"), self.label(choice)
            own = choice.get(ID)
            special = self._special(kind, name, own, exclusive)
            if special and special not in taken:
                taken.add(special)
                value["other" if special == OTHER else "none"] = label
                self.heard.text(subject.id, f"option/{special}", choice)
                subject.choices[name] = special
                continue
            option_id = self.ids.of(choice, *self._path(row), name, taken=taken)
            subject.choices[name] = option_id
            self.heard.text(subject.id, f"option/{option_id}", choice)
            item = (
                {"label": label, "image": self._image(choice)} if kind == "image_choice" else label
            )
            value["options"].append({"type": "item", "id": option_id, "value": item})
            if choice.get("image") and kind != "image_choice":
                self.note(
                    Weight.LOST,
                    choice,
                    "image",
                    _(
                        "De foto bij dit antwoord zit niet in het bestand. Maak er ‘Foto's kiezen’ "
                        "van en kies de foto's."
                    ),
                )
        if other and "other" not in value and kind in ("one_choice", "several_choices"):
            value["other"] = OWN_ANSWER
            subject.choices.setdefault("other", OTHER)
        return value

    def _special(self, kind: str, name: str, own: str, exclusive: str) -> str:
        if kind not in ("one_choice", "several_choices"):
            return ""
        if own == OTHER:
            return OTHER
        excluding = own == NONE_OF_THESE or (exclusive and name == exclusive)
        return NONE_OF_THESE if kind == "several_choices" and excluding else ""


def is_ranking(row: Row) -> bool:
    """Whether a row asks for an order."""
    return base_of(row.get("type"))[0] == RANK
