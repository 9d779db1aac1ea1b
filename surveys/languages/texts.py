"""The texts of a survey that can be translated, each by a key that moves with its question.

A key is `title` for a text of the page itself, and else `<id of the question>/<part>`; a part is
the name of a field, or `option/<id>` and `row/<id>`.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..definition import Question, Questions
from ..flow import PAGE
from .rich import to_lines

#: Texts of the page: name and whether it is rich text.
PAGE_PARTS = {
    "title": (gettext_lazy("Titel"), False),
    "summary": (gettext_lazy("Samenvatting"), False),
    "intro": (gettext_lazy("Inleiding"), True),
    "use_of_answers": (gettext_lazy("Wat doen we ermee"), True),
    "thanks": (gettext_lazy("Tekst na het versturen"), True),
}
#: Texts of an item that are one field each.
FIELDS = {
    "label": gettext_lazy("Vraag of kop"),
    "help_text": gettext_lazy("Uitleg"),
    "low_label": gettext_lazy("Laagste cijfer"),
    "high_label": gettext_lazy("Hoogste cijfer"),
}
SETTINGS = {
    "unit": gettext_lazy("Eenheid"),
    "purpose_text": gettext_lazy("Waarvoor het adres is"),
    "required_message": gettext_lazy("Melding als het antwoord ontbreekt"),
    "wrong_message": gettext_lazy("Melding als het antwoord niet klopt"),
}
RICH_SETTINGS = {
    "text": gettext_lazy("Tekst"),
    "transcript": gettext_lazy("De video in woorden"),
}
OPTION, ROW = "option/", "row/"
LONGEST, LONGEST_RICH = 1000, 20_000


@dataclass(frozen=True)
class Text:
    """One Dutch text: `dutch` as a translator reads it, `html` as it stands there if it is rich.

    `name` says what it is, `group` on which page of the survey it stands.
    """

    key: str
    dutch: str
    name: str
    group: str
    html: str = ""

    @property
    def is_rich(self) -> bool:
        return bool(self.html)

    @property
    def longest(self) -> int:
        return LONGEST_RICH if self.is_rich else LONGEST


def texts_of(survey, asked: Questions) -> list[Text]:
    """All texts of a survey, in its order; those without words are left out."""
    return [*_of_page(survey), *question_texts(asked)]


def question_texts(asked: Questions) -> Iterator[Text]:
    """The texts of questions and what stands between them."""
    number, group = 1, _("Pagina 1")
    is_first = True
    for question in asked:
        if question.kind == PAGE:
            number += 0 if is_first else 1
            group = _("Pagina %(n)s") % {"n": number}
        is_first = False
        for part, name, dutch, html in parts_of(question):
            yield Text(f"{question.id}/{part}", dutch, name, group, html)


def parts_of(question: Question) -> Iterator[tuple[str, str, str, str]]:
    """(part, name, Dutch text, HTML where it is rich) of one item; no empty ones.

    The values of a link are no texts: they are stored as they are.
    """
    for part, name in FIELDS.items():
        if dutch := getattr(question, part):
            yield part, str(name), dutch, ""
    for part, name in SETTINGS.items():
        if dutch := question.extra.get(part):
            yield part, str(name), str(dutch), ""
    for part, name in RICH_SETTINGS.items():
        html = str(question.extra.get(part, ""))
        if strip_tags(html).strip():
            yield part, str(name), to_lines(html), html
    for row in question.rows:
        if row.label:
            yield f"{ROW}{row.id}", _("Rij"), row.label, ""
    if question.kind == "hidden":
        return
    is_picture = not question.type.asks
    for option in question.options:
        if option.label:
            name = _("Beschrijving van de foto") if is_picture else _("Antwoord")
            yield f"{OPTION}{option.id}", name, option.label, ""


def _of_page(survey) -> Iterator[Text]:
    for part, (name, is_rich) in PAGE_PARTS.items():
        value = getattr(survey, part) or ""
        if is_rich:
            if strip_tags(value).strip():
                yield Text(part, to_lines(value), str(name), _("De pagina zelf"), value)
        elif value.strip():
            yield Text(part, value.strip(), str(name), _("De pagina zelf"))
