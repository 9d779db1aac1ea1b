"""A survey edited, published and answered in any order: no answer lost, no column shifted."""

import csv
import io
import re
from collections import Counter

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from surveys.models import SurveyPage
from tests.factories import surveys as make
from tests.surveys.downloads import fetched
from tests.surveys.helpers import field, form_on

pytestmark = pytest.mark.django_db
#: A question or option carries its key in its words, so that a file says which column is whose.
KEY = re.compile(r"\[(\w+)\]")
QUESTIONS = st.sampled_from(["q0", "q1", "q2", "q3"])
KINDS = {"q0": "one_choice", "q1": "several_choices", "q2": "short_text", "q3": "scale"}
OPTIONS = st.lists(st.sampled_from(["a", "b", "c", "d"]), min_size=2, max_size=4, unique=True)
WORDS = st.sampled_from(["Eerst", "Daarna", "=Later"])


def survey_machine(north, manager):
    """The machine, for a survey in an area, whose manager reads the results."""

    class Survey(RuleBasedStateMachine):
        def __init__(self):
            super().__init__()
            self.undo = transaction.atomic()
            self.undo.__enter__()
            cache.clear()
            self.visitor = Client()
            self.given = Counter()
            self.forms = []
            self.versions = 1

        @rule()
        def look(self):
            self.check_file()

        def teardown(self):
            try:
                self.check_file()
                self.check_results()
            finally:
                self.go_back()

        def go_back(self):
            transaction.set_rollback(True)
            self.undo.__exit__(None, None, None)

        @initialize(words=WORDS, options=OPTIONS)
        def publish_first(self, words, options):
            self.draft = {"q0": (words, options), "q2": (words, options)}
            self.page = make.SurveyPageFactory(parent=north, questions=self.raw())
            self.live = self.raw()

        def raw(self) -> list[dict]:
            return [self.question(key, *made) for key, made in self.draft.items()]

        def question(self, key: str, words: str, options: list[str]) -> dict:
            value = {"options": make.options(**{name: f"{words} [{name}]" for name in options})}
            if KINDS[key] == "short_text":
                value = {"max_length": 200, "link_name": "straat" if words == "Eerst" else ""}
            elif KINDS[key] == "scale":
                value = {"maximum": "5", "low_label": words, "high_label": "goed"}
            else:
                value["shuffle"] = words == "Daarna"
            return make.question(KINDS[key], key, f"{words} [{key}]", **value)

        @rule(key=QUESTIONS, words=WORDS, options=OPTIONS)
        def edit(self, key, words, options):
            self.draft[key] = (words, options)

        @precondition(lambda self: len(self.draft) > 1)
        @rule(key=QUESTIONS)
        def take_away(self, key):
            self.draft.pop(key, None)

        @rule()
        def turn_around(self):
            self.draft = dict(reversed(self.draft.items()))

        @precondition(lambda self: self.draft)
        @rule()
        def publish(self):
            page = SurveyPage.objects.get(pk=self.page.pk)
            page.questions = self.raw()
            page.save_revision().publish()
            self.versions += self.live != self.raw()
            self.live = self.raw()

        @rule()
        def open_the_form(self):
            self.forms.append((self.live, form_on(self.visitor.get(self.page.url))))

        @precondition(lambda self: self.forms)
        @rule(data=st.data())
        def answer(self, data):
            """Send in a form that was opened in this or an earlier version, once."""
            raw, form = self.forms.pop(data.draw(st.integers(0, len(self.forms) - 1)))
            filled, row = dict(form.fields), {}
            for question in raw:
                key = question["id"]
                names = [option["id"] for option in question["value"].get("options", [])]
                if KINDS[key] == "one_choice":
                    row[key] = data.draw(st.sampled_from(names))
                elif KINDS[key] == "several_choices":
                    row[key] = data.draw(st.lists(st.sampled_from(names), min_size=1, unique=True))
                else:
                    row[key] = str(data.draw(st.integers(1, 5)))
                filled[field(key)] = row[key]
            assert self.visitor.post(form.action, filled).status_code == 302
            self.given[self.as_row(row)] += 1

        @staticmethod
        def as_row(row: dict) -> frozenset:
            """Answers as a file should hold them: (question, option or nothing, words)."""
            cells = set()
            for key, value in row.items():
                if isinstance(value, list):
                    cells |= {(key, name, "1") for name in value}
                else:
                    cells.add((key, "", value))
            return frozenset(cells)

        @invariant()
        def versions_only_where_something_changed(self):
            assert self.page.versions.count() == self.versions

        def check_file(self):
            """The file holds what was given, each answer under its question."""
            body = fetched(manager, self.page, "csv").decode().removeprefix("\ufeff")
            header, *rows = csv.reader(io.StringIO(body, newline=""), delimiter=";")
            columns = [(*KEY.findall(name), "", "")[:2] for name in header]
            found = Counter()
            for cells in rows:
                assert len(cells) == len(header)
                row = set()
                for (key, option), cell in zip(columns, cells, strict=True):
                    if key and cell not in ("", "0"):
                        name = KEY.findall(cell)
                        row.add((key, option, name[0] if name else cell))
                found[frozenset(row)] += 1
            assert found == self.given

        def check_results(self):
            page = manager.get(reverse("surveys_results", args=[self.page.pk]))
            results = page.context_data["results"]
            assert results.total == self.given.total()
            answered = {result.question.id: result.answered for result in results.questions}
            for key in KINDS:
                expected = sum(
                    count
                    for row, count in self.given.items()
                    if any(cell[0] == key for cell in row)
                )
                assert answered.get(key, 0) == expected

    return Survey


def test_no_answer_is_lost_and_no_column_shifts(north, login, area_manager):
    run_state_machine_as_test(
        survey_machine(north, login(area_manager)),
        settings=settings(
            max_examples=8,
            stateful_step_count=12,
            deadline=None,
            derandomize=True,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
