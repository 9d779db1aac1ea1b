"""A survey is made, checked and published by keyboard alone."""

import pytest
from playwright.sync_api import expect

from surveys.models import SurveyPage
from tests.browser.conftest import WIDTHS, settled

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


def test_a_survey_is_made_checked_and_published(
    page, live_server, browser_login, area_manager, north, tab_to, complaints
):
    browser_login(area_manager)
    page.set_viewport_size(WIDTHS["desktop"])
    page.goto(f"{live_server.url}/beheer/pages/add/surveys/surveypage/{north.pk}/?leeg=1")
    settled(page)
    tab_to(page.locator("#id_title"))
    page.keyboard.type("Een bankje bij de vaart")
    tab_to(page.locator("#id_closes_at"))
    page.keyboard.type("01-05-2099 12:00")
    page.keyboard.press("Escape")

    questions = page.locator("[data-contentpath=questions]")
    tab_to(questions.get_by_role("button", name="Invoegen").first)
    page.keyboard.press("Enter")
    expect(page.locator("[data-tippy-root] input[role=combobox]")).to_be_focused()
    page.keyboard.type("Lang antwoord")
    page.keyboard.press("Enter")
    expect(page.locator("[name=questions-0-value-label]")).to_be_focused()
    page.keyboard.type("Waar staat het bankje het beste?")

    # Publishing checks: what is missing is said, and the question is still there.
    publish_by_keyboard(page, tab_to)
    expect(page.get_by_text("Dit veld is verplicht").first).to_be_visible()
    settled(page)
    tab_to(page.locator("#id_outcome_due"))
    page.keyboard.type("01-06-2099")
    page.keyboard.press("Escape")
    publish_by_keyboard(page, tab_to)
    expect(page.locator(".messages").get_by_text("gepubliceerd").first).to_be_visible()
    survey = SurveyPage.objects.get()
    assert survey.live
    assert [one.label for one in survey.asked] == ["Waar staat het bankje het beste?"]
    complaints[:] = [line for line in complaints if "status of 4" not in line]


def publish_by_keyboard(page, tab_to) -> None:
    """From where the focus is to the button that publishes, and press it."""
    publish = page.locator("button[name=action-publish]")
    if not publish.is_visible():
        tab_to(page.locator("footer [data-w-dropdown-target=toggle]"))
        page.keyboard.press("Enter")
    tab_to(publish)
    page.keyboard.press("Enter")
