"""Conditions on paper: in words, and as "go on with question 7" where that says it shorter."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from ..conditions import (
    CONTAINS,
    DAY,
    DIFFERS,
    EMPTY,
    EQUALS,
    FILLED,
    LESS,
    MORE,
    NUMBER,
    OPERATORS,
    OPTIONS,
    Condition,
    Rule,
)
from ..definition import Question
from ..types.dates import day

WORDED = {operator for operator, _words in OPERATORS}
#: Kinds that nobody answers with a pen: what a link passes on, and files.
NOT_BY_PEN = ("hidden", "file")


def on_paper(condition: Condition | None, known: Collection[str]) -> Condition | bool:
    """A condition without what paper does not ask; True or False where that decides it.

    `known` are ids of the questions before it that are answered with a pen. A draft may hold rules
    that are not finished: they do not hold, as on the site.
    """
    if condition is None:
        return True
    is_any = condition.match == "any"
    kept = []
    for rule in condition.rules:
        if rule.question in known and rule.operator in WORDED:
            kept.append(rule)
        elif rule.holds([]) == is_any:
            return is_any
    return replace(condition, rules=tuple(kept)) if kept else not is_any


def in_words(
    conditions: Sequence[Condition], known: Mapping[str, tuple[str, Question]], sentence: str = ""
) -> str:
    """When an item is for somebody, for conditions that must all hold; empty for everybody.

    `known` has by question id the number on paper and the question. `sentence` has a place for
    `what` somebody did; it is about filling in a question where it is not given.
    """
    if not conditions:
        return ""
    several = len(conditions) > 1
    parts = []
    for condition in conditions:
        clauses = [_clause(rule, *known[rule.question]) for rule in condition.rules]
        word = _(" of ") if condition.match == "any" else _(" en ")
        text = word.join(clauses)
        parts.append(f"({text})" if several and condition.match == "any" and clauses[1:] else text)
    sentence = sentence or _("Alleen invullen als u %(what)s.")
    return sentence % {"what": _(" en ").join(parts)}


def _clause(rule: Rule, number: str, question: Question) -> str:
    """What somebody did at a question, to follow on "als u"."""
    value = rule.value
    if rule.compares == OPTIONS:
        value = question.option_labels.get(rule.value, rule.value)
    elif rule.compares == NUMBER:
        value = rule.value.replace(".", ",")
    elif rule.compares == DAY:
        value = _day(rule.value)
    if rule.operator in (EQUALS, DIFFERS) and rule.compares == OPTIONS:
        alone = question.kind == "several_choices" or (
            question.kind == "image_choice" and question.max_choices != 1
        )
        if rule.operator == EQUALS:
            text = (
                _("bij vraag %(number)s alleen ‘%(value)s’ koos")
                if alone
                else _("bij vraag %(number)s ‘%(value)s’ koos")
            )
        else:
            text = (
                _("bij vraag %(number)s iets anders koos dan alleen ‘%(value)s’")
                if alone
                else _("bij vraag %(number)s niet ‘%(value)s’ koos")
            )
    elif rule.operator == CONTAINS and rule.compares == OPTIONS:
        text = _("bij vraag %(number)s ‘%(value)s’ koos")
    else:
        is_day = rule.compares == DAY
        text = {
            EQUALS: _("bij vraag %(number)s ‘%(value)s’ invulde"),
            DIFFERS: _("bij vraag %(number)s niet ‘%(value)s’ invulde"),
            CONTAINS: _("bij vraag %(number)s ‘%(value)s’ schreef"),
            FILLED: _("vraag %(number)s beantwoordde"),
            EMPTY: _("vraag %(number)s openliet"),
            MORE: _("bij vraag %(number)s een dag na %(value)s invulde")
            if is_day
            else _("bij vraag %(number)s meer dan %(value)s invulde"),
            LESS: _("bij vraag %(number)s een dag vóór %(value)s invulde")
            if is_day
            else _("bij vraag %(number)s minder dan %(value)s invulde"),
        }[rule.operator]
    return text % {"number": number, "value": value}


def _day(iso: str) -> str:
    try:
        return day(iso)
    except ValueError:
        return iso


def skips(
    question: Question,
    following: Sequence[tuple[str, Sequence[Condition]]],
) -> list[str]:
    """Where to go on after each answer to a question of one choice, where that is not just next.

    `following` are the numbers of all later questions with their conditions. An answer leads on
    over the questions that it closes; the first whose conditions look at another answer too stops
    it, as that one says itself when to fill it in.
    """
    if question.kind != "one_choice" or not following:
        return []
    by_target: dict[str | None, list[str]] = {}
    for option in question.options:
        target = _target([option.id], question.id, following)
        if target != following[0][0]:
            by_target.setdefault(target, []).append(f"‘{option.label}’")
    found = []
    for target, labels in by_target.items():
        words = _enumeration(labels)
        text = (
            _("Antwoordde u %(answers)s? Dan bent u klaar.")
            if target is None
            else _("Antwoordde u %(answers)s? Ga dan door met vraag %(target)s.")
        )
        found.append(text % {"answers": words, "target": target})
    return found


def _target(given: list[str], question_id: str, following) -> str | None:
    for number, conditions in following:
        looks_at = {rule.question for condition in conditions for rule in condition.rules}
        if looks_at != {question_id}:
            return number
        if all(condition.holds({question_id: given}) for condition in conditions):
            return number
    return None


def _enumeration(labels: list[str]) -> str:
    if len(labels) < 2:
        return "".join(labels)
    return _("%(first)s of %(last)s") % {"first": ", ".join(labels[:-1]), "last": labels[-1]}
