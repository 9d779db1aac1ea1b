"""The list and the form of agenda items in the admin."""

import re
from datetime import date

import pytest
from django.urls import reverse

from areas.agenda.models import AgendaItemPage
from tests.factories import pages as make


@pytest.fixture
def agenda(north):
    return make.AgendaPageFactory(parent=north)


@pytest.fixture
def manager(login, area_manager):
    return login(area_manager)


def listed(response) -> list[str]:
    """Titles in the order of the list."""
    html = response.content.decode()
    cells = re.findall(r'<div class="title-wrapper">(.*?)</div>', html, flags=re.S)
    return [re.sub(r"<svg.*?</svg>|<[^>]+>", "", cell, flags=re.S).strip() for cell in cells]


def test_list_tells_how_far_each_item_is(manager, agenda):
    make.AgendaItemPageFactory(
        parent=agenda,
        title="Nieuwe brug",
        status="vertraagd",
        status_reason="De aannemer is later.",
        theme=make.ThemeFactory(name="Verkeer"),
        end_date=date(2027, 3, 31),
    )
    html = manager.get(reverse("wagtailadmin_explore", args=[agenda.pk])).content.decode()
    for text in ("Nieuwe brug", "Vertraagd", "Verkeer", "31-3-2027", "Stand", "Thema", "Einde"):
        assert text in html


def test_items_stand_in_their_own_order_and_dragging_changes_the_site(manager, client, agenda):
    items = [
        make.AgendaItemPageFactory(parent=agenda, title=title, theme=make.ThemeFactory(name="Een"))
        if number == 0
        else make.AgendaItemPageFactory(
            parent=agenda, title=title, theme=AgendaItemPage.objects.first().theme
        )
        for number, title in enumerate(["Eerste punt", "Tweede punt", "Derde punt"])
    ]
    address = reverse("wagtailadmin_explore", args=[agenda.pk])
    assert listed(manager.get(address)) == ["Eerste punt", "Tweede punt", "Derde punt"]
    items[2].refresh_from_db()
    response = manager.post(
        reverse("wagtailadmin_pages:set_page_position", args=[items[2].pk]) + "?position=0"
    )
    assert response.status_code == 200
    assert listed(manager.get(address)) == ["Derde punt", "Eerste punt", "Tweede punt"]
    public = client.get(agenda.get_url()).content.decode()
    assert public.index("Derde punt") < public.index("Eerste punt") < public.index("Tweede punt")


def test_list_filters_by_status(manager, agenda):
    make.AgendaItemPageFactory(parent=agenda, title="Loopt nu", status="gestart")
    make.AgendaItemPageFactory(parent=agenda, title="Al klaar", status="klaar")
    html = manager.get(
        reverse("wagtailadmin_explore", args=[agenda.pk]), {"status": "klaar"}
    ).content.decode()
    assert "Al klaar" in html
    assert "Loopt nu" not in html


@pytest.mark.parametrize("ordering", ["end_date", "-end_date", "status", "theme__name", "title"])
def test_list_sorts_by_every_column(manager, agenda, ordering):
    make.AgendaItemPageFactory(parent=agenda, title="Punt")
    address = reverse("wagtailadmin_explore", args=[agenda.pk])
    response = manager.get(address, {"ordering": ordering})
    assert response.status_code == 200
    assert "Punt" in response.content.decode()


def test_queries_of_the_list_do_not_grow(
    manager, agenda, django_assert_num_queries, django_assert_max_num_queries
):
    address = reverse("wagtailadmin_explore", args=[agenda.pk])
    make.AgendaItemPageFactory.create_batch(3, parent=agenda)
    manager.get(address)
    with django_assert_max_num_queries(45) as few:
        manager.get(address)
    make.AgendaItemPageFactory.create_batch(15, parent=agenda)
    with django_assert_num_queries(len(few)):
        manager.get(address)


def options(html: str, name: str) -> list[str]:
    """Labels of a select."""
    select = re.search(rf'<select[^>]*name="{name}".*?</select>', html, flags=re.S)[0]
    return [text.strip() for text in re.findall(r"<option[^>]*>([^<]*)", select)]


def test_form_offers_themes_and_the_councils_of_the_own_area(manager, north, west, agenda):
    make.ThemeFactory(name="Groen", sort_order=20)
    make.ThemeFactory(name="Verkeer", sort_order=10)
    make.CouncilFactory(area=north, name="Dorpsraad Noord")
    make.CouncilFactory(area=north, name="Oude raad", active=False)
    make.CouncilFactory(area=west, name="Dorpsraad West")
    address = reverse("wagtailadmin_pages:add", args=["agenda", "agendaitempage", agenda.pk])
    html = manager.get(address).content.decode()
    assert options(html, "theme") == ["Kies een thema", "Verkeer", "Groen"]
    assert options(html, "source_council") == ["Geen", "Dorpsraad Noord"]


def test_a_council_that_was_chosen_before_stays(manager, north, agenda):
    old = make.CouncilFactory(area=north, name="Oude raad", active=False)
    item = make.AgendaItemPageFactory(parent=agenda, source="raad", source_council=old)
    html = manager.get(reverse("wagtailadmin_pages:edit", args=[item.pk])).content.decode()
    assert "Oude raad" in options(html, "source_council")


def test_add_button_reads_as_a_sentence(manager, agenda):
    address = reverse("wagtailadmin_pages:add", args=["agenda", "agendaitempage", agenda.pk])
    html = manager.get(address).content.decode()
    assert "Voeg bericht over de voortgang toe" in html
