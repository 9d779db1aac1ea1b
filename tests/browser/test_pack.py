"""What changed, and the pack of a council, in a real browser: reached by clicks, for everybody."""

import io

import pytest
from django.urls import reverse
from pypdf import PdfReader

from tests.areas.test_pack import elements, outline
from tests.browser.conftest import SCHEMES, WIDTHS
from tests.factories import history, pages


@pytest.fixture
def council(north):
    council = pages.CouncilFactory(area=north, name="Dorpsraad Noord", slug="dorpsraad-noord")
    history.everything(north, council, times=3)
    return council


def test_the_manager_opens_the_pack_and_takes_it_along(
    live_server, page, council, area_manager, browser_login, assert_sound
):
    browser_login(area_manager)
    edit = reverse("wagtailsnippets_councils_council:edit", args=[council.pk])
    page.goto(live_server.url + edit)
    page.get_by_role("link", name="Overzicht voor de raad").click()
    page.get_by_role("heading", level=1, name="Overzicht voor Dorpsraad Noord").wait_for()
    assert page.get_by_role("img", name="Kaart van waar Dorpsraad Noord voor opkomt").is_visible()
    assert_sound(page)
    page.get_by_role("link", name="veranderingen").click()
    assert page.url.endswith("#veranderd")
    address = page.get_by_role("link", name="Overzicht als pdf").get_attribute("href")
    # Longer than usual: the first PDF of a process loads fonts, and this machine may be busy.
    answer = page.request.get(live_server.url + address, timeout=60_000)
    assert answer.headers["content-type"] == "application/pdf"
    reader = PdfReader(io.BytesIO(answer.body()))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "nl"
    assert reader.metadata.title == "Overzicht voor Dorpsraad Noord"
    assert 'pdfuaid:part="1"' in root["/Metadata"].get_data().decode()
    tagged = list(elements(root["/StructTreeRoot"]))
    assert all(figure.get("/Alt") for figure in tagged if figure["/S"] == "/Figure")
    assert {"/Figure", "/H2", "/L", "/Link"} <= {element["/S"] for element in tagged}
    chapters = [title for depth, title in outline(reader.outline) if depth == 2]
    shown = [heading.inner_text() for heading in page.locator(".gp-pack h2").all()]
    assert chapters[: len(shown)] == shown


def test_the_page_of_changes_is_for_everybody(
    live_server, page, council, north, assert_sound, complaints
):
    page.goto(live_server.url + north.url)
    page.get_by_role("link", name="Wat veranderde er?").click()
    page.get_by_role("heading", level=1, name="Wat veranderde er?").wait_for()
    assert_sound(page, schemes=SCHEMES)
    page.goto(f"{live_server.url}/wat-veranderde/?sinds=2999-01-01&raad=weg")
    page.get_by_role("heading", name="Er gaat nog iets niet goed").wait_for()
    assert_sound(page, schemes=SCHEMES)
    complaints.clear()  # of the status 400, which was asked for
    page.goto(f"{live_server.url}/wat-veranderde/?gebied=nieuw-vennep")
    page.get_by_text("Er veranderde niets").wait_for()
    assert_sound(page, schemes=SCHEMES)


def test_choosing_works_without_javascript(live_server, browser, council):
    context = browser.new_context(java_script_enabled=False, viewport=WIDTHS["phone"])
    page = context.new_page()
    page.goto(f"{live_server.url}/wat-veranderde/")
    page.get_by_text("Kies wat u wilt zien").click()
    page.get_by_label("Dorps- of wijkraad").select_option(label="Dorpsraad Noord")
    page.get_by_role("button", name="Toon").click()
    page.get_by_role("heading", name="Sinds het overleg met Dorpsraad Noord op").wait_for()
    assert page.locator(".gp-entry").count() > 5
    context.close()
