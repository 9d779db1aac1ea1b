"""Filling a draft and settling the rhythm of an area, in a real browser."""

import re

from django.core import mail
from django.core.management import call_command
from playwright.sync_api import expect

from newsletters.models import AreaNewsletter, NewsletterPage
from tests.browser.conftest import WIDTHS
from tests.factories import history
from tests.factories import newsletters as make
from tests.factories.history import days


def blocks_of(edition) -> str:
    """The newest draft of an edition, as it will look."""
    return str(NewsletterPage.objects.get(pk=edition.pk).get_latest_revision_as_object().body)


def test_a_manager_chooses_subjects_and_settles_the_rhythm(
    page, live_server, browser_login, assert_sound, area_manager, north, settings
):
    settings.BASE_URL = live_server.url
    history.everything(north, times=2)
    for title in ("Licht bij de school", "Een bank langs de Ringvaart"):
        history.item_of(north, title=title, summary="De werken beginnen na de zomer.")
    browser_login(area_manager)
    page.set_default_navigation_timeout(60_000)  # the editor's first page compiles much

    page.goto(f"{live_server.url}/beheer/pages/add/newsletters/newsletterpage/{north.pk}/")
    page.locator("#id_title").press_sequentially("Oktober")
    page.locator("#id_title").press("Tab")
    page.get_by_role("button", name="Meer acties").click()
    page.get_by_role("button", name="Concept opslaan").click()
    page.wait_for_url(re.compile(r"/edit/$"))
    edition = NewsletterPage.objects.get(title="Oktober")
    page.goto(f"{live_server.url}/beheer/nieuwsbrieven/{edition.pk}/vullen/")
    expect(page.get_by_role("group", name="Dit komt eraan")).to_be_visible()
    assert_sound(page, "#main")
    dropped = page.get_by_role("checkbox", name="Een bank langs de Ringvaart")
    expect(dropped).to_be_checked()
    expect(dropped).to_have_accessible_description(re.compile("^Nieuw agendapunt: De werken"))
    dropped.focus()
    page.keyboard.press("Space")
    expect(dropped).not_to_be_checked()
    page.get_by_text("Kies andere gebieden of dagen").click()
    page.get_by_label("Wat eraan komt: tot en met welke dag?").fill("")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Zoek opnieuw").click()
    expect(page.get_by_role("group", name="Dit komt eraan")).to_have_count(0)
    page.get_by_role("checkbox", name="Een bank langs de Ringvaart").uncheck()
    page.get_by_role("button", name="Zet in het concept").click()
    page.wait_for_url(re.compile(r"/edit/$"))
    expect(page.get_by_text("onderaan het concept")).to_be_visible(timeout=30_000)
    text = blocks_of(edition)
    assert "De werken beginnen na de zomer." in text
    assert "Een bank langs de Ringvaart" not in text

    page.goto(f"{live_server.url}/beheer/nieuwsbrieven/ritme/")
    expect(page.get_by_role("heading", name=f"Nieuwsbrieven van {north.title}")).to_be_visible()
    page.get_by_label("Hoe vaak").select_option(label="Elke maand")
    page.get_by_label("Naam van de afzender").fill("baas@bank.example.nl")
    page.get_by_role("button", name="Bewaar", exact=True).click()
    expect(page.get_by_text("Kies de dag waarop het eerste concept komt.")).to_be_visible()
    expect(page.get_by_text("Schrijf een naam, zonder e-mailadres")).to_be_visible()
    assert_sound(page, "#main")
    page.get_by_label("Eerste keer").fill(days(3).strftime("%d-%m-%Y"))
    page.keyboard.press("Escape")
    page.get_by_label("Naam van de afzender").fill("Gebiedsmanager Noord")
    page.get_by_label("Vast slot").fill("Tot de volgende keer.\nUw gebiedsmanager")
    page.get_by_role("button", name="Bewaar", exact=True).click()
    expect(page.get_by_text("Het volgende concept komt op")).to_be_visible()

    AreaNewsletter.objects.update(first_on=days(-5), counts_from=days(-9))
    for job in ("newsletters-drafts", "newsletters-drafts-mails"):
        call_command("tick", only=job, verbosity=0)
    draft = NewsletterPage.objects.exclude(pk=edition.pk).get(live=False)
    page.goto(re.search(r"http\S+/edit/", mail.outbox[-1].body)[0])
    title = page.locator("#id_title")
    expect(title).to_have_value(draft.title, timeout=30_000)
    page.set_viewport_size(WIDTHS["phone"])
    page.goto(f"{live_server.url}/beheer/nieuwsbrieven/ritme/{north.pk}/")
    expect(page.get_by_role("link", name=re.compile(re.escape(draft.title)))).to_be_visible()
    assert_sound(page, "#main")


def test_without_javascript_a_draft_is_filled_too(
    browser, live_server, login, area_manager, north, settings
):
    edition = make.NewsletterPageFactory(parent=north, live=False, to=[north])
    history.item_of(north, title="Blijft")
    history.item_of(north, title="Gaat weg")
    context = browser.new_context(java_script_enabled=False, locale="nl-NL")
    session = login(area_manager).cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}]
    )
    page = context.new_page()
    page.goto(f"{live_server.url}/beheer/nieuwsbrieven/{edition.pk}/vullen/")
    page.get_by_label("Gaat weg").uncheck()
    page.get_by_role("button", name="Zet in het concept").click()
    page.wait_for_url(re.compile(r"/edit/$"))
    text = blocks_of(edition)
    assert "Blijft" in text
    assert "Gaat weg" not in text
    context.close()
