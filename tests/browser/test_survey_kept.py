"""Answers that are not sent yet: on this device, without a connection, and by a private link."""

import pytest
from playwright.sync_api import expect

from surveys.models import Draft, Response
from tests.factories import surveys as make

SEND = "Verstuur uw antwoorden"
STREET = "In welke straat woont u?"


@pytest.fixture
def survey_url(live_server, north):
    return live_server.url + make.SurveyPageFactory(parent=north).url


def fill_in(page) -> None:
    page.get_by_label("Met de fiets").check()
    page.get_by_label("Schaduw").check()
    page.get_by_label(STREET).fill("Dorpsstraat")
    page.get_by_label("Wat wilt u ons nog vertellen?").fill("Meer groen.\nEn een bankje.")


def expect_filled_in(page) -> None:
    expect(page.get_by_label("Met de fiets")).to_be_checked()
    expect(page.get_by_label("Schaduw")).to_be_checked()
    expect(page.get_by_label(STREET)).to_have_value("Dorpsstraat")
    story = page.get_by_label("Wat wilt u ons nog vertellen?")
    expect(story).to_have_value("Meer groen.\nEn een bankje.")


def test_closed_browser_takes_nothing_away(page, context, survey_url):
    page.goto(survey_url)
    before = page.get_by_text("U begon al aan deze enquête")
    expect(before).to_be_hidden()
    fill_in(page)
    page.close()

    page = context.new_page()
    page.goto(survey_url)
    expect(before := page.get_by_text("U begon al aan deze enquête")).to_be_visible()
    page.get_by_role("button", name="Ga verder waar u was").click()
    expect_filled_in(page)
    expect(page.get_by_text("Fout:")).to_have_count(0)
    page.get_by_role("button", name=SEND).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bedankt voor uw antwoorden")
    assert Response.objects.count() == 1

    page.goto(survey_url)
    expect(page.get_by_label(STREET)).to_have_value("")
    expect(before).to_be_hidden()


def test_who_shares_the_device_can_wipe_the_answers(page, survey_url):
    page.goto(survey_url)
    fill_in(page)
    page.goto(survey_url)
    page.get_by_role("button", name="Wis ze en begin opnieuw").click()
    expect(page.get_by_text("U begon al aan deze enquête")).to_be_hidden()
    expect(page.get_by_label("Met de fiets")).to_be_focused()
    page.goto(survey_url)
    expect(page.get_by_text("U begon al aan deze enquête")).to_be_hidden()


def test_without_a_connection_nothing_is_lost(page, context, survey_url):
    page.goto(survey_url)
    fill_in(page)
    context.set_offline(True)
    page.get_by_role("button", name=SEND).click()
    expect(page.get_by_text("U hebt nu geen verbinding.")).to_be_visible()
    expect_filled_in(page)
    context.set_offline(False)
    expect(page.get_by_text("U hebt weer verbinding.")).to_be_visible()
    page.get_by_role("button", name=SEND).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bedankt voor uw antwoorden")
    assert Response.objects.count() == 1


def test_the_link_goes_on_in_another_browser(
    page, browser, survey_url, assert_sound, browser_context_args
):
    page.goto(survey_url)
    fill_in(page)
    page.get_by_role("button", name="Bewaar en ga later verder").click()
    expect(page.get_by_text("Uw antwoorden zijn bewaard")).to_be_visible()
    link = page.get_by_label("Uw link").input_value()
    assert page.url == f"{link}#bewaard"
    expect(page.locator("#bewaard")).to_be_in_viewport()
    assert_sound(page)

    other = browser.new_context(**{**browser_context_args, "java_script_enabled": False})
    elsewhere = other.new_page()
    elsewhere.goto(link)
    expect_filled_in(elsewhere)
    elsewhere.get_by_role("button", name=SEND).click()
    expect(elsewhere.get_by_role("heading", level=1)).to_have_text("Bedankt voor uw antwoorden")
    assert Response.objects.count() == 1
    assert not Draft.objects.exists()
    elsewhere.goto(link)
    expect(elsewhere.get_by_role("heading", level=1)).to_have_text("Deze link werkt niet meer")
    other.close()


def test_what_was_kept_can_be_removed(page, survey_url, assert_accessible):
    page.goto(survey_url)
    fill_in(page)
    page.get_by_role("button", name="Bewaar en ga later verder").click()
    page.get_by_role("button", name="Verwijder wat ik bewaarde").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Uw antwoorden zijn verwijderd")
    assert_accessible(page)
    assert not Draft.objects.exists()
    page.get_by_role("link", name="Naar de enquête").click()
    expect(page.get_by_text("U begon al aan deze enquête")).to_be_hidden()
