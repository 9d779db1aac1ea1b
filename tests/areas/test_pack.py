"""The pack of a council: what is in it, on the web and as PDF/UA, and who may see it."""

import io
import socket
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.contrib.gis.geos import GEOSGeometry, MultiPoint, Point
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from pypdf import PdfReader
from wagtail.users.models import UserProfile

from areas import digest
from areas.agenda.models import AgendaAction
from areas.councils.models import ActionPoint, AgendaPoint, CouncilMeeting
from areas.digest import Audience, Entry, Found, Scope, Source
from areas.pack.building import build_pack
from areas.pack.rendering import render_html, render_pdf
from newsletters.services import ensure_editor_group
from tests.factories import history, pages, participation
from tests.factories.history import days, moment
from tests.queries import queries_by_address

pytestmark = pytest.mark.django_db
MEETING = "wagtailsnippets_councils_councilmeeting"


@pytest.fixture
def council(north):
    return pages.CouncilFactory(area=north, name="Dorpsraad Noord", slug="dorpsraad-noord")


@pytest.fixture
def manager(login, area_manager):
    return login(area_manager)


def web(council) -> str:
    return reverse("pack", args=[council.pk])


def paper(council) -> str:
    return reverse("pack_pdf", args=[council.pk])


def read(client, council, **query) -> BeautifulSoup:
    response = client.get(web(council), query)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def part(soup, name: str) -> str:
    """The words of one part of the pack."""
    return " ".join(soup.find("section", {"aria-labelledby": name}).text.split())


def pdf(client, council, **query) -> PdfReader:
    response = client.get(paper(council), query)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/pdf"
    return PdfReader(io.BytesIO(response.content))


def text_of(reader: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text().split()) for page in reader.pages)


def elements(element):
    """All structure elements below one, in reading order."""
    children = element.get("/K", [])
    for child in children if isinstance(children, list) else [children]:
        child = child.get_object() if hasattr(child, "get_object") else child
        if isinstance(child, dict):
            if "/S" in child:
                yield child
            yield from elements(child)


def outline(entries, depth=1) -> list[tuple[int, str]]:
    """(depth, title) of the bookmarks."""
    found = []
    for entry in entries:
        if isinstance(entry, list):
            found += outline(entry, depth + 1)
        else:
            found.append((depth, entry.title))
    return found


def test_one_click_from_the_council_and_from_its_meetings(manager, council):
    meeting = history.meeting_of(council, day=3)
    for address in (
        reverse("wagtailsnippets_councils_council:edit", args=[council.pk]),
        reverse("wagtailsnippets_councils_council:list"),
        reverse(f"{MEETING}:edit", args=[meeting.pk]),
        reverse(f"{MEETING}:list"),
    ):
        soup = BeautifulSoup(manager.get(address).content, "html.parser")
        link = soup.find("a", href=web(council))
        assert link is not None, address
        assert "Overzicht voor de raad" in link.text
    soup = read(manager, council)
    assert soup.find("a", href=paper(council)) is not None


def test_what_is_in_it(manager, north, council):
    middle = pages.middle(north)
    last = history.meeting_of(council, day=-30)
    ActionPoint.objects.create(
        meeting=last, text="De lamp maken", owner="Team Beheer", due_date=days(-1)
    )
    ActionPoint.objects.create(meeting=last, text="Al klaar", owner="X", done_on=days(-2))
    coming = history.meeting_of(council, day=12, place_name="Café De Brug")
    AgendaPoint.objects.create(meeting=coming, title="De drempel bij de school")
    history.meeting_of(council, day=-2, cancelled=True)
    theme = pages.ThemeFactory(name="Verkeer")
    item = history.item_of(
        north, title="Zebrapad", theme=theme, geometry=middle, last_published_at=moment(-90)
    )
    AgendaAction.objects.create(item=item, text="Tekenen", status="klaar")
    AgendaAction.objects.create(item=item, text="Bouwen", status="open")
    pages.ProgressUpdateFactory(item=item, date=days(-40), text="Van voor het overleg.")
    history.changed(item, ago=3, old="gepland", new="vertraagd", reason="Het regent.")
    hour = participation.OfficeHourPageFactory(parent=north, title="Spreekuur bij de markt")
    participation.OfficeHourMomentFactory(office_hour=hour, date=days(5))
    participation.OfficeHourMomentFactory(office_hour=hour, date=days(6))
    history.publish(hour)
    soup = read(manager, council)
    assert soup.h1.text == "Overzicht voor Dorpsraad Noord"
    short = part(soup, "kort")
    assert "Café De Brug" in short
    assert "De drempel bij de school" in short
    assert "1 agendapunt, samen 50% klaar" in short
    changed = part(soup, "veranderd")
    assert "sinds het laatste overleg" in changed
    assert (
        "Agendapunt gewijzigd (Vertraagd)Status: van Gepland naar VertraagdReden: Het regent."
        in changed
    )
    assert "Van voor het overleg." not in changed
    progress = part(soup, "voortgang")
    assert "Verkeer Dit thema: 50%" in progress
    assert "50% (1 van 2 acties klaar)" in progress
    waiting = part(soup, "open")
    assert "De lamp maken" in waiting
    assert "Wie: Team Beheer" in waiting
    assert "Al klaar" not in waiting
    ahead = part(soup, "straks")
    assert "Spreekuur bij de markt" in ahead
    assert "Daarna nog 1 keer in deze periode." in ahead
    assert ahead.count("Dorpsraad Noord") == 1


def test_the_same_thing_has_the_same_number_on_the_map_and_in_the_lists(manager, north, council):
    middle = pages.middle(north)
    for number in range(3):
        near = Point(middle.x + number * 0.00001, middle.y, srid=4326)
        item = history.item_of(north, title=f"Punt {number}", geometry=near)
        pages.ProgressUpdateFactory(item=item, date=days(-1))
    history.item_of(north, title="Hele gebied")
    history.publish(participation.ProjectPageFactory(parent=north, title="Brug", geometry=middle))
    soup = read(manager, council)
    legend = {
        item.find_all("span")[-1].text: item.span.text
        for item in soup.select(".gp-pack__legend li")
    }
    assert legend == {"Punt 0": "1", "Punt 1": "2", "Punt 2": "3", "Brug": "4"}
    for heading in soup.select(".gp-entry h4"):
        link, number = heading.a, heading.select_one(".gp-map-number")
        expected = legend.get(link.text)
        assert (number.contents[-1] if number else None) == expected, link.text
    drawing = soup.select_one("svg.gp-drawn-map")
    assert [number.text for number in drawing.select(".gp-drawn-map__number")] == list("1234")
    assert "met 4 genummerde plekken" in drawing.title.text
    assert len(drawing.select("circle.gp-drawn-map__marker")) == 3
    assert len(drawing.select("rect.gp-drawn-map__marker")) == 1
    spots = [
        (float(c["cx"]), float(c["cy"])) for c in drawing.select("circle.gp-drawn-map__marker")
    ]
    for one in spots:  # they lie a metre apart, and yet can all be read
        assert all(abs(one[0] - x) + abs(one[1] - y) > 30 for x, y in spots if (x, y) != one)


def test_the_pdf_is_tagged_as_pdf_ua_and_can_be_found_through(manager, north, council):
    history.everything(north, council, times=3)
    history.meeting_of(council, day=-1)
    reader = pdf(manager, council, sinds=days(-60).isoformat())
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "nl"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata.title == "Overzicht voor Dorpsraad Noord"
    assert 'pdfuaid:part="1"' in root["/Metadata"].get_data().decode()
    found = list(elements(root["/StructTreeRoot"]))
    kinds = [element["/S"] for element in found]
    for kind in ("/H1", "/H2", "/H3", "/H4", "/P", "/L", "/LI", "/Figure", "/Link"):
        assert kind in kinds, kind
    figures = [element for element in found if element["/S"] == "/Figure"]
    assert len(figures) == 1
    assert "Kaart van waar Dorpsraad Noord voor opkomt, met" in figures[0]["/Alt"]
    bookmarks = outline(reader.outline)
    assert bookmarks[0] == (1, "Overzicht voor Dorpsraad Noord")
    chapters = [title for depth, title in bookmarks if depth == 2]
    assert chapters[:2] == ["In het kort", "Op de kaart"]
    assert chapters[3:6] == ["Hoe ver zijn we?", "Wat staat er nog open?", "Wat komt eraan?"]
    assert (3, "Gebiedsagenda") in bookmarks
    total = len(reader.pages)
    assert total > 2
    for number, page in enumerate(reader.pages, start=1):
        assert f"Bladzijde {number} / {total}" in " ".join(page.extract_text().split())


def test_the_contents_of_the_pdf_name_the_page_of_each_chapter(manager, north, council):
    history.everything(north, council, times=3)
    reader = pdf(manager, council, sinds=days(-60).isoformat())
    contents = " ".join(reader.pages[0].extract_text().split())
    starts = {
        title: reader.get_destination_page_number(entry) + 1
        for entry in reader.outline[1]
        if not isinstance(entry, list)
        for title in [entry.title]
    }
    for chapter in ("Op de kaart", "Hoe ver zijn we?", "Wat komt eraan?"):
        line = contents[contents.index(chapter) + len(chapter) :].replace(".", " ")
        assert int(line.split()[0]) == starts[chapter], chapter


def test_the_pdf_is_dutch_whatever_language_the_reader_works_in(manager, area_manager, council):
    UserProfile.objects.create(user=area_manager, preferred_language="en")
    assert read(manager, council).html["lang"] == "en"
    with translation.override("nl"):
        today = date_format(timezone.localdate())
    assert f"tot vandaag, {today}." in text_of(pdf(manager, council))


def test_the_pdf_fetches_nothing(manager, north, council, monkeypatch):
    history.item_of(
        north,
        title='<img src="https://spion.example.nl/a.png"><script>x</script>',
        geometry=pages.middle(north),
        summary="</style><link rel=stylesheet href=file:///etc/passwd>",
    )
    council.name = "Raad <b>&</b> \"co\" ]]> <image href='file:///etc/passwd'/>"
    council.save()

    def forbidden(*args, **kwargs):
        raise AssertionError("the PDF opened a connection")

    html = manager.get(web(council)).content.decode()
    assert "<script>x" not in html
    assert "<image" not in html
    cache.clear()
    monkeypatch.setattr(socket.socket, "connect", forbidden)
    document = render_pdf(council=council)
    assert b"root:" not in document.content
    reader = PdfReader(io.BytesIO(document.content))
    assert not reader.attachments
    assert "Raad <b>&</b>" in reader.metadata.title


def test_who_may_see_it(
    client, login, make_user, north, west, council, area_manager, administrator
):
    writer = make_user("schrijver", groups=[Group.objects.get(name=f"Schrijvers {north.code}")])
    neighbour = make_user("gebiedsmanager-west", groups=[west.manager_group])
    everywhere = make_user("nieuwsbrieven", groups=[ensure_editor_group()])
    nobody = make_user("niemand")
    for address in (web(council), paper(council)):
        assert login(area_manager).get(address).status_code == 200
        assert login(administrator).get(address).status_code == 200
        for other in (writer, neighbour, everywhere):
            assert login(other).get(address).status_code == 404, other
        assert login(nobody).get(address).status_code in (302, 403)
        answer = client.get(address)
        assert answer.status_code == 302
        assert answer.url.startswith("/beheer/login/")
    for name in ("pack", "pack_pdf"):
        assert login(administrator).get(reverse(name, args=[999_999])).status_code == 404
    assert web(council) not in login(neighbour).get("/beheer/").content.decode()
    council.area = west
    council.save()
    assert login(area_manager).get(web(council)).status_code == 404
    assert login(neighbour).get(paper(council)).status_code == 200


def test_it_is_kept_nowhere(manager, council):
    for address in (web(council), paper(council)):
        response = manager.get(address)
        assert "no-store" in response["Cache-Control"]
        assert "private" in response["Cache-Control"]
        assert manager.post(address).status_code == 405
    disposition = manager.get(paper(council))["Content-Disposition"]
    assert f'filename="overzicht-dorpsraad-noord-{timezone.localdate()}.pdf"' in disposition


def test_nothing_of_another_council(manager, north, council):
    other = pages.CouncilFactory(area=north, name="Wijkraad Buren")
    past = history.meeting_of(other, day=-3)
    ActionPoint.objects.create(meeting=past, text="Van de buren", owner="X")
    history.meeting_of(other, day=3, place_name="Bij de buren")
    pages.AgreementFactory(council=council, title="Besloten afspraak", date=days(-1))
    text = read(manager, council).main.text
    assert "Van de buren" not in text
    assert "Bij de buren" not in text
    assert "Wijkraad Buren" not in text
    assert "Besloten afspraak" not in text


def test_a_council_with_nothing_gets_a_sensible_pack(manager, north, council):
    soup = read(manager, council)
    assert "nog geen overleg op de site" in part(soup, "kort")
    assert "nog niet gepland" in part(soup, "kort")
    assert "Wat veranderde er sinds" in part(soup, "veranderd")
    assert "Er veranderde niets dat op de site staat." in part(soup, "veranderd")
    assert "Er staan hier nu geen agendapunten." in part(soup, "voortgang")
    assert "Er staat niets open." in part(soup, "open")
    assert "nog niets op de site" in part(soup, "straks")
    assert "Er staan geen losse plekken op." in soup.select_one("svg title").text
    north.geometry = None
    north.save()
    assert "Overzicht voor Dorpsraad Noord" in text_of(pdf(manager, council))


@pytest.mark.parametrize(
    "shape",
    [
        GEOSGeometry("POLYGON((4.76 52.31,4.80 52.35,4.80 52.31,4.76 52.35,4.76 52.31))", 4326),
        GEOSGeometry("LINESTRING(4.40 52.10,5.10 52.60)", 4326),
        MultiPoint(Point(4.78, 52.33), Point(4.79, 52.34), srid=4326),
        GEOSGeometry(
            "GEOMETRYCOLLECTION(POINT(4.78 52.33),LINESTRING(4.77 52.32,4.79 52.34))", 4326
        ),
        GEOSGeometry("LINESTRING(4.78 52.33,4.78 52.33)", 4326),
    ],
    ids=["crosses itself", "reaches far outside", "points", "collection", "line of no length"],
)
def test_whatever_was_drawn_is_on_the_map(manager, north, council, shape):
    history.item_of(north, title="Vreemde vorm", geometry=shape)
    drawing = read(manager, council).select_one("svg.gp-drawn-map")
    assert len(drawing.select(".gp-drawn-map__number")) == 1
    assert len(pdf(manager, council).pages) >= 2


@pytest.mark.parametrize("shape", ["POINT(4.78 52.33)", "LINESTRING(4.77 52.33,4.79 52.33)"])
def test_a_council_that_is_a_spot_or_a_line_has_a_map(manager, council, shape):
    council.geometry = GEOSGeometry(shape, 4326)
    council.save()
    assert read(manager, council).select_one(".gp-drawn-map__territory")["d"].startswith("M")


def test_sixty_numbers_at_one_spot_all_have_room(manager, north, council):
    spot = pages.middle(north)
    for number in range(65):
        history.item_of(north, title=f"Punt {number}", geometry=spot)
    drawing = read(manager, council).select_one("svg.gp-drawn-map")
    assert len(drawing.select(".gp-drawn-map__number")) == 60
    spots = [
        (float(c["cx"]), float(c["cy"])) for c in drawing.select("circle.gp-drawn-map__marker")
    ]
    assert len(set(spots)) == 60


def test_another_day_can_be_chosen(manager, north, council):
    history.meeting_of(council, day=-10)
    item = history.item_of(north, last_published_at=moment(-90))
    pages.ProgressUpdateFactory(item=item, date=days(-20), text="Voor het overleg.")
    assert "Voor het overleg." not in part(read(manager, council), "veranderd")
    since = days(-25).isoformat()
    soup = read(manager, council, sinds=since)
    assert "Voor het overleg." in part(soup, "veranderd")
    assert soup.find("a", href=f"{paper(council)}?sinds={since}") is not None
    assert "Voor het overleg." in text_of(pdf(manager, council, sinds=since))


@pytest.mark.parametrize("address", [web, paper])
@pytest.mark.parametrize(
    ("since", "message"),
    [("ooit", "Deze datum kennen wij niet."), ("2999-01-01", "Deze dag komt nog.")],
)
def test_a_wrong_day_is_told_with_the_pack_as_it_is_otherwise(
    manager, council, address, since, message
):
    response = manager.get(address(council), {"sinds": since})
    assert response.status_code == 400
    soup = BeautifulSoup(response.content, "html.parser")
    assert message in soup.main.text
    assert soup.find("input", {"name": "sinds"})["value"] == since
    assert soup.find("a", href=paper(council)) is not None


def test_items_of_an_agenda_that_is_over_count_only_where_there_is_no_newer(
    manager, north, council
):
    old = pages.AgendaPageFactory(parent=north, period_start=days(-900), period_end=days(-300))
    pages.AgendaItemPageFactory(parent=old, title="Uit de oude agenda")
    assert "Uit de oude agenda" in part(read(manager, council), "voortgang")
    new = pages.AgendaPageFactory(parent=north, period_start=days(-299), period_end=days(300))
    pages.AgendaItemPageFactory(parent=new, title="Uit de nieuwe agenda")
    progress = part(read(manager, council), "voortgang")
    assert "Uit de oude agenda" not in progress
    assert "Uit de nieuwe agenda" in progress


def test_queries_do_not_grow(manager, north, council):
    history.everything(north, council)
    addresses = [web(council), paper(council)]
    before = queries_by_address(manager, addresses)
    history.everything(north, council, times=5)
    cache.clear()
    assert queries_by_address(manager, addresses) == before
    assert max(before.values()) <= 65


class Whispers(Source):
    """Something that only the council itself may read, as its closed signals will be."""

    key = "whispers"
    label = "Signalen"
    order = 5

    def get_open(self, scope):
        if scope.own_council is None:
            return Found()
        entry = Entry(
            source=self.key,
            label="Signaal",
            at=days(4),
            title=f"Alleen voor {scope.own_council.name}",
            geometry=pages.middle(scope.own_council.area) if scope.with_geometry else None,
        )
        return Found((entry,) * min(scope.limit, 45), 45)


@pytest.fixture
def whispers():
    digest.register(Whispers)
    yield
    del digest._sources[Whispers.key]


def test_an_app_can_add_what_only_the_council_may_see(manager, client, council, whispers):
    waiting = part(read(manager, council), "open")
    assert waiting.startswith("Wat staat er nog open? Signalen")
    assert "Alleen voor Dorpsraad Noord" in waiting
    assert "En nog 5. Alles staat op de site." in waiting
    now = timezone.now()
    public = Scope(since=now - timedelta(days=9), until=now, council=council)
    assert not digest.still_open(public)
    assert digest.still_open(
        Scope(since=public.since, until=now, council=council, audience=Audience.COUNCIL)
    )
    with pytest.raises(ValueError, match="needs the council"):
        Scope(since=public.since, until=now, audience=Audience.COUNCIL)


def test_the_pack_can_be_shown_in_another_frame(council):
    html = render_html(build_pack(council=council))
    assert "<h1" not in html
    assert html.strip().startswith('<div class="gp-pack">')
    assert CouncilMeeting.objects.count() == 0
