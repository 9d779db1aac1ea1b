"""A manager keeps an item for three periods, and its history is complete at the end."""

import re

from playwright.sync_api import expect

from areas.agenda.models import AgendaItemPage, AgendaPage
from tests.factories import pages as make

PATIENCE = 30_000


def publish(page):
    page.get_by_role("button", name="Publiceren").first.click()
    expect(page.locator(".messages").get_by_text("gepubliceerd").first).to_be_visible(
        timeout=PATIENCE
    )


def begin_period(page, live_server, agenda):
    """From the agenda in the admin to a new one that is on the site."""
    page.goto(f"{live_server.url}/beheer/pages/{agenda.pk}/")
    page.locator(".w-slim-header").get_by_role("button", name="Acties").first.click()
    page.get_by_role("link", name="Nieuwe periode beginnen").click()
    expect(page.get_by_role("heading", name="1 punt verhuist")).to_be_visible()
    page.get_by_role("button", name="Maak de nieuwe agenda").click()
    expect(page.get_by_text("verhuist 1 open punt van")).to_be_visible(timeout=PATIENCE)
    publish(page)
    return AgendaPage.objects.get(follows__source=agenda)


def change_item(page, live_server, item, **fields):
    page.goto(f"{live_server.url}/beheer/pages/{item.pk}/edit/")
    page.locator("[name=title]").wait_for()
    for name, value in fields.items():
        field = page.locator(f"[name={name}]")
        if field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
            field.press("Tab")
    publish(page)


def test_an_item_lives_for_three_periods(page, live_server, north, area_manager, browser_login):
    make.ThemeFactory(name="Verkeer")
    first = make.AgendaPageFactory(
        parent=north,
        slug="agenda",
        title="Gebiedsagenda 2026-2027",
        summary="Waar wij in dit gebied aan werken.",
    )
    browser_login(area_manager)

    page.goto(f"{live_server.url}/beheer/")
    page.get_by_role("link", name="Nieuw agendapunt").click()
    page.locator("[name=title]").fill("Veilig over de Kruisweg")
    page.locator("[name=summary]").fill("Er komt een oversteek met een eiland.")
    page.locator("[name=theme]").select_option(label="Verkeer")
    page.locator("[name=lead]").fill("Team Verkeer")
    page.locator("[name=end_date]").fill("31-12-2027")
    page.locator("[name=end_date]").press("Tab")
    publish(page)
    item = AgendaItemPage.objects.get()
    address = f"{live_server.url}{item.get_url()}"

    second = begin_period(page, live_server, first)
    assert second.title == "Gebiedsagenda 2028-2029"
    change_item(
        page,
        live_server,
        item,
        status="gestart",
        end_date="31-12-2029",
        change_reason="De grond moest eerst schoon.",
    )
    third = begin_period(page, live_server, second)
    assert third.title == "Gebiedsagenda 2030-2031"
    change_item(page, live_server, item, status="klaar", lead="Team Wegen")

    page.goto(address)  # the address of six years ago
    expect(page).to_have_url(re.compile(r"/gebiedsagenda-2030-2031/veilig-over-de-kruisweg/$"))
    history = page.get_by_role("region", name="De geschiedenis van dit punt")
    for text in (
        "Dit punt kwam op de agenda",
        "Trekker: Team Verkeer",
        "Agenda: van Gebiedsagenda 2026-2027 naar Gebiedsagenda 2028-2029",
        "Status: van Gepland naar Gestart",
        "Einde: van 31 december 2027 naar 31 december 2029",
        "De grond moest eerst schoon.",
        "Agenda: van Gebiedsagenda 2028-2029 naar Gebiedsagenda 2030-2031",
        "Status: van Gestart naar Klaar",
        "Trekker: van Team Verkeer naar Team Wegen",
    ):
        expect(history).to_contain_text(text)
    page.goto(f"{live_server.url}{first.get_url()}")
    page.get_by_role("main").get_by_role("link", name="Gebiedsagenda 2028-2029").first.click()
    page.get_by_role("main").get_by_role("link", name="Gebiedsagenda 2030-2031").first.click()
    expect(page.get_by_role("link", name="Veilig over de Kruisweg")).to_be_visible()
