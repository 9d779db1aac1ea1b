"""The demo: loaded once, all or nothing, and every page of it worth showing."""

import gettext
import io
import re
from datetime import date
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.apps import apps
from django.conf import settings
from django.contrib.auth import authenticate, get_user_model
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, Site

from areas.agenda.models import AgendaItemPage, AgendaPage
from areas.models import AreaPage, Place
from newsletters.models import Delivery, Mailing, NewsletterPage, Subscription
from participation.demo.clock import Clock
from participation.demo.models import DemoLoad
from participation.demo.pictures.scenes import SCENES, painted
from participation.demo.services import load_demo
from participation.officehours.models import OfficeHourPage
from participation.projects.models import ProjectPage
from surveys.languages.state import progress
from surveys.models import Response, SurveyPage
from surveys.results import survey_results

MAIL_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
LISTS = ["/kaart/", "/projecten/", "/enquetes/", "/nieuwsbrieven/", "/spreekuren/", "/raden/"]
LOG_IN = re.compile(r"^  (\S+) +([a-z0-9]{4}-[a-z0-9]{4}-[a-z0-9]{4})  (.+)$", re.MULTILINE)


def load(**options) -> str:
    out = io.StringIO()
    call_command("load_demo", stdout=out, **options)
    return out.getvalue()


def files() -> set[str]:
    return {str(path) for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()}


def rows() -> dict[str, int]:
    """Number of rows of every model of the site."""
    return {model._meta.label: model._base_manager.count() for model in apps.get_models()}


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker):
    """The demo, loaded once for all tests here; gives what the command printed."""
    with django_db_blocker.unblock(), transaction.atomic():
        Site.clear_site_root_paths_cache()
        yield load()
        transaction.set_rollback(True)
        Site.clear_site_root_paths_cache()


@pytest.fixture
def visitor(demo, db):
    site = Site.objects.get()
    return Client(HTTP_HOST=site.hostname)


def test_every_page_of_the_sitemap_opens_with_at_most_26_queries(visitor):
    addresses = re.findall(r"<loc>([^<]+)</loc>", visitor.get("/sitemap.xml").content.decode())
    assert len(addresses) > 80
    paths = ["/" + address.split("/", 3)[3] for address in addresses] + LISTS

    def visit(path):
        Site.clear_site_root_paths_cache()
        with CaptureQueriesContext(connection) as queries:
            response = visitor.get(path)
        return response, queries

    for path in paths:
        response, queries = visit(path)
        if len(queries) > 26:  # the first one made sizes of pictures that nobody asked for yet
            response, queries = visit(path)
        assert response.status_code == 200, path
        assert len(queries) <= 26, path
        text = response.content.decode()
        assert "lorem" not in text.lower(), path
        for address in MAIL_ADDRESS.findall(text):
            assert address.endswith("example.nl"), (path, address)


def test_every_link_on_home_and_in_the_footer_leads_somewhere(visitor):
    page = BeautifulSoup(visitor.get("/").content, "html.parser")
    paths = {link["href"] for link in page.select("a[href^='/']")}
    assert {"/contact/", "/toegankelijkheid/", "/privacy/", "/cijfers/"} <= paths
    for path in paths:
        assert visitor.get(path, follow=True).status_code == 200, path


def test_second_load_says_it_is_there_and_changes_nothing(demo, db):
    before, before_files = rows(), files()
    assert "already there" in load()
    assert rows() == before
    assert files() == before_files


def test_each_log_in_that_was_shown_works_and_is_kept_nowhere(demo, db):
    shown = LOG_IN.findall(demo)
    assert len(shown) == 10
    for username, password, _role in shown:
        user = authenticate(None, username=username, password=password)
        assert user is not None, username
        assert user.email == f"{username}@example.nl"
        assert password not in str(list(get_user_model().objects.values()))


def test_manager_edits_the_own_area_only(demo, db, login):
    client = login(get_user_model().objects.get(username="gebiedsmanager-west"))
    own = AgendaItemPage.objects.get(title="Brug bij Beinsdorp opknappen")
    other = AgendaItemPage.objects.get(title="Minder zwaar verkeer door Halfweg")
    assert client.get(reverse("wagtailadmin_pages:edit", args=[own.pk])).status_code == 200
    assert client.get(reverse("wagtailadmin_pages:edit", args=[other.pk])).status_code in (302, 403)


def test_editors_edit_their_own_kind_in_every_area(demo, db, login):
    survey = SurveyPage.objects.first()
    newsletter = NewsletterPage.objects.first()
    for username, page, other in [
        ("enquetes", survey, newsletter),
        ("nieuwsbrieven", newsletter, survey),
    ]:
        client = login(get_user_model().objects.get(username=username))
        assert client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 200
        refused = client.get(reverse("wagtailadmin_pages:edit", args=[other.pk]))
        assert refused.status_code in (302, 403)


def test_six_areas_with_an_agenda_of_eight(demo, db):
    assert AreaPage.objects.count() == 6
    year = timezone.localdate().year
    for agenda in AgendaPage.objects.all():
        assert agenda.title == f"Gebiedsagenda {year}-{year + 1}"
        assert AgendaItemPage.objects.child_of(agenda).count() == 8
    assert AgendaItemPage.objects.filter(project__isnull=False).count() >= 5
    assert AgendaItemPage.objects.filter(geometry__isnull=True).count() == 0


def test_boundaries_hold_their_own_places_and_do_not_overlap(demo, db):
    areas = list(AreaPage.objects.all())
    assert sum(area.places.count() for area in areas) == Place.objects.count() == 45
    outlines = [area.geometry.transform(28992, clone=True) for area in areas]
    together = outlines[0]
    for outline in outlines[1:]:
        together = together.union(outline)
    assert sum(outline.area for outline in outlines) == pytest.approx(together.area, rel=1e-6)
    assert 150e6 < together.area < 300e6
    assert all("schets" in area.geometry_note for area in areas)


def test_line_projects_cross_areas(demo, db):
    road = ProjectPage.objects.get(slug="weg-om-de-zuid")
    assert {"Hoofddorp-Zuidwest"} < set(road.areas.values_list("title", flat=True))


def test_the_surveys_on_channels_and_playgrounds_are_whole(demo, visitor):
    channels = SurveyPage.objects.get(slug="contact-met-de-gemeente")
    assert "8 vragen" in visitor.get(channels.get_url()).content.decode()
    playground = SurveyPage.objects.get(slug="speelplekken")
    page = visitor.get(playground.get_url()).content.decode()
    for name in ("Schommel", "Glijbaan", "Wip", "Klimnet"):
        assert name in page
    assert page.count(".fill-400x300") == 4
    assert "js/map/point-input" in page
    english, arabic = progress(playground)
    assert english.is_complete
    assert 0 < arabic.missing < arabic.total / 3
    in_english = visitor.get(f"/en{playground.get_url()}").content.decode()
    assert "What should your playground look like?" in in_english
    assert "only available in Dutch" not in in_english
    for survey in (channels, playground):
        assert all(result.answered for result in survey_results(survey).questions)


def test_the_survey_on_channels_has_four_links(demo, visitor):
    channels = SurveyPage.objects.get(slug="contact-met-de-gemeente")
    links = channels.collectors.with_counts().order_by("response_count")
    assert {link.name for link in links} == {
        "Ondernemers", "Belangengroepen", "Digitaal panel", "Bewoners",
    }  # fmt: skip
    assert sum(link.response_count for link in links) == 140
    assert links[0].response_count >= 5
    assert links[3].name == "Bewoners"
    for link in links:
        expected = {"open": 200, "wachtwoord": 200, "uitnodiging": 403}[link.access]
        assert visitor.get(reverse("survey_via", args=[link.key])).status_code == expected
        assert link.access != "uitnodiging" or link.invited > link.response_count


def test_something_is_open_now_coming_and_done(demo, visitor):
    now = timezone.now()
    assert SurveyPage.objects.open_now(now).count() == 3
    assert SurveyPage.objects.upcoming(now).count() == 1
    assert SurveyPage.objects.closed(now).exclude(outcome="").count() == 1
    assert Response.objects.count() == 63 + 88 + 140 + 212
    assert OfficeHourPage.objects.coming(now=now).count() == 7
    text = visitor.get("/spreekuren/").content.decode()
    assert "Gaat niet door" in text
    assert "Verplaatst" in text
    for project in ProjectPage.objects.all():
        states = [phase.state() for phase in project.phases.all()]
        assert states.count("now") == 1, project.title


def test_one_newsletter_was_sent_and_one_is_a_draft(demo, db, mailoutbox):
    sent = Mailing.objects.get()
    assert sent.state == Mailing.State.DONE
    assert set(sent.deliveries.values_list("state", flat=True)) == {Delivery.State.ACCEPTED}
    assert NewsletterPage.objects.filter(live=False).count() == 1
    assert mailoutbox == []


@pytest.mark.one_database
def test_pictures_are_described_and_the_same_every_time(demo, db):
    images = list(get_image_model().objects.all())
    assert len(images) == len(SCENES)
    assert all(len(image.description) > 20 for image in images)
    assert {(image.width, image.height) for image in images} == {(1600, 900)}
    assert painted("polder") == painted("polder")


@pytest.mark.one_database
def test_documents_can_be_read_aloud(demo, db):
    documents = list(get_document_model().objects.all())
    assert documents
    for document in documents:
        with document.file.open() as file:
            root = PdfReader(file).trailer["/Root"]
            assert root["/MarkInfo"]["/Marked"]
            assert root["/Lang"] == "nl"


@pytest.mark.one_database
def test_reset_on_a_leap_day_removes_all_and_loads_anew(demo, db):
    Subscription.objects.create(email="iemand@example.nl")
    old = {name: password for name, password, _role in LOG_IN.findall(demo)}
    expected = rows()
    load_demo(reset=True, clock=Clock(date(2028, 2, 29)))
    found = rows()
    for label in ("areas.AreaPage", "projects.ProjectPage", "surveys.Response", "auth.User"):
        assert found[label] == expected[label], label
    assert found["newsletters.Subscription"] == expected["newsletters.Subscription"] - 1
    assert DemoLoad.objects.count() == 1
    user = get_user_model().objects.get(username="beheerder")
    assert not user.check_password(old["beheerder"])
    assert AgendaPage.objects.filter(title="Gebiedsagenda 2028-2029").count() == 6


DUTCH = re.compile(r"\b(de|het|een|van|voor|met|wij|niet|naar|bij|ook|zijn)\b", re.IGNORECASE)


def words_by_language(page: BeautifulSoup) -> dict[str, set[str]]:
    """The texts that a visitor can read or hear, by the language they are marked with."""
    found = {}
    for text in page.body.find_all(string=True):
        if text.strip() and text.parent.name not in {"script", "style"}:
            language = next(above["lang"] for above in text.parents if above.get("lang"))
            found.setdefault(language, set()).add(" ".join(text.split()))
    return found


@pytest.mark.one_database
def test_english_pages_mark_what_is_dutch_and_nothing_else(visitor):
    """WCAG 3.1.2: a screen reader changes its voice where the language changes."""
    catalogue = gettext.translation("django", settings.LOCALE_PATHS[0], ["en"])._catalog
    interface = {
        english for dutch, english in catalogue.items() if english != dutch and len(english) > 3
    }
    one_of_each = {type(page): page for page in Page.objects.live().public().specific()}
    paths = [page.get_url() for page in one_of_each.values() if page.get_url()]
    for path in [*paths, *LISTS]:
        page = BeautifulSoup(visitor.get(f"/en{path}").content, "html.parser")
        words = words_by_language(page)
        assert words["nl"] & interface == set(), path
        assert [text for text in words["en"] if len(DUTCH.findall(text)) > 1] == [], path
