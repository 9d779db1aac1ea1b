"""A survey in English and Arabic on a phone, without JavaScript, and its translation screen."""

import os

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from surveys.models import Response
from tests.browser.conftest import WIDTHS, fits
from tests.factories import survey_types as kinds
from tests.factories import surveys as make

LOOK = os.environ.get("SCREENSHOTS", "")
LABEL = "كيف تذهب عادةً إلى المركز؟"
BIKE = "بالدراجة"


def look(page, name: str) -> None:
    if LOOK:
        page.screenshot(path=f"{LOOK}/{name}.png", full_page=True)


@pytest.fixture
def survey(north):
    items = [
        *make.all_questions(),
        kinds.matrix(),
        kinds.statement(),
        {"type": "page", "id": "p-2", "value": {"label": "Nog iets"}},
        kinds.ranking(),
    ]
    arabic = {
        "title": "ما رأيك في ساحة اللعب؟",
        "summary": "ستة أسئلة قصيرة عن ساحة اللعب.",
        "intro": "ستُجدَّد ساحة اللعب. يمكنك المشاركة في اختيار الألعاب.",
        f"{make.ONE}/label": LABEL,
        f"{make.ONE}/option/{make.BIKE}": BIKE,
        f"{make.ONE}/option/{make.WALK}": "سيرًا على الأقدام",
        f"{make.SEVERAL}/label": "ما الذي ينقص ساحة اللعب؟",
        f"{make.SEVERAL}/option/{make.SHADE}": "ظل",
        f"{make.SCALE}/label": "ما مدى أمان المعبر؟",
        f"{make.SCALE}/low_label": "غير آمن أبدًا",
        f"{make.SCALE}/high_label": "آمن جدًا",
        f"{make.SHORT}/label": "في أي شارع تسكن؟",
        f"{make.LONG}/label": "هل تريد أن تخبرنا بشيء آخر؟",
    }
    english = {"title": "What do you think?", f"{make.ONE}/label": "How do you usually travel?"}
    return make.SurveyPageFactory(
        parent=north,
        questions=items,
        languages=["en", "ar"],
        translations={
            code: {key: [words, ""] for key, words in texts.items()}
            for code, texts in {"ar": arabic, "en": english}.items()
        },
    )


def test_arabic_and_english_on_a_phone(page, live_server, survey, assert_sound, complaints):
    page.set_viewport_size(WIDTHS["phone"])
    page.goto(live_server.url + survey.url)
    page.get_by_role("link", name="English").first.wait_for()
    languages = page.get_by_role("navigation", name="Talen van deze enquête")
    languages.get_by_role("link", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What do you think?")
    expect(page.get_by_text("only available in Dutch")).to_be_visible()
    look(page, "english-375")
    assert_sound(page, reload=True)

    page.set_viewport_size(WIDTHS["phone"])
    page.locator(".gp-survey-languages").get_by_role("link", name="العربية").click()
    group = page.get_by_role("group", name=LABEL)
    radio, words = group.get_by_label(BIKE), group.get_by_text(BIKE)
    assert radio.bounding_box()["x"] > words.bounding_box()["x"]  # from right to left
    look(page, "arabic-375")
    page.set_viewport_size(WIDTHS["desktop"])
    look(page, "arabic-1280")
    assert_sound(page, reload=True)

    page.set_viewport_size(WIDTHS["phone"])
    page.locator("button[name=stap][value=verder]").last.click()
    page.get_by_role("alert").first.wait_for()
    complaints.clear()  # Chromium reports the status 422 as an error
    look(page, "arabic-error-375")
    assert_sound(page)
    page.get_by_label(BIKE).check()
    page.locator("button[name=stap][value=verder]").last.click()
    look(page, "arabic-page-2-375")
    assert fits(page)
    page.locator("button[name=stap][value=verstuur]").last.click()
    page.locator("[data-receipt-code]").wait_for()
    look(page, "arabic-thanks-375")
    assert_sound(page)
    assert Response.objects.get().language == "ar"


def test_without_javascript_in_arabic_and_the_translation_screen(
    browser, live_server, survey, page, browser_login, administrator, assert_accessible
):
    plain = browser.new_context(java_script_enabled=False, viewport=WIDTHS["phone"])
    other = plain.new_page()
    other.goto(live_server.url + survey.url)
    other.locator(".gp-survey-languages").get_by_role("link", name="العربية").click()
    other.get_by_label(BIKE).check()
    other.locator("button[value=verder]").last.click()
    other.locator("button[value=verstuur]").last.click()
    expect(other.locator("[data-receipt-code]")).to_be_visible()
    assert Response.objects.get().language == "ar"
    plain.close()

    browser_login(administrator)
    page.goto(live_server.url + reverse("surveys_translate", args=[survey.pk, "ar"]))
    look(page, "screen-1280")
    assert_accessible(page, "#main")
    page.set_viewport_size(WIDTHS["phone"])
    look(page, "screen-375")
    page.get_by_label("Samenvatting").fill("سؤال قصير")
    page.get_by_role("button", name="Bewaar in het concept").click()
    expect(page.get_by_text("1 vertaling is bewaard in het concept")).to_be_visible()
