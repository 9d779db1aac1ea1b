"""Following a project by mail on a phone: asking, confirming, choosing, reading the own data."""

import re
import time

import pytest
from django.core import mail
from django.core.cache import cache
from playwright.sync_api import expect

from newsletters.models import Subscription
from tests.factories import pages
from tests.factories.participation import ProjectPageFactory


@pytest.fixture(autouse=True)
def _fresh_limits():
    cache.clear()


def mailed_link(pattern: str) -> str:
    """Path of the address that holds the pattern in the newest mail that has one.

    Waits: mail may go out when the browser has its answer already.
    """
    for _ in range(600):
        for message in reversed(mail.outbox):
            if found := re.search(rf"https?://[^/\s]+(/\S*{pattern}\S*)", message.body):
                return found[1]
        time.sleep(0.05)
    raise AssertionError(f"no mail with {pattern}")


def test_a_resident_follows_a_project_and_changes_it_without_javascript(
    page, browser, live_server, assert_sound, north, west
):
    project = ProjectPageFactory(parent=north, title="Fietspad De Hoek")
    ProjectPageFactory(parent=west, title="Dijk langs de ringvaart")
    pages.ThemeFactory(name="Verkeer", slug="verkeer")
    place = pages.PlaceFactory(area=north)
    page.goto(live_server.url + project.url)
    page.get_by_role("link", name="Blijf op de hoogte van dit project").press("Enter")
    expect(page.get_by_role("checkbox", name="Fietspad De Hoek")).to_be_checked()
    expect(page.get_by_role("checkbox", name="Verkeer")).to_be_hidden()
    more = page.get_by_text("Alleen over een project, plaats of thema?")
    assert_sound(page)
    more.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("checkbox", name="Verkeer")).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.get_by_text("Haarlemmermeer-West (1)").first).to_be_visible()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("checkbox", name="Dijk langs de ringvaart")).to_be_focused()
    page.get_by_role("checkbox", name="Verkeer").press("Space")
    assert_sound(page)
    page.get_by_label("Uw e-mailadres").fill("bewoner zonder apenstaart")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Vul een geldig e-mailadres in")
    expect(page.get_by_role("checkbox", name="Fietspad De Hoek")).to_be_checked()
    expect(page.get_by_role("checkbox", name="Verkeer")).to_be_checked()
    page.get_by_label("Uw e-mailadres").fill("bewoner@example.nl")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Kijk in uw mail")

    page.goto(live_server.url + mailed_link("bevestigen"))
    expect(page.get_by_text("Fietspad De Hoek")).to_be_visible()
    assert_sound(page)
    page.get_by_role("button", name="Ja, stuur mij de nieuwsbrief").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("U bent aangemeld")

    page.goto(f"{live_server.url}/nieuwsbrieven/link-kwijt/")
    assert_sound(page)
    page.get_by_label("Uw e-mailadres").fill("bewoner@example.nl")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Kijk in uw mail")
    assert_sound(page)
    page.goto(live_server.url + mailed_link("gegevens"))
    expect(page.get_by_text("bewoner@example.nl").first).to_be_visible()
    assert_sound(page)
    page.get_by_role("link", name="Verander uw keuzes").click()
    expect(page.get_by_role("checkbox", name="Fietspad De Hoek")).to_be_checked()
    assert_sound(page)

    plain = browser.new_context(
        java_script_enabled=False, locale="nl-NL", viewport={"width": 320, "height": 700}
    ).new_page()
    plain.goto(page.url)
    plain.get_by_role("checkbox", name="Fietspad De Hoek").uncheck()
    plain.get_by_text("Haarlemmermeer-West (1)").first.click()
    plain.get_by_role("checkbox", name="Dijk langs de ringvaart").check()
    plain.get_by_text(f"{place.area.title} (1)").last.click()
    plain.get_by_role("checkbox", name=place.name).check()
    plain.get_by_role("radio", name="Eén keer per maand een overzicht").check()
    plain.get_by_role("button", name="Bewaar mijn keuzes").click()
    expect(plain.get_by_role("status")).to_contain_text("Uw keuzes zijn bewaard")
    row = Subscription.objects.get()
    assert list(row.pages.values_list("title", flat=True)) == ["Dijk langs de ringvaart"]
    assert (list(row.places.all()), row.frequency) == ([place], "monthly")
    plain.get_by_role("button", name="Meld mij af").click()
    expect(plain.get_by_role("heading", level=1)).to_have_text("U bent afgemeld")
    row.refresh_from_db()
    assert row.state == Subscription.State.UNSUBSCRIBED
    plain.context.close()
