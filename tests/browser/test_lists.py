"""Lists of addresses and the choice of recipients in a real browser, on a phone and a desk."""

import re

import pytest
from playwright.sync_api import expect

from newsletters.models import ListMember
from tests.factories import newsletters as make
from tests.factories import pages

LONG = 30_000


@pytest.fixture
def shops(north):
    made = make.AddressListFactory(area=north, name="Winkeliers Zwanenburg")
    make.ListMemberFactory(address_list=made, email="bekend@example.nl", name="Bakker")
    make.ListMemberFactory(address_list=made, email="weg@example.nl", left=True)
    make.ListMemberFactory(address_list=made, email="nooit@example.nl")
    make.SuppressionFactory(email="nooit@example.nl")
    return made


def test_a_list_is_filled_from_a_file(
    page, live_server, browser_login, area_manager, shops, assert_sound
):
    browser_login(area_manager)
    page.goto(f"{live_server.url}/beheer/nieuwsbrieven/lijsten/")
    page.get_by_role("link", name="Winkeliers Zwanenburg", exact=True).click()
    expect(page.get_by_text("2 adressen op de lijst")).to_be_visible()
    expect(page.get_by_text("Krijgt geen mail: Heeft zich afgemeld")).to_be_visible()
    assert_sound(page, "#main")

    page.get_by_role("link", name="Importeer een bestand").click()
    chosen = {"name": "leden.csv", "mimeType": "text/csv"}
    rows = ["e-mail;naam;telefoon", "nieuw@example.nl;Kapper;023", "weg@example.nl;;", "fout;;"]
    content = "\n".join(rows).encode()
    page.locator("#id_file").set_input_files([chosen | {"buffer": content}])
    page.get_by_role("button", name="Bekijk wat er gebeurt").click()
    expect(page.get_by_text("Waar komt de toestemming vandaan?")).to_be_visible()
    assert_sound(page, "#main")
    page.locator("#id_file").set_input_files([chosen | {"buffer": content}])
    source = page.get_by_label("Bron van toestemming voor het hele bestand")
    source.fill("markt")
    source.press("Enter")
    expect(page.get_by_text("Vul een geldig e-mailadres in")).to_be_visible(timeout=LONG)
    assert_sound(page, "#main")
    page.get_by_role("link", name="Komt op de lijst").click()
    expect(page.get_by_role("cell", name="nieuw@example.nl")).to_be_visible()
    page.get_by_role("button", name="Ja, zet 1 adres op de lijst").press("Enter")
    expect(page.get_by_text("1 adres staat nu op de lijst")).to_be_visible(timeout=LONG)
    expect(page.get_by_role("cell", name="nieuw@example.nl", exact=True)).to_be_visible()

    page.get_by_role("link", name="Voeg een adres toe").click()
    page.get_by_role("textbox", name="E-mailadres").fill("weg@example.nl")
    page.get_by_role("textbox", name="Bron van toestemming").fill("markt")
    page.get_by_role("button", name="Zet op de lijst").click()
    expect(page.get_by_text("heeft zich op")).to_be_visible()
    assert_sound(page, "#main")
    page.get_by_role("link", name="Terug naar de lijst").click()
    page.get_by_role("button", name="Haal bekend@example.nl van de lijst").press("Enter")
    expect(page.get_by_text("bekend@example.nl is van de lijst gehaald")).to_be_visible()
    assert ListMember.objects.active().count() == 2

    page.get_by_role("link", name="Wijzig de lijst").click()
    expect(page.get_by_role("textbox", name="Naam")).to_have_value("Winkeliers Zwanenburg")
    assert_sound(page, "#main")


def test_an_editor_chooses_who_gets_an_edition(
    page, live_server, browser_login, area_manager, north, shops, assert_sound
):
    place = pages.PlaceFactory(area=north, name="Zwanenburg")
    make.SubscriptionFactory(email="bewoner@example.nl").places.set([place])
    browser_login(area_manager)
    edition = make.NewsletterPageFactory(parent=north)
    page.goto(f"{live_server.url}/beheer/pages/{edition.pk}/edit/")
    village = page.get_by_label("Zwanenburg (1 adres)")
    village.check()
    page.get_by_label("Winkeliers Zwanenburg (2 adressen)").check()
    panel = "[data-contentpath=to_places]"
    assert_sound(page, panel)
    page.set_viewport_size({"width": 1280, "height": 900})
    page.get_by_role("button", name=re.compile("Meer acties|More actions")).last.click()
    page.get_by_role("button", name="Publiceren").click()
    page.wait_for_url(re.compile(r"/beheer/pages/\d+/$"), timeout=LONG)
    page.goto(f"{live_server.url}/beheer/nieuwsbrieven/{edition.pk}/ontvangers/")
    expect(page.get_by_role("cell", name=re.compile("nieuws over Zwanenburg"))).to_be_visible()
    expect(page.get_by_role("cell", name=re.compile("op de lijst ‘Winkeliers"))).to_have_count(2)
    assert_sound(page, "#main")
