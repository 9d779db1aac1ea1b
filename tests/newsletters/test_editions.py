"""An edition as a page: archive, map, search, editing with all that Wagtail brings."""

import json
from datetime import date, timedelta
from io import StringIO

import pytest
from django.contrib.auth.models import Group
from django.contrib.gis.geos import Point
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry

from newsletters.models import NewsletterPage
from tests.factories import newsletters as make
from tests.factories import pages
from tests.factories.newsletters import block, body

pytestmark = pytest.mark.django_db
ARCHIVE = "/nieuwsbrieven/"


def queries(client, path) -> int:
    with CaptureQueriesContext(connection) as found:
        assert client.get(path).status_code == 200
    return len(found)


# --- The archive


def test_the_archive_shows_what_is_public_newest_first(client, north):
    make.NewsletterPageFactory(parent=north, title="Oud nieuws", date=date(2025, 1, 5))
    make.NewsletterPageFactory(parent=north, title="Vers nieuws", date=date(2026, 10, 5))
    make.NewsletterPageFactory(parent=north, title="Nog geheim", live=False)
    content = client.get(ARCHIVE).content.decode()
    assert content.index("Vers nieuws") < content.index("Oud nieuws")
    assert "Nog geheim" not in content
    assert "2 nieuwsbrieven" in content
    assert "5 oktober 2026" in content


def test_the_archive_of_an_area_holds_what_is_made_drawn_or_sent_there(client, north, west):
    make.NewsletterPageFactory(parent=west, title="Van West")
    make.NewsletterPageFactory(parent=north, title="Aan West", to=[west])
    make.NewsletterPageFactory(parent=north, title="Over West", geometry=pages.middle(west))
    make.NewsletterPageFactory(parent=north, title="Alleen Noord", to=[north])
    content = client.get(f"{ARCHIVE}?gebied={west.slug}").content.decode()
    for title in ("Van West", "Aan West", "Over West"):
        assert title in content
    assert "Alleen Noord" not in content
    assert f"/nieuwsbrieven/aanmelden/?gebied={west.slug}" in content


def test_the_archive_goes_page_by_page_and_keeps_the_filter(client, north):
    for _ in range(14):
        make.NewsletterPageFactory(parent=north)
    first = client.get(f"{ARCHIVE}?gebied={north.slug}").content.decode()
    assert first.count('class="gp-teaser__title"') == 12
    assert f"gebied={north.slug}&amp;pagina=2" in first
    second = client.get(f"{ARCHIVE}?gebied={north.slug}&pagina=2").content.decode()
    assert second.count('class="gp-teaser__title"') == 2


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("gebied=bestaat-niet", "Dit gebied kennen we niet"),
        ("gebied=%3Cscript%3E", "Dit gebied kennen we niet"),
        ("gebied=%00", "Null-tekens zijn niet toegestaan"),
        ("pagina=x", "Dit paginanummer bestaat niet"),
        ("pagina=-1", "Dit paginanummer bestaat niet"),
        ("pagina=99999999999999999999", "Dit paginanummer bestaat niet"),
    ],
)
def test_a_wrong_filter_is_told_and_shows_all(client, edition, query, message):
    response = client.get(f"{ARCHIVE}?{query}")
    content = response.content.decode()
    assert response.status_code == 400
    assert message in content
    assert "<title>Fout: " in content
    assert edition.title in content
    assert "<script>x" not in content


def test_an_empty_archive_shows_the_way_on(client, home):
    assert "Er is hier nog geen nieuwsbrief" in client.get(ARCHIVE).content.decode()


def test_the_archive_takes_no_more_queries_for_more_editions(client, north, west):
    make.NewsletterPageFactory(parent=north, to=[north, west])
    client.get(ARCHIVE)
    few = queries(client, ARCHIVE)
    for _ in range(11):
        make.NewsletterPageFactory(parent=north, to=[north, west])
    assert queries(client, ARCHIVE) == few
    assert few <= 12


# --- The page


def rich_body(count: int, *, item, area) -> str:
    linked = f'<p>Lees <a linktype="page" id="{area.pk}">meer</a>.</p>'
    blocks = []
    for number in range(count):
        blocks += [
            block("heading", {"text": f"Kop {number}", "level": "h2"}),
            block("text", linked),
            block("agenda_item", {"page": item.pk, "text": ""}),
            block("page", {"page": area.pk, "text": "Eigen woorden"}),
            block("button", {"text": "Kijk", "page": area.pk, "url": ""}),
            block("quote", {"text": "Mooi zo.", "source": "Een bewoner"}),
            block("divider", None),
        ]
    return body(*blocks)


@pytest.fixture
def item(north):
    agenda = pages.AgendaPageFactory(parent=north)
    return pages.AgendaItemPageFactory(parent=agenda, title="Zebrapad", place_name="Marktplein")


def test_the_page_shows_every_kind_of_block(client, north, item):
    edition = make.NewsletterPageFactory(
        parent=north, body=rich_body(1, item=item, area=north), to=[north]
    )
    content = client.get(edition.url).content.decode()
    assert "<h2>Kop 0</h2>" in content
    assert f'<a href="{north.url}">meer</a>' in content
    assert "Zebrapad" in content
    assert "Gestart" in content
    assert "Marktplein" in content
    assert "Eigen woorden" in content
    assert "Mooi zo." in content
    assert "<hr>" in content
    assert "2 november 2026" in content
    assert f"{edition.url}pdf/" in content


def test_the_page_takes_no_more_queries_for_more_blocks(client, north, item):
    short = make.NewsletterPageFactory(
        parent=north, body=rich_body(1, item=item, area=north), to=[north]
    )
    long = make.NewsletterPageFactory(
        parent=north, body=rich_body(20, item=item, area=north), to=[north]
    )
    client.get(short.url)
    assert queries(client, short.url) == queries(client, long.url) <= 25


def test_what_was_hidden_or_removed_since_is_left_out(client, north, item):
    other = pages.AgendaItemPageFactory(parent=item.get_parent(), title="Verdwenen punt")
    edition = make.NewsletterPageFactory(
        parent=north,
        body=body(
            block("agenda_item", {"page": item.pk, "text": ""}),
            block("page", {"page": other.pk, "text": ""}),
            block("image", {"image": 999, "alt": "", "caption": ""}),
            block("button", {"text": "Weg", "page": item.pk, "url": ""}),
        ),
    )
    item.unpublish()
    other.delete()
    content = client.get(edition.url).content.decode()
    assert "Zebrapad" not in content
    assert "Verdwenen punt" not in content
    assert "Weg" not in content


def test_hostile_texts_are_shown_as_text(client, north):
    evil = "<script>alert(1)</script>"
    edition = make.NewsletterPageFactory(
        parent=north,
        title=evil,
        summary=evil,
        body=body(
            block("heading", {"text": evil, "level": "h2"}),
            block("quote", {"text": evil, "source": evil}),
            block("button", {"text": evil, "page": None, "url": 'https://example.nl/?a="><b'}),
        ),
    )
    content = client.get(edition.url).content.decode()
    assert evil not in content
    assert content.count("&lt;script&gt;") >= 5


def test_the_latest_editions_stand_on_home_and_on_the_area(client, home, north, west):
    make.NewsletterPageFactory(parent=north, title="Nieuws voor thuis", to=[north])
    for page, there in ((home, True), (north, True), (west, False)):
        content = client.get(page.url).content.decode()
        assert ("Nieuws voor thuis" in content) is there, page
        assert "/nieuwsbrieven/aanmelden/" in content


def test_the_main_menu_leads_to_the_archive(client, home):
    content = client.get("/").content.decode()
    assert 'href="/nieuwsbrieven/"' in content


# --- On the map


def test_an_edition_is_on_the_map_in_every_area_it_goes_to(client, north, west):
    make.NewsletterPageFactory(parent=north, title="Op de kaart", to=[north, west])
    answer = json.loads(client.get("/kaart/lagen/nieuwsbrieven.geojson").content)
    (feature,) = answer["features"]
    assert feature["properties"]["title"] == "Op de kaart"
    assert feature["geometry"]["type"] == "MultiPoint"
    points = [Point(*position, srid=4326) for position in feature["geometry"]["coordinates"]]
    for area in (north, west):
        assert any(area.geometry.contains(point) for point in points)
        found = client.get(f"/kaart/lagen/nieuwsbrieven.geojson?gebied={area.slug}").content
        assert len(json.loads(found)["features"]) == 1
    listed = client.get(f"/kaart/?laag=nieuwsbrieven&gebied={west.slug}").content.decode()
    assert "Op de kaart" in listed


def test_an_edition_drawn_somewhere_is_shown_there(client, north, west):
    point = pages.middle(west)
    make.NewsletterPageFactory(parent=north, to=[north], geometry=point)
    answer = json.loads(client.get("/kaart/lagen/nieuwsbrieven.geojson").content)
    assert answer["features"][0]["geometry"]["type"] == "Point"


def test_search_finds_words_inside_an_edition(client, north):
    make.NewsletterPageFactory(
        parent=north, title="Gevonden", body=body(block("text", "<p>De ooievaar is terug.</p>"))
    )
    call_command("update_index", verbosity=0, stdout=StringIO())
    assert "Gevonden" in client.get("/zoeken/?q=ooievaar").content.decode()


# --- Editing


def test_the_editor_previews_page_mail_and_text(login, area_manager, edition):
    client = login(area_manager)
    path = reverse("wagtailadmin_pages:view_draft", args=[edition.pk])
    assert "gp-masthead" in client.get(path).content.decode()
    html = client.get(f"{path}?mode=mail").content.decode()
    assert 'lang="nl"' in html
    assert "dit een voorbeeld is voor de redactie" in html
    assert "gp-masthead" not in html
    response = client.get(f"{path}?mode=text")
    assert response["Content-Type"].startswith("text/plain")
    assert "Licht bij de school" in response.content.decode()


def test_a_preview_while_editing_shows_what_is_typed(login, area_manager, north, edition):
    client = login(area_manager)
    path = reverse("wagtailadmin_pages:preview_on_edit", args=[edition.pk])
    data = {
        "title": "Net getypt",
        "slug": "net-getypt",
        "date": "2026-11-03",
        "body-count": "0",
        "to_areas": [north.pk],
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
    }
    assert json.loads(client.post(path, data).content)["is_valid"]
    assert "Net getypt" in client.get(f"{path}?mode=mail").content.decode()
    assert NewsletterPage.objects.get(pk=edition.pk).title != "Net getypt"


def test_an_edition_can_be_published_by_the_clock(client, area_manager, edition):
    edition.unpublish()
    edition.go_live_at = timezone.now() - timedelta(minutes=1)
    edition.save_revision(user=area_manager, approved_go_live_at=edition.go_live_at)
    assert client.get(edition.url).status_code == 404
    call_command("tick", only="publish-scheduled", stdout=StringIO())
    assert client.get(edition.url).status_code == 200


def test_a_writer_proposes_and_the_area_manager_approves(
    client, login, area_manager, make_user, north
):
    writers = Group.objects.get(name=f"Schrijvers {north.code}")
    writer = login(make_user("schrijver-noord", groups=[writers]))
    data = {
        "title": "Voorstel",
        "slug": "voorstel",
        "date": "2026-11-03",
        "to_areas": [north.pk],
        "body-count": "1",
        "body-0-deleted": "",
        "body-0-order": "0",
        "body-0-type": "quote",
        "body-0-id": "",
        "body-0-value-text": "Eindelijk licht bij de school.",
        "body-0-value-source": "",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        "action-submit": "1",
    }
    path = reverse("wagtailadmin_pages:add", args=["newsletters", "newsletterpage", north.pk])
    writer.post(path, data)
    edition = NewsletterPage.objects.get()
    assert not edition.live
    assert edition.area_ids == [north.pk]
    assert writer.get(f"/beheer/nieuwsbrieven/{edition.pk}/verzenden/").status_code == 404
    state = edition.workflow_states.get()
    assert state.status == "in_progress"
    manager = login(area_manager)
    approve = reverse(
        "wagtailadmin_pages:workflow_action",
        args=[edition.pk, "approve", state.current_task_state.pk],
    )
    manager.post(approve, {"comment": "Goed"})  # there one does not see who gets it
    assert not NewsletterPage.objects.get().live
    make.SubscriptionFactory(areas=[north])
    seen = manager.get(f"/beheer/nieuwsbrieven/{edition.pk}/verzenden/").context["progress"]
    manager.post(
        f"/beheer/nieuwsbrieven/{edition.pk}/goedkeuring/",
        {"besluit": "goedkeuren", "versie": seen.fingerprint},
    )
    assert client.get(NewsletterPage.objects.get().url).status_code == 200


def test_history_tells_who_changed_an_edition(login, area_manager, edition):
    edition.title = "Nieuwe kop"
    edition.save_revision(user=area_manager, log_action=True).publish(user=area_manager)
    path = reverse("wagtailadmin_pages:history", args=[edition.pk])
    content = login(area_manager).get(path).content.decode()
    assert "gebiedsmanager-noord" in content
    assert PageLogEntry.objects.filter(page=edition, user=area_manager).exists()


@pytest.mark.parametrize("field", ["subject", "preview_text"])
def test_a_line_break_in_the_subject_is_refused(login, area_manager, north, field):
    data = {
        "title": "Nieuws",
        "slug": "nieuws",
        "date": "2026-11-03",
        field: "Nieuws\r\nBcc: iedereen@example.nl",
        "body-count": "0",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        "action-publish": "1",
    }
    path = reverse("wagtailadmin_pages:add", args=["newsletters", "newsletterpage", north.pk])
    content = login(area_manager).post(path, data).content.decode()
    assert "Schrijf dit op één regel" in content
    assert not NewsletterPage.objects.exists()


def test_a_changed_edition_is_shown_at_once(client, settings, edition):
    settings.PAGE_CACHE_ENABLED = True
    assert edition.title in client.get(ARCHIVE).content.decode()
    edition.title = "Verbeterde kop"
    edition.save_revision().publish()
    assert "Verbeterde kop" in client.get(ARCHIVE).content.decode()
