"""Signals in a real browser: a manager answers by keyboard, and everybody can read it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from areas.signals.models import Signal
from areas.signals.services import handling
from tests.browser.conftest import has_map
from tests.factories import pages as make
from tests.factories import signals as brought


@pytest.fixture
def signal(north):
    council = brought.council_in(north)
    return brought.from_council(council, public=True, geometry=make.middle(north))


def work(live_server, signal):
    return live_server.url + reverse("wagtailsnippets_signals_signal:edit", args=[signal.pk])


def test_manager_answers_by_keyboard(
    page, live_server, signal, area_manager, browser_login, assert_accessible
):
    browser_login(area_manager)
    page.goto(work(live_server, signal))
    expect(page.get_by_text("Antwoord uiterlijk op").first).to_be_visible()
    # From the first summary on: all by keys, as somebody without a mouse does it.
    page.locator("#actie-beantwoorden summary").focus()
    page.keyboard.press("Tab")
    page.keyboard.type("Er komt een zebrapad.")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Verstuur het antwoord")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Het antwoord is verstuurd.")).to_be_visible()
    assert Signal.objects.get().answer == "Er komt een zebrapad."
    # A closed action opens with Enter.
    page.locator("#actie-notitie summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("Bel de aannemer.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("De notitie is bewaard.")).to_be_visible()
    expect(page.get_by_text("alleen intern")).to_be_visible()
    assert_accessible(page)


def test_page_of_work_is_sound_in_every_state(
    page, live_server, signal, area_manager, browser_login, assert_sound, complaints
):
    other = brought.from_resident(signal.area)
    browser_login(area_manager)
    page.goto(work(live_server, signal))
    expect(page.locator(".leaflet-container")).to_be_visible()
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")
    assert_sound(page)
    # Somebody else answers meanwhile; then a form that is not complete.
    handling.answer(signal=signal, version=0, user=None, text="Er komt een zebrapad.")
    page.locator("#beantwoorden_text").fill("Wij zetten borden neer.")
    page.get_by_role("button", name="Verstuur het antwoord").click()
    expect(page.get_by_text("Iemand anders was u voor.")).to_be_visible()
    expect(page.locator("#beantwoorden_text")).to_have_value("Wij zetten borden neer.")
    complaints.clear()  # the browser tells of the 409
    assert_sound(page)
    page.goto(work(live_server, other))
    page.get_by_role("button", name="Verstuur het antwoord").click()
    expect(page.get_by_role("alert").get_by_text("Schrijf een antwoord.")).to_be_visible()
    assert_sound(page)


def test_list_and_figures_of_the_manager_are_sound(
    page, live_server, signal, area_manager, browser_login, assert_sound
):
    brought.age(signal, due_on=timezone.localdate() - timedelta(days=1))
    brought.fill(signal.area, signal.council, 6)
    browser_login(area_manager)
    for address in (
        reverse("wagtailsnippets_signals_signal:list"),
        reverse("signals_figures"),
        reverse("wagtailadmin_home"),
    ):
        page.goto(live_server.url + address)
        assert_sound(page)


def test_public_pages_are_sound(page, live_server, signal, assert_sound):
    handling.answer(signal=signal, version=0, user=None, text="Er komt een zebrapad.")
    brought.fill(signal.area, None, 6)
    for address, words in (
        (signal.get_absolute_url(), "Er komt een zebrapad."),
        ("/zo-snel-antwoorden-wij/", "Deel dat op tijd antwoord kreeg"),
        ("/en/zo-snel-antwoorden-wij/", "Haarlemmermeer-Noord"),
    ):
        page.goto(live_server.url + address)
        expect(page.get_by_text(words).first).to_be_visible()
        assert_sound(page, reload=has_map(page))


def test_answering_works_without_javascript(browser, live_server, signal, area_manager, login):
    context = browser.new_context(java_script_enabled=False, locale="nl-NL")
    session = login(area_manager).cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page = context.new_page()
    page.goto(work(live_server, signal))
    page.locator("#actie-beantwoorden textarea").fill("Er komt een zebrapad.")
    page.get_by_role("button", name="Verstuur het antwoord").click()
    expect(page.get_by_text("Er komt een zebrapad.").first).to_be_visible()
    page.goto(live_server.url + signal.get_absolute_url())
    expect(page.get_by_text("Er komt een zebrapad.").first).to_be_visible()
    context.close()
    assert Signal.objects.get().state == Signal.State.ANSWERED
