"""Public pages from memory: fresh after a change, and forms on them keep working."""

import gzip
import re
import threading
import time
from itertools import count

import brotli
import pytest
from django.db import OperationalError, connection, transaction
from django.http import HttpResponse, JsonResponse, StreamingHttpResponse
from django.template import engines
from django.test import Client
from django.urls import path
from django.utils.cache import patch_vary_headers
from django.views.decorators.cache import never_cache
from wagtail.models import Page, PageViewRestriction

from cms.models import PageCacheGeneration, SiteSettings
from cms.pagecache import purge, remember, store
from participation.urls import handler400, handler403, handler404, handler500  # noqa: F401
from participation.urls import urlpatterns as site_urls
from tests.factories import pages as make

FORMS = """<!doctype html><title>Twee formulieren</title><p>{{ filler }}</p>
<form method="post">{% csrf_token %}<button>Eerste</button></form>
<form method="post">{% csrf_token %}<button>Tweede</button></form>
{% if meta %}<meta name="token" content="{{ csrf_token }}">{% endif %}"""
FILLER = "Wat speelt er bij u in de buurt? " * 100


def visit(address: str, answers: list[bytes]) -> threading.Thread:
    """A visitor of their own, in a thread: the body of the answer is added to `answers`."""

    def run():
        answers.append(Client().get(address).content)
        connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


rendered = count(1)
started, changed = threading.Event(), threading.Event()


def numbered(request):
    """An answer that tells whether it was made anew."""
    return HttpResponse(f"<p>keer {next(rendered)}</p>" + FILLER)


def forms(request):
    if request.method == "POST":
        return HttpResponse("verstuurd")
    context = {"filler": f"keer {next(rendered)} {FILLER}", "meta": "meta" in request.GET}
    return HttpResponse(engines["django"].from_string(FORMS).render(context, request))


def with_cookie(request):
    response = numbered(request)
    response.set_cookie("keuze", "1")
    return response


def with_header(request):
    response = numbered(request)
    response.headers[request.GET["name"]] = request.GET["value"]
    return response


def varying(request):
    response = numbered(request)
    patch_vary_headers(response, ["X-Requested-With"])
    return response


def missing(request):
    return HttpResponse(f"keer {next(rendered)}", status=404)


def data(request):
    return JsonResponse({"keer": next(rendered), "tekst": FILLER})


def plain(request):
    return HttpResponse(f"keer {next(rendered)}", content_type="text/plain")


def stream(request):
    return StreamingHttpResponse([f"keer {next(rendered)}"])


def slow(request):
    time.sleep(0.3)
    return numbered(request)


def racing(request):
    """Content changes while this page is being made."""
    started.set()
    changed.wait(5)
    return numbered(request)


urlpatterns = [
    path("race/", racing),
    path("cookie/", with_cookie),
    path("data/", data),
    path("formulieren/", forms),
    path("header/", with_header),
    path("keer/", numbered),
    path("nooit/", never_cache(numbered)),
    path("platte-tekst/", plain),
    path("stroom/", stream),
    path("traag/", slow),
    path("varieert/", varying),
    path("weg/", missing),
    path("beheer/keer/", numbered),
    *site_urls,
]

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


@pytest.fixture(autouse=True)
def page_cache(settings):
    """The page cache as in production, empty, and looking in the database at every request."""
    settings.PAGE_CACHE_ENABLED = True
    settings.PAGE_CACHE_CHECK_SECONDS = 0
    store.clear()
    yield store
    store.clear()


def is_kept(client, address, **headers) -> bool:
    """Whether the second of two requests gets the very answer of the first."""
    first = client.get(address, headers=headers)
    second = client.get(address, headers=headers)
    return first.content == second.content


def tokens(response) -> list[str]:
    return re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', response.content.decode())


def test_a_visitor_gets_the_kept_page_without_a_query(
    client, home, settings, django_assert_num_queries
):
    settings.PAGE_CACHE_CHECK_SECONDS = 60
    SiteSettings.objects.create(site=home.get_site())
    first = client.get("/")
    assert first.status_code == 200
    with django_assert_num_queries(0):
        second = client.get("/")
    assert second.content == first.content
    for name in ("Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy"):
        assert second[name] == first[name]
    assert "Age" in second


def test_every_address_and_every_host_has_its_own_page(client, settings):
    settings.ALLOWED_HOSTS = ["testserver", "gebied.example.nl"]
    bodies = {
        client.get("/keer/").content,
        client.get("/keer/?gebied=noord").content,
        client.get("/keer/", headers={"host": "gebied.example.nl"}).content,
        client.get("/keer/", secure=True).content,
    }
    assert len(bodies) == 4
    assert client.get("/keer/", headers={"host": "kwaad.example.com"}).status_code == 400


@pytest.mark.parametrize("address", ["/keer/", "/data/", "/formulieren/?"])
def test_pages_and_data_are_kept(client, address):
    first, second = client.get(address), client.get(address)
    assert (
        re.search(rb"keer\D+\d+", first.content)[0] == re.search(rb"keer\D+\d+", second.content)[0]
    )


@pytest.mark.parametrize(
    "address",
    [
        "/weg/",
        "/cookie/",
        "/nooit/",
        "/platte-tekst/",
        "/varieert/",
        "/beheer/keer/",
        "/formulieren/?meta",
        "/header/?name=Cache-Control&value=private",
        "/header/?name=Cache-Control&value=max-age%3D60,+no-store",
        "/header/?name=Content-Security-Policy&value=script-src+'nonce-abc'",
        f"/keer/?q={'x' * 1000}",
    ],
)
def test_what_may_differ_per_visitor_or_moment_is_not_kept(client, address):
    assert not is_kept(client, address)


def test_a_stream_is_not_kept(client):
    first = b"".join(client.get("/stroom/").streaming_content)
    assert b"".join(client.get("/stroom/").streaming_content) != first


def test_who_is_logged_in_sees_pages_made_anew(client, administrator, login):
    assert not is_kept(login(administrator), "/keer/")
    assert client.get("/keer/").content == client.get("/keer/").content


def test_credentials_and_part_of_a_page_go_past_the_cache(client):
    assert not is_kept(client, "/keer/", authorization="Basic eA==")
    assert not is_kept(client, "/keer/", range="bytes=0-10")


def test_switched_off_every_page_is_made_anew(client, settings):
    settings.PAGE_CACHE_ENABLED = False
    assert not is_kept(client, "/keer/")


def test_a_page_is_kept_for_a_limited_time(client, settings):
    settings.PAGE_CACHE_SECONDS = 0
    assert not is_kept(client, "/keer/")


def test_the_least_used_page_goes_first(client, settings):
    settings.PAGE_CACHE_MAX_ENTRIES = 2
    first, second = client.get("/keer/?1").content, client.get("/keer/?2").content
    assert client.get("/keer/?1").content == first
    client.get("/keer/?3")
    assert client.get("/keer/?1").content == first
    assert client.get("/keer/?2").content != second


def test_memory_is_limited_also_with_pages_compressed_later(client, settings):
    settings.PAGE_CACHE_MAX_BYTES = 4 * (2048 + 4000)
    first = client.get("/keer/?0").content
    for number in range(1, 8):
        client.get(f"/keer/?{number}")
        client.get(f"/keer/?{number}", headers={"accept-encoding": "br"})
    assert client.get("/keer/?7").content == client.get("/keer/?7").content
    assert client.get("/keer/?0").content != first


def test_a_page_too_large_for_the_cache_is_served_all_the_same(client, settings):
    settings.PAGE_CACHE_MAX_BYTES = 4096
    assert not is_kept(client, "/keer/")


class TestForms:
    @pytest.fixture
    def visitor(self):
        """Makes browsers that have never been here."""
        return lambda: Client(enforce_csrf_checks=True)

    @pytest.mark.parametrize("which", [0, 1])
    def test_a_form_on_a_kept_page_can_be_sent_by_a_newcomer(self, visitor, which):
        visitor().get("/formulieren/")
        newcomer = visitor()
        page = newcomer.get("/formulieren/")
        assert "Age" in page
        answer = newcomer.post("/formulieren/", {"csrfmiddlewaretoken": tokens(page)[which]})
        assert answer.content == b"verstuurd"

    def test_the_first_visitor_can_send_it_too(self, visitor):
        browser = visitor()
        token = tokens(browser.get("/formulieren/"))[0]
        assert browser.post("/formulieren/", {"csrfmiddlewaretoken": token}).status_code == 200

    def test_a_page_open_in_another_tab_keeps_working(self, visitor):
        browser = visitor()
        earlier = tokens(browser.get("/formulieren/?tab=1"))[0]
        browser.get("/formulieren/?tab=2")
        browser.get("/formulieren/?tab=2")
        assert browser.post("/formulieren/", {"csrfmiddlewaretoken": earlier}).status_code == 200

    def test_nobody_gets_the_token_of_another(self, visitor):
        one, other = visitor(), visitor()
        first, second = one.get("/formulieren/"), other.get("/formulieren/")
        assert not set(tokens(first)) & set(tokens(second))
        assert one.cookies["csrftoken"].value != other.cookies["csrftoken"].value
        refused = other.post("/formulieren/", {"csrfmiddlewaretoken": tokens(first)[0]})
        assert refused.status_code == 403

    def test_a_broken_cookie_is_replaced(self, visitor):
        browser = visitor()
        browser.get("/formulieren/")
        browser.cookies["csrftoken"] = "kapot"
        token = tokens(browser.get("/formulieren/"))[0]
        assert browser.post("/formulieren/", {"csrfmiddlewaretoken": token}).status_code == 200

    @pytest.mark.parametrize("accept", ["gzip", "gzip, br", "br", ""])
    def test_a_page_with_forms_is_whole_in_every_encoding(self, visitor, accept):
        browser = visitor()
        for _ in range(2):
            page = browser.get("/formulieren/", headers={"accept-encoding": accept})
            body = page.content
            assert int(page["Content-Length"]) == len(body)
            if "gzip" in accept:
                assert page["Content-Encoding"] == "gzip"
                assert len(body) < len(FILLER) / 4
                body = gzip.decompress(body)
            assert body.startswith(b"<!doctype html>")
            assert body.rstrip().endswith(b"</form>")
            token = re.search(rb'value="(\w+)"', body)[1].decode()
            assert browser.post("/formulieren/", {"csrfmiddlewaretoken": token}).status_code == 200

    def test_a_page_with_forms_is_the_visitors_own(self, visitor):
        page = visitor().get("/formulieren/")
        assert page["Cache-Control"] == "private, no-cache"
        assert "ETag" not in page
        assert "Cookie" in page["Vary"]


class TestRemember:
    def test_a_value_is_made_once_until_content_changes(self):
        made = count(1)
        assert [remember("a", lambda: next(made)) for _ in range(3)] == [1, 1, 1]
        assert remember("b", lambda: next(made)) == 2
        purge()
        assert remember("a", lambda: next(made)) == 3

    def test_nothing_is_not_kept_and_switched_off_neither(self, settings):
        made = iter([None, 1, 2])
        assert remember("a", lambda: next(made)) is None
        assert remember("a", lambda: next(made)) == 1
        settings.PAGE_CACHE_ENABLED = False
        assert remember("a", lambda: next(made)) == 2


class TestTransfer:
    @pytest.mark.parametrize(
        ("accept", "encoding"),
        [
            ("gzip, deflate, br", "br"),
            ("gzip", "gzip"),
            ("br;q=0, gzip;q=0.5", "gzip"),
            ("*", "br"),
            ("gzip;q=0, br;q=0.0", None),
            ("identity", None),
            ("", None),
        ],
    )
    @pytest.mark.parametrize("address", ["/keer/", "/data/"])
    def test_the_best_encoding_the_browser_takes(self, client, address, accept, encoding):
        whole = client.get(address).content
        page = client.get(address, headers={"accept-encoding": accept})
        assert page.get("Content-Encoding") == encoding
        decode = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}[encoding]
        assert decode(page.content) == whole
        assert int(page["Content-Length"]) == len(page.content)
        assert "Accept-Encoding" in page["Vary"]

    def test_what_is_not_kept_is_compressed_too(self, client):
        page = client.get("/nooit/", headers={"accept-encoding": "gzip"})
        assert page["Content-Encoding"] == "gzip"
        assert b"keer" in gzip.decompress(page.content)

    def test_a_page_the_browser_still_has_is_not_sent_again(self, client):
        page = client.get("/keer/")
        assert page["Cache-Control"] == "no-cache"
        for sent in (page["ETag"], f'"ander", {page["ETag"].removeprefix("W/")}', "*"):
            again = client.get("/keer/", headers={"if-none-match": sent, "accept-encoding": "br"})
            assert again.status_code == 304
            assert again.content == b""
            assert again["ETag"] == page["ETag"]
        assert client.get("/keer/", headers={"if-none-match": '"ander"'}).status_code == 200
        purge()
        assert client.get("/keer/", headers={"if-none-match": page["ETag"]}).status_code == 200

    @pytest.mark.parametrize("address", ["/keer/", "/weg/"])
    def test_head_tells_what_get_would_send(self, client, address):
        head = client.head(address)
        assert head.content == b""
        assert int(head["Content-Length"]) == len(client.get(address).content)

    def test_head_of_a_kept_page_tells_the_same(self, client):
        page = client.get("/keer/")
        head = client.head("/keer/")
        assert head.content == b""
        assert head["ETag"] == page["ETag"]
        assert head["Content-Length"] == page["Content-Length"]

    def test_head_does_not_fill_the_cache(self, client):
        client.head("/keer/")
        assert client.get("/keer/").content != b""


class TestPurge:
    @pytest.mark.both_databases
    def test_publishing_shows_at_once(self, client, home):
        assert "Nieuwe kop" not in client.get("/").content.decode()
        home.heading = "Nieuwe kop"
        revision = home.save_revision()
        assert "Nieuwe kop" not in client.get("/").content.decode()
        revision.publish()
        assert "Nieuwe kop" in client.get("/").content.decode()

    def test_a_draft_keeps_the_pages(self, client, home):
        before = client.get("/keer/").content
        home.heading = "Nog niet klaar"
        home.save_revision()
        assert client.get("/keer/").content == before

    def test_unpublishing_moving_and_deleting_show_at_once(self, client, home):
        parent = make.ContentPageFactory(parent=home, slug="ouder")
        page = make.ContentPageFactory(parent=home, slug="uitleg")
        assert client.get("/uitleg/").status_code == 200
        page.move(parent, pos="last-child")
        assert client.get("/uitleg/").status_code == 301
        assert client.get("/ouder/uitleg/").status_code == 200
        Page.objects.get(slug="uitleg").specific.unpublish()
        assert client.get("/ouder/uitleg/").status_code == 404
        assert client.get("/ouder/").status_code == 200
        Page.objects.get(slug="ouder").delete()
        assert client.get("/ouder/").status_code == 404

    def test_a_page_made_private_is_gone_at_once(self, client, home):
        page = make.ContentPageFactory(parent=home, slug="besloten")
        assert client.get("/besloten/").status_code == 200
        PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
        assert client.get("/besloten/").status_code == 302

    def test_settings_of_the_site_show_at_once(self, client, home):
        before = client.get("/keer/").content
        site_settings = SiteSettings.for_site(home.get_site())
        site_settings.phone = "0900-1000"
        site_settings.save()
        assert client.get("/keer/").content != before

    @pytest.mark.both_databases
    def test_other_processes_see_it_from_the_number_in_the_database(self, client):
        before = client.get("/keer/").content
        assert client.get("/keer/").content == before
        PageCacheGeneration.objects.update_or_create(pk=1, defaults={"generation": 41})
        assert client.get("/keer/").content != before

    @pytest.mark.both_databases
    def test_a_page_made_from_old_content_is_not_kept(self):
        answers = []
        visitor = visit("/race/", answers)
        assert started.wait(5)
        purge()
        changed.set()
        visitor.join()
        assert Client().get("/race/").content != answers[0]


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
class TestTransactions:
    def generation(self) -> int:
        return PageCacheGeneration.objects.values_list("generation", flat=True).first() or 0

    @pytest.mark.both_databases
    def test_a_transaction_raises_the_number_once_and_only_when_it_holds(self):
        before = self.generation()
        with transaction.atomic():
            for _ in range(3):
                purge()
            assert self.generation() == before
        assert self.generation() > before
        after = self.generation()
        with transaction.atomic():
            purge()
            transaction.set_rollback(True)
        assert self.generation() == after
        purge()
        assert self.generation() == after + 1

    @pytest.mark.both_databases
    def test_kept_pages_stay_up_without_a_database(self, client):
        before = client.get("/keer/").content

        def broken(*args):
            raise OperationalError("the database is away")

        with connection.execute_wrapper(broken):
            assert client.get("/keer/").content == before

    @pytest.mark.both_databases
    def test_many_at_once_make_a_page_once(self):
        answers = []
        visitors = [visit("/traag/", answers) for _ in range(6)]
        for visitor in visitors:
            visitor.join()
        assert len(answers) == 6
        assert len(set(answers)) == 1


def test_data_keeps_its_own_validator(client):
    page = client.get("/header/?name=ETag&value=%22laag-1%22")
    assert page["ETag"] == 'W/"laag-1"'
    again = client.get(
        page.request["PATH_INFO"] + "?name=ETag&value=%22laag-1%22",
        headers={"if-none-match": '"laag-1"'},
    )
    assert again.status_code == 304
