"""The versions of a survey beside each other: what was asked in which words, and from which day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from cms.reading import plain

from .definition import Question, Questions, asked_in, from_json
from .languages.registry import language
from .languages.texts import parts_of


@dataclass(frozen=True)
class FrozenVersion:
    """One version with its questions, and the day from which it was asked."""

    number: int
    since: date
    questions: Questions
    pk: int | None = None


@dataclass(frozen=True)
class Wording:
    """What stood there from version `number` on; no words where it was not asked or offered."""

    number: int
    since: date
    words: str


@dataclass(frozen=True)
class Change:
    """A part of a question whose words were not the same in all versions, oldest first.

    `what` names the part; empty for the question itself.
    """

    what: str
    wordings: tuple[Wording, ...]


def frozen_versions(survey) -> list[FrozenVersion]:
    """All versions of a survey, newest first; one query."""
    rows = survey.versions.order_by("-number").values_list(
        "number", "created_at", "definition", "pk"
    )
    return [
        FrozenVersion(number, timezone.localdate(created_at), from_json(definition), pk)
        for number, created_at, definition, pk in rows
    ]


def changes(versions: list[FrozenVersion]) -> dict[str, list[Change]]:
    """What changed by question id, of questions that changed, from versions newest first."""
    if len(versions) < 2:
        return {}
    told: dict[str, dict[tuple[str, str], list[Wording]]] = {}
    names: dict[tuple[str, str, str], str] = {}
    for version in reversed(versions):
        here = {question.id: question for question in asked_in(version.questions)}
        for key in here:
            told.setdefault(key, {})
        for key, parts in told.items():
            asked = {part: (what, words) for part, what, words in _parts(here.get(key))}
            for part, (what, words) in asked.items():
                names[key, *part] = what
                if part not in parts:
                    parts[part] = (
                        []
                        if part[0] == TRANSLATION
                        else _before(versions, version, key, whole=part == WHOLE)
                    )
                _add(parts[part], version, words)
            # Without its question an option was not taken away: it was not asked at all.
            for part in parts.keys() - asked.keys():
                if part[0] != TRANSLATION and (key in here or part == WHOLE):
                    _add(parts[part], version, "")
    return {
        key: [
            Change(names[key, *part], tuple(wordings))
            for part, wordings in parts.items()
            if len(wordings) > 1
        ]
        for key, parts in told.items()
        if any(len(wordings) > 1 for wordings in parts.values())
    }


WHOLE = ("question", "")
#: A text in another language is no part that can be missing: Dutch stands there then.
TRANSLATION = "translation"


def _parts(question: Question | None) -> Iterator[tuple[tuple[str, str], str, str]]:
    """(key, name, words) of each part of a question that people read."""
    if question is None:
        return
    yield WHOLE, "", question.label
    for name, what, words in (
        ("low", _("Laagste cijfer"), question.low_label),
        ("high", _("Hoogste cijfer"), question.high_label),
    ):
        if words:
            yield (name, ""), what, words
    for option in question.rows:
        yield ("row", option.id), _("Rij ‘%(label)s’") % {"label": option.label}, option.label
    for option in question.options:
        what = _("Antwoord ‘%(label)s’") % {"label": option.label}
        yield ("option", option.id), what, option.label
    names = {part: name for part, name, _dutch, _html in parts_of(question)}
    for code, texts in question.translations.items():
        for part, words in texts.items():
            what = f"{language(code).dutch_name}: {names.get(part, part).lower()}"
            yield (TRANSLATION, f"{code}/{part}"), what, plain(words)


def _before(
    versions: list[FrozenVersion], first: FrozenVersion, key: str, *, whole: bool
) -> list[Wording]:
    """That a part was not there yet in the versions before its first one."""
    earlier = [version for version in reversed(versions) if version.number < first.number]
    if not whole:
        earlier = [
            version
            for version in earlier
            if any(question.id == key for question in version.questions)
        ]
    return [Wording(earlier[0].number, earlier[0].since, "")] if earlier else []


def _add(wordings: list[Wording], version: FrozenVersion, words: str) -> None:
    if not wordings or wordings[-1].words != words:
        wordings.append(Wording(version.number, version.since, words))
