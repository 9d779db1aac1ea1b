"""A `range` of a form as a scale of a survey; `maker` is the `questions.Maker` at work."""

import re
from decimal import Decimal

from .reading import Row


def _ends(row: Row) -> tuple[Decimal, Decimal, Decimal, str]:
    """Start, end, step and the list of names of a range."""
    words = dict(
        part.split("=", 1) for part in re.split(r"[\s,;]+", row.get("parameters")) if "=" in part
    )
    numbers = [Decimal(words.get(*pair)) for pair in (("start", "0"), ("end", "10"), ("step", "1"))]
    return *numbers, words.get("tick_labelset", "")


def range_kind(row: Row) -> str:
    """Which kind of question a range is, by its numbers."""
    start, end, step, _list = _ends(row)
    if step == 1 and start == 0 and end == 10:
        return "nps"
    return "scale" if step == 1 and start == 1 and end in (5, 10) else "number"


def scale(maker, row: Row, kind: str) -> dict:
    """The ends of a scale and what they mean."""
    start, end, _step, list_name = _ends(row)
    names = {choice.get("name"): choice for choice in maker.form.choices.get(list_name, ())}
    labels = [
        maker.text(names[str(number)], "label") if str(number) in names else ""
        for number in (int(start), int(end))
    ]
    value = dict(zip(("low_label", "high_label"), labels, strict=True))
    if kind == "nps":
        return {name: label for name, label in value.items() if label} or {
            "low_label": "zeer onwaarschijnlijk",
            "high_label": "zeer waarschijnlijk",
        }
    return value | {"maximum": str(int(end))}


def hear_ends(maker, row: Row, question_id: str) -> None:
    """Note where the meaning of the ends stands, for translations."""
    start, end, _step, list_name = _ends(row)
    names = {choice.get("name"): choice for choice in maker.form.choices.get(list_name, ())}
    for number, part in ((start, "low_label"), (end, "high_label")):
        if (choice := names.get(str(int(number)))) is not None:
            maker.heard.text(question_id, part, choice)
