"""What stands in the library: items as a StreamField stores them, with short keys for ids.

The keys make the data readable and let conditions name a question; every copy gets ids of its
own (`copying`). Words are Dutch: they become the content of an editor's survey.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Entry:
    """A survey, or a set of questions (`is_survey` is False), to copy from.

    `items` are rows of a StreamField of `QuestionsBlock`, whose ids are keys such as "band".
    """

    key: str
    title: str
    summary: str
    items: tuple[dict, ...]
    intro: str = ""
    use_of_answers: str = ""
    is_survey: bool = True


def question(kind: str, key: str, label: str, **value) -> dict:
    """An item with its key; `options` and `rows` are {key: label}."""
    value = {"label": label, **value}
    for name in ("options", "rows"):
        if isinstance(value.get(name), dict):
            value[name] = [
                {"type": "item", "id": item_key, "value": item}
                for item_key, item in value[name].items()
            ]
    return {"type": kind, "id": key, "value": value}


def pictures(**labels: str) -> list[dict]:
    """Names of photos by key; the editor chooses the photos."""
    return [
        {"type": "item", "id": key, "value": {"image": None, "label": label}}
        for key, label in labels.items()
    ]


def when(key: str, operator: str, answer: str = "") -> dict:
    """Show an item only after this answer to an earlier question; operators: `conditions`."""
    rule = {"question": key, "operator": operator, "value": answer}
    return {"match": "all", "rules": [{"type": "item", "id": f"{key}-regel", "value": rule}]}


OPEN_END = {"max_length": 2000}
