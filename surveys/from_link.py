"""Answers that come along with a link: `?vervoer=met-de-fiets` fills in a question at the start.

A link that somebody made wrong, or that somebody changed, must never stand in the way of an
answer: what does not fit its question is left out without a word.
"""

import re
from collections.abc import Mapping

from django import forms
from django.http import QueryDict

from .definition import Question, Questions

#: What an editor may call a question in a link.
NAME = re.compile(r"[a-z][a-z0-9-]{0,29}")
LONGEST = 200
MOST_VALUES = 40


def named_in(questions: Questions) -> dict[str, Question]:
    """Questions by their name in the link."""
    return {
        question.extra["link_name"]: question
        for question in questions
        if question.extra.get("link_name")
    }


def link_data(questions: Questions, fields: Mapping, query: QueryDict | None) -> QueryDict:
    """The values in a link as the form itself would send them, without those that do not fit.

    `fields` are the form's fields by name.
    """
    data = QueryDict(mutable=True)
    if not query:
        return data
    for name, question in named_in(questions).items():
        if name not in query:
            continue
        given = [value[: LONGEST + 1] for value in query.getlist(name)[:MOST_VALUES]]
        values = question.type.from_link(question, given)
        key = f"v-{question.id}"
        mine = QueryDict(mutable=True)
        mine.setlist(key, values)
        if any(len(value) > LONGEST for value in values) or not any(values):
            continue
        field = fields[key]
        try:
            field.clean(field.widget.value_from_datadict(mine, {}, key))
        except forms.ValidationError:
            continue
        data.setlist(key, values)
    return data


def is_open(questions: Questions, data: QueryDict) -> bool:
    """Whether somebody's own words came along, so that the page is not one to keep for others."""
    return any(
        f"v-{question.id}" in data and not question.type.has_fixed_values(question)
        for question in questions
    )
