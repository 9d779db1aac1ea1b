"""The codebook: what stands in each column, in which versions it was asked, in which words."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..languages.registry import language
from ..models import SurveyPage
from ..types.parts import Storage
from .cells import Cell, safe_text
from .columns import MISSING_LABELS, Column, Layout, part_key
from .ways import WAYS

STORAGE_LABELS = {
    Storage.CODE: gettext_lazy("keuze"),
    Storage.FLAG: gettext_lazy("gekozen of niet"),
    Storage.RATING: gettext_lazy("cijfer of plaats"),
    Storage.NUMBER: gettext_lazy("getal"),
    Storage.DAY: gettext_lazy("dag"),
    Storage.TEXT: gettext_lazy("tekst"),
    Storage.DEGREES: gettext_lazy("graden (WGS 84)"),
    Storage.SHAPE: gettext_lazy("vormen op de kaart (WKT, WGS 84)"),
}


def entries(layout: Layout) -> list[dict]:
    """One entry a variable, in types that JSON knows.

    `versions` are the numbers of the versions that asked it, `wordings` the words of the question
    by the version from which they hold, `translations` those of the question by language.
    """
    return [
        {
            "name": column.name,
            "label": column.label,
            "question": column.question.label,
            "kind": column.question.kind,
            "type": column.storage.value,
            "archived": column.question.archived,
            "values": [{"code": code, "label": label} for code, label in _values(column).items()],
            "missing": {
                str(code): str(MISSING_LABELS[reason])
                for reason, code in column.missing_codes.items()
            }
            if not column.storage.is_text
            else {},
            "versions": _versions(layout, column),
            "wordings": _wordings(layout, column),
            "translations": {
                code: texts["label"]
                for code, texts in column.question.translations.items()
                if "label" in texts
            },
        }
        for column in layout.columns
    ]


def codebook_table(survey: SurveyPage, layout: Layout) -> Iterator[list[Cell]]:
    """The codebook as a table, first line first."""
    kinds = {
        child.name: str(child.label)
        for child in survey.questions.stream_block.child_blocks.values()
    }
    yield [
        _("Variabele"),
        _("Kolom"),
        _("Vraag"),
        _("Soort vraag"),
        _("Inhoud"),
        _("Waarden (SPSS)"),
        _("Geen antwoord (SPSS)"),
        _("Gevraagd in versie"),
        _("Woorden per versie"),
        _("Vraag in andere talen"),
    ]
    for entry, column in zip(entries(layout), layout.columns, strict=True):
        yield [
            entry["name"],
            safe_text(entry["label"]),
            safe_text(entry["question"]),
            kinds.get(entry["kind"], entry["kind"]),
            str(STORAGE_LABELS[column.storage]),
            "\n".join(f"{value['code']} = {value['label']}" for value in entry["values"]),
            "\n".join(f"{code} = {label}" for code, label in entry["missing"].items()).replace(
                "-", "\u2212"
            ),
            ", ".join(map(str, entry["versions"])),
            "\n".join(
                _("vanaf versie %(number)s: %(words)s")
                % {"number": wording["from"], "words": wording["label"]}
                for wording in entry["wordings"]
            ),
            "\n".join(
                f"{language(code).dutch_name}: {words}"
                for code, words in entry["translations"].items()
            ),
        ]
    for way in WAYS:
        yield [
            way.name,
            str(way.label),
            "",
            "",
            str(STORAGE_LABELS[Storage.TEXT]),
            "",
            "",
            "",
            "",
            "",
        ]


def _values(column: Column) -> dict[int, str]:
    if column.storage is Storage.FLAG:
        return {0: _("Nee"), 1: _("Ja")}
    question = column.question
    if question.low_label and question.maximum:
        return {
            int(question.type.limits(question)[0]): question.low_label,
            question.maximum: question.high_label,
        }
    return {code: label for code, _option, label in column.values}


def _versions(layout: Layout, column: Column) -> list[int]:
    return [version.number for version in layout.versions.values() if column.key in version.keys]


def _wordings(layout: Layout, column: Column) -> list[dict]:
    """The words of the column each time they changed."""
    found = []
    for version in layout.versions.values():
        question = version.by_id.get(column.question.id)
        if question is None:
            continue
        for part in question.type.columns(question):
            is_new = not found or found[-1]["label"] != part.label
            if is_new and part_key(question, part) == column.key:
                found.append({"from": version.number, "label": part.label})
    return found
