"""Stored answers as the form they were given in, and in words."""

from collections.abc import Iterable

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..definition import OTHER, Question, Questions, asked_in
from ..forms import field_name
from ..models import Answer
from ..types.numbers import localized


def form_data(questions: Questions, answers: Iterable[Answer]) -> QueryDict | None:
    """The form as a browser would send these answers; None where a kind cannot give them back."""
    by_id = _by_question(answers)
    data = QueryDict(mutable=True)
    for question in asked_in(questions):
        rows = _rows(question, by_id)
        if not rows:
            continue
        given = question.type.given_back(question, rows)
        if given is None:
            return None
        for suffix, values in given.items():
            data.setlist(field_name(question) + suffix, values)
    return data


def in_words(questions: Questions, answers: Iterable[Answer]) -> list[tuple[str, str]]:
    """Question and answer in words, of all that was answered; no queries."""
    by_id = _by_question(answers)
    found = []
    for question in asked_in(questions):
        labels = {row.id: row.label for row in question.rows}
        lines = [_line(question, row, labels) for row in _rows(question, by_id)]
        if lines:
            found.append((question.label, "\n".join(lines)))
    return found


def _by_question(answers: Iterable[Answer]) -> dict[str, list[Answer]]:
    by_id: dict[str, list[Answer]] = {}
    for answer in answers:
        by_id.setdefault(answer.question_id, []).append(answer)
    return by_id


def _rows(question: Question, by_id: dict[str, list[Answer]]) -> list[Answer]:
    rows = [row for key in question.type.answer_ids(question) for row in by_id.get(key, ())]
    if question.options and question.type.kind == "ranking":
        return sorted(rows, key=lambda row: row.number)
    order = {option.id: place for place, option in enumerate(question.options)}
    if question.rows:
        return rows
    return sorted(rows, key=lambda row: order.get(row.option_id, len(order)))


def _line(question: Question, row: Answer, labels: dict[str, str]) -> str:
    label = question.option_labels.get(row.option_id, row.option_id)
    if question.type.kind == "consent":
        return _("Ja")
    if question.type.kind == "file":
        count = int(row.number or 0)
        return ngettext("%(n)s bestand", "%(n)s bestanden", count) % {"n": count}
    if row.option_id == OTHER:
        return f"{label}: {row.text}"
    if row.option_id and row.number is not None:
        return f"{int(row.number)}. {label}"
    if row.option_id:
        row_label = labels.get(row.question_id)
        return f"{row_label}: {label}" if row_label else label
    if row.number is not None:
        return localized(row.number)
    spot = f"{row.point.y:.5f}, {row.point.x:.5f}" if row.point and not row.approximate else ""
    return "; ".join(filter(None, (row.text, spot)))
