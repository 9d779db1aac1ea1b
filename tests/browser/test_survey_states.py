"""States between the pages of a survey: without a connection, begun before, links that are over."""

from datetime import timedelta

from playwright.sync_api import expect

from surveys.models import BegunCount, Response
from tests.factories import surveys as make
from tests.surveys.test_collectors import address, collector_of

SEND = "Verstuur uw antwoorden"
STREET = "In welke straat woont u?"


def test_who_loses_the_connection_and_comes_back(page, context, live_server, north, assert_sound):
    survey = make.SurveyPageFactory(parent=north)
    here = live_server.url + survey.url
    page.goto(here)
    assert not BegunCount.objects.exists()  # looking is not beginning
    with page.expect_response("**/begonnen/") as told:
        page.get_by_label("Met de fiets").check()
    assert told.value.status == 204
    page.get_by_label(STREET).fill("Dorpsstraat")
    context.set_offline(True)
    page.get_by_role("button", name=SEND).click()
    expect(page.get_by_text("U hebt nu geen verbinding.")).to_be_visible()
    assert_sound(page)
    context.set_offline(False)
    expect(page.get_by_text("U hebt weer verbinding.")).to_be_visible()

    page.goto(here)
    expect(page.get_by_text("U begon al aan deze enquête")).to_be_visible()
    assert_sound(page)
    page.get_by_role("button", name="Ga verder waar u was").click()
    expect(page.get_by_label(STREET)).to_have_value("Dorpsstraat")
    page.get_by_role("button", name=SEND).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bedankt voor uw antwoorden")
    assert Response.objects.count() == 1
    assert BegunCount.objects.get().number == 1


def test_links_and_surveys_that_are_over(page, live_server, north, assert_sound, complaints):
    survey = make.SurveyPageFactory(parent=north)

    def expect_words(words: str) -> None:
        expect(page.get_by_text(words).first).to_be_visible()
        assert_sound(page)

    page.goto(f"{live_server.url}/enquetes/{survey.pk}/verder/{'x' * 32}/")
    expect_words("Deze link werkt niet meer")
    stopped = collector_of(survey, is_active=False)
    page.goto(live_server.url + address(stopped))
    expect_words("Deze link is gesloten")
    later = collector_of(survey, name="Later", opens_at=survey.closes_at - timedelta(days=1))
    page.goto(live_server.url + address(later))
    expect_words("nog niet open")
    invited = collector_of(survey, name="Panel", access="uitnodiging")
    page.goto(f"{live_server.url}{address(invited)}?toegang={'0' * 56}")
    expect_words("uitnodiging")

    page.goto(live_server.url + survey.url)
    page.get_by_label(STREET).fill("Dorpsstraat")
    survey.unpublish()
    page.get_by_role("button", name=SEND).click()
    expect_words("Dorpsstraat")
    complaints[:] = [line for line in complaints if "status of 4" not in line]
