"""A survey edited, published, closed and answered in any order: no answer lost, no column shifted.

Answers are sent, sent twice, kept for later, gone on with, changed and withdrawn; after all of it
the file and the results hold exactly what should be there.
"""

import csv
import io
import re
from collections import Counter
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import reverse, reverse_lazy
from django.utils import timezone
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
from surveys.steps import KEEP
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
LOOK, CHANGE, WITHDRAW = (
    reverse_lazy(f"survey_receipt{what}") for what in ("", "_change", "_withdraw")
)
CODE = re.compile(r"data-receipt-code[^>]*>([^<]+)<")


@dataclass
class Sent:
    """What somebody sent: in which version, what they answered, and the code they got."""

    raw: list[dict]
    row: dict
    code: str


def survey_machine(north, manager):
    """The machine, for a survey in an area, whose manager reads the results."""

    class Survey(RuleBasedStateMachine):
        def __init__(self):
            super().__init__()
            self.undo = transaction.atomic()
            self.undo.__enter__()
            cache.clear()
            self.visitor = Client()
            self.sent: list[Sent] = []
            self.forms = []
            self.drafts = []
            self.last = None
            self.is_open = True
            self.versions = 1
            self.columns = set()

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
        def close_or_open_again(self):
            self.is_open = not self.is_open
            page = SurveyPage.objects.get(pk=self.page.pk)
            page.closes_at = timezone.now() + timedelta(days=3 if self.is_open else -3)
            page.save_revision().publish()

        @precondition(lambda self: self.is_open)
        @rule()
        def open_the_form(self):
            self.forms.append((self.live, form_on(self.visitor.get(self.page.url))))

        def fill_in(self, raw: list[dict], form, data) -> tuple[dict, dict]:
            """The fields of a form with an answer to all it asks, and those answers."""
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
            return filled, row

        def send(self, action: str, filled: dict, raw: list[dict], row: dict) -> None:
            """Send a form: it is stored, or shown to copy where the survey closed meanwhile."""
            answer = self.visitor.post(action, filled)
            if not self.is_open:
                assert answer.status_code == 409
                return
            assert answer.status_code == 302
            thanks = self.visitor.get(answer.url).content.decode()
            self.sent.append(Sent(raw, row, CODE.search(thanks)[1]))
            self.last = action, filled, replace(self.sent[-1])

        def one_of(self, many: list, data):
            return many[data.draw(st.integers(0, len(many) - 1))]

        @precondition(lambda self: self.forms)
        @rule(data=st.data())
        def answer(self, data):
            """Send in a form that was opened in this or an earlier version, once."""
            raw, form = self.forms.pop(data.draw(st.integers(0, len(self.forms) - 1)))
            filled, row = self.fill_in(raw, form, data)
            self.send(form.action, filled, raw, row)

        @precondition(lambda self: self.last and self.is_open)
        @rule()
        def send_twice(self):
            """Counts once, also where it was changed meanwhile; what was withdrawn comes back."""
            action, filled, sent = self.last
            assert self.visitor.post(action, filled).status_code == 302
            if all(one.code != sent.code for one in self.sent):
                self.sent.append(replace(sent))

        @precondition(lambda self: self.forms and self.is_open)
        @rule(data=st.data())
        def keep_for_later(self, data):
            raw, form = self.forms.pop(data.draw(st.integers(0, len(self.forms) - 1)))
            filled, row = self.fill_in(raw, form, data)
            kept = self.visitor.post(form.action, filled | {"stap": KEEP})
            self.drafts.append((raw, row, kept.url.partition("#")[0]))

        @precondition(lambda self: self.drafts)
        @rule(data=st.data())
        def go_on(self, data):
            """By the private link, in another browser: all is there, in the version it was."""
            raw, row, link = self.one_of(self.drafts, data)
            page = Client().get(link)
            if not self.is_open:
                assert page.status_code == 409
                return
            form = form_on(page)
            self.shows(form, row)
            self.send(form.action, form.fields | {"stap": "verstuur"}, raw, row)
            self.drafts.remove((raw, row, link))
            assert Client().get(link).status_code == 410

        @staticmethod
        def shows(form, row: dict) -> None:
            for key, value in row.items():
                expected = value if isinstance(value, list) else [value]
                assert sorted(form.fields[field(key)]) == sorted(expected)

        @precondition(lambda self: self.sent)
        @rule(data=st.data())
        def change(self, data):
            sent = self.one_of(self.sent, data)
            page = self.visitor.post(CHANGE, {"code": sent.code})
            if not self.is_open:
                assert page.status_code == 409
                return
            form = form_on(page)
            self.shows(form, sent.row)
            filled, row = self.fill_in(sent.raw, form, data)
            assert self.visitor.post(CHANGE, filled).status_code == 302
            sent.row = row

        @precondition(lambda self: self.sent)
        @rule(data=st.data())
        def withdraw(self, data):
            sent = self.one_of(self.sent, data)
            assert self.visitor.post(WITHDRAW, {"code": sent.code}).status_code == 200
            sure = {"code": sent.code, "zeker": "ja"}
            assert self.visitor.post(WITHDRAW, sure).status_code == 302
            assert self.visitor.post(LOOK, {"code": sent.code}).status_code == 422
            self.sent.remove(sent)

        @property
        def given(self) -> Counter:
            return Counter(self.as_row(sent.row) for sent in self.sent)

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
            keys = {column for column in columns if column[0]}
            assert keys >= self.columns, "a column went"
            self.columns |= keys
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
            max_examples=10,
            stateful_step_count=20,
            deadline=None,
            derandomize=True,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
