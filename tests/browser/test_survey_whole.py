"""Every type of question in one survey: by keyboard only, with a finger, without JavaScript.

What was given is read back from the file that staff download.
"""

import csv
import io

import pytest
from django.contrib.gis.geos import GEOSGeometry, Point
from playwright.sync_api import expect

from surveys.models import ContactAddress
from tests.areas import uploads
from tests.browser.conftest import WIDTHS, fits
from tests.factories import pages, survey_whole
from tests.factories import surveys as make
from tests.surveys.downloads import fetched

PHOTO = {"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": uploads.jpeg()}
SEND = "Verstuur uw antwoorden"
SPOT, AROUND = "Waar moet het veiliger?", "Wat is uw buurt?"
DEGREES = ("lengtegraad", "breedtegraad")
#: What everybody below answers, by column of the file.
GIVEN = {
    "Hoe gaat u meestal naar het centrum?": "Met de fiets",
    "Wat mist u op de speelplek?: Schaduw": "1",
    "Wat mist u op de speelplek?: Water": "0",
    "Hoe veilig vindt u de oversteek?": "2",
    "In welke straat woont u?": "Dorpsstraat",
    "Wat wilt u ons nog vertellen?": "Meer groen.",
    "Waar is het donker? (aantal)": "1",
    "Waar is het donker?: De brug": "1",
    "Hebt u een foto? (aantal bestanden)": "1",
    "Hoe u bij ons kwam": "flyer",
    "Hoe ver loopt u? (meter)": "12,5",
    "Wanneer was u er?": "2026-05-05",
    "Hoe komt u er?": "Met de bus",
    "Wat mist u?: Bomen": "1",
    "Wat mist u?: Water": "1",
    "Wat mist u?: Paden": "0",
    "Hoe is de speelplek?: Veilig": "goed",
    "Hoe is de speelplek?: Schoon": "",
    "Wat komt eerst?: Water": "1",
    "Wat komt eerst?: Bomen": "2",
    "Raadt u deze plek aan?": "0",
    "Welk toestel wilt u?: Schommel": "1",
    "Welk toestel wilt u?: Klimnet": "0",
    "Waar woont u?": "1171",
    "Ik ben 16 jaar of ouder.": "1",
    "Wat nog meer?": "Een bankje",
}


@pytest.fixture
def survey(north):
    pages.PlaceFactory(name="Badhoevedorp", slug="badhoevedorp")
    return make.SurveyPageFactory(parent=north, questions=survey_whole.whole())


@pytest.fixture
def address(live_server, survey):
    return f"{live_server.url}{survey.url}?bron=flyer"


@pytest.fixture
def in_file(login, area_manager, survey):
    """The one response in the file, which must hold what was given; the cells of the drawings."""

    def read() -> dict[str, str]:
        assert ContactAddress.objects.get().email == "bewoner@example.nl"
        body = fetched(login(area_manager), survey, "csv").decode().removeprefix("\ufeff")
        (row,) = csv.DictReader(io.StringIO(body, newline=""), delimiter=";")
        assert {column: row[column] for column in GIVEN} == GIVEN
        return row

    return read


def check_drawn(row: dict[str, str], survey) -> None:
    """A spot, a line and a polygon that lie where the map began: in the area."""
    spot = Point(*(float(row[f"{SPOT} ({part})"].replace(",", ".")) for part in DEGREES))
    shapes = [GEOSGeometry(row[f"{label} (getekend)"]) for label in ("Hoe loopt u?", AROUND)]
    assert [shape.geom_type for shape in shapes] == ["MultiLineString", "MultiPolygon"]
    assert [shape.num_coords for shape in shapes] == [3, 4]
    for found in (spot, *shapes):
        assert survey.area.geometry.contains(found)


def group(page, name: str):
    return page.get_by_role("group", name=name)


def drawing(page, label: str):
    return page.locator("fieldset[data-shape-input]").filter(has_text=label)


def thanked(page) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text("Bedankt voor uw antwoorden")


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_without_javascript(page, address, in_file, complaints):
    page.goto(address)
    expect(group(page, "Kaart om een plek te kiezen")).to_have_count(0)
    group(page, "Hoe gaat u meestal naar het centrum?").get_by_label("Met de fiets").check()
    page.get_by_label("Schaduw").check()
    group(page, "Hoe veilig vindt u de oversteek?").get_by_label("2", exact=True).check()
    spot = group(page, "Waar moet het veiliger?")
    spot.get_by_label("Kies een dorp of wijk").select_option("Badhoevedorp")
    spot.get_by_label("Adres of omschrijving van de plek").fill("Naast de kerk")
    page.get_by_label("In welke straat woont u?").fill("Dorpsstraat")
    page.get_by_label("Wat wilt u ons nog vertellen?").fill("Meer groen.")
    drawing(page, "Waar is het donker?").get_by_label("De brug").check()
    drawing(page, "Hoe loopt u?").get_by_label("Of beschrijf de plek in woorden").fill("Omweg")
    drawing(page, "Wat is uw buurt?").get_by_label("Of kies een dorp").select_option("Badhoevedorp")
    page.get_by_label("Hebt u een foto?").set_input_files([PHOTO])
    page.get_by_label("Hoe ver loopt u?").fill("12,5")
    page.get_by_label("Wanneer was u er?").fill("2026-05-05")
    group(page, "Hoe komt u er?").get_by_label("Met de bus").check()
    for label in ("Bomen", "Water"):
        group(page, "Wat mist u?").get_by_label(label, exact=True).check()
    group(page, "Veilig").get_by_label("goed").check()
    for label, place in (("Bomen", "2"), ("Water", "1"), ("Paden", "3")):
        page.get_by_label(f"Plaats van: {label}").select_option(place)
    group(page, "Raadt u deze plek aan?").get_by_label("0", exact=True).check()
    page.get_by_label("Schommel").check()
    page.get_by_label("Waar woont u?").fill("1171AB")
    page.get_by_label("Wilt u de uitkomst in uw mail?").fill("bewoner@example.nl")
    page.get_by_role("button", name="Verder", exact=True).click()
    # The consent was forgotten: all stays, also the photo.
    page.get_by_role("link", name="Ik ben 16 jaar of ouder.").click()
    page.get_by_label("Ik ben 16 jaar of ouder.").check()
    expect(page.get_by_label("IMG_1.jpg")).to_be_checked()
    complaints.clear()  # Chromium reports the status 422 as an error
    page.get_by_role("button", name="Bewaar en ga later verder").click()
    expect(page.get_by_label("Ik ben 16 jaar of ouder.")).to_be_checked()
    page.get_by_label("Wilt u de uitkomst in uw mail?").fill("bewoner@example.nl")
    page.get_by_role("button", name="Verder", exact=True).click()
    page.get_by_label("Wat nog meer?").fill("Een bankje")
    page.get_by_role("button", name=SEND).click()
    thanked(page)
    row = in_file()
    assert row[f"{SPOT} (omschrijving)"] == "Badhoevedorp: Naast de kerk"
    assert row["Hoe loopt u? (adres, dorp of omschrijving)"] == "Omweg"
    assert row[f"{AROUND} (adres, dorp of omschrijving)"] == "Badhoevedorp"


def tab_to(page, target) -> None:
    """Press Tab until the target has the focus, as who has no mouse."""
    for _ in range(80):
        if target.evaluate("node => node === document.activeElement"):
            return
        page.keyboard.press("Tab")
    expect(target).to_be_focused()


def press(page, target, *keys: str) -> None:
    tab_to(page, target)
    for key in keys:
        page.keyboard.press(key)


def write(page, target, text: str) -> None:
    tab_to(page, target)
    page.keyboard.type(text)


def test_by_keyboard(page, address, survey, in_file):
    # From here on: where the driver begins to catch it at the key itself, that may be too late.
    page.on("filechooser", lambda chooser: None)
    page.goto(address)
    press(page, group(page, "meestal naar het centrum?").get_by_label("Met de fiets"), "Space")
    press(page, page.get_by_label("Schaduw"), "Space")
    scale = group(page, "Hoe veilig vindt u de oversteek?")
    press(page, scale.get_by_label("1", exact=True), "Space", "ArrowRight")
    press(page, page.get_by_text("De video in woorden"), "Enter")
    expect(page.get_by_text("Gras.")).to_be_visible()
    chart = group(page, "Waar moet het veiliger?").get_by_role(
        "group", name="Kaart om een plek te kiezen"
    )
    press(page, chart, "ArrowUp", "Enter")
    expect(page.get_by_text("Plek gekozen")).to_be_visible()
    write(page, page.get_by_label("In welke straat woont u?"), "Dorpsstraat")
    write(page, page.get_by_label("Wat wilt u ons nog vertellen?"), "Meer groen.")
    press(page, drawing(page, "Waar is het donker?").get_by_label("De brug"), "Space")
    corners = ("Enter", "ArrowRight", "Enter", "ArrowUp", "Enter")
    for label, end in (("Hoe loopt u?", "deze lijn"), (AROUND, "dit vlak")):
        part = drawing(page, label)
        press(page, part.get_by_role("group", name="Kaart om een plek te kiezen"), *corners)
        press(page, part.get_by_role("button", name=f"Klaar met {end}"), "Enter")
        expect(part.get_by_text("1 is klaar: 3")).to_be_visible()
    tab_to(page, page.get_by_label("Hebt u een foto?"))
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Enter")
    chooser.value.set_files([PHOTO])
    write(page, page.get_by_label("Hoe ver loopt u?"), "12,5")
    # Day and month alike: in which order one types them, the browser decides.
    write(page, page.get_by_label("Wanneer was u er?"), "05052026")
    press(page, group(page, "Hoe komt u er?").get_by_label("Met de fiets"), "ArrowDown")
    for label in ("Bomen", "Water"):
        press(page, group(page, "Wat mist u?").get_by_label(label, exact=True), "Space")
    row = group(page, "Veilig")
    press(page, row.get_by_label("slecht"), "ArrowRight", "ArrowRight")
    press(page, page.get_by_role("button", name="Zet ‘Water’ hoger"), "Enter")
    # It is on top now: that button is off, and the focus went to the one beside it.
    expect(page.get_by_role("button", name="Zet ‘Water’ lager")).to_be_focused()
    press(page, group(page, "Raadt u deze plek aan?").get_by_label("0", exact=True), "Space")
    press(page, page.get_by_label("Schommel"), "Space")
    write(page, page.get_by_label("Waar woont u?"), "1171AB")
    write(page, page.get_by_label("Wilt u de uitkomst in uw mail?"), "bewoner@example.nl")
    press(page, page.get_by_label("Ik ben 16 jaar of ouder."), "Space")
    press(page, page.get_by_role("button", name="Verder", exact=True), "Enter")
    write(page, page.get_by_label("Wat nog meer?"), "Een bankje")
    press(page, page.get_by_role("button", name=SEND), "Enter")
    thanked(page)
    check_drawn(in_file(), survey)


@pytest.mark.browser_context_args(has_touch=True, viewport=WIDTHS["phone"], is_mobile=True)
def test_with_a_finger_on_a_phone(page, address, survey, in_file, assert_accessible):
    page.goto(address)
    group(page, "meestal naar het centrum?").get_by_label("Met de fiets").tap()
    page.get_by_label("Schaduw").tap()
    group(page, "Hoe veilig vindt u de oversteek?").get_by_label("2", exact=True).tap()

    def tap(part, *spots) -> None:
        chart = part.get_by_role("group", name="Kaart om een plek te kiezen")
        chart.scroll_into_view_if_needed()
        box = chart.bounding_box()
        for number, (x, y) in enumerate(spots, start=1):
            chart.tap(position={"x": box["width"] * x, "y": box["height"] * y})
            if len(spots) > 1:
                expect(part.get_by_text(f"{number} van ").first).to_be_visible()

    tap(group(page, "Waar moet het veiliger?"), (0.5, 0.5))
    expect(page.get_by_text("Plek gekozen")).to_be_visible()
    page.get_by_label("In welke straat woont u?").fill("Dorpsstraat")
    page.get_by_label("Wat wilt u ons nog vertellen?").fill("Meer groen.")
    points = drawing(page, "Waar is het donker?")
    points.get_by_label("De brug").tap()
    spots = ((0.4, 0.4), (0.5, 0.5), (0.6, 0.4))
    for label, end in (("Hoe loopt u?", "deze lijn"), ("Wat is uw buurt?", "dit vlak")):
        part = drawing(page, label)
        tap(part, *spots)
        part.get_by_role("button", name=f"Klaar met {end}").tap()
        expect(part.get_by_text("1 is klaar: 3")).to_be_visible()
    page.get_by_label("Hebt u een foto?").set_input_files([PHOTO])
    page.get_by_label("Hoe ver loopt u?").fill("12,5")
    page.get_by_label("Wanneer was u er?").fill("2026-05-05")
    group(page, "Hoe komt u er?").get_by_label("Met de bus").tap()
    for label in ("Bomen", "Water"):
        group(page, "Wat mist u?").get_by_label(label, exact=True).tap()
    group(page, "Veilig").get_by_label("goed").tap()
    page.get_by_role("button", name="Zet ‘Water’ hoger").tap()
    group(page, "Raadt u deze plek aan?").get_by_label("0", exact=True).tap()
    page.get_by_label("Schommel").tap()
    page.get_by_label("Waar woont u?").fill("1171AB")
    page.get_by_label("Wilt u de uitkomst in uw mail?").fill("bewoner@example.nl")
    page.get_by_label("Ik ben 16 jaar of ouder.").tap()
    assert_accessible(page)
    assert fits(page)
    page.get_by_role("button", name="Verder", exact=True).tap()
    page.get_by_label("Wat nog meer?").fill("Een bankje")
    assert fits(page)
    page.get_by_role("button", name=SEND).tap()
    thanked(page)
    check_drawn(in_file(), survey)
