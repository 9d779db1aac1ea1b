"""Home, area, agenda and council pages as a visitor gets them."""

from datetime import date

import pytest
from bs4 import BeautifulSoup

from areas.agenda.models import AgendaItemPage
from tests.factories import pages as make
from tests.queries import queries_by_address


def soup_of(response) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


@pytest.fixture
def agenda(north):
    return make.AgendaPageFactory(parent=north, slug="agenda")


def add_items(agenda, number, **kwargs):
    theme = make.ThemeFactory()
    return [make.AgendaItemPageFactory(parent=agenda, theme=theme, **kwargs) for _ in range(number)]


def test_home_links_to_the_six_areas(client, areas):
    page = soup_of(client.get("/"))
    main = page.find("main")
    for area in areas.values():
        assert main.find("a", href=f"/{area.slug}/", string=area.title)


def test_area_page_shows_manager_and_agenda(client, north, agenda):
    item = add_items(agenda, 1)[0]
    text = soup_of(client.get("/haarlemmermeer-noord/")).get_text(" ")
    assert "Gebiedsmanager Noord" in text
    assert item.title in text


def test_agenda_filters_by_theme_and_status(client, agenda):
    first, second = add_items(agenda, 2)
    other = make.AgendaItemPageFactory(
        parent=agenda, status=AgendaItemPage.Status.DONE, title="Nieuwe bomen op het plein"
    )
    url = agenda.get_url()
    text = client.get(url, {"thema": other.theme.slug}).content.decode()
    assert other.title in text
    assert first.title not in text
    text = client.get(url, {"status": "gestart"}).content.decode()
    assert second.title in text
    assert other.title not in text


def test_agenda_with_an_unknown_status_says_so_and_shows_all(client, agenda):
    item = add_items(agenda, 1)[0]
    text = client.get(agenda.get_url(), {"status": "<script>"}).content.decode()
    assert "Deze status kennen we niet" in text
    assert item.title in text
    assert "<script>alert" not in text


def test_delayed_item_shows_its_reason(client, agenda):
    item = make.AgendaItemPageFactory(
        parent=agenda,
        status=AgendaItemPage.Status.DELAYED,
        status_reason="De vergunning duurt langer dan gedacht.",
    )
    make.ProgressUpdateFactory(item=item, date=date(2026, 10, 3), text="Besproken met de raad.")
    text = soup_of(client.get(item.get_url())).get_text(" ")
    assert "De vergunning duurt langer" in text
    assert "3 oktober 2026" in text


def test_print_view_shows_the_whole_agenda(client, agenda):
    items = add_items(agenda, 3)
    text = client.get(agenda.get_url() + "?weergave=druk").content.decode()
    assert all(item.title in text for item in items)


def test_council_page_shows_no_addresses(client, north):
    council = make.CouncilFactory(area=north, meeting_rhythm="Twee keer per jaar")
    make.CouncilAddressFactory(council=council, email="geheim@example.nl")
    response = client.get(council.get_absolute_url())
    assert "Twee keer per jaar" in response.content.decode()
    assert "geheim@example.nl" not in response.content.decode()
    assert council.name in client.get("/raden/").content.decode()


def test_english_interface_keeps_dutch_content_marked_as_dutch(client, north):
    page = soup_of(client.get("/en/haarlemmermeer-noord/"))
    assert page.html["lang"] == "en"
    assert page.find("h1").find_parent(lang="nl") or page.find("h1").get("lang") == "nl"
    assert page.find("a", href="/haarlemmermeer-noord/", lang="nl")


def test_queries_do_not_grow_with_the_data(client, areas, north, agenda):
    addresses = [
        "/",
        "/haarlemmermeer-noord/",
        "/haarlemmermeer-noord/agenda/",
        "/raden/",
        "/kaart/",
        "/mijn-gebied/?q=school",
        "/zoeken/?q=school",
    ]
    add_items(agenda, 10)
    make.CouncilFactory(area=north)
    for number in range(2):
        make.PlaceFactory(name=f"Schoolplein {number}", slug=f"schoolplein-{number}")
    few = queries_by_address(client, addresses)
    add_items(agenda, 25)
    for number in range(15):
        make.CouncilFactory(area=north)
        make.PlaceFactory(name=f"Schoolbuurt {number}", slug=f"schoolbuurt-{number}")
    assert queries_by_address(client, addresses) == few
    assert max(few.values()) <= 25
