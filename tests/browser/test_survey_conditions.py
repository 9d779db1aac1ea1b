"""Pages and conditions in a real browser, where questions come and go at once."""

import json
from itertools import product

import pytest
from playwright.sync_api import expect

from surveys.conditions import ALLOWED, NUMBER, OPTIONS, Condition, Rule
from surveys.models import Answer, Response
from tests.factories import survey_types as kinds
from tests.factories import surveys as make
from tests.surveys.test_flow import only_if, story, street, travel, when
from tests.surveys.test_flow import page as new_page

SEND = "Verstuur uw antwoorden"


@pytest.fixture
def survey(north):
    return make.SurveyPageFactory(
        parent=north,
        questions=[
            travel(required=True),
            only_if(street(required=True), when(make.ONE, "equals", make.BIKE)),
            only_if(new_page("blad-2", "Over fietsen"), when(make.ONE, "equals", make.BIKE)),
            kinds.number(),
            only_if(
                story(),
                when(kinds.NUMBER, "more", "10"),
                when(make.SHORT, "contains", "dorp"),
            ),
            new_page("blad-3", "Tot slot"),
            kinds.nps(),
        ],
    )


@pytest.fixture
def survey_url(live_server, survey):
    return live_server.url + survey.url


def on(page) -> None:
    page.get_by_role("button", name="Verder", exact=True).click()


def test_questions_come_and_go_and_pages_follow(page, survey_url):
    page.goto(survey_url)
    expect(page.get_by_label("Welke straat?")).to_be_hidden()
    page.get_by_label("Lopend").check()
    expect(page.get_by_label("Welke straat?")).to_be_hidden()
    page.get_by_label("Met de fiets").check()
    page.get_by_label("Welke straat?").fill("Dorpsstraat")
    on(page)
    heading = page.get_by_role("heading", name="Over fietsen")
    expect(heading).to_be_focused()
    assert page.title().startswith("Pagina 2 van 3")
    expect(page.get_by_label("Wat nog meer?")).to_be_hidden()
    page.get_by_label("Hoe ver loopt u?").fill("12,5")
    page.get_by_label("Wat nog meer?").fill("Meer licht.")
    page.get_by_label("Hoe ver loopt u?").fill("9,5")
    expect(page.get_by_label("Wat nog meer?")).to_be_hidden()
    on(page)
    page.get_by_label("9", exact=True).check()
    page.get_by_role("button", name=SEND).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bedankt voor uw antwoorden")
    stored = set(Answer.objects.values_list("question_id", flat=True))
    assert stored == {make.ONE, make.SHORT, kinds.NUMBER, kinds.NPS}


def test_back_by_our_button_and_by_the_browser_loses_nothing(page, survey_url):
    page.goto(survey_url)
    page.get_by_label("Met de fiets").check()
    page.get_by_label("Welke straat?").fill("Dorpsstraat")
    on(page)
    page.get_by_label("Hoe ver loopt u?").fill("12")
    page.get_by_role("button", name="Vorige pagina").click()
    expect(page.get_by_label("Welke straat?")).to_have_value("Dorpsstraat")
    on(page)
    expect(page.get_by_label("Hoe ver loopt u?")).to_have_value("12")
    on(page)
    expect(page.get_by_role("heading", name="Tot slot")).to_be_visible()
    page.go_back()
    expect(page.get_by_label("Hoe ver loopt u?")).to_have_value("12")
    page.go_forward()
    page.get_by_label("9", exact=True).check()
    page.get_by_role("button", name=SEND).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bedankt voor uw antwoorden")
    assert Response.objects.count() == 1
    assert Answer.objects.filter(question_id=make.SHORT).get().text == "Dorpsstraat"


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_without_javascript_the_server_brings_the_question(page, survey_url):
    page.goto(survey_url)
    expect(page.get_by_label("Welke straat?")).to_be_hidden()
    page.get_by_label("Met de fiets").check()
    on(page)
    expect(page.get_by_text("Er is iets bij gekomen")).to_be_visible()
    page.get_by_label("Welke straat?").fill("Dorpsstraat")
    on(page)
    expect(page.get_by_role("heading", name="Over fietsen")).to_be_visible()
    page.get_by_role("button", name="Vorige pagina").click()
    page.get_by_label("Lopend").check()
    on(page)
    expect(page.get_by_role("heading", name="Tot slot")).to_be_visible()
    expect(page.get_by_text("Pagina 2 van 2").first).to_be_visible()


def test_each_step_is_sound(page, survey_url, assert_sound, complaints):
    page.goto(survey_url)
    assert_sound(page)
    page.get_by_label("Met de fiets").check()
    on(page)
    page.get_by_role("alert").first.wait_for()
    complaints.clear()  # Chromium reports the status 422 as an error
    assert_sound(page)
    page.get_by_label("Welke straat?").fill("Dorpsstraat")
    on(page)
    page.get_by_role("heading", name="Over fietsen").wait_for()
    assert_sound(page)


def test_browser_and_server_follow_the_same_rules(page, live_server, survey_url):
    """Every operator on every way to compare, with answers that are easy to get wrong."""
    answers = [
        [], ["a"], ["a", "b"], ["A"], ["10"], ["9"], ["9,0"], ["9.0"], ["-1"], ["0"], ["x9"],
        ["1e3"], ["1_0"],
        ["2026-03-01"], ["Dorpsstraat 1"], [" dorp "], ["É"],
    ]  # fmt: skip
    values = ["a", "A", "9", "9,0", "10", "", "dorp", "é", "2026-02-28", "veel", "1e2", "+9", ".5"]
    rules = [
        Rule("v", operator, value, compares)
        for compares, operators in ALLOWED.items()
        for operator, value in product(operators, values)
    ]
    cases = [
        (Condition(match, (rule, Rule("v", "filled", "", OPTIONS))), given)
        for match, rule, given in product(("all", "any"), rules, answers)
    ]
    page.goto(survey_url)
    found = page.evaluate(
        """async ([address, cases]) => {
          const { conditionHolds } = await import(address);
          return cases.map(([condition, given]) => conditionHolds(condition, () => given));
        }""",
        [
            f"{live_server.url}/static/js/surveys/conditions.js",
            [[condition.to_json(), given] for condition, given in cases],
        ],
    )
    wrong = [
        json.dumps([condition.to_json(), given, mine])
        for (condition, given), theirs in zip(cases, found, strict=True)
        if (mine := condition.holds({"v": given})) != theirs
    ]
    assert wrong == []
    assert any(rule.compares == NUMBER for rule in rules)


def test_an_editor_chooses_question_and_answer_by_their_words(
    page, live_server, browser_login, area_manager, survey
):
    browser_login(area_manager)
    page.goto(f"{live_server.url}/beheer/pages/{survey.pk}/edit/")
    stem = "questions-1-value-condition-rules-0-value"
    question = page.locator(f"#{stem}-question + select")
    answer = page.locator(f"#{stem}-value + select")
    page.evaluate(
        """(id) => {
          for (const button of document.querySelectorAll('[data-panel-toggle]')) {
            const panel = button.closest('[data-panel]');
            if (panel?.querySelector('#' + id)
                && button.getAttribute('aria-expanded') === 'false') button.click();
          }
        }""",
        f"{stem}-question",
    )
    expect(question).to_have_value(make.ONE)
    expect(answer).to_have_value(make.BIKE)
    assert question.locator("option").all_inner_texts() == ["—", "1. Hoe gaat u?"]
    assert answer.locator("option").all_inner_texts() == ["—", "Met de fiets", "Lopend"]
    answer.select_option(label="Lopend")
    expect(page.locator(f"#{stem}-value")).to_have_value(make.WALK)
