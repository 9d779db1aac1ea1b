"""Copies of items of a survey, with ids of their own, so that ids stay unique in every survey."""

import uuid
from collections.abc import Callable, Iterable
from copy import deepcopy

LISTS = ("options", "rows")


def new_id(*_keys: str) -> str:
    """An id for a copy, as Wagtail makes them."""
    return str(uuid.uuid4())


def copied(items: Iterable[dict], make_id: Callable[..., str] = new_id) -> list[dict]:
    """Copies of rows of a StreamField of `QuestionsBlock`, of the library or of any survey.

    Questions, options and rows get new ids, and conditions follow them. A rule about a question
    that is not among the items is left out: it would never hold. `make_id` gets the old id, and
    for an option or row its question's id before it.
    """
    made = deepcopy(list(items))
    keys = {item["id"]: make_id(item["id"]) for item in made}
    options: dict[tuple[str, str], str] = {}
    for item in made:
        for name in LISTS:
            for row in item["value"].get(name) or ():
                options[item["id"], row["id"]] = make_id(item["id"], row["id"])
                row["id"] = options[item["id"], row["id"]]
    for item in made:
        condition = item["value"].get("condition")
        if condition:
            condition["rules"] = list(_following(condition.get("rules") or (), keys, options))
        item["id"] = keys[item["id"]]
    return made


def _following(rules: Iterable[dict], keys: dict, options: dict) -> Iterable[dict]:
    for rule in rules:
        value = rule["value"]
        if value["question"] in keys:
            answer = options.get((value["question"], value["value"]), value["value"])
            changed = value | {"question": keys[value["question"]], "value": answer}
            yield {"type": "item", "id": new_id(), "value": changed}
