"""The pages about an agenda as a whole: accessible, and usable on a phone."""

from datetime import date

import pytest
from playwright.sync_api import expect

from areas.agenda.models import AgendaItemPage
from tests.factories import pages as make
from tests.factories import participation as make_projects


@pytest.fixture
def agenda(north):
    return make.AgendaPageFactory(parent=north, slug="agenda", title="Gebiedsagenda 2024-2025")


@pytest.fixture
def items(agenda, north):
    goal = make.ProgrammeGoalFactory(
        programme=make.ProgrammePageFactory(parent=north), title="Veilig naar school"
    )
    project = make_projects.ProjectPageFactory(parent=north, title="Nieuwe brug")
    theme = make.ThemeFactory(name="Verkeer")
    shared = {"parent": agenda, "theme": theme, "programme_goal": goal, "project": project}
    late = make.AgendaItemPageFactory(title="Over tijd", end_date=date(2025, 1, 1), **shared)
    done = make.AgendaItemPageFactory(title="Al klaar", status="klaar", **shared)
    make.ProgressUpdateFactory(item=done, text="Het zebrapad ligt er.")
    return late, done


def test_programme_is_sound(page, live_server, north, items, assert_sound):
    for address in ("/haarlemmermeer-noord/programma/", "/en/haarlemmermeer-noord/programma/"):
        page.goto(live_server.url + address)
        expect(page.get_by_text("Het zebrapad ligt er.")).to_be_visible()
        assert_sound(page)
    page.goto(live_server.url + "/haarlemmermeer-noord/")
    page.get_by_role("link", name="Veilig naar school").click()
    expect(page.get_by_role("heading", name="Veilig naar school")).to_be_in_viewport()


def test_new_period_is_sound(
    page, live_server, browser_login, area_manager, agenda, items, assert_sound
):
    browser_login(area_manager)
    page.goto(f"{live_server.url}/beheer/agenda/{agenda.pk}/nieuwe-periode/")
    assert_sound(page, "#main")
    page.locator("[name=period_start]").fill("01-01-2020")
    page.locator("[name=title]").press("Enter")  # away from the calendar, that covers the button
    expect(page.get_by_text("begint na de laatste dag van deze agenda")).to_be_visible()
    assert_sound(page, "#main")
    page.locator("[name=period_start]").fill("01-01-2028")
    page.locator("[name=title]").press("Enter")  # away from the calendar, that covers the button
    expect(page.get_by_text("verhuist 1 open punt")).to_be_visible(timeout=30_000)
    page.goto(f"{live_server.url}/beheer/agenda/{agenda.pk}/nieuwe-periode/")
    expect(page.get_by_text("Er staat al een nieuwe agenda klaar")).to_be_visible()
    assert_sound(page, "#main")


def test_table_goes_out_and_in(
    page,
    live_server,
    browser_login,
    area_manager,
    agenda,
    items,
    tmp_path,
    assert_sound,
):
    browser_login(area_manager)
    page.goto(f"{live_server.url}/beheer/agenda/{agenda.pk}/tabel/")
    assert_sound(page, "#main")
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    path = tmp_path / "tabel.csv"
    path.write_text(
        download.value.path().read_text("utf-8-sig").replace("Team Verkeer", "Team Wegen")
    )
    page.locator("input[type=file]").set_input_files(path)
    page.get_by_role("button", name="Bekijk wat er verandert").click()
    expect(page.get_by_text("2 wijzigingen")).to_be_visible()
    assert_sound(page, "#main")
    page.get_by_role("button", name="Ja, verwerk de tabel").click()
    expect(page.get_by_text("Gewijzigd: 2. Toegevoegd: 0.")).to_be_visible(timeout=30_000)
    assert set(AgendaItemPage.objects.values_list("lead", flat=True)) == {"Team Wegen"}

    path.write_text("id;titel;thema\n;Zonder thema;Onbekend\n")
    page.goto(f"{live_server.url}/beheer/agenda/{agenda.pk}/tabel/")
    page.locator("input[type=file]").set_input_files(path)
    page.get_by_role("button", name="Bekijk wat er verandert").click()
    expect(page.get_by_text("1 cel klopt niet")).to_be_visible()
    assert_sound(page, "#main")


def test_work_list_is_sound(page, live_server, browser_login, area_manager, items, assert_sound):
    browser_login(area_manager)
    page.goto(f"{live_server.url}/beheer/reports/werklijst/")
    expect(page.get_by_role("cell", name="Agendapunten over hun einddatum heen")).to_be_visible()
    assert_sound(page, "#main")
    page.get_by_label("Soort").select_option(label="Agendapunten over hun einddatum heen")
    page.get_by_role("button", name="Toon", exact=True).click()
    page.get_by_role("button", name="Klopt nog: Over tijd").click()
    expect(page.get_by_text("klopt nog. Dat staat vanaf nu")).to_be_visible()
    expect(page.get_by_text("0 dingen wachten op u.")).to_be_visible()
