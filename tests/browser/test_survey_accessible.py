"""Every page of surveys and polls, in every state: accessible, and nothing sticks out."""

from datetime import date, timedelta

import pytest

from tests.browser.conftest import has_map
from tests.factories import pages
from tests.factories import surveys as make


@pytest.fixture
def open_at(page, live_server):
    """Opens an address."""

    def open_it(url):
        page.goto(live_server.url + url)
        return page

    return open_it


def test_survey_in_each_state(open_at, assert_sound, north):
    pages.PlaceFactory(name="Badhoevedorp", slug="badhoevedorp")
    outcome = {"outcome": "<h2>Kop</h2><p>Ja.</p>", "outcome_date": date(2026, 3, 2)}
    address = make.SurveyPageFactory(parent=north).url
    page = open_at(address)
    assert has_map(page)
    assert_sound(page, reload=True)
    assert_sound(open_at(f"{address}bedankt/"))
    for state in ({"planned": True}, {"closed": True}, {"closed": True, **outcome}):
        assert_sound(open_at(make.SurveyPageFactory(parent=north, **state).url))


def test_survey_with_errors(open_at, assert_sound, north, complaints):
    page = open_at(make.SurveyPageFactory(parent=north).url)
    page.get_by_label("In welke straat woont u?").fill("x" * 60)
    page.get_by_role("button", name="Verstuur uw antwoorden").click()
    page.get_by_role("alert").first.wait_for()
    complaints.clear()  # Chromium reports the status 422 as an error
    assert_sound(page)


def test_survey_that_closed_while_filling_in(open_at, assert_sound, north, complaints):
    survey = make.SurveyPageFactory(parent=north)
    page = open_at(survey.url)
    page.get_by_label("In welke straat woont u?").fill("Dorpsstraat")
    survey.closes_at = survey.opens_at + timedelta(days=1)
    survey.save()
    page.get_by_role("button", name="Verstuur uw antwoorden").click()
    page.get_by_text("Deze enquête sloot terwijl u bezig was").wait_for()
    complaints.clear()  # Chromium reports the status 409 as an error
    assert_sound(page)


def test_long_scale_is_sound(open_at, assert_sound, north):
    scale = make.question(
        "scale", make.SCALE, "Welk cijfer?", maximum="10", low_label="slecht", high_label="goed"
    )
    assert_sound(open_at(make.SurveyPageFactory(parent=north, questions=[scale]).url))


def test_list_of_surveys(open_at, assert_sound, north):
    for kind in ({}, {"planned": True}, {"closed": True}):
        make.SurveyPageFactory(parent=north, **kind)
    page = open_at("/enquetes/")
    assert_sound(page)


def test_polls_open_closed_and_voted(open_at, assert_sound, home):
    open_poll = make.PollFactory(explanation="Wij gebruiken dit bij het plan.")
    closed = make.PollFactory(question="Moet de markt op zaterdag?", is_open=False)
    make.vote(closed, 3, 2, 1)
    body = pages.ContentPageFactory(parent=home, body=[("poll", open_poll), ("poll", closed)])
    assert_sound(open_at(body.url))
    page = open_at(f"/peiling/{closed.pk}/")
    page.get_by_text("Bekijk als tabel").click()
    assert_sound(page)


def test_poll_without_a_choice(open_at, assert_sound, home, complaints):
    body = pages.ContentPageFactory(parent=home, body=[("poll", make.PollFactory())])
    page = open_at(body.url)
    page.get_by_role("button", name="Stem").click()
    page.get_by_role("alert").first.wait_for()
    complaints.clear()  # Chromium reports the status 422 as an error
    assert_sound(page)


def test_results_in_the_admin(open_at, assert_sound, browser_login, administrator, north):
    survey = make.SurveyPageFactory(parent=north)
    make.respond(survey, count=8)
    browser_login(administrator)
    page = open_at(f"/beheer/enquetes/{survey.pk}/resultaten/")
    assert_sound(page, context="main")
    assert_sound(open_at(f"/beheer/enquetes/{survey.pk}/resultaten/{make.POINT}/"), context="main")
