"""Projects as visitors get them: page, list, map layer, home and area."""

import json
from datetime import date

import pytest
from django.contrib.gis.geos import Point
from django.db import IntegrityError, transaction
from wagtail.models import PageViewRestriction, Site

from participation.projects.models import ProjectPage
from tests.factories import pages as make_areas
from tests.factories import participation as make
from tests.queries import queries_by_address


def titles(page) -> list[str]:
    return [link.get_text(strip=True) for link in page.select(".gp-teasers .gp-teaser__title a")]


def test_page_says_what_is_decided_and_what_one_can_influence(soup, north):
    make.ProjectPageFactory(
        parent=north,
        slug="brug",
        title="Brug over de Ringvaart",
        decided="De brug komt er. Dat besloot de raad in maart.",
        influence="U kunt meepraten over de plek van de trap.",
        decision="Het college beslist in juni. U krijgt daarna een brief.",
        take_part="<p>Kom naar het dorpshuis of bel ons.</p>",
        body=[("text", "<p>De oude brug is te smal.</p>")],
        questions=[("question", {"question": "Hoe breed?", "answer": "<p>Zes meter.</p>"})],
        manager_name="Omgevingsmanager Badhoevedorp",
        manager_phone="0900-1852",
    )
    text = soup("/haarlemmermeer-noord/brug/").find("main").get_text(" ")
    for part in (
        "Dit staat al vast",
        "De brug komt er.",
        "Hierover kunt u meepraten",
        "de plek van de trap",
        "Het college beslist in juni.",
        "Kom naar het dorpshuis",
        "De oude brug is te smal.",
        "Hoe breed?",
        "Zes meter.",
        "Omgevingsmanager Badhoevedorp",
        "0900-1852",
    ):
        assert part in text


def test_page_without_environment_manager_names_the_area_manager(soup, project):
    page = soup(project.get_url())
    assert page.select_one(".gp-person__name").get_text(strip=True) == "Gebiedsmanager Noord"


@pytest.mark.parametrize(
    ("today", "states"),
    [
        ("2025-12-31 23:59", ["future", "future", "future"]),
        ("2026-01-01 00:00", ["now", "future", "future"]),
        ("2026-06-30 23:59", ["now", "future", "future"]),
        ("2026-07-01 00:00", ["past", "now", "future"]),
        ("2026-10-15 12:00", ["past", "past", "future"]),
        ("2035-01-01 12:00", ["past", "past", "now"]),
    ],
)
def test_phase_of_today_stands_out(soup, project, on_day, today, states):
    make.ProjectPhaseFactory(project=project, name="Bouwen", start=date(2027, 1, 1), end=None)
    make.ProjectPhaseFactory(
        project=project, name="Verkennen", start=date(2026, 1, 1), end=date(2026, 6, 30)
    )
    make.ProjectPhaseFactory(
        project=project, name="Ontwerpen", start=date(2026, 7, 1), end=date(2026, 9, 30)
    )
    on_day(today)
    found = soup(project.get_url()).select(".gp-phase")
    assert [phase.select_one(".gp-phase__name [lang]").get_text() for phase in found] == [
        "Verkennen",
        "Ontwerpen",
        "Bouwen",
    ]
    assert [phase["class"][1].removeprefix("gp-phase--") for phase in found] == states
    assert [phase.get("aria-current") for phase in found] == [
        "step" if state == "now" else None for state in states
    ]


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (date(2021, 1, 1), date(2022, 12, 31), "2021 – 2022"),
        (date(2021, 1, 1), date(2021, 12, 31), "2021"),
        (date(2023, 9, 1), date(2026, 6, 30), "september 2023 – juni 2026"),
        (date(2024, 2, 1), date(2024, 2, 29), "februari 2024"),
        (date(2024, 2, 1), date(2024, 2, 28), "1 februari 2024 – 28 februari 2024"),
        (date(2026, 3, 27), date(2026, 5, 7), "27 maart 2026 – 7 mei 2026"),
        (date(2027, 1, 1), None, "vanaf 2027"),
        (date(2027, 5, 1), None, "vanaf mei 2027"),
        (date(2027, 5, 3), None, "vanaf 3 mei 2027"),
        (date(2026, 5, 3), date(9999, 12, 31), "3 mei 2026 – 31 december 9999"),
    ],
)
def test_period_reads_as_precise_as_it_was_typed(soup, project, start, end, words):
    make.ProjectPhaseFactory(project=project, start=start, end=end)
    page = soup(project.get_url())
    assert page.select_one(".gp-phase__dates").get_text(strip=True) == words


def test_database_refuses_a_phase_that_ends_before_it_begins(project):
    with pytest.raises(IntegrityError), transaction.atomic():
        make.ProjectPhaseFactory(project=project, start=date(2026, 2, 1), end=date(2026, 1, 1))


def test_database_refuses_a_stopped_project_without_reason(project):
    with pytest.raises(IntegrityError), transaction.atomic():
        ProjectPage.objects.filter(pk=project.pk).update(status="gestopt")


def test_delayed_project_gives_its_reason(soup, north):
    page = make.ProjectPageFactory(
        parent=north, status="vertraagd", status_reason="Er zitten vleermuizen in de brug."
    )
    text = soup(page.get_url()).find("main").get_text(" ")
    assert "Vertraagd" in text
    assert "Er zitten vleermuizen in de brug." in text


def test_documents_show_kind_size_and_date(soup, project):
    make.ProjectDocumentFactory(project=project, title="Tekening van de brug")
    link = soup(project.get_url()).select_one(".gp-downloads a")
    text = " ".join(link.get_text(" ").replace("\xa0", " ").split())
    assert text == "Tekening van de brug (pdf, 2,0 KB) 1 maart 2026"
    assert link["href"].startswith("/documenten/")


def test_news_is_newest_first_and_waits_for_its_day(soup, project, on_day):
    on_day("2026-06-01 12:00")
    make.ProjectNewsFactory(project=project, title="Eerste bericht", date=date(2026, 1, 5))
    make.ProjectNewsFactory(project=project, title="Bericht van vandaag", date=date(2026, 6, 1))
    make.ProjectNewsFactory(project=project, title="Nog geheim", date=date(2026, 6, 2))
    headings = soup(project.get_url()).select("#nieuws .gp-timeline__title")
    assert [heading.get_text() for heading in headings] == ["Bericht van vandaag", "Eerste bericht"]
    home = soup("/")
    assert "Bericht van vandaag" in home.get_text()
    assert "Nog geheim" not in home.get_text()
    link = home.find("a", string="Bericht van vandaag")["href"]
    address, anchor = link.split("#")
    assert soup(address).find(id=anchor)


def test_project_lists_its_agenda_items(soup, north, project):
    agenda = make_areas.AgendaPageFactory(parent=north)
    linked = make_areas.AgendaItemPageFactory(parent=agenda, project=project)
    other = make_areas.AgendaItemPageFactory(parent=agenda)
    text = soup(project.get_url()).find("main").get_text(" ")
    assert linked.title in text
    assert other.title not in text


def test_line_through_two_areas_shows_in_both(soup, areas):
    road = make.ProjectPageFactory(
        parent=areas["hoofddorp-zuidwest"], title="Weg om de Zuid", geometry=make.ROAD
    )
    for slug in ("hoofddorp-zuidwest", "nieuw-vennep"):
        assert "Weg om de Zuid" in soup(f"/{slug}/").find("main").get_text()
    assert "Weg om de Zuid" not in soup("/haarlemmermeer-noord/").find("main").get_text()
    tags = soup(road.get_url()).select(".gp-tags a")
    assert {tag.get_text() for tag in tags} == {"Hoofddorp-Zuidwest", "Nieuw-Vennep"}


@pytest.mark.parametrize("geometry", [make.ROAD, make.SITE, make.MARKET])
def test_layer_draws_what_the_editor_drew(client, north, geometry):
    page = make.ProjectPageFactory(parent=north, geometry=geometry)
    answer = client.get("/kaart/lagen/projecten.geojson").json()
    (feature,) = answer["features"]
    assert feature["geometry"]["type"] == geometry.geom_type
    assert feature["properties"]["url"] == page.get_url()
    assert feature["properties"]["status"] == "gestart"


def test_list_and_layer_agree_on_every_filter(client, soup, areas):
    north, west = areas["haarlemmermeer-noord"], areas["haarlemmermeer-west"]
    make.ProjectPageFactory(parent=north, title="Brug", status="klaar", geometry=make.SITE)
    make.ProjectPageFactory(parent=north, title="Plein", summary="Bomen", place_name="Lijnden")
    make.ProjectPageFactory(parent=west, title="Fietspad", status="gepland")
    for filters, expected in [
        ({}, {"Brug", "Plein", "Fietspad"}),
        ({"gebied": "haarlemmermeer-noord"}, {"Brug", "Plein"}),
        ({"gebied": "haarlemmermeer-west"}, {"Fietspad"}),
        ({"status": "klaar"}, {"Brug"}),
        ({"q": "bomen"}, {"Plein"}),
        ({"q": "lijnden"}, {"Plein"}),
        ({"gebied": "haarlemmermeer-noord", "status": "gestart", "q": "plein"}, {"Plein"}),
        ({"q": "niets"}, set()),
    ]:
        assert set(titles(soup("/projecten/", filters))) == expected
        layer = client.get("/kaart/lagen/projecten.geojson", filters).json()["features"]
        assert {feature["properties"]["title"] for feature in layer} == expected


def test_list_starts_with_what_goes_on(soup, north):
    for title, status in [("A klaar", "klaar"), ("B gepland", "gepland"), ("C bezig", "gestart")]:
        make.ProjectPageFactory(parent=north, title=title, status=status)
    assert titles(soup("/projecten/")) == ["C bezig", "B gepland", "A klaar"]


def test_list_names_the_phase_of_today(soup, project, on_day):
    make.ProjectPhaseFactory(project=project, name="Samen plannen maken")
    on_day("2026-05-01 12:00")
    assert "Samen plannen maken" in soup("/projecten/").find("main").get_text()
    on_day("2027-05-01 12:00")
    assert "Samen plannen maken" not in soup("/projecten/").find("main").get_text()


def test_drafts_and_closed_projects_are_nowhere(client, soup, north, project):
    project.unpublish()
    make.ProjectNewsFactory(project=project, title="Bericht van een concept")
    assert client.get("/haarlemmermeer-noord/brug/").status_code == 404
    for address in ("/", "/projecten/", "/haarlemmermeer-noord/"):
        text = soup(address).get_text()
        assert "Brug over de Ringvaart" not in text
        assert "Bericht van een concept" not in text
    assert client.get("/kaart/lagen/projecten.geojson").json()["features"] == []


def test_project_behind_a_password_shows_nowhere(client, soup, areas, project):
    """Also where the password is on the area above; a neighbour stays visible."""
    other = make.ProjectPageFactory(parent=areas["haarlemmermeer-west"], title="Open project")
    make.ProjectNewsFactory(project=project, title="Bericht achter slot")
    restriction = PageViewRestriction.objects.create(
        page=areas["haarlemmermeer-noord"], restriction_type="password", password="geheim"
    )
    assert titles(soup("/projecten/")) == ["Open project"]
    features = client.get("/kaart/lagen/projecten.geojson").json()["features"]
    assert [feature["id"] for feature in features] == [other.pk]
    assert "Bericht achter slot" not in soup("/").get_text()
    restriction.delete()
    assert len(titles(soup("/projecten/"))) == 2


@pytest.mark.parametrize(
    "query",
    [
        {"gebied": "atlantis"},
        {"status": "' OR 1=1 --"},
        {"q": "x" * 101},
        {"pagina": "min-een"},
        {"pagina": "0"},
        {"gebied": "<script>alert(1)</script>"},
    ],
)
def test_wrong_filter_shows_the_error_and_all_projects(soup, project, query):
    page = soup("/projecten/", query, status=400)
    assert page.select_one(".gp-error-summary")
    assert titles(page) == ["Brug over de Ringvaart"]
    assert "<script>alert(1)" not in str(page.find("main"))


def test_page_number_beyond_the_end_gives_the_last_page(soup, project):
    assert titles(soup("/projecten/", {"pagina": "999"})) == ["Brug over de Ringvaart"]


def test_hostile_html_of_an_editor_is_shown_as_text(client, north):
    hostile = "<img src=x onerror=alert(1)>"
    page = make.ProjectPageFactory(
        parent=north,
        title=hostile,
        summary=hostile,
        decided=hostile,
        place_name=hostile,
        geometry=make.SITE,
    )
    for address in (page.get_url(), "/projecten/", "/"):
        assert hostile not in client.get(address).content.decode()


def test_project_moves_what_lies_below_it_without_a_place_of_its_own(north):
    project = make.ProjectPageFactory(parent=north, geometry=make.SITE)
    office_hour = make.OfficeHourPageFactory(parent=project)
    office_hour.refresh_from_db()
    assert project.geometry.contains(office_hour.map_geometry)
    project = ProjectPage.objects.get(pk=project.pk)
    project.geometry = Point(4.76, 52.31, srid=4326)
    project.save()
    office_hour.refresh_from_db()
    assert office_hour.map_geometry.equals_exact(project.geometry, 1e-9)


def test_page_lists_coming_office_hours_below_it_and_linked_to_it(soup, project, north, on_day):
    on_day("2026-11-01 12:00")
    below = make.OfficeHourPageFactory(parent=project, title="Inloop in het dorpshuis")
    linked = make.OfficeHourPageFactory(parent=north, title="Op de markt", project=project)
    past = make.OfficeHourPageFactory(parent=project, title="Al geweest")
    for page in (below, linked):
        make.OfficeHourMomentFactory(office_hour=page, date=date(2026, 12, 1))
        page.save()
    make.OfficeHourMomentFactory(office_hour=past, date=date(2026, 10, 1))
    past.save()
    text = soup(project.get_url()).select_one("#meedoen").get_text(" ")
    assert "Inloop in het dorpshuis" in text
    assert "Op de markt" in text
    assert "dinsdag 1 december, 10.00 – 12.00 uur" in text
    assert "Al geweest" not in text


def test_english_interface_keeps_the_content_dutch(soup, project):
    page = soup(f"/en{project.get_url()}")
    assert page.html["lang"] == "en"
    assert page.find("h1")["lang"] == "nl"


def fill(area, number):
    for count in range(number):
        project = make.ProjectPageFactory(parent=area, geometry=make.SITE)
        make.ProjectPhaseFactory(project=project)
        make.ProjectNewsFactory(project=project, title=f"Bericht {count}")


def test_queries_do_not_grow_with_projects(client, north, project):
    addresses = [
        "/projecten/",
        "/projecten/?gebied=haarlemmermeer-noord&status=gestart&q=brug",
        "/",
        "/haarlemmermeer-noord/",
        "/haarlemmermeer-noord/brug/",
    ]
    fill(north, 5)
    few = queries_by_address(client, addresses)
    fill(north, 25)
    assert queries_by_address(client, addresses) == few
    assert max(few.values()) <= 25


def test_queries_of_a_full_project_page_stay_the_same(
    client, north, project, django_assert_max_num_queries
):
    agenda = make_areas.AgendaPageFactory(parent=north)
    theme = make_areas.ThemeFactory()

    def add(number):
        for _ in range(number):
            make.ProjectNewsFactory(project=project)
            make.ProjectDocumentFactory(project=project)
            make_areas.AgendaItemPageFactory(parent=agenda, project=project, theme=theme)
            office_hour = make.OfficeHourPageFactory(parent=project)
            make.OfficeHourSeriesFactory(office_hour=office_hour)
            office_hour.save()

    add(2)
    Site.clear_site_root_paths_cache()
    with django_assert_max_num_queries(25) as few:
        client.get(project.get_url())
    add(15)
    Site.clear_site_root_paths_cache()
    with django_assert_max_num_queries(len(few)):
        client.get(project.get_url())


def test_separate_places_stand_in_a_list_and_on_the_map(client, soup, areas):
    """A project of several places counts in each of their areas, without a drawing of its own."""
    home = areas["haarlemmermeer-west"]
    project = make.ProjectPageFactory(parent=home, title="Speelplekken", slug="speelplekken")
    make.ProjectPlaceFactory(project=project, name="Speelplek Lijnden")
    make.ProjectPlaceFactory(project=project, name="Speelweg", geometry=make.ROAD, text="")
    ProjectPage.objects.get(pk=project.pk).save()

    page = soup(project.get_url())
    names = [heading.get_text() for heading in page.select("li[id^=plek-] h3")]
    assert names == ["Speelplek Lijnden", "Speelweg"]
    config = json.loads(page.find(id="projectkaart-config").string)
    features = config["layers"][1]["data"]["features"]
    assert [feature["properties"]["title"] for feature in features] == names
    assert features[0]["properties"]["url"] == f"{project.get_url()}#plek-1"
    (drawn,) = client.get("/kaart/lagen/projecten.geojson").json()["features"]
    assert [part["type"] for part in drawn["geometry"]["geometries"]] == ["Point", "LineString"]
    tags = {tag.get_text() for tag in page.select(".gp-tags a")}
    assert tags == {
        "Haarlemmermeer-West",  # where it lives
        "Haarlemmermeer-Noord",
        "Hoofddorp-Zuidwest",
        "Nieuw-Vennep",
    }
