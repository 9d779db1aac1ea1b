"""Copies of items of a survey, with ids of their own, so that ids stay unique in every survey."""

import uuid
from collections.abc import Callable, Iterable
from copy import deepcopy
from dataclasses import dataclass

from ..languages.showing import Stored
from ..languages.texts import OPTION, ROW

LISTS = ("options", "rows")


def new_id(*_keys: str) -> str:
    """An id for a copy, as Wagtail makes them."""
    return str(uuid.uuid4())


@dataclass(frozen=True)
class Copies:
    """Copies of items, with their new ids by the old ones: of questions, and of what can be
    chosen in them or stands in their rows by (question, id).
    """

    items: list[dict]
    questions: dict[str, str]
    parts: dict[tuple[str, str], str]

    def translations(self, stored: Stored) -> Stored:
        """The translations of the originals, as those of the copies."""
        found: Stored = {}
        for code, texts in stored.items():
            for key, pair in texts.items():
                question_id, _slash, part = key.partition("/")
                if question_id in self.questions:
                    copy = f"{self.questions[question_id]}/{self._part(question_id, part)}"
                    found.setdefault(code, {})[copy] = list(pair)
        return found

    def _part(self, question_id: str, part: str) -> str:
        for prefix in (OPTION, ROW):
            if part.startswith(prefix):
                old = part.removeprefix(prefix)
                return prefix + self.parts.get((question_id, old), old)
        return part


def copied(items: Iterable[dict], make_id: Callable[..., str] = new_id) -> list[dict]:
    """As `copies`, without what belongs to which."""
    return copies(items, make_id).items


def copies(items: Iterable[dict], make_id: Callable[..., str] = new_id) -> Copies:
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
    return Copies(made, keys, options)


def _following(rules: Iterable[dict], keys: dict, options: dict) -> Iterable[dict]:
    for rule in rules:
        value = rule["value"]
        if value["question"] in keys:
            answer = options.get((value["question"], value["value"]), value["value"])
            changed = value | {"question": keys[value["question"]], "value": answer}
            yield {"type": "item", "id": new_id(), "value": changed}
