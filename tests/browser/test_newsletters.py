"""Newsletters in a real browser: subscribing, confirming, choosing, leaving, sending."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import expect

from newsletters import services
from newsletters.choices import Choices
from newsletters.models import Delivery, Mailing, Subscription
from newsletters.tokens import leave_token, preferences_token
from tests.factories import newsletters as make
from tests.factories import pages
from tests.factories.newsletters import block, body

from .conftest import settled


@pytest.fixture(autouse=True)
def _fresh_limits():
    cache.clear()


@pytest.fixture
def edition(north):
    item = pages.AgendaItemPageFactory(parent=pages.AgendaPageFactory(parent=north))
    return make.NewsletterPageFactory(
        parent=north,
        to=[north],
        body=body(
            block("heading", {"text": "Licht bij de school", "level": "h2"}),
            block("text", "<p>De lampen branden.</p><ul><li>eerst de drempel</li></ul>"),
            block("agenda_item", {"page": item.pk, "text": ""}),
            block("quote", {"text": "Eindelijk veilig.", "source": "Dorpsraad"}),
            block("button", {"text": "Geef uw mening", "page": north.pk, "url": ""}),
            block("divider", None),
        ),
    )


def last_link(pattern: str) -> str:
    """Path of the address in the newest mail that holds the pattern."""
    return re.search(rf"https?://[^/\s]+(/\S*{pattern}\S*)", mail.outbox[-1].body)[1]


def test_every_page_of_newsletters_is_sound(page, live_server, assert_sound, edition, north):
    subscriber = make.SubscriptionFactory(areas=[north])
    mailing = Mailing.objects.create(
        edition=edition, send_at=timezone.now(), from_email="x", list_id="x"
    )
    delivery = Delivery.objects.create(
        mailing=mailing, address=subscriber.email, subscription=subscriber, reason="x"
    )
    _fresh, token = services.request_subscription(
        email="nieuw@example.nl", choices=Choices(areas=(north,), frequency="each")
    )
    own = f"/nieuwsbrieven/voorkeuren/{preferences_token(subscriber.pk)}/"
    for path in (
        "/nieuwsbrieven/",
        f"/nieuwsbrieven/?gebied={north.slug}",
        "/nieuwsbrieven/?gebied=fout",
        edition.url,
        "/nieuwsbrieven/aanmelden/",
        "/nieuwsbrieven/aanmelden/kijk-in-uw-mail/",
        f"/nieuwsbrieven/bevestigen/{token}/",
        "/nieuwsbrieven/bevestigen/fout/",
        "/nieuwsbrieven/aangemeld/",
        own,
        f"{own}?opgeslagen=1",
        f"/nieuwsbrieven/afmelden/{leave_token(delivery.pk)}/",
        "/nieuwsbrieven/afgemeld/",
        "/nieuwsbrieven/verwijderd/",
        "/en/nieuwsbrieven/aanmelden/",
    ):
        page.goto(live_server.url + path)
        assert_sound(page)


@pytest.fixture
def complaints():
    """A page with status 400 or 410 is a console error in Chromium, and here it is meant."""

    class Complaints(list):
        def append(self, complaint):
            if not re.search(r"status of (400|410)", complaint):
                super().append(complaint)

    return Complaints()


def test_a_resident_subscribes_by_keyboard_after_a_mistake(page, live_server, assert_sound, north):
    page.goto(f"{live_server.url}/nieuwsbrieven/aanmelden/")
    field = page.get_by_label("Uw e-mailadres")
    field.focus()
    page.keyboard.type("bewoner zonder apenstaart")
    page.keyboard.press("Enter")
    summary = page.get_by_role("alert")
    expect(summary).to_contain_text("Vul een geldig e-mailadres in")
    expect(summary).to_contain_text("Kies ten minste één gebied")
    expect(page).to_have_title(re.compile("^Fout: "))
    assert_sound(page)
    expect(field).to_have_value("bewoner zonder apenstaart")

    summary.get_by_role("link", name=re.compile("gebieden")).press("Enter")
    page.keyboard.press("Tab")
    box = page.get_by_role("checkbox", name="Haarlemmermeer-Noord")
    box.focus()
    page.keyboard.press("Space")
    field.fill("bewoner@example.nl")
    field.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Kijk in uw mail")

    page.goto(live_server.url + last_link("bevestigen"))
    page.get_by_role("button", name="Ja, stuur mij de nieuwsbrief").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("U bent aangemeld")
    assert Subscription.objects.get().state == Subscription.State.CONFIRMED


def test_the_trap_is_not_met_by_people(page, live_server, north):
    page.goto(f"{live_server.url}/nieuwsbrieven/aanmelden/")
    page.get_by_label("Uw e-mailadres").focus()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Meld mij aan")).to_be_focused()
    expect(page.get_by_role("textbox", name="Laat dit veld leeg")).to_have_count(0)


def test_a_subscriber_changes_areas_and_leaves_without_javascript(
    browser, live_server, north, west
):
    subscriber = make.SubscriptionFactory(areas=[north])
    context = browser.new_context(java_script_enabled=False, locale="nl-NL")
    page = context.new_page()
    page.goto(f"{live_server.url}/nieuwsbrieven/voorkeuren/{preferences_token(subscriber.pk)}/")
    page.get_by_label("Haarlemmermeer-West").check()
    page.get_by_label("Haarlemmermeer-Noord").uncheck()
    page.get_by_role("button", name="Bewaar mijn keuzes").click()
    expect(page.get_by_role("status")).to_contain_text("Uw keuzes zijn bewaard")
    assert list(subscriber.areas.all()) == [west]
    page.get_by_role("button", name="Meld mij af").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("U bent afgemeld")
    subscriber.refresh_from_db()
    assert subscriber.state == Subscription.State.UNSUBSCRIBED
    context.close()


def test_two_people_make_check_approve_plan_and_send(
    page, live_server, browser_login, assert_sound, area_manager, make_user, edition, north
):
    editor = make_user("nieuwsbriefredacteur", groups=[services.ensure_editor_group()])
    make.SubscriptionFactory(email="bewoner@example.nl", areas=[north])
    edition.title = "Nieuws van [naam]"
    edition.save_revision(user=area_manager)
    send = f"{live_server.url}/beheer/nieuwsbrieven/{edition.pk}/verzenden/"
    page.set_default_timeout(60_000)  # the editor's first page compiles much

    def step() -> str:
        return page.locator("[aria-current=step]").inner_text()

    browser_login(area_manager)
    page.goto(send)
    expect(page.get_by_text("Er staat nog ‘[naam]’").first).to_be_visible()
    assert "1 fout om te herstellen" in step()
    assert_sound(page, "#main")
    page.get_by_role("link", name="Pas de nieuwsbrief aan").click()
    settled(page)
    page.get_by_role("textbox", name="Titel").fill("Licht bij de school")
    page.get_by_role("button", name="Publiceren").first.click()
    expect(page.get_by_text("Licht bij de school").first).to_be_visible()
    page.goto(f"{live_server.url}/beheer/pages/{edition.pk}/edit/")
    page.get_by_role("link", name="Ga naar verzenden").click()
    assert "proefmail" in step()
    page.get_by_role("button", name="Stuur een proefmail naar").click()
    expect(page.get_by_text("De proefmail is verstuurd naar")).to_be_visible()
    assert mail.outbox[-1].to == [area_manager.email]
    assert "Laat goedkeuren" in step()
    page.get_by_role("button", name="Ter goedkeuring").click()
    expect(page.get_by_text("U schreef er zelf aan mee en kunt hem niet")).to_be_visible()
    assert_sound(page, "#main")

    browser_login(editor)
    page.goto(send)
    page.get_by_role("link", name="Bekijk de lijst").click()
    expect(page.get_by_role("cell", name="bewoner@example.nl")).to_be_visible()
    page.goto(send)
    page.get_by_label("Nee, ik stuur hem terug").check()
    page.get_by_role("button", name="Bevestig uw besluit").click()
    expect(page.get_by_text("Schrijf wat er anders moet")).to_be_visible()
    assert_sound(page, "#main")
    page.get_by_label("Ja, deze nieuwsbrief mag weg").check()
    page.get_by_role("button", name="Bevestig uw besluit").click()
    expect(page.get_by_text("Goedgekeurd door nieuwsbriefredacteur")).to_be_visible()

    browser_login(area_manager)
    page.goto(send)
    assert "Verzend" in step()
    assert_sound(page, "#main")
    page.get_by_label("Op een tijdstip").check()
    page.get_by_role("button", name="Ja, verzend naar 1 adres").click()
    expect(page.get_by_text("Vul in wanneer de nieuwsbrief weg moet.")).to_be_visible()
    moment = timezone.localtime() + timedelta(days=1)
    page.get_by_label("Datum en tijd").fill(moment.strftime("%Y-%m-%dT09:30"))
    page.get_by_role("button", name="Ja, verzend naar 1 adres").click()
    expect(page.get_by_role("heading", name="gepland")).to_be_visible()
    assert timezone.localtime(Mailing.objects.get().send_at).strftime("%H:%M") == "09:30"

    page.get_by_role("button", name="Annuleer het verzenden").click()
    expect(page.get_by_text("Het verzenden is geannuleerd")).to_be_visible()
    page.get_by_label("Nu", exact=True).check()
    page.get_by_role("button", name="Ja, verzend naar 1 adres").click()
    call_command("tick", only="newsletters-send", verbosity=0)
    page.reload()
    expect(page.get_by_role("heading", name="verzonden")).to_be_visible()
    assert mail.outbox[-1].to == ["bewoner@example.nl"]
    assert mail.outbox[-1].subject == "Licht bij de school"
