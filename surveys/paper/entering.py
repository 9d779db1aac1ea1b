"""The form in which staff enter what stands on paper.

The same fields read and check the answers as on the site. What differs: people skip questions on
paper, so nothing is required but consent, and what cannot be read is said so; places come as
squares of the printed map.
"""

import json
import re
from dataclasses import dataclass, field, replace
from datetime import date

from django import forms
from django.contrib.gis.geos import Point
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from areas.villages import villages

from ..definition import OTHER, Questions
from ..forms import SurveyForm, field_name, form_class
from ..models import PaperGap
from ..shapes.reading import POINT
from .maps import Ground, PaperMap
from .routing import NOT_BY_PEN
from .sheet import Sheet, SheetItem, sheet_of

#: Names of what the screen sends beside the answers.
ILLEGIBLE, CELL = "onleesbaar", "vak"
#: Keys for the columns of a table and the numbers of a scale; 10 has a key of its own.
TEN = {"scale": "0", "nps": "x"}
BARE_DAY = re.compile(r"^([0-9]{2})([0-9]{2})([0-9]{4})$")
LONGEST_CELLS = 600
NO_CONSENT = gettext_lazy(
    "Staat hier op het papier geen kruisje? Dan mogen wij dit formulier niet bewaren. Leg het "
    "apart."
)


class PaperFormMixin:
    """What entering from paper changes about the form of a survey; made by `paper_form`."""

    asked: Questions
    sheet: Sheet
    speaks_for_editor = False  # staff read what is wrong with what they typed

    def __init__(self, data: QueryDict | None = None, *, ground: Ground | None = None) -> None:
        self.ground = ground
        self.typed = data
        self.wrong_cells: dict[str, str] = {}
        super().__init__(self._as_sent(data) if data is not None else None)
        addresses = {field_name(item.question) for item in self.sheet.apart}
        self.is_only_address = data is not None and not any(
            value.strip()
            for name, values in data.lists()
            if name == ILLEGIBLE or (name.startswith("v-") and name not in addresses)
            for value in values
        )
        for one in self.fields.values():
            if one.question.kind == "consent":
                one.required = not self.is_only_address
                one.error_messages = one.error_messages | {"required": NO_CONSENT}

    def _as_sent(self, data: QueryDict) -> QueryDict:
        """What was typed as the site's own fields send it: squares as spots, days with dashes."""
        sent = data.copy()
        for item in self.sheet.items:
            name = field_name(item.question)
            if item.kind == "date" and (bare := BARE_DAY.match(sent.get(name, "").strip())):
                sent[name] = "-".join(bare.groups())
            cells = sent.get(f"{name}-{CELL}", "").strip()
            if cells and item.question.type.has_map:
                self._place(sent, item, name, cells)
        return sent

    def _place(self, sent: QueryDict, item: SheetItem, name: str, text: str) -> None:
        shown: PaperMap = self.ground.map_of(item.question)
        is_line = item.kind == "shapes" and item.question.extra["shape"] != POINT
        groups = text.split(";") if is_line else re.split(r"[\s,;]+", text)
        shapes = [[part for part in re.split(r"[\s,]+", group.strip()) if part] for group in groups]
        found = [[shown.point(cell) for cell in shape] for shape in shapes if shape]
        wrong = [
            cell
            for shape, points in zip(filter(None, shapes), found, strict=True)
            for cell, point in zip(shape, points, strict=True)
            if point is None
        ]
        if len(text) > LONGEST_CELLS or wrong or not found:
            self.wrong_cells[name] = _(
                "Vak %(cell)s staat niet op de kaart. De vakken lopen van A1 tot en met %(last)s."
            ) % {"cell": (wrong[0] if wrong else text)[:20], "last": shown.last}
        elif item.kind == "point":
            if len(found) > 1:
                self.wrong_cells[name] = _(
                    "Vul één vak in. Staan er meer kruisen op de kaart? Zet een vinkje bij "
                    "‘onleesbaar’."
                )
            else:
                sent[f"{name}-lat"], sent[f"{name}-lon"] = (
                    f"{number:.6f}" for number in (found[0][0].y, found[0][0].x)
                )
        else:
            sent[f"{name}-vormen"] = json.dumps(
                [{"c": [[point.x, point.y] for point in shape], "t": ""} for shape in found]
            )

    def clean(self):
        cleaned = forms.Form.clean(self)
        for name, message in self.wrong_cells.items():
            if name in self.fields:
                self.add_error(name, message)
        if not self.errors and not (self.answers or self.contacts or self.illegible):
            self.add_error(
                None, _("Er is nog niets ingevuld. Is het papier leeg? Leg het dan apart.")
            )
        return cleaned

    # What came of it, of a valid form

    @property
    def illegible(self) -> list[str]:
        """Ids of questions with an answer that nobody can read."""
        if self.typed is None:
            return []
        known = {item.question.id for item in self.sheet.items if item.number}
        return [key for key in self.typed.getlist(ILLEGIBLE) if key in known]

    @property
    def gaps(self) -> dict[str, str]:
        """Why by question id, for what is missing."""
        if self.is_only_address:
            return {}
        found = dict.fromkeys(self.illegible, PaperGap.Why.ILLEGIBLE.value)
        by_id = {question.id: question for question in self.asked}
        for name, one in self.fields.items():
            question = by_id[one.question.id]
            if not question.required or question.id in found or question.kind == "email":
                continue
            given = one.values(self.cleaned_data[name])
            if len(given) < (len(question.rows) or 1):
                found[question.id] = PaperGap.Why.EMPTY.value
        return found

    @property
    def left_out(self) -> list[str]:
        """Numbers of questions that were answered though other answers lead past them."""
        return [
            item.number
            for item in self.sheet.items
            if (one := self._aside.get(field_name(item.question))) is not None
            and one.as_given(
                one.widget.value_from_datadict(self.data, {}, field_name(item.question))
            )
        ]

    def numbers(self, ids) -> list[str]:
        """Numbers on paper of questions, in order."""
        return [item.number for item in self.sheet.items if item.question.id in set(ids)]


def paper_form(asked: Questions) -> type[SurveyForm]:
    """A form to enter paper of a version, in the language of the request."""
    by_pen = tuple(
        replace(question, required=False) for question in asked if question.kind not in NOT_BY_PEN
    )
    return type(
        "PaperForm",
        (PaperFormMixin, form_class(by_pen)),
        {"asked": asked, "sheet": sheet_of(asked)},
    )


def typed_again(form_data: QueryDict, sheet: Sheet, ground: Ground | None) -> QueryDict:
    """Stored answers as they were typed: spots as squares, days as people write them."""
    data = form_data.copy()
    for item in sheet.items:
        name = field_name(item.question)
        if item.kind == "date" and data.get(name):
            data[name] = f"{date.fromisoformat(data[name]):%d-%m-%Y}"
        if ground is None or not item.question.type.has_map:
            continue
        shown = ground.map_of(item.question)
        shapes: list[list] = []
        if data.get(f"{name}-lat"):
            shapes = [[[float(data[f"{name}-lon"]), float(data[f"{name}-lat"])]]]
        elif data.get(f"{name}-vormen"):
            shapes = [shape["c"] for shape in json.loads(data[f"{name}-vormen"])]
        data[f"{name}-{CELL}"] = "; ".join(
            " ".join(shown.name(Point(*spot, srid=4326)) for spot in shape) for shape in shapes
        )
    return data


# What the screen shows


@dataclass
class Pick:
    """Something to choose with a key."""

    value: str
    label: str
    key: str = ""
    is_checked: bool = False


@dataclass
class EntryRow:
    """One question on the screen, with what was typed.

    `picks` are answers, `lines` (label, name, value or picks) of a table or an order.
    """

    item: SheetItem
    name: str
    errors: list[str] = field(default_factory=list)
    picks: list[Pick] = field(default_factory=list)
    lines: list[tuple] = field(default_factory=list)
    text: str = ""
    other: str | None = None
    other_label: str = ""
    village: str = ""
    words: str = ""
    cells: str = ""
    is_illegible: bool = False

    @property
    def id(self) -> str:
        return f"vraag-{self.item.number}"

    @property
    def input_type(self) -> str:
        return "checkbox" if self.item.takes_several else "radio"


def rows_of(form: SurveyForm, *, with_errors: bool, with_apart: bool = True) -> list[EntryRow]:
    """All questions of the form in the order of the paper."""
    data = form.typed if form.typed is not None else QueryDict()
    illegible = set(form.illegible)
    rows = []
    for item in form.sheet.asked:
        if item in form.sheet.apart and not with_apart:
            continue
        name = field_name(item.question)
        row = EntryRow(item, name, is_illegible=item.question.id in illegible)
        if with_errors:
            row.errors = list(form.errors.get(name, []))
        _fill(row, data)
        rows.append(row)
    return rows


def _fill(row: EntryRow, data: QueryDict) -> None:
    item, question, name = row.item, row.item.question, row.name
    given = data.getlist(name)
    if item.choices:
        row.picks = [
            Pick(one.option.id, one.option.label, one.key, one.option.id in given)
            for one in item.choices
        ]
        if OTHER in question.option_labels:
            row.other = data.get(f"{name}-{OTHER}", "")
            row.other_label = question.option_labels[OTHER]
    elif item.kind in TEN:
        row.picks = [
            Pick(step, step, TEN[item.kind] if step == "10" else step, step in given)
            for step in item.steps
        ]
    elif item.kind == "matrix":
        for line in question.rows:
            chosen = data.get(f"{name}-{line.id}", "")
            picks = [
                Pick(option.id, option.label, str(place), option.id == chosen)
                for place, option in enumerate(question.options, start=1)
            ]
            row.lines.append((line.label, f"{name}-{line.id}", picks))
    elif item.kind == "ranking":
        row.lines = [
            (option.label, f"{name}-{option.id}", data.get(f"{name}-{option.id}", ""))
            for option in question.options
        ]
    elif item.kind == "consent":
        row.picks = [Pick("on", str(_("Er staat een kruisje")), "j", "on" in given)]
    elif question.type.has_map:
        row.cells = data.get(f"{name}-{CELL}", "")
        row.village = data.get(f"{name}-plaats", "")
        row.words = data.get(f"{name}-tekst", "")
        chosen = data.getlist(f"{name}-plek")
        row.picks = [
            Pick(spot.id, spot.label, str(place) if place < 10 else "", spot.id in chosen)
            for place, spot in enumerate(item.spots, start=1)
        ]
    else:
        row.text = data.get(name, "")


def village_options() -> list[tuple[str, str]]:
    """Slug and name of each village, to choose from."""
    return [(village.slug, village.name) for village in villages()]
