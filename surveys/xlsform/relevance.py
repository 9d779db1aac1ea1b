"""`relevant` of a form as a condition of a survey, and the other way round."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from ..conditions import (
    ALLOWED,
    CONTAINS,
    DAY,
    DIFFERS,
    EMPTY,
    EQUALS,
    FILLED,
    LESS,
    MORE,
    NUMBER,
    OPTIONS,
    TEXT,
    WITHOUT_VALUE,
    Condition,
    Rule,
)
from .expressions import Node, UnsupportedError, parse, quoted

_NOT = {EQUALS: DIFFERS, DIFFERS: EQUALS, FILLED: EMPTY, EMPTY: FILLED}
_OPERATORS = {"=": EQUALS, "!=": DIFFERS, ">": MORE, "<": LESS}
_SIGNS = {operator: sign for sign, operator in _OPERATORS.items()}


@dataclass
class Subject:
    """A question that a condition can look at.

    `choices`: option id by the name of the choice. `is_single` where only one can be chosen,
    `is_whole` where the answer is a whole number.
    """

    id: str
    name: str
    compares: str | None
    choices: dict[str, str] = field(default_factory=dict)
    is_single: bool = False
    is_whole: bool = False


def read_condition(expression: str, subjects: Mapping[str, Subject]) -> Condition:
    """The condition that says the same. Raises UnsupportedError."""
    node = parse(expression)
    parts = node.parts if node.kind in ("and", "or") else (node,)
    rules = tuple(_rule(part, subjects) for part in parts)
    return Condition("any" if node.kind == "or" else "all", rules)


def _rule(node: Node, subjects: Mapping[str, Subject]) -> Rule:
    if node.kind == "not" and len(node.parts) == 1:
        subject, rule = _plain_rule(node.parts[0], subjects)
        turned = EQUALS if rule.operator == CONTAINS and subject.is_single else rule.operator
        if turned not in _NOT:
            raise UnsupportedError
        return _allowed(subject, Rule(rule.question, _NOT[turned], rule.value))
    return _allowed(*_plain_rule(node, subjects))


def _allowed(subject: Subject, rule: Rule) -> Rule:
    if subject.compares is None or rule.operator not in ALLOWED[subject.compares]:
        raise UnsupportedError
    return rule


def _plain_rule(node: Node, subjects: Mapping[str, Subject]) -> tuple[Subject, Rule]:
    if node.kind in ("selected", "contains") and len(node.parts) == 2:
        subject = _subject(node.parts[0], subjects)
        wanted = (OPTIONS,) if node.kind == "selected" else (TEXT,)
        if subject.compares not in wanted or node.parts[1].kind != "text":
            raise UnsupportedError
        return subject, Rule(subject.id, CONTAINS, _value(subject, node.parts[1]))
    if node.kind != "compare":
        raise UnsupportedError
    left, right = node.parts
    if left.kind in ("string-length", "count-selected") and len(left.parts) == 1:
        subject = _subject(left.parts[0], subjects)
        if (node.value, right.value) in ((">", "0"), (">=", "1"), ("!=", "0")):
            return subject, Rule(subject.id, FILLED)
        if (node.value, right.value) == ("=", "0"):
            return subject, Rule(subject.id, EMPTY)
        raise UnsupportedError
    subject = _subject(left, subjects)
    if right.kind == "text" and not right.value:
        if node.value not in ("=", "!="):
            raise UnsupportedError
        return subject, Rule(subject.id, EMPTY if node.value == "=" else FILLED)
    if subject.compares == "" and right.value == "OK" and node.value == "=":
        return subject, Rule(subject.id, FILLED)  # what a ticked box of a form holds
    operator, value = node.value, _value(subject, right)
    if operator in (">=", "<="):
        if subject.compares != NUMBER or not subject.is_whole or Decimal(value) % 1:
            raise UnsupportedError
        value = str(int(value) + (-1 if operator == ">=" else 1))
        operator = operator[0]
    return subject, Rule(subject.id, _OPERATORS[operator], value)


def _subject(node: Node, subjects: Mapping[str, Subject]) -> Subject:
    if node.kind != "ref" or node.value not in subjects:
        raise UnsupportedError
    return subjects[node.value]


def _value(subject: Subject, node: Node) -> str:
    if node.kind == "date" and len(node.parts) == 1 and subject.compares == DAY:
        node = node.parts[0]
    if node.kind not in ("text", "number"):
        raise UnsupportedError
    if subject.compares == OPTIONS:
        if node.value not in subject.choices:
            raise UnsupportedError
        return subject.choices[node.value]
    if subject.compares == NUMBER:
        try:
            return f"{Decimal(node.value):f}"
        except ArithmeticError as error:
            raise UnsupportedError from error
    return node.value


def write_condition(condition: Condition, subjects: Mapping[str, Subject]) -> str:
    """The condition as `relevant`; `subjects` by question id. Raises UnsupportedError."""
    word = " or " if condition.match == "any" else " and "
    return word.join(_written(rule, subjects) for rule in condition.rules)


def _written(rule: Rule, subjects: Mapping[str, Subject]) -> str:
    subject = subjects.get(rule.question)
    if subject is None:
        raise UnsupportedError
    name = f"${{{subject.name}}}"
    if rule.operator in WITHOUT_VALUE:
        return f"{name} {'!=' if rule.operator == FILLED else '='} ''"
    if subject.compares == OPTIONS:
        names = {key: choice for choice, key in subject.choices.items()}
        if rule.value not in names:
            raise UnsupportedError
        value = quoted(names[rule.value])
    elif subject.compares == NUMBER:
        value = rule.value
    elif subject.compares == DAY:
        value = f"date({quoted(rule.value)})"
    else:
        value = quoted(rule.value)
    if rule.operator == CONTAINS:
        function = "selected" if subject.compares == OPTIONS else "contains"
        return f"{function}({name}, {value})"
    return f"{name} {_SIGNS[rule.operator]} {value}"
