"""Drawing in a survey: with a mouse, by keyboard, with a finger, and finding an address."""

import pytest
from playwright.sync_api import expect

from surveys.models import Answer, Response
from tests.browser.conftest import WIDTHS
from tests.factories import pages
from tests.factories import survey_shapes as draw
from tests.factories import surveys as make

SEND = "Verstuur uw antwoorden"


@pytest.fixture
def survey(north):
    pages.PlaceFactory(name="Badhoevedorp", slug="badhoevedorp")
    return make.SurveyPageFactory(parent=north, questions=draw.all_drawings())


def question(page, label: str):
    return page.locator("fieldset[data-shape-input]").filter(has_text=label)


def chart_of(part):
    return part.get_by_role("group", name="Kaart om een plek te kiezen")


def at(chart, x: float, y: float) -> dict:
    """A place on a map, from the left and the top, as a part of its size."""
    box = chart.bounding_box()
    return {"position": {"x": box["width"] * x, "y": box["height"] * y}}


def stored(question_id: str) -> list[Answer]:
    return list(Answer.objects.filter(question_id=question_id).order_by("option_id"))


def test_with_a_mouse_and_going_on_after_an_error(
    page, live_server, survey, complaints, assert_accessible
):
    page.goto(live_server.url + survey.url)
    points, lines, polygons = (
        question(page, label) for label in ("donker", "Hoe loopt u", "uw buurt")
    )
    for spot in ((0.2, 0.3), (0.3, 0.7)):
        chart = chart_of(points)
        chart.click(**at(chart, *spot))
    points.get_by_label("Opmerking (mag leeg blijven) Punt 2").fill("Geen lamp")
    points.get_by_role("button", name="Verwijder Punt 1").click()
    expect(points.get_by_text("Punt 1 is verwijderd.")).to_be_visible()
    points.locator(".gp-spot", has_text="2").click()
    expect(points.get_by_label("De brug")).to_be_checked()
    chart = chart_of(lines)
    chart.click(**at(chart, 0.45, 0.5))
    chart.click(**at(chart, 0.5, 0.45))
    chart.dblclick(**at(chart, 0.55, 0.5))
    expect(lines.get_by_text("Lijn 1 is klaar: 3 punten")).to_be_visible()
    chart.click(**at(chart, 0.5, 0.6))
    expect(lines.get_by_text("nog niet af")).to_be_visible()
    chart = chart_of(polygons)
    for corner in ((0.45, 0.45), (0.55, 0.55), (0.55, 0.45), (0.45, 0.55)):
        chart.click(**at(chart, *corner))
    polygons.get_by_role("button", name="Klaar met dit vlak").click()
    expect(polygons.get_by_text("Zo kruisen de randen elkaar.")).to_be_visible()
    polygons.get_by_role("button", name="Haal de laatste hoek weg").click()
    polygons.get_by_role("button", name="Klaar met dit vlak").click()
    expect(polygons.get_by_text("Vlak 1 is klaar: 3 hoeken")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name=SEND).click()
    expect(page.get_by_text("Lijn 2 is nog niet af.").first).to_be_visible()
    complaints.clear()  # Chromium reports the status 422 as an error
    assert_accessible(page)
    lines.get_by_role("button", name="Haal het laatste punt weg").click()
    expect(points.get_by_label("Opmerking (mag leeg blijven) Punt 1")).to_have_value("Geen lamp")
    page.get_by_role("button", name=SEND).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bedankt voor uw antwoorden")
    assert [answer.text for answer in stored(draw.POINTS)] == ["De brug", "Geen lamp"]
    assert [answer.shape.num_coords for answer in stored(draw.LINES)] == [3]
    (polygon,) = stored(draw.POLYGONS)
    assert polygon.shape.valid
    assert survey.area.geometry.contains(polygon.shape)


def test_by_keyboard_with_an_address(page, live_server, survey):
    page.goto(live_server.url + survey.url)
    points, lines = question(page, "donker"), question(page, "Hoe loopt u")
    search = points.get_by_label("Zoek een adres of plaats")
    search.press_sequentially("badhoe")
    expect(points.locator(".gp-address__list li")).to_have_text("Badhoevedorp")
    expect(search).to_have_attribute("aria-expanded", "true")
    search.press("ArrowDown")
    search.press("Enter")
    expect(points.get_by_text("De kaart staat nu bij Badhoevedorp.")).to_be_visible()
    expect(points.get_by_text("Punt 1 staat op de kaart: bij Badhoevedorp.")).to_be_visible()
    chart = chart_of(lines)
    chart.focus()
    for key in ("Enter", "ArrowRight", "Enter", "ArrowUp", "Enter"):
        page.keyboard.press(key)
    expect(lines.get_by_text("Punt 3 van de lijn staat er.")).to_be_visible()
    finish = lines.get_by_role("button", name="Klaar met deze lijn")
    for _ in range(12):
        page.keyboard.press("Tab")
        if finish.evaluate("node => node === document.activeElement"):
            break
    page.keyboard.press("Enter")
    expect(lines.get_by_text("Lijn 1 is klaar: 3 punten")).to_be_visible()
    expect(chart).to_be_focused()
    page.get_by_role("button", name=SEND).press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Bedankt voor uw antwoorden")
    assert stored(draw.LINES)[0].shape.num_coords == 3
    assert stored(draw.POINTS)[0].point.coords == (4.784, 52.339)


@pytest.mark.browser_context_args(has_touch=True, viewport=WIDTHS["phone"], is_mobile=True)
def test_with_a_finger_on_a_phone_and_going_on_later(page, live_server, survey, assert_accessible):
    page.goto(live_server.url + survey.url)
    lines = question(page, "Hoe loopt u")
    chart = chart_of(lines)
    chart.scroll_into_view_if_needed()
    for number, spot in enumerate(((0.4, 0.4), (0.5, 0.5), (0.6, 0.4)), start=1):
        chart.tap(**at(chart, *spot))
        expect(lines.get_by_text(f"Punt {number} van de lijn staat er.")).to_be_visible()
    lines.get_by_role("button", name="Klaar met deze lijn").tap()
    expect(lines.get_by_text("Lijn 1 is klaar: 3 punten")).to_be_visible()
    lines.get_by_label("Opmerking (mag leeg blijven) Lijn 1").fill("Naar school")
    assert_accessible(page)
    fits = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    assert page.evaluate(fits)
    page.reload()
    page.get_by_role("button", name="Ga verder waar u was").tap()
    expect(lines.get_by_label("Opmerking (mag leeg blijven) Lijn 1")).to_have_value("Naar school")
    page.get_by_role("button", name=SEND).tap()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bedankt voor uw antwoorden")
    (line,) = stored(draw.LINES)
    assert (line.text, line.shape.num_coords) == ("Naar school", 3)
    assert Response.objects.count() == 1
