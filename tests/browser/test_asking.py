"""A resident in a real browser: what to do, asking, the puzzle in the background, the status."""

import re

import pytest
from django.core.cache import cache
from django.utils import timezone
from playwright.sync_api import expect

from areas.signals.models import Signal, SignalStep
from tests.areas import uploads
from tests.browser.conftest import WIDTHS, has_map
from tests.factories import pages as make
from tests.newsletters.conftest import sink  # noqa: F401

START = "/vraag-of-initiatief/"
#: Milliseconds that a busy machine may take for the puzzle before a form goes.
WITH_PUZZLE = 20_000


@pytest.fixture(autouse=True)
def _places(north):
    cache.clear()
    make.PlaceFactory(name="Lijnden", slug="lijnden", geometry=make.middle(north), area=north)


def confirm_link(sink) -> str:  # noqa: F811
    sink.wait_until(lambda: sink.messages)
    (path,) = re.findall(
        r"https?://[^/\s]+(/vraag-of-initiatief/bevestigen/\S+)", sink.messages[-1].get_content()
    )
    return path


def test_resident_asks_confirms_and_follows(page, live_server, north, sink):  # noqa: F811
    page.set_viewport_size(WIDTHS["phone"])
    page.goto(live_server.url + START)
    page.get_by_label("Ik heb een plan voor mijn buurt").check()
    chart = page.locator("[data-point-map]")
    chart.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text(re.compile("Plek gekozen"))).to_be_visible()
    lat = page.locator("[data-point-lat]").input_value()
    page.get_by_role("button", name="Verder").click()
    expect(page.get_by_label("Een initiatief")).to_be_checked()
    assert page.locator("[data-point-lat]").input_value() == lat
    page.get_by_label("Onderwerp").fill("Een pluktuin")
    page.get_by_label("Uw uitleg").fill("Wij willen samen een pluktuin maken.")
    page.get_by_label("In welk gebied is het?").select_option("haarlemmermeer-noord")
    page.get_by_label("Uw e-mailadres").fill("bewoner@example.nl")
    page.get_by_label("Foto's of PDF's").set_input_files(
        [{"name": "plek.jpg", "mimeType": "image/jpeg", "buffer": uploads.jpeg()}]
    )
    # Only what is handled on its way shows what it holds.
    page.route(f"**{START}**", lambda route: route.continue_())
    with page.expect_request(lambda request: request.method == "POST") as sent:
        page.get_by_role("button", name="Verstuur").click()
    # The browser solved the puzzle: a long solution went along.
    assert re.search(rb'name="puzzel"\r\n\r\n[A-Za-z0-9+/=]{200,}', sent.value.post_data_buffer)
    page.unroute_all()
    expect(page.get_by_role("heading", name="Kijk in uw mail")).to_be_visible(timeout=WITH_PUZZLE)
    page.goto(live_server.url + confirm_link(sink))
    page.get_by_role("button", name="Ja, dit is van mij").click()
    expect(page.get_by_text("Dank u wel, wij hebben uw vraag ontvangen")).to_be_visible()
    assert Signal.objects.get().state == "ontvangen"
    page.get_by_role("link", name=re.compile(r"plek\.jpg")).click()
    page.wait_for_url("**/signalen/bijlage/**")
    assert page.locator("img").evaluate("image => image.naturalWidth") == 64


def test_without_javascript(browser, live_server, sink):  # noqa: F811
    context = browser.new_context(
        java_script_enabled=False, viewport=WIDTHS["phone"], locale="nl-NL"
    )
    context.set_default_timeout(10_000)
    page = context.new_page()
    page.goto(live_server.url + START)
    page.get_by_label("Ik heb een vraag of een verzoek").check()
    page.get_by_label("Kies een dorp of wijk").select_option("lijnden")
    page.get_by_role("button", name="Verder").click()
    page.get_by_label("Onderwerp").fill("Een bankje")
    page.get_by_label("Uw uitleg").fill("Kan er een bankje komen?")
    page.get_by_label("Uw e-mailadres").fill("bewoner@example.nl")
    page.get_by_role("button", name="Verstuur").click()
    expect(page.get_by_role("heading", name="Kijk in uw mail")).to_be_visible(timeout=WITH_PUZZLE)
    page.goto(live_server.url + confirm_link(sink))
    page.get_by_role("button", name="Ja, dit is van mij").click()
    expect(page.get_by_text("Dank u wel, wij hebben uw vraag ontvangen")).to_be_visible()
    context.close()


def test_every_page_is_sound(page, live_server, sink, assert_sound, complaints):  # noqa: F811
    def check(address=None):
        if address:
            page.goto(live_server.url + address)
        assert_sound(page, reload=bool(address) and has_map(page))

    check(START)
    check(f"{START}?wat=melding&plek-plaats=lijnden")
    check(f"/en{START}")
    check(f"{START}?wat=")
    check(f"{START}formulier/?soort=vraag")
    page.get_by_role("button", name="Verstuur").click()
    expect(page.get_by_role("alert")).to_be_visible(timeout=WITH_PUZZLE)
    check()
    check(f"{START}verstuurd/")
    check(f"{START}bevestigen/x/")
    complaints.clear()  # Chromium reports the statuses 400, 410 and 422 as errors
    page.goto(f"{live_server.url}{START}formulier/?soort=vraag&plek-plaats=lijnden")
    page.get_by_label("Onderwerp").fill("Een bankje")
    page.get_by_label("Uw uitleg").fill("Kan er een bankje komen?")
    page.get_by_label("Uw e-mailadres").fill("bewoner@example.nl")
    page.get_by_role("button", name="Verstuur").click()
    expect(page.get_by_role("heading", name="Kijk in uw mail")).to_be_visible(timeout=WITH_PUZZLE)
    check(confirm_link(sink))
    page.get_by_role("button", name="Ja, dit is van mij").click()
    expect(page.get_by_text("Dank u wel")).to_be_visible()
    check()
    signal = Signal.objects.get()
    Signal.objects.update(
        state="beantwoord", answer="Ja.", answered_at=timezone.now(), in_term=True
    )
    SignalStep.objects.create(signal=signal, kind="beantwoord", text="Ja.", author_role="Noord")
    page.reload()
    check()
