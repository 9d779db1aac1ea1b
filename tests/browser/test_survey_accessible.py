"""axe on every page of surveys and polls, in every state, on a phone and on a desk."""

from datetime import date, timedelta

import pytest

from tests.browser.conftest import WIDTHS
from tests.factories import pages
from tests.factories import surveys as make

pytestmark = pytest.mark.parametrize("width", WIDTHS, ids=str)


@pytest.fixture
def open_at(page, live_server, width):
    """Opens an address at the width of the test."""

    def open_it(url):
        page.set_viewport_size(WIDTHS[width])
        page.goto(live_server.url + url)
        page.wait_for_load_state("networkidle")
        return page

    return open_it


def fits(page) -> bool:
    """Whether nothing sticks out sideways."""
    return page.evaluate(
        "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    )


@pytest.mark.parametrize("state", ["open", "planned", "waiting", "outcome", "thanks"])
def test_survey_in_each_state(open_at, assert_accessible, north, state):
    pages.PlaceFactory(name="Badhoevedorp", slug="badhoevedorp")
    kinds = {
        "planned": {"planned": True},
        "waiting": {"closed": True},
        "outcome": {
            "closed": True,
            "outcome": "<h2>Kop</h2><p>Ja.</p>",
            "outcome_date": date(2026, 3, 2),
        },
    }
    survey = make.SurveyPageFactory(parent=north, **kinds.get(state, {}))
    page = open_at(f"{survey.url}bedankt/" if state == "thanks" else survey.url)
    assert_accessible(page)
    assert fits(page)


def test_survey_with_errors(open_at, assert_accessible, north, complaints):
    page = open_at(make.SurveyPageFactory(parent=north).url)
    page.get_by_label("In welke straat woont u?").fill("x" * 60)
    page.get_by_role("button", name="Verstuur uw antwoorden").click()
    page.get_by_role("alert").first.wait_for()
    complaints.clear()  # Chromium reports the status 422 as an error
    assert_accessible(page)
    assert fits(page)


def test_survey_that_closed_while_filling_in(open_at, assert_accessible, north, complaints):
    survey = make.SurveyPageFactory(parent=north)
    page = open_at(survey.url)
    page.get_by_label("In welke straat woont u?").fill("Dorpsstraat")
    survey.closes_at = survey.opens_at + timedelta(days=1)
    survey.save()
    page.get_by_role("button", name="Verstuur uw antwoorden").click()
    page.get_by_text("Deze enquête sloot terwijl u bezig was").wait_for()
    complaints.clear()  # Chromium reports the status 409 as an error
    assert_accessible(page)
    assert fits(page)


def test_long_scale_fits(open_at, north):
    scale = make.question(
        "scale", make.SCALE, "Welk cijfer?", maximum="10", low_label="slecht", high_label="goed"
    )
    page = open_at(make.SurveyPageFactory(parent=north, questions=[scale]).url)
    assert fits(page)


def test_list_of_surveys(open_at, assert_accessible, north):
    for kind in ({}, {"planned": True}, {"closed": True}):
        make.SurveyPageFactory(parent=north, **kind)
    page = open_at("/enquetes/")
    assert_accessible(page)
    assert fits(page)


def test_polls_open_closed_and_voted(open_at, assert_accessible, home):
    open_poll = make.PollFactory(explanation="Wij gebruiken dit bij het plan.")
    closed = make.PollFactory(question="Moet de markt op zaterdag?", is_open=False)
    make.vote(closed, 3, 2, 1)
    body = pages.ContentPageFactory(parent=home, body=[("poll", open_poll), ("poll", closed)])
    assert_accessible(open_at(body.url))
    page = open_at(f"/peiling/{closed.pk}/")
    page.get_by_text("Bekijk als tabel").click()
    assert_accessible(page)
    assert fits(page)


def test_poll_without_a_choice(open_at, assert_accessible, home, complaints):
    body = pages.ContentPageFactory(parent=home, body=[("poll", make.PollFactory())])
    page = open_at(body.url)
    page.get_by_role("button", name="Stem").click()
    page.get_by_role("alert").first.wait_for()
    complaints.clear()  # Chromium reports the status 422 as an error
    assert_accessible(page)


def test_results_in_the_admin(open_at, assert_accessible, browser_login, administrator, north):
    survey = make.SurveyPageFactory(parent=north)
    make.respond(survey, count=8)
    browser_login(administrator)
    page = open_at(f"/beheer/enquetes/{survey.pk}/resultaten/")
    assert_accessible(page, context="main")
    page = open_at(f"/beheer/enquetes/{survey.pk}/resultaten/{make.POINT}/")
    page.locator(".gp-marker").first.wait_for()
    assert_accessible(page, context="main")
