"""What every visitor and machine may ask of the site: search, errors, small files, languages."""

from datetime import UTC, datetime

import pytest
from bs4 import BeautifulSoup
from django.core.management import call_command
from django.test import Client

from tests.factories import pages as make


def results(client, query):
    page = BeautifulSoup(client.get("/zoeken/", {"q": query}).content, "html.parser")
    return page.find("main")


@pytest.fixture
def searchable(north):
    agenda = make.AgendaPageFactory(parent=north, title="Gebiedsagenda Noord")
    item = make.AgendaItemPageFactory(
        parent=agenda, title="Snelle fietsroute", summary="Een rood fietspad langs de vaart."
    )
    place = make.PlaceFactory(name="Zwanenburg", slug="zwanenburg")
    council = make.CouncilFactory(area=north, name="Dorpsraad Zwanenburg-Halfweg")
    call_command("update_index", verbosity=0)
    return item, place, council


def test_search_names_kind_and_area_of_each_hit(client, searchable):
    hit = results(client, "fietsroute").find("li")
    assert "Snelle fietsroute" in hit.get_text()
    assert "Agendapunt" in hit.get_text()
    assert "Haarlemmermeer-Noord" in hit.get_text()


def test_search_finds_places_and_councils(client, searchable):
    text = results(client, "zwanenburg").get_text()
    assert "Dorpsraad Zwanenburg-Halfweg" in text
    assert "Kern" in text


def test_search_without_result_helps_on(client, searchable):
    main = results(client, "xyzzy")
    assert "Niets gevonden" in main.get_text()
    assert main.find("a", href="/mijn-gebied/")
    assert "0900-1852" in main.get_text()


@pytest.mark.parametrize(
    "query",
    [
        "",
        "x" * 101,
        "<script>alert(1)</script>",
        '"',
        '"los',
        "'\">",
        "NEAR(",
        "*",
        "^a",
        "\x00",
        "' OR 1=1 --",
        "🚲",
    ],
)
def test_search_survives_any_words(client, searchable, query):
    response = client.get("/zoeken/", {"q": query})
    assert response.status_code == 200
    assert b"<script>alert(1)" not in response.content


def test_search_shows_no_drafts(client, searchable, north):
    make.ContentPageFactory(parent=north, title="Fietsroute in concept", live=False)
    call_command("update_index", verbosity=0)
    assert "Fietsroute in concept" not in results(client, "fietsroute").get_text()


def test_unknown_address_is_our_own_404(client, home):
    response = client.get("/bestaat-niet/")
    assert response.status_code == 404
    assert "0900-1852" in response.content.decode()
    assert "Deze pagina bestaat niet" in response.content.decode()


def test_form_without_token_is_our_own_403(home):
    response = Client(enforce_csrf_checks=True).post("/beheer/login/", {"username": "x"})
    assert response.status_code == 403
    assert "opnieuw" in response.content.decode()


def test_error_page_of_a_crash_needs_no_database(rf):
    from cms.views import server_error

    response = server_error(rf.get("/"))
    assert response.status_code == 500
    assert "0900-1852" in response.content.decode()


def test_robots_points_to_the_sitemap(client, home):
    text = client.get("/robots.txt").content.decode()
    assert "Sitemap: http" in text
    assert client.get("/sitemap.xml").status_code == 200


def test_sitemap_lists_live_pages_only(client, north):
    make.ContentPageFactory(parent=north, slug="concept", live=False)
    text = client.get("/sitemap.xml").content.decode()
    assert "/haarlemmermeer-noord/" in text
    assert "concept" not in text


def test_security_txt_is_valid_for_months_but_under_a_year(client, home):
    lines = client.get("/.well-known/security.txt").content.decode().splitlines()
    fields = dict(line.split(": ", 1) for line in lines)
    assert fields["Contact"].startswith("mailto:")
    expires = datetime.fromisoformat(fields["Expires"].replace("Z", "+00:00"))
    assert 90 < (expires - datetime.now(tz=UTC)).days < 365


def test_public_page_sends_a_strict_policy_and_no_cookie(client, north):
    response = client.get("/haarlemmermeer-noord/")
    policy = response["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "unsafe-inline" not in policy
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert response.cookies == {}


@pytest.mark.parametrize(
    "address", ["2001:db8:1:2::{}", "::ffff:192.0.2.1", "x{}", "192.0.2.1:{}", "<{}>"]
)
def test_log_in_limit_is_not_passed_with_another_address(settings, home, make_user, address):
    """A network of IPv6 is one visitor, and what is no address gives no count of its own."""
    settings.AXES_ENABLED = True
    settings.TRUSTED_PROXIES = 1
    make_user("gebiedsmanager")
    for number in range(settings.AXES_FAILURE_LIMIT + 1):
        response = Client().post(
            "/beheer/login/",
            {"username": "gebiedsmanager", "password": "mis"},
            HTTP_X_FORWARDED_FOR=address.format(number),
        )
    assert response.status_code == 429


def test_language_links_lead_to_the_same_page(client, north):
    page = BeautifulSoup(client.get("/haarlemmermeer-noord/").content, "html.parser")
    assert page.find("a", hreflang="en", href="/en/haarlemmermeer-noord/")
    english = BeautifulSoup(client.get("/en/haarlemmermeer-noord/").content, "html.parser")
    assert english.find("a", hreflang="nl", href="/haarlemmermeer-noord/")


def test_too_many_log_ins_are_refused_with_what_to_do(settings, home, make_user):
    settings.AXES_ENABLED = True
    make_user("gebiedsmanager")
    client = Client()
    for _ in range(settings.AXES_FAILURE_LIMIT + 1):
        response = client.post("/beheer/login/", {"username": "gebiedsmanager", "password": "mis"})
    assert response.status_code == 429
    assert "Wacht" in response.content.decode()


def test_log_in_limit_counts_per_visitor_behind_our_proxy(settings, home, make_user):
    settings.AXES_ENABLED = True
    settings.TRUSTED_PROXIES = 1
    make_user("gebiedsmanager")
    wrong = {"username": "gebiedsmanager", "password": "mis"}
    for number in range(settings.AXES_FAILURE_LIMIT + 1):
        # What a visitor makes up stands first; the address that our proxy saw stands last.
        attacker = {"HTTP_X_FORWARDED_FOR": f"10.0.0.{number}, 192.0.2.1"}
        response = Client().post("/beheer/login/", wrong, **attacker)
    assert response.status_code == 429
    neighbour = {"HTTP_X_FORWARDED_FOR": "192.0.2.2"}
    assert Client().post("/beheer/login/", wrong, **neighbour).status_code == 200
