"""Conditions: an item of a survey that shows only after certain answers to earlier questions.

A condition is data that an editor chose in a form; nothing in it is ever run. The server decides
(`flow`), and `static_src/js/surveys/conditions.js` follows the same rules in the browser, so that
a question appears at once. tests/browser/test_survey_conditions.py holds them together.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

EQUALS, DIFFERS, CONTAINS, FILLED, EMPTY, MORE, LESS = (
    "equals",
    "differs",
    "contains",
    "filled",
    "empty",
    "more",
    "less",
)
OPERATORS = [
    (EQUALS, _("is gelijk aan")),
    (DIFFERS, _("is iets anders dan")),
    (CONTAINS, _("bevat")),
    (FILLED, _("is beantwoord")),
    (EMPTY, _("is niet beantwoord")),
    (MORE, _("is meer of later dan")),
    (LESS, _("is minder of eerder dan")),
]
MATCHES = [("all", _("alle regels kloppen")), ("any", _("ten minste één regel klopt"))]
WITHOUT_VALUE = (FILLED, EMPTY)

#: How answers compare (`QuestionType.compares`), and the operators that go with it.
OPTIONS, NUMBER, DAY, TEXT = "options", "number", "day", "text"
ALLOWED = {
    OPTIONS: (EQUALS, DIFFERS, CONTAINS, FILLED, EMPTY),
    NUMBER: (EQUALS, DIFFERS, MORE, LESS, FILLED, EMPTY),
    DAY: (EQUALS, DIFFERS, MORE, LESS, FILLED, EMPTY),
    TEXT: (EQUALS, DIFFERS, CONTAINS, FILLED, EMPTY),
    "": (FILLED, EMPTY),
}

PLAIN_NUMBER = re.compile(r"^[-+]?([0-9]+(\.[0-9]*)?|\.[0-9]+)\Z")

#: What was answered, by question id: ids of options, or one text or number as a text.
Given = Mapping[str, list[str]]


@dataclass(frozen=True)
class Rule:
    """One comparison of the answer to a question with a value."""

    question: str
    operator: str
    value: str = ""
    compares: str = ""

    def holds(self, given: list[str]) -> bool:
        """Whether the rule holds for what was answered; nothing equals, contains or exceeds none.

        A question without an answer differs from everything.
        """
        if self.operator in WITHOUT_VALUE:
            return bool(given) == (self.operator == FILLED)
        if self.operator == DIFFERS:
            return not given or not self._equal(given)
        if not given:
            return False
        if self.operator == EQUALS:
            return self._equal(given)
        if self.operator == CONTAINS:
            if self.compares == OPTIONS:
                return self.value in given
            return self.value.strip().lower() in given[0].lower()
        if self.operator in (MORE, LESS):
            mine, wanted = (
                _comparable(given[0], self.compares),
                _comparable(self.value, self.compares),
            )
            if mine is None or wanted is None:
                return False
            return mine > wanted if self.operator == MORE else mine < wanted
        return False

    def _equal(self, given: list[str]) -> bool:
        if self.compares == OPTIONS:
            return given == [self.value]
        if self.compares == NUMBER:
            return _comparable(given[0], NUMBER) == _comparable(self.value, NUMBER)
        return given[0].strip().lower() == self.value.strip().lower()


def plain_number(text: str) -> Decimal | None:
    """A number in digits with a point or comma, as the browser reads it too; None for others."""
    plain = text.strip().replace(",", ".")
    return Decimal(plain) if PLAIN_NUMBER.match(plain) else None


def _comparable(text: str, compares: str) -> Decimal | str | None:
    return plain_number(text) if compares == NUMBER else text.strip()


@dataclass(frozen=True)
class Condition:
    """Rules of which all (`match` is "all") or at least one ("any") must hold."""

    match: str
    rules: tuple[Rule, ...]

    def holds(self, given: Given) -> bool:
        """Whether the item shows for these answers."""
        found = (rule.holds(given.get(rule.question, [])) for rule in self.rules)
        return any(found) if self.match == "any" else all(found)

    def to_json(self) -> dict:
        """Plain data for a frozen version and for the browser."""
        return {
            "match": self.match,
            "rules": [
                {
                    "question": rule.question,
                    "operator": rule.operator,
                    "value": rule.value,
                    "compares": rule.compares,
                }
                for rule in self.rules
            ],
        }

    @classmethod
    def from_json(cls, data: dict) -> "Condition":
        return cls(data["match"], tuple(Rule(**rule) for rule in data["rules"]))


def given_by(rows: list[dict]) -> list[str]:
    """The rows of one answer as conditions compare them."""
    found = []
    for row in rows:
        if row.get("option_id"):
            found.append(row["option_id"])
        elif row.get("number") is not None:
            found.append(f"{Decimal(row['number']):f}")
        elif row.get("text") or row.get("point"):
            found.append(row.get("text") or "x")
    return found
