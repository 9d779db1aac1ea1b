"""Links of their own to a survey of the demo."""

import random

from surveys.collecting.services import save_collector
from surveys.models import Collector, SurveyPage


def make_collectors(survey: SurveyPage, values: dict) -> list[tuple[Collector, dict]]:
    """The links of a survey with what was said of them; the same at every load but their keys."""
    found = []
    for name, made in values.get("collectors", {}).items():
        collector = Collector(
            survey=survey,
            name=name,
            kind=made["kind"],
            access=made.get("access", Collector.Access.OPEN),
            invited=made.get("invited", 0),
            reminder_days=7 if "invited" in made else None,
        )
        save_collector(collector=collector, password=made.get("password", ""))
        found.append((collector, made))
    return found


def came_along(
    dice: random.Random, collectors: list[tuple[Collector, dict]], values: dict
) -> tuple[Collector | None, dict]:
    """The link of one response, and the values of its survey as who came along it answered."""
    if not collectors:
        return None, values
    ((collector, made),) = dice.choices(collectors, [made["weight"] for _one, made in collectors])
    return collector, values | {"answers": values["answers"] | made["answers"]}
