"""What an edition tells of projects, surveys and office hours, and its map."""

import io
import json
from datetime import timedelta
from html import unescape

import pytest
from bs4 import BeautifulSoup
from django.contrib.contenttypes.models import ContentType
from django.contrib.gis.geos import Point
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from PIL import Image
from wagtail.models import Site

from newsletters.models import MapPicture, NewsletterPage
from newsletters.rendering.newsletter import render_mail
from tests.factories import newsletters as make
from tests.factories import pages, participation, surveys
from tests.factories.newsletters import block, body

from . import full

pytestmark = pytest.mark.django_db
MAP = block("map", {"title": "Waar gebeurt het?"})


def about(kind: str, page, text: str = "") -> dict:
    return block(kind, {"page": page.pk, "text": text})


def edition_of(area, *blocks) -> NewsletterPage:
    return make.NewsletterPageFactory(parent=area, to=[area], body=body(*blocks))


def told(client, edition) -> list[str]:
    """What the page tells of each page, in one line each."""
    soup = BeautifulSoup(client.get(edition.url).content, "html.parser")
    return [" ".join(entry.get_text(" ").split()) for entry in soup.select(".gp-told")]


def test_an_office_hour_tells_when_where_and_whether_to_book(client, north):
    hour = full.office_hour(north)
    over = full.office_hour(north, days=(-3,), title="Afgelopen spreekuur")
    edition = edition_of(
        north, about("office_hour", hour), about("page", hour), about("office_hour", over)
    )
    by_block, by_page, past = told(client, edition)
    moments = hour.occurrences.order_by("start")
    for label, moment in zip(("Volgende keer", "Daarna", "En dan"), moments, strict=False):
        assert f"{label} {moment.day_text}, {moment.time_text}" in by_block
    assert moments[3].day_text not in by_block
    assert "Afspraak U hoeft geen afspraak te maken." in by_block
    assert "Waar Marktplein 1, Badhoevedorp" in by_block
    assert "Bekijk alle momenten" in by_block
    assert by_page == by_block  # newsletters that were written before there was a block
    assert "Er is nu geen nieuw moment gepland." in past
    assert "Bekijk alle momenten" not in past


def test_a_survey_tells_what_one_can_do_now(client, north):
    now = timezone.now()
    states = {
        "planned": surveys.SurveyPageFactory(parent=north, planned=True),
        "open": surveys.SurveyPageFactory(parent=north),
        "by_links": surveys.SurveyPageFactory(parent=north, only_by_links=True),
        "closed": surveys.SurveyPageFactory(parent=north, closed=True),
        "told": surveys.SurveyPageFactory(
            parent=north,
            closed=True,
            outcome="<p>Er komt een kabelbaan.</p>",
            outcome_date=now.date(),
        ),
    }
    edition = edition_of(north, *(about("survey", survey) for survey in states.values()))
    lines = dict(zip(states, told(client, edition), strict=True))
    assert "Nog niet open" in lines["planned"]
    assert "Open vanaf" in lines["planned"]
    assert "Vul de enquête in" not in lines["planned"]
    assert "Open tot" in lines["open"]
    assert "Invullen duurt ongeveer" in lines["open"]
    assert "Vul de enquête in" in lines["open"]
    assert "Vul de enquête in" not in lines["by_links"]
    assert "Gesloten op" in lines["closed"]
    assert "Uitkomst uiterlijk op" in lines["closed"]
    assert "Uitkomst bekend" in lines["told"]
    assert "Lees wat er met de antwoorden gebeurt" in lines["told"]
    assert "Open tot" not in lines["told"]


def test_a_project_tells_its_phase_and_the_next_moment_to_take_part(client, north):
    quiet, busy = full.project(north), full.project(north, title="Nieuw park")
    later = timezone.now() + timedelta(days=9)
    surveys.SurveyPageFactory(parent=busy, title="Hoe groen?", closes_at=later)
    hidden = surveys.SurveyPageFactory(parent=quiet, title="Geheim", only_by_links=True)
    full.office_hour(north, days=(2,), title="Koffie in het park", project=busy)
    first, second = told(client, edition_of(north, about("project", quiet), about("page", busy)))
    assert "Nu Samen plannen maken (" in first
    assert "Waar Hoofdweg, Badhoevedorp" in first
    assert "Meedoen" not in first
    assert hidden.title not in first
    assert "Meedoen Koffie in het park, " in second  # over sooner than the survey
    assert "Bekijk hoe u meedoet" in second


def test_what_is_offline_or_behind_a_password_is_not_told(client, north):
    hour = full.office_hour(north)
    edition = edition_of(north, about("office_hour", hour), MAP)
    assert len(told(client, edition)) == 1
    hour.unpublish()
    assert told(client, edition) == []
    assert "<img" not in render_mail(edition).html  # nor on a map


def test_the_map_is_a_picture_with_a_list_and_is_drawn_once(client, north):
    zebra, hour = full.item(north), full.office_hour(north)
    places = participation.ProjectPageFactory(parent=north, title="Speelplekken", place_name="")
    participation.ProjectPlaceFactory(project=places)
    participation.ProjectPlaceFactory(project=places, geometry=Point(4.79, 52.35, srid=4326))
    places.save()
    whole_area = pages.AgendaItemPageFactory(parent=zebra.get_parent(), title="Overal")
    told_of = (zebra, hour, places, whole_area, zebra)
    edition = edition_of(north, *(about("page", page) for page in told_of), MAP)
    mail = render_mail(edition)
    soup = BeautifulSoup(mail.html, "html.parser")
    picture = soup.find("img")
    kept = MapPicture.objects.get()
    assert picture["src"].endswith(kept.url)
    with kept.file.open() as file:
        image = Image.open(io.BytesIO(file.read()))
    assert image.format == "PNG"
    assert image.size == (kept.width, kept.height) == (1200, kept.height)
    assert (int(picture["width"]), int(picture["height"])) == (600, round(kept.height / 2))
    assert len(image.getcolors()) > 10  # land, water, lines, numbers: it is not empty
    assert kept.file.size < 120_000
    assert "3 genummerde plekken" in picture["alt"]
    assert north.title in picture["alt"]
    listed = [(int(row["value"]), row.a.get_text()) for row in soup.find("ol").find_all("li")]
    assert listed == [(1, "Zebrapad"), (2, "Spreekuur op de markt"), (3, "Speelplekken")]
    assert "(op de kaart: 1)" in mail.text

    # Everybody and every face has the same picture, also after the edition was changed.
    page = BeautifulSoup(client.get(edition.url).content, "html.parser")
    assert page.select_one(".gp-figure img")["src"] == kept.url
    assert client.get(f"{edition.url}pdf/").status_code == 200
    edition.title = "Andere titel"
    edition.save_revision().publish()
    assert f'src="{picture["src"]}"' in render_mail(edition).html
    assert MapPicture.objects.get() == kept

    # What moves gets a new picture; the old one stays for the mails that point to it.
    zebra.geometry = Point(4.76, 52.31, srid=4326)
    zebra.save_revision().publish()
    assert picture["src"] not in render_mail(edition).html
    assert MapPicture.objects.count() == 2
    assert kept.file.storage.exists(kept.file.name)


@pytest.mark.parametrize("blocks", [1, 0], ids=["nothing-placed", "no-page-at-all"])
def test_without_places_there_is_no_map(north, blocks):
    nowhere = pages.AgendaItemPageFactory(parent=pages.AgendaPageFactory(parent=north))
    edition = edition_of(north, *([about("page", nowhere)] * blocks), MAP)
    mail = render_mail(edition)
    assert "<img" not in mail.html
    assert "Waar gebeurt het?" not in mail.html + mail.text
    assert not MapPicture.objects.exists()


def test_whatever_was_drawn_is_on_the_map(north):
    """Shapes that cross themselves, lie elsewhere, or fall on top of one another."""
    shapes = [
        "POLYGON((4.76 52.31, 4.80 52.35, 4.80 52.31, 4.76 52.35, 4.76 52.31))",
        "POLYGON((4.76 52.31, 4.84 52.31, 4.84 52.39, 4.76 52.31), (4.80 52.32, 4.82 52.32, "
        "4.82 52.34, 4.80 52.32))",
        "LINESTRING(4.2 52.0, 5.2 52.6)",
        "POINT(6.5 53.2)",
        *["POINT(4.784 52.339)"] * 12,
    ]
    agenda = pages.AgendaPageFactory(parent=north)
    items = [
        pages.AgendaItemPageFactory(parent=agenda, geometry=f"SRID=4326;{shape}")
        for shape in shapes
    ]
    edition = edition_of(north, *(about("agenda_item", item) for item in items), MAP)
    soup = BeautifulSoup(render_mail(edition).html, "html.parser")
    assert len(soup.find("ol").find_all("li")) == len(shapes)
    assert MapPicture.objects.get().file.size > 5_000


def test_queries_do_not_grow_with_what_is_told(client, north):
    def counted(times: int) -> int:
        projects = [full.project(north) for _ in range(times)]
        asked = [surveys.SurveyPageFactory(parent=page) for page in projects]
        hours = [full.office_hour(north, days=(3, 10)) for _ in range(times)]
        items = [full.item(north) for _ in range(times)]
        told_of = [
            *(about("project", page) for page in projects),
            *(about("survey", page) for page in asked),
            *(about("office_hour", page) for page in hours),
            *(about("agenda_item", page) for page in items),
        ]
        edition = edition_of(north, *told_of, MAP)
        render_mail(edition)  # draws the map
        Site.clear_site_root_paths_cache()
        ContentType.objects.clear_cache()
        edition = NewsletterPage.objects.get(pk=edition.pk)
        with CaptureQueriesContext(connection) as queries:
            mail = render_mail(edition)
        assert mail.html.count("Meedoen:") == times
        return len(queries)

    assert counted(1) == counted(6)


def test_the_editor_offers_the_blocks_and_shows_the_pdf(newsletter_editor, login, north):
    client = login(newsletter_editor)
    edition = edition_of(north, about("office_hour", full.office_hour(north)), MAP)
    form = unescape(client.get(f"/beheer/pages/{edition.pk}/edit/").content.decode())
    for label in ("Project", "Enquête", "Spreekuur", "Kaart"):
        assert f'"label": {json.dumps(label)}' in form, label
    assert '<option value="pdf"' in form  # in the preview
    assert "surveys.surveypage" in form  # a chooser of surveys only
