"""The admin as an area manager meets it, in a real browser under the admin's own policy."""

import re
from datetime import date

import pytest
from playwright.sync_api import expect

from areas.agenda.models import AgendaItemPage
from tests.browser.conftest import SCHEMES
from tests.conftest import PASSWORD
from tests.factories import pages as make


@pytest.fixture
def agenda(north):
    return make.AgendaPageFactory(parent=north, title="Agenda Noord")


#: Milliseconds for what the server does by itself, on a machine that is busy.
PATIENCE = 30_000
WATCHED = """document.addEventListener("w-unsaved:watch-edits", () => {
  document.documentElement.dataset.watched = "yes";
});"""


def wait_until_watched(page):
    """Until the editor notes changes: what the form holds after two seconds is its beginning."""
    page.locator("html[data-watched]").wait_for(state="attached", timeout=PATIENCE)


def test_log_in_is_sound_and_says_what_is_wrong(page, live_server, area_manager, assert_sound):
    page.goto(f"{live_server.url}/beheer/login/")
    assert_sound(page, schemes=SCHEMES)
    page.get_by_label("Gebruikersnaam").fill(area_manager.username)
    page.locator("[name=password]").fill("een ander wachtwoord")
    page.get_by_role("button", name="Inloggen").click()
    expect(page.get_by_role("status")).to_contain_text("horen niet bij elkaar")
    assert_sound(page, schemes=SCHEMES)
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Inloggen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Welkom bij Gebiedsplein")


def test_first_page_is_sound(
    page, live_server, browser_login, administrator, areas, agenda, assert_sound
):
    make.AgendaItemPageFactory(parent=agenda, title="Over tijd", end_date=date(2025, 1, 1))
    browser_login(administrator)
    page.goto(f"{live_server.url}/beheer/")
    page.get_by_text("Haarlemmermeer-Noord", exact=True).first.click()
    page.get_by_role("link", name="Nieuw agendapunt").wait_for()
    assert_sound(page, ".w-dashboard", schemes=SCHEMES)


def test_choice_of_a_new_page_is_sound(
    page, live_server, browser_login, area_manager, north, assert_sound
):
    browser_login(area_manager)
    page.goto(f"{live_server.url}/beheer/pages/{north.pk}/add_subpage/")
    assert_sound(page, "#main", schemes=SCHEMES)
    page.get_by_role("link", name="Project").click()
    page.wait_for_url("**/add/projects/projectpage/**")


def test_new_item_is_kept_while_typing_previewed_and_published(
    page, live_server, browser_login, area_manager, north, agenda
):
    make.ThemeFactory(name="Verkeer")
    browser_login(area_manager)
    page.add_init_script(WATCHED)
    page.goto(f"{live_server.url}/beheer/")
    page.get_by_role("link", name="Nieuw agendapunt").click()
    wait_until_watched(page)
    page.locator("[name=title]").fill("Bankje bij de dijk")
    page.locator("[name=summary]").fill("Een plek om uit te rusten.")
    page.locator("[name=theme]").select_option(label="Verkeer")
    page.get_by_role("button", name="Punt zetten").click()
    page.locator(".gp-geometry__map").scroll_into_view_if_needed()
    page.locator(".gp-geometry__map").click(position={"x": 200, "y": 150})
    expect(page.get_by_text("1 punt op de kaart")).to_be_visible(timeout=PATIENCE)
    page.wait_for_url(re.compile(r"/beheer/pages/\d+/edit/"), timeout=PATIENCE)
    expect(page.get_by_text("Opgeslagen").first).to_be_visible(timeout=PATIENCE)
    draft = AgendaItemPage.objects.get()
    assert not draft.live

    page.get_by_role("button", name="Toon/verberg voorvertoning").click()
    preview = page.frame_locator("iframe#w-preview-iframe")
    expect(preview.get_by_role("heading", level=1)).to_have_text(
        "Bankje bij de dijk", timeout=PATIENCE
    )
    page.get_by_role("button", name="Toon/verberg voorvertoning").click()

    page.get_by_role("button", name="Publiceren").click()
    expect(page.get_by_text("is gepubliceerd").first).to_be_visible(timeout=PATIENCE)
    page.goto(f"{live_server.url}{AgendaItemPage.objects.get().get_url()}")
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Bankje bij de dijk", timeout=PATIENCE
    )
    page.locator("wagtail-userbar").get_by_role("button").first.click()
    page.get_by_role("menuitem", name="Wijzig deze pagina").click()
    page.wait_for_url(f"**/beheer/pages/{draft.pk}/edit/")


def test_two_managers_at_one_item_lose_nothing(
    page,
    browser,
    live_server,
    login,
    browser_login,
    make_user,
    area_manager,
    north,
    agenda,
    complaints,
):
    item = make.AgendaItemPageFactory(
        parent=agenda, title="Zebrapad", summary="Zoals het was.", place_name="Dorpsstraat"
    )
    item.save_revision()
    address = f"{live_server.url}/beheer/pages/{item.pk}/edit/"
    browser_login(area_manager)
    page.add_init_script(WATCHED)
    page.goto(address)
    wait_until_watched(page)

    colleague = make_user("collega", groups=[north.manager_group])
    colleague.first_name, colleague.last_name = "Collega", "Noord"
    colleague.save()
    other = browser.new_context(locale="nl-NL")
    session = login(colleague).cookies["sessionid"].value
    other.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    other_page = other.new_page()
    other_page.add_init_script(WATCHED)
    other_page.goto(address)
    wait_until_watched(other_page)
    # On a busy machine the editor may take the first words for what stood there already.
    other_page.locator("[name=summary]").fill("Van de")
    other_page.wait_for_timeout(3_000)
    with other_page.expect_response(
        lambda answer: answer.request.method == "POST" and answer.url == address,
        timeout=PATIENCE,
    ) as saving:
        other_page.locator("[name=summary]").fill("Van de collega.")
    assert saving.value.ok
    page.bring_to_front()

    page.locator("[name=summary]").fill("Van de manager.")
    warning = page.get_by_text("er is een nieuwere versie")
    expect(warning).to_be_visible(timeout=PATIENCE)
    latest = AgendaItemPage.objects.get(pk=item.pk).get_latest_revision_as_object()
    assert latest.summary == "Van de collega."
    page.get_by_role("button", name="Publiceren").first.click()
    dialog = page.get_by_role("dialog").filter(has_text="Collega Noord heeft een nieuwere versie")
    expect(dialog).to_be_visible(timeout=PATIENCE)
    expect(dialog.get_by_role("link", name="Bekijk laatste versie")).to_be_visible(timeout=PATIENCE)
    dialog.get_by_role("button", name="Publiceren").click()
    expect(page.get_by_text("is gepubliceerd").first).to_be_visible(timeout=PATIENCE)
    assert AgendaItemPage.objects.get(pk=item.pk).summary == "Van de manager."
    kept = [revision.as_object().summary for revision in item.revisions.all()]
    assert "Van de collega." in kept
    other.close()
    # Autosave is refused on purpose: the browser notes the answer 400.
    complaints[:] = [text for text in complaints if "400 (Bad Request)" not in text]
