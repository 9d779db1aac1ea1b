"""What would go wrong in a survey as an editor made it; refused before it is published."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import takewhile

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .conditions import (
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
    WITHOUT_VALUE,
    Rule,
    plain_number,
)
from .definition import Question, Questions
from .flow import PAGE, flow_of

MAKE_NEW = gettext_lazy(
    "Haal deze vraag weg en voeg een nieuwe vraag toe: die krijgt eigen antwoorden. "
    "De antwoorden van nu blijven bij de resultaten staan."
)


def problems(questions: Questions) -> Iterator[tuple[int, str]]:
    """(number of the item, what is wrong) for pages, sections and conditions.

    The message names the item by its words and says what to do.
    """
    yield from _empty_pages(questions)
    yield from _double_names(questions)
    places = {question.id: number for number, question in enumerate(questions)}
    for number, question in enumerate(questions):
        if question.condition is None:
            continue
        found = False
        for rule in question.condition.rules:
            message = _wrong_rule(rule, number, places, questions)
            if message:
                found = True
                yield number, message
        if not found and question.condition.match == "all" and _never(question, questions):
            yield (
                number,
                _("Dit komt nooit in beeld: de regels spreken elkaar tegen. Haal er één weg."),
            )


def type_changes(questions: Questions, frozen: Iterable[Questions]) -> Iterator[tuple[int, str]]:
    """(number of the item, what is wrong) for questions that were of another type before.

    Answers of the one type mean nothing as the other, so that the results of a question would
    mix them. `frozen` are all versions.
    """
    known: dict[str, Question] = {}
    for version in frozen:
        for question in version:
            known.setdefault(question.id, question)
    for number, question in enumerate(questions):
        before = known.get(question.id)
        if before is None:
            continue
        if before.kind != question.kind:
            words = {
                "before": before.type.name,
                "now": question.type.name,
            }
            reason = _(
                "Deze vraag was eerst van de soort ‘%(before)s’ en is nu ‘%(now)s’. Dan zijn oude "
                "en nieuwe antwoorden niet te vergelijken."
            )
        elif before.maximum != question.maximum:
            words = {"before": before.maximum, "now": question.maximum}
            reason = _(
                "De schaal liep eerst tot en met %(before)s en nu tot en met %(now)s. Dan zijn "
                "oude en nieuwe cijfers niet te vergelijken."
            )
        elif before.extra.get("shape") != question.extra.get("shape"):
            words = {}
            reason = _(
                "Bij deze vraag tekende men eerst iets anders op de kaart. Dan zijn oude en nieuwe "
                "antwoorden niet te vergelijken."
            )
        else:
            continue
        yield number, f"{reason % words} {MAKE_NEW}"


def _is_empty(following: Questions) -> bool:
    """Whether nothing that a visitor sees comes before the next page."""
    here = takewhile(lambda question: question.kind != PAGE, following)
    return all(not question.type.is_visible for question in here)


def _empty_pages(questions: Questions) -> Iterator[tuple[int, str]]:
    for number, question in enumerate(questions):
        if question.kind == PAGE and _is_empty(questions[number + 1 :]):
            yield number, _("Op deze pagina staat niets. Zet er een vraag op of haal hem weg.")


def _double_names(questions: Questions) -> Iterator[tuple[int, str]]:
    taken: dict[str, int] = {}
    for number, question in enumerate(questions):
        name = question.extra.get("link_name")
        if not name:
            continue
        if name in taken:
            yield (
                number,
                _(
                    "De naam in de link ‘%(name)s’ staat ook bij ‘%(question)s’ (onderdeel "
                    "%(number)s). Geef elke vraag een eigen naam."
                )
                % {
                    "name": name,
                    "question": questions[taken[name]].label,
                    "number": taken[name] + 1,
                },
            )
        taken.setdefault(name, number)


def _wrong_rule(rule: Rule, number: int, places: dict[str, int], questions: Questions) -> str:
    place = places.get(rule.question)
    if place is None:
        return _("Een regel gaat over een vraag die er niet meer is. Kies een andere vraag.")
    asked = questions[place]
    words = {"question": asked.label, "number": place + 1}
    if place == number:
        return _("Een regel gaat over deze vraag zelf. Kies een vraag die eerder komt.")
    if place > number:
        return (
            _(
                "Een regel gaat over ‘%(question)s’ (onderdeel %(number)s), en die komt pas later. "
                "Kies een vraag die eerder komt."
            )
            % words
        )
    if not asked.type.asks or asked.type.compares is None:
        return _("‘%(question)s’ kan niet bepalen wat er in beeld komt. Kies een andere vraag.") % (
            words
        )
    if rule.operator not in ALLOWED[asked.type.compares]:
        return (
            _("Deze vergelijking past niet bij ‘%(question)s’. Kies een andere vergelijking.")
            % words
        )
    return _wrong_value(rule, asked, words)


def _wrong_value(rule: Rule, asked: Question, words: dict) -> str:
    if rule.operator in WITHOUT_VALUE:
        return ""
    if not rule.value:
        return _("Kies bij ‘%(question)s’ ook een antwoord om mee te vergelijken.") % words
    if asked.type.compares == OPTIONS and rule.value not in asked.option_labels:
        return (
            _(
                "Een regel gaat over een antwoord bij ‘%(question)s’ dat er niet meer is. "
                "Kies een ander antwoord."
            )
            % words
        )
    if asked.type.compares == NUMBER and plain_number(rule.value) is None:
        return _("Vul bij ‘%(question)s’ een getal in om mee te vergelijken, zoals 12.") % words
    if asked.type.compares == DAY and not _is_day(rule.value):
        return (
            _("Vul bij ‘%(question)s’ een dag in om mee te vergelijken, zoals 2026-12-31.") % words
        )
    return ""


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _never(question: Question, questions: Questions) -> bool:
    """Whether rules that must all hold cannot hold together.

    The rules are those of the item, of its section and page, and of the questions whose answer
    they need: an item is out of reach too where the question it follows never shows with it.
    """
    by_id = {item.id: item for item in questions}
    rules: list[Rule] = []
    todo, seen = [question], set()
    while todo:
        item = todo.pop()
        if item.id in seen:
            continue
        seen.add(item.id)
        for condition in _conditions_of(item, questions):
            if condition.match != "all" and len(condition.rules) > 1:
                continue
            rules += condition.rules
            todo += [
                by_id[rule.question]
                for rule in condition.rules
                if rule.operator not in (EMPTY, DIFFERS) and rule.question in by_id
            ]
    subjects = {rule.question for rule in rules}
    return any(
        _contradict(by_id[subject], [rule for rule in rules if rule.question == subject])
        for subject in subjects
        if subject in by_id
    )


def _conditions_of(item: Question, questions: Questions) -> list:
    found = [item.condition] if item.condition else []
    for page in flow_of(questions).pages:
        for inside in page.items:
            if inside.question.id == item.id:
                found += [page.condition, *inside.conditions]
    return [condition for condition in found if condition is not None]


def _contradict(asked: Question, rules: list[Rule]) -> bool:
    """Whether no answer to one question keeps all these rules."""
    said = {operator: {rule.value for rule in rules if rule.operator == operator}
            for operator in (EQUALS, DIFFERS, CONTAINS, FILLED, EMPTY, MORE, LESS)}  # fmt: skip
    positive = said[EQUALS] or said[CONTAINS] or said[FILLED] or said[MORE] or said[LESS]
    if said[EMPTY] and (positive or asked.required):
        return True
    if len(said[EQUALS]) > 1 or said[EQUALS] & said[DIFFERS]:
        return True
    compares = asked.type.compares
    if compares == OPTIONS:
        needed = said[EQUALS] | said[CONTAINS]
        one = asked.kind == "one_choice" or asked.max_choices == 1 or said[EQUALS]
        return bool(one) and len(needed) > 1
    if compares == NUMBER:
        return _no_number_left(asked, said)
    return compares == DAY and bool(
        said[MORE] and said[LESS] and max(said[MORE]) >= min(said[LESS])
    )


def _no_number_left(asked: Question, said: dict[str, set[str]]) -> bool:
    low, high = asked.type.limits(asked)
    over = [number for number in map(plain_number, said[MORE]) if number is not None]
    under = [number for number in map(plain_number, said[LESS]) if number is not None]
    for number in filter(lambda value: value is not None, map(plain_number, said[EQUALS])):
        if (low is not None and number < low) or (high is not None and number > high):
            return True
        if any(number <= limit for limit in over) or any(number >= limit for limit in under):
            return True
    if over and ((high is not None and max(over) >= high) or (under and max(over) >= min(under))):
        return True
    return bool(under) and low is not None and min(under) <= low
