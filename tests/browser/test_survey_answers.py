"""Tagging answers and reading their map, by mouse, by keyboard, and without JavaScript."""

import pytest
from django.contrib.gis.geos import Point
from django.urls import reverse
from playwright.sync_api import expect

from surveys.models import AnswerTag, AnswerTagging
from tests.browser.conftest import WIDTHS
from tests.factories import pages
from tests.factories import surveys as make


@pytest.fixture
def survey(north):
    survey = make.SurveyPageFactory(parent=north)
    for text in ("Een hek om de speelplek", "Bomen graag", "Een hek bij de sloot"):
        make.respond(survey, **{make.LONG: {"text": text}})
    return survey


def fits(page) -> bool:
    return page.evaluate(
        "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    )


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_tagging_from_the_first_tag_on(
    page, live_server, browser_login, area_manager, survey, width, assert_accessible, complaints
):
    page.set_viewport_size(width)
    browser_login(area_manager)
    here = live_server.url + reverse("surveys_answers", args=[survey.pk, make.LONG])
    page.goto(here)
    page.get_by_label("Zoek in de antwoorden").fill("HEK")
    page.get_by_role("button", name="Toon", exact=True).click()
    page.get_by_label("Een hek om de speelplek").check()
    page.get_by_label("Nieuw label").fill("Hekken")
    page.get_by_role("button", name="Zet het label erbij").click()
    expect(page.get_by_text("1 antwoord heeft nu het label ‘Hekken’.")).to_be_visible()
    off = page.get_by_role("button", name="Hekken", pressed=False)
    off.focus()
    page.keyboard.press("Enter")
    expect(off).to_have_count(0)
    expect(page.get_by_role("button", name="Hekken", pressed=True)).to_have_count(2)
    assert AnswerTagging.objects.count() == 2
    assert_accessible(page, "main")
    assert fits(page)
    AnswerTag.objects.all().delete()  # a colleague did so meanwhile
    page.get_by_role("button", name="Hekken", pressed=True).first.click()
    expect(page.get_by_text("Dit label is er niet meer.")).to_be_visible()
    complaints.clear()  # Chromium reports the status 409 as an error


def test_tagging_without_javascript(browser, live_server, login, area_manager, survey):
    session = login(area_manager).cookies["sessionid"].value
    context = browser.new_context(java_script_enabled=False, locale="nl-NL")
    cookie = {"name": "sessionid", "value": session, "url": live_server.url}
    context.add_cookies([cookie])
    page = context.new_page()
    tag = AnswerTag.objects.create(survey=survey, name="Hekken")
    page.goto(live_server.url + reverse("surveys_answers", args=[survey.pk, make.LONG]) + "?q=hek")
    page.get_by_role("button", name="Hekken", pressed=False).nth(1).click()
    assert page.url.endswith("?q=hek#antwoord-2")
    expect(page.get_by_role("button", name="Hekken", pressed=True)).to_have_count(1)
    assert tag.taggings.count() == 1
    context.close()


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_the_map_counts_in_hexagons_with_a_table_beside_it(
    page, live_server, browser_login, area_manager, north, width, assert_accessible
):
    pages.PlaceFactory(name="Badhoevedorp", slug="badhoevedorp", geometry=Point(4.784, 52.339))
    survey = make.SurveyPageFactory(parent=north)
    for east, count in enumerate((25, 12, 6)):
        spot = {"point": Point(4.78 + east / 50, 52.34, srid=4326), "text": "Gevaarlijk"}
        make.respond(survey, count=count, **{make.POINT: spot})
    page.set_viewport_size(width)
    browser_login(area_manager)
    page.goto(live_server.url + reverse("surveys_answer_map", args=[survey.pk, make.POINT]))
    cells = page.locator("#vakkenkaart .gp-cell__text")
    expect(cells).to_have_count(3)
    assert set(cells.all_text_contents()) <= {"25", "12", "6", "A", "B", "C"}
    expect(page.locator(".gp-legend").first).to_contain_text("5 tot en met 9 inzendingen")
    page.get_by_text("Alle vakken in een tabel").click()
    expect(page.get_by_role("row", name="Badhoevedorp 1 C 25 58%")).to_be_visible()
    expect(page.locator("#antwoordkaart .gp-marker").first).to_be_visible()
    assert_accessible(page, "main")
    assert fits(page)
