"""The page "Wat veranderde er": what every kind of thing tells, to whom, and how it is asked."""

from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib.gis.geos import Point
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageViewRestriction, Site

from cms.models import SiteSettings
from tests.factories import history, newsletters, pages, participation, surveys
from tests.factories.history import days
from tests.queries import queries_by_address

URL = "/wat-veranderde/"


def read(client, status=200, **query):
    response = client.get(URL, query)
    assert response.status_code == status
    return BeautifulSoup(response.content, "html.parser")


def entries(soup) -> list[tuple[str, str]]:
    """(what happened, title) of each entry, in order."""
    return [
        (entry.select(".gp-entry__kind > span")[0].text, entry.h3.text.strip())
        for entry in soup.select(".gp-entry")
    ]


def words(soup) -> str:
    return " ".join(soup.main.text.split())


@pytest.fixture
def council(north):
    return pages.CouncilFactory(area=north, name="Dorpsraad Noord", slug="dorpsraad-noord")


def test_every_kind_of_thing_tells_what_happened_newest_first(client, north, council):
    history.everything(north, council)
    soup = read(client)
    found = entries(soup)
    assert {kind for kind, _title in found} == {
        "Nieuw agendapunt",
        "Agendapunt gewijzigd",
        "Voortgang",
        "Nieuw project",
        "Nieuws over project",
        "Project in nieuwe fase",
        "Enquête open",
        "Enquête gesloten",
        "Uitkomst van de enquête",
        "Verslag van het overleg",
        "Nieuwe werkafspraak",
        "Nieuw spreekuur",
        "Nieuwsbrief verschenen",
    }
    order = [time["datetime"] for time in soup.select(".gp-entry time")]
    assert order == sorted(order, reverse=True)
    text = words(soup)
    assert "Status: van Gepland naar Gestart" in text
    assert "De tekening is klaar en besproken met de dorpsraad." in text
    assert "Er komt een bank." in text
    assert "Haarlemmermeer-Noord" in text
    assert f"{len(found)} veranderingen" in text
    assert all(link["href"].startswith("/") for link in soup.select(".gp-entry h3 a"))


def test_what_was_published_together_is_one_change_with_its_reason_once(
    client, north, login, area_manager
):
    item = history.item_of(
        north,
        start_date=date(2026, 1, 1),
        end_date=date(2027, 1, 1),
        last_published_at=history.moment(-1),
    )
    item.start_date, item.end_date = date(2026, 2, 1), date(2027, 2, 1)
    item.change_reason = "De aannemer is <b>ziek</b>."
    item.save_revision(user=area_manager).publish()
    soup = read(client)
    one = soup.select(".gp-entry")[0]
    assert "Begin: van 1 januari 2026 naar 1 februari 2026" in one.text
    assert "Einde: van 1 januari 2027 naar 1 februari 2027" in one.text
    assert one.text.count("De aannemer is <b>ziek</b>.") == 1
    assert entries(soup) == [
        ("Agendapunt gewijzigd", item.title),
        ("Nieuw agendapunt", item.title),
    ]
    assert one.find("span", string="De aannemer is <b>ziek</b>.")["lang"] == "nl"


def test_a_note_that_all_still_holds_is_no_change(client, north, login, area_manager):
    item = history.item_of(north)
    login(area_manager).post(reverse("agenda_confirm", args=[item.pk]))
    assert item.ledger.filter(field="confirmed").exists()
    assert entries(read(client)) == [("Nieuw agendapunt", item.title)]


def test_only_what_everybody_may_see(client, north, council):
    hidden = history.item_of(north)
    hidden.unpublish()
    guarded = participation.ProjectPageFactory(parent=north, title="Achter slot")
    participation.ProjectNewsFactory(project=guarded, date=days(-1))
    surveys.SurveyPageFactory(parent=guarded, title="Ook achter slot")
    item = history.item_of(north, title="Punt achter slot")
    pages.ProgressUpdateFactory(item=item, date=days(-1))
    hour = history.publish(participation.OfficeHourPageFactory(parent=north))
    for page in (guarded, item, hour):
        PageViewRestriction.objects.create(page=page, restriction_type="login")
    history.meeting_of(council, day=-3, minutes="<p>Concept.</p>")
    pages.AgreementFactory(council=council, date=days(-1))  # closed
    history.changed(hidden, ago=1)
    later = history.publish(participation.ProjectPageFactory(parent=north, title="Plan"))
    participation.ProjectNewsFactory(project=later, date=days(1))
    newsletters.NewsletterPageFactory(parent=north, date=days(1))
    assert entries(read(client)) == [("Nieuw project", "Plan")]
    assert entries(read(client, raad=council.slug)) == [("Nieuw project", "Plan")]


def test_the_day_decides_what_is_shown(client, north):
    item = history.item_of(north, title="Oud punt")
    for ago in (2, 5, 40):
        pages.ProgressUpdateFactory(item=item, date=days(-ago), text=f"Bericht {ago}.")
    soup = read(client, sinds=days(-5).isoformat())
    assert "Bericht 2." in words(soup)
    assert "Bericht 5." in words(soup)
    assert "Bericht 40." not in words(soup)
    assert "Bericht 40." not in words(read(client))
    assert "Bericht 40." in words(read(client, sinds=days(-40).strftime("%d-%m-%Y")))
    assert f'value="{days(-5).isoformat()}"' in str(soup)


def test_by_area_and_theme(client, north, west):
    theme, other = pages.ThemeFactory(), pages.ThemeFactory()
    project = history.publish(participation.ProjectPageFactory(parent=north, title="Brug"))
    history.publish(participation.ProjectPageFactory(parent=north, title="Zonder punt"))
    history.item_of(north, title="Licht", theme=theme, project=project)
    history.item_of(north, title="Groen", theme=other)
    history.item_of(west, title="Elders", theme=theme)
    surveys.SurveyPageFactory(parent=north, title="Vraag")
    titles = {title for _kind, title in entries(read(client, gebied=north.slug))}
    assert titles == {"Brug", "Zonder punt", "Licht", "Groen", "Vraag"}
    soup = read(client, gebied=north.slug, thema=theme.slug)
    assert {title for _kind, title in entries(soup)} == {"Brug", "Licht"}
    assert "Bij een thema ziet u alleen agendapunten en projecten." in words(soup)


def test_of_a_council_what_lies_in_its_territory_since_its_last_meeting(client, north, council):
    middle = pages.middle(north)
    council.geometry = middle.buffer(0.002)
    council.save()
    history.meeting_of(council, day=-20)
    history.meeting_of(council, day=-5, cancelled=True)
    history.meeting_of(council, day=5)
    near = history.item_of(north, title="Dichtbij", geometry=middle)
    far = Point(middle.x + 0.02, middle.y, srid=4326)
    pages.ProgressUpdateFactory(
        item=history.item_of(north, title="Ver weg", geometry=far), date=days(-1)
    )
    for ago in (10, 30):
        pages.ProgressUpdateFactory(item=near, date=days(-ago), text=f"Bericht {ago}.")
    soup = read(client, raad=council.slug)
    assert {title for _kind, title in entries(soup)} == {"Dichtbij"}
    assert "Bericht 10." in words(soup)
    assert "Bericht 30." not in words(soup)
    assert "Sinds het overleg met Dorpsraad Noord op" in words(soup)
    asked = read(client, raad=council.slug, sinds=days(-30).isoformat())
    assert "Bericht 30." in words(asked)


def test_a_council_that_never_met_gets_the_usual_period(client, council):
    text = words(read(client, raad=council.slug))
    assert "Deze raad had nog geen overleg" in text
    assert "Er veranderde niets" in text


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ({"sinds": "gisteren"}, "Deze datum kennen wij niet. Schrijf hem zo: 31-12-2026."),
        ({"sinds": "9999-12-31"}, "Deze dag komt nog. Kies vandaag of een dag ervoor."),
        ({"sinds": "1066-10-14"}, "Kies een dag vanaf 1 januari 2000."),
        ({"sinds": "2026-13-45"}, "Deze datum kennen wij niet."),
        ({"raad": "<script>"}, "Deze raad kennen we niet. Kies er een uit de lijst."),
        ({"gebied": "x" * 5000}, "Dit gebied kennen we niet."),
        ({"thema": "\x00"}, "Nulltekens zijn niet toegestaan."),
        ({"thema": "bestaat-niet"}, "Dit thema kennen we niet."),
        ({"pagina": "0"}, "Dit paginanummer bestaat niet."),
        ({"pagina": "10000"}, "Zo ver terug kunt u niet bladeren. Kies een latere dag."),
    ],
)
def test_a_wrong_choice_is_told_and_stays_in_the_form(client, north, query, message):
    history.item_of(north, title="Toch te zien")
    soup = read(client, status=400, **query)
    if "\x00" not in "".join(query.values()):
        assert message in words(soup)
    assert "Toch te zien" in words(soup)
    if query.get("sinds"):
        assert soup.find("input", {"name": "sinds"})["value"] == query["sinds"]


def test_pages_hold_all_and_each_once(client, north):
    item = history.item_of(north)
    for number in range(47):
        pages.ProgressUpdateFactory(item=item, date=days(-(number % 20)), text=f"Bericht {number}.")
    seen = []
    for number in (1, 2, 3):
        soup = read(client, pagina=number, gebied=north.slug)
        seen += [entry.p.find_next("p").text for entry in soup.select(".gp-entry")]
        assert "48 veranderingen" in words(soup)
    assert len(seen) == len(set(seen)) == 48
    assert entries(read(client, pagina=9, gebied=north.slug)) == entries(
        read(client, pagina=3, gebied=north.slug)
    )


def test_more_than_can_be_turned_to_is_told(client, north):
    from areas.agenda.models import LedgerEntry

    item = history.item_of(north)
    now = timezone.now()
    LedgerEntry.objects.bulk_create(
        LedgerEntry(
            item=item, at=now - timedelta(minutes=n), author_role="x", field="goal",
            old=str(n), new=str(n + 1),
        )
        for n in range(1, 511)
    )  # fmt: skip
    soup = read(client, pagina=25)
    assert "511 veranderingen" in words(soup)
    assert "Er zijn nog 11 veranderingen van langer geleden." in words(soup)
    assert len(soup.select(".gp-entry")) == 20


def test_the_way_to_it_is_on_area_agenda_and_council(client, north, council):
    agenda = history.agenda_of(north)
    for page, link in (
        (north.url, f"{URL}?gebied={north.slug}"),
        (agenda.url, f"{URL}?gebied={north.slug}"),
        (council.get_absolute_url(), f"{URL}?raad={council.slug}"),
    ):
        assert f'href="{link}"' in client.get(page).content.decode(), page


def test_in_english_the_interface_is_english_and_links_stay_there(client, north):
    history.item_of(north)
    soup = BeautifulSoup(client.get(f"/en{URL}").content, "html.parser")
    assert soup.html["lang"] == "en"
    assert soup.select_one(".gp-entry h3 a")["href"].startswith("/en/")
    assert soup.select_one(".gp-entry h3 a")["lang"] == "nl"


def test_queries_do_not_grow(client, north, council):
    theme = pages.ThemeFactory()
    addresses = [
        f"{URL}?{query}&sinds={days(-60).isoformat()}"
        for query in ("", f"raad={council.slug}", f"gebied={north.slug}", f"thema={theme.slug}")
    ]
    history.everything(north, council)
    before = queries_by_address(client, addresses)
    history.everything(north, council, times=4)
    assert queries_by_address(client, addresses) == before
    assert max(before.values()) <= 36


def test_it_is_a_page_for_the_page_cache(client, north, settings):
    settings.PAGE_CACHE_ENABLED = True
    item = history.item_of(north, title="Eerste titel")
    assert "Eerste titel" in words(read(client))
    item.title = "Tweede titel"
    item.save_revision().publish()
    assert "Tweede titel" in words(read(client))
    response = client.get(URL)
    assert not response.cookies


def test_what_all_pages_share_is_kept_and_follows_changes(client, home, north, council, settings):
    settings.PAGE_CACHE_ENABLED = True
    pages.ContentPageFactory(parent=home, title="Over ons", slug="over-ons", show_in_menus=True)

    def shared(address: str) -> tuple[list[str], str, str]:
        """Councils to choose from, the page in the footer, and the telephone number."""
        soup = BeautifulSoup(client.get(address).content, "html.parser")
        councils = [option.text for option in soup.select("[name=raad] option[value!='']")]
        return councils, soup.select_one(".gp-footer__links a")["href"], soup.get_text()

    councils, link, _text = shared(f"{URL}?pagina=1")
    assert (councils, link) == ([council.name], "/over-ons/")
    assert shared(f"/en{URL}?pagina=1")[1] == "/en/over-ons/"
    council.active = False
    council.save()
    settings_of_site = SiteSettings.for_site(Site.objects.get())
    settings_of_site.phone = "0900 1852"
    settings_of_site.save()
    councils, link, text = shared(f"{URL}?pagina=1")
    assert (councils, link) == ([], "/over-ons/")
    assert "0900 1852" in text
