"""The roads of a resident over all parts of the site, and axe on every page type."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from surveys.models import Response
from tests.browser.conftest import WIDTHS, has_map
from tests.factories import newsletters as make_newsletters
from tests.factories import pages as make
from tests.factories import participation as make_projects
from tests.factories import surveys as make_surveys


@pytest.fixture
def town(areas, north):
    """One of everything in Haarlemmermeer-Noord; returns the pages by name."""
    home = north.get_parent()
    make.PlaceFactory(name="Badhoevedorp", slug="badhoevedorp")
    make.CouncilFactory(area=north, name="Dorpsraad Badhoevedorp", slug="dorpsraad-badhoevedorp")
    agenda = make.AgendaPageFactory(parent=north, slug="agenda")
    project = make_projects.ProjectPageFactory(
        parent=north, title="Nieuwe brug over de vaart", geometry=make_projects.SITE
    )
    today = timezone.localdate()
    make_projects.ProjectPhaseFactory(
        project=project, start=today - timedelta(days=30), end=today + timedelta(days=30)
    )
    item = make.AgendaItemPageFactory(
        parent=agenda, title="Zebrapad bij de school", geometry=make.middle(north)
    )
    make.ProgressUpdateFactory(item=item)
    survey = make_surveys.SurveyPageFactory(parent=project, title="Wat vindt u van de brug?")
    closed = make_surveys.SurveyPageFactory(parent=north, closed=True)
    office_hour = make_projects.OfficeHourPageFactory(
        parent=north, title="Spreekuur op de markt", geometry=make_projects.MARKET
    )
    make_projects.OfficeHourMomentFactory(office_hour=office_hour, date=today + timedelta(days=3))
    office_hour.save_revision().publish()
    newsletter = make_newsletters.NewsletterPageFactory(parent=north, to=[north])
    figures = make_projects.FiguresPageFactory(parent=home)
    make_projects.IndicatorFactory(page=figures)
    contact = make.ContentPageFactory(parent=home, title="Contact", show_contact_channels=True)
    return {
        "home": home,
        "area": north,
        "agenda": agenda,
        "item": item,
        "project": project,
        "survey": survey,
        "closed": closed,
        "office_hour": office_hour,
        "newsletter": newsletter,
        "figures": figures,
        "contact": contact,
    }


LISTS = [
    "/kaart/",
    "/kaart/?gebied=bestaat-niet",
    "/mijn-gebied/",
    "/mijn-gebied/?plaats=badhoevedorp",
    "/mijn-gebied/?q=" + "x" * 101,
    "/zoeken/",
    "/zoeken/?q=brug",
    "/zoeken/?q=",
    "/projecten/",
    "/enquetes/",
    "/spreekuren/",
    "/nieuwsbrieven/",
    "/nieuwsbrieven/aanmelden/",
    "/raden/",
    "/raden/dorpsraad-badhoevedorp/",
    "/haarlemmermeer-noord/agenda/?weergave=druk",
    "/bestaat-niet/",
    "/en/",
    "/en/kaart/",
]


def test_every_page_is_sound(page, live_server, town, assert_sound, complaints):
    with_map = 0
    for address in [each.get_url() for each in town.values()] + LISTS:
        page.goto(live_server.url + address)
        loaded_twice = has_map(page)
        assert_sound(page, reload=loaded_twice)
        with_map += loaded_twice
    assert with_map >= 7
    # Addresses that are wrong on purpose answer 400 and 404, which the browser notes.
    complaints[:] = [text for text in complaints if "Failed to load resource" not in text]


def test_resident_goes_from_home_to_thank_you(page, live_server, town):
    page.goto(live_server.url)
    page.locator("main").get_by_role("link", name="Haarlemmermeer-Noord").first.click()
    page.get_by_role("link", name="Nieuwe brug over de vaart").first.click()
    page.get_by_role("link", name="Wat vindt u van de brug?").first.click()
    page.get_by_label("Met de fiets").check()
    chart = page.locator("[data-point-map]")
    chart.scroll_into_view_if_needed()
    chart.click()
    expect(page.locator("[data-point-lat]")).not_to_have_value("")
    page.locator("main").get_by_role("button", name="Verstuur").click()
    page.wait_for_url("**/bedankt/")
    response = Response.objects.get()
    assert {answer.option_id for answer in response.answers.all()} >= {make_surveys.BIKE}
    assert response.answers.filter(point__isnull=False).count() == 1


def test_road_without_javascript(browser, live_server, town):
    context = browser.new_context(java_script_enabled=False, viewport=WIDTHS["phone"])
    context.set_default_timeout(10_000)
    page = context.new_page()
    page.goto(live_server.url)
    page.locator("main").get_by_role("link", name="Haarlemmermeer-Noord").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Haarlemmermeer-Noord")
    page.goto(f"{live_server.url}/kaart/?gebied=haarlemmermeer-noord&laag=projecten")
    page.locator("#kaartlijst").get_by_role("link", name="Nieuwe brug over de vaart").click()
    page.get_by_role("link", name="Wat vindt u van de brug?").first.click()
    page.get_by_label("Lopend").check()
    page.locator("[data-point-place]").select_option(label="Badhoevedorp")
    page.locator("main").get_by_role("button", name="Verstuur").click()
    page.wait_for_url("**/bedankt/")
    assert Response.objects.count() == 1
    context.close()


def test_keyboard_reaches_an_area_on_the_home_map(page, live_server, town):
    page.goto(live_server.url)
    name = page.get_by_role("button", name="Haarlemmermeer-Noord")
    name.first.focus()
    page.keyboard.press("Enter")
    popup = page.locator(".leaflet-popup")
    popup.get_by_role("link").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/haarlemmermeer-noord/")
