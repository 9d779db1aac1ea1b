"""A survey is made, checked and published by keyboard alone; and screens of the editor in states."""

import pytest
from playwright.sync_api import expect

from surveys.models import SurveyPage
from tests.browser.conftest import settled

MOST_TABS = 120
FOCUSED = """() => {
  const e = document.activeElement;
  return [e.tagName, e.id, e.name || "", e.getAttribute("aria-label") || e.title || "",
    e.textContent.trim().slice(0, 50)].join(" | ");
}"""


@pytest.fixture
def tab_to(page):
    """Presses Tab, or Shift+Tab, until what has the focus is this; fails where it never is."""

    def tab(locator, key="Tab"):
        seen = []
        for _number in range(MOST_TABS):
            if locator.evaluate("element => element === document.activeElement"):
                return
            page.keyboard.press(key)
            seen.append(page.evaluate(FOCUSED))
        raise AssertionError("never reached; the focus was at:\n" + "\n".join(seen))

    return tab


def test_a_survey_is_published_by_keyboard(
    page, live_server, browser_login, area_manager, north, tab_to, complaints
):
    browser_login(area_manager)
    page.goto(f"{live_server.url}/beheer/pages/add/surveys/surveypage/{north.pk}/?leeg=1")
    settled(page)
    tab_to(page.locator("#id_title"))
    page.keyboard.type("Een bankje bij de vaart")
    tab_to(page.locator("#id_closes_at"))
    page.keyboard.type("2099-05-01 12:00")
    page.keyboard.press("Escape")

    add = page.locator(
        "#panel-child-inhoud-vragen-content .c-sf-add-button, [data-contentpath=questions] .c-sf-add-button"
    ).first
    tab_to(add)
    page.keyboard.press("Enter")
    chooser = page.get_by_role("combobox").last
    expect(chooser).to_be_focused()
    page.keyboard.type("Lang antwoord")
    page.keyboard.press("Enter")
    question = page.locator("[name='questions-0-value-label']")
    expect(question).to_be_focused()
    page.keyboard.type("Waar staat het bankje het beste?")
    settled(page)
    tab_to(page.locator("#id_outcome_due"))
    page.keyboard.type("2099-06-01")
    page.keyboard.press("Escape")
    save = page.get_by_role("button", name="Meer acties")
    print(page.evaluate(FOCUSED))
    tab_to(save, key="Tab")
    page.keyboard.press("Enter")
    publish = page.get_by_role("button", name="Publiceren")
    tab_to(publish)
    page.keyboard.press("Enter")
    expect(page.get_by_text("gepubliceerd").first).to_be_visible()
    (survey,) = SurveyPage.objects.all()
    assert survey.live
    assert [one.label for one in survey.asked] == ["Waar staat het bankje het beste?"]
