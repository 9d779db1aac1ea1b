"""What the editor of a survey sends to the admin, as form fields."""

from datetime import timedelta

from django.utils import timezone
from wagtail.test.utils.form_data import nested_form_data, rich_text


def sequence(items: list[dict]) -> dict:
    """Fields of a StreamField or ListBlock: items are {value, type and id where known}."""
    fields = {"count": str(len(items))}
    for number, item in enumerate(items):
        fields[str(number)] = {"deleted": "", "order": str(number), "id": ""} | item
    return fields


def condition(*rules: dict, match: str = "all") -> dict:
    """When an item shows; without rules always."""
    items = [{"value": {"value": "", **rule}} for rule in rules]
    return {"match": match, "rules": sequence(items)}


def choice(labels: list[str], *, question_id: str = "", option_ids=(), **value) -> dict:
    """A question of one choice."""
    ids = [*option_ids, *[""] * (len(labels) - len(option_ids))]
    options = [{"value": label, "id": key} for label, key in zip(labels, ids, strict=True)]
    value = {
        "label": "Hoe gaat u?",
        "help_text": "",
        "options": sequence(options),
        "shown_as": "radio",
        "condition": condition(),
    } | value
    return {"type": "one_choice", "value": value, "id": question_id}


def long_text(label: str = "Wat vindt u?", *, question_id: str = "", **value) -> dict:
    """A question with a long answer."""
    value = {
        "label": label,
        "help_text": "",
        "max_length": "2000",
        "condition": condition(),
    } | value
    return {"type": "long_text", "value": value, "id": question_id}


def survey_form(questions: list[dict] | None = None, **changes) -> dict:
    """What the edit form of a survey sends; open for two weeks from now."""
    now = timezone.localtime()
    data = {
        "title": "Wat vindt u van de haven?",
        "slug": "haven",
        "summary": "Vijf vragen.",
        "intro": rich_text("<p>Denk mee.</p>"),
        "opens_at": f"{now - timedelta(days=1):%Y-%m-%d %H:%M}",
        "closes_at": f"{now + timedelta(days=13):%Y-%m-%d %H:%M}",
        "questions": sequence([long_text()] if questions is None else questions),
        "use_of_answers": rich_text("<p>De raad leest het.</p>"),
        "outcome_due": f"{now + timedelta(days=40):%Y-%m-%d}",
        "thanks": rich_text(""),
        "answers_kept_until": "",
        "outcome": rich_text(""),
        "outcome_per_theme": sequence([]),
        "outcome_date": "",
        "geometry": "",
        "place_name": "",
        "image": "",
    }
    return nested_form_data({**data, **changes})
