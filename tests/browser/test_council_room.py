"""A council member in a real browser: in by the mailed link, a signal with a photo, the answer."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from django.core.cache import cache
from django.utils import timezone
from PIL import Image
from playwright.sync_api import expect

from areas.councils.models import ActionPoint, AgendaPoint, CouncilMeeting
from areas.signals.models import Attachment, Signal, SignalStep
from tests.areas import uploads
from tests.areas.room import links_in
from tests.browser.conftest import WIDTHS, has_map
from tests.factories import pages as make
from tests.newsletters.conftest import sink  # noqa: F401


@pytest.fixture
def council(north):
    cache.clear()
    council = make.CouncilFactory(area=north, name="Dorpsraad Noord", slug="dorpsraad-noord")
    make.CouncilAddressFactory(council=council, email="secretaris@example.nl")
    make.PlaceFactory(name="Lijnden", slug="lijnden", geometry=make.middle(north), area=north)
    return council


@pytest.fixture
def enter(page, live_server, council, sink):  # noqa: F811
    """Signs in as the secretary, by the form, the mail and the button."""

    def sign_in(on=page):
        on.goto(f"{live_server.url}/raadskamer/")
        on.get_by_label("Uw e-mailadres").fill("secretaris@example.nl")
        on.get_by_role("button", name="Stuur mij een link").click()
        expect(on.get_by_role("heading", level=1, name="Kijk in uw mail")).to_be_visible()
        sink.wait_until(lambda: sink.messages)
        (path,) = links_in(sink.messages[-1].get_content())
        on.goto(live_server.url + path)
        on.get_by_role("button", name="Log nu in").click()
        expect(on.get_by_role("heading", name="Welkom in de raadskamer")).to_be_visible()

    return sign_in


def photo(name="lamp.jpg", content=None) -> dict:
    return {"name": name, "mimeType": "image/jpeg", "buffer": content or uploads.jpeg(800, 600)}


def test_member_places_a_signal_with_a_photo_on_a_phone(page, enter, council, complaints):
    page.set_viewport_size(WIDTHS["phone"])
    enter()
    page.get_by_role("link", name="Plaats een signaal").first.click()
    page.get_by_label("Onderwerp").fill("Donker fietspad")
    page.get_by_label("Uw uitleg").fill("Er staat geen lamp.")
    chart = page.locator("[data-point-map]")
    chart.and_(page.locator(".leaflet-container")).wait_for()
    chart.focus()  # by keyboard: the map moves under a crosshair, Enter chooses
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.get_by_text(re.compile("Plek gekozen"))).to_be_visible()
    page.get_by_label("Foto's of PDF's").set_input_files(
        [photo(), photo("virus.jpg", b"MZ geen foto")]
    )
    page.get_by_role("button", name="Verstuur").click()
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("“virus.jpg” is geen foto")
    complaints.clear()  # Chromium reports the status 422 as an error
    expect(page.get_by_label("Uw uitleg")).to_have_value("Er staat geen lamp.")
    expect(page.get_by_label(re.compile(r"lamp\.jpg"))).to_be_checked()
    expect(page.get_by_text("Wis de plek")).to_be_visible()
    page.get_by_role("button", name="Verstuur").click()
    expect(page.get_by_role("heading", name="Wij hebben uw signaal ontvangen")).to_be_visible()
    signal = Signal.objects.get()
    expect(page.locator("main")).to_contain_text(f"{signal.due_on.day} ")
    assert signal.area_id == council.area_id
    assert signal.geometry is not None
    stored = Path(Attachment.objects.get().file.path).read_bytes()
    assert uploads.SECRET not in stored
    assert not Image.open(BytesIO(stored)).getexif()
    page.get_by_role("link", name="Bekijk het signaal").click()
    page.get_by_role("link", name=re.compile(r"lamp\.jpg")).click()
    page.wait_for_url("**/signalen/bijlage/**")
    assert page.locator("img").evaluate("image => image.naturalWidth") == 800
    page.go_back()
    page.get_by_role("button", name="Uitloggen").click()
    expect(page.get_by_role("heading", name="U bent uitgelogd")).to_be_visible()


def test_without_javascript(browser, live_server, enter, council, complaints):
    context = browser.new_context(
        java_script_enabled=False, viewport=WIDTHS["phone"], locale="nl-NL"
    )
    context.set_default_timeout(10_000)
    page = context.new_page()
    enter(page)
    page.goto(f"{live_server.url}/raadskamer/signalen/nieuw/")
    expect(page.locator("[data-point-map]")).to_be_hidden()
    page.get_by_label("Onderwerp").fill("Donker fietspad")
    page.get_by_label("Kies een dorp of wijk").select_option("lijnden")
    page.get_by_label("Adres of omschrijving van de plek").fill("Kerkpad 3")
    page.get_by_label("Foto's of PDF's").set_input_files([photo()])
    page.get_by_role("button", name="Verstuur").click()
    expect(page.get_by_role("alert")).to_contain_text("Schrijf op wat er speelt")
    page.get_by_label("Uw uitleg").fill("Er staat geen lamp.")
    page.get_by_role("button", name="Verstuur").click()
    expect(page.get_by_role("heading", name="Wij hebben uw signaal ontvangen")).to_be_visible()
    assert Signal.objects.get().place_name == "Lijnden: Kerkpad 3"
    assert Attachment.objects.count() == 1
    page.get_by_role("button", name="Uitloggen").click()
    expect(page.get_by_role("heading", name="U bent uitgelogd")).to_be_visible()
    context.close()


@pytest.fixture
def history(council):
    """Meetings, actions and signals in several states."""
    now = timezone.now()
    for days, minutes in ((-40, "<p>Wij spraken over licht.</p>"), (20, "")):
        start = now + timezone.timedelta(days=days)
        meeting = CouncilMeeting.objects.create(
            council=council,
            starts_at=start,
            ends_at=start + timezone.timedelta(hours=1),
            minutes=minutes,
            state="vastgesteld" if minutes else "concept",
            place_name="Dorpshuis",
        )
        AgendaPoint.objects.create(meeting=meeting, title="Het fietspad")
        ActionPoint.objects.create(
            meeting=meeting, text="Lamp maken", owner="Team Licht", due_date=now.date()
        )
    values = {
        "council": council,
        "area": council.area,
        "text": "Er staat geen lamp.\n\nHet is er donker.",
        "received_at": now,
        "due_on": now.date(),
    }
    Signal.objects.create(subject="Donker fietspad", **values)
    late = timezone.localdate() - timezone.timedelta(days=3)
    Signal.objects.create(subject="Losse tegels", **values | {"due_on": late})
    answered = Signal.objects.create(
        subject="Scheve lantaarn",
        state="beantwoord",
        answer="Wij zetten hem recht.",
        answered_at=now,
        in_term=True,
        **values,
    )
    SignalStep.objects.create(signal=answered, kind="ontvangen", due_on=now.date())
    SignalStep.objects.create(
        signal=answered, kind="beantwoord", text="Wij zetten hem recht.", author_role="Noord"
    )
    return answered


def test_every_page_is_sound(page, live_server, enter, history, assert_sound, complaints):
    door = f"{live_server.url}/raadskamer"
    for address in ("/inloggen/", "/inloggen/?verlopen=1", "/inloggen/verstuurd/", "/uitgelogd/"):
        page.goto(door + address)
        assert_sound(page)
    page.goto(f"{door}/link/bestaat-niet/")
    assert_sound(page)
    page.goto(f"{door}/inloggen/")
    page.get_by_role("button", name="Stuur mij een link").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert_sound(page)
    complaints.clear()  # Chromium reports the statuses 410 and 422 as errors
    enter()
    for address in (
        "/",
        "/overleg/",
        "/signalen/",
        f"/signalen/{history.reference}/",
        f"/signalen/{history.reference}/geplaatst/",
        "/signalen/nieuw/",
    ):
        page.goto(door + address)
        assert_sound(page, reload=has_map(page))
    page.get_by_label("Foto's of PDF's").set_input_files([photo(), photo("x.jpg", b"MZ")])
    page.get_by_role("button", name="Verstuur").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert_sound(page)
    complaints.clear()
