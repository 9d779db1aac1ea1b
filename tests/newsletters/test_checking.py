"""Checks before sending: words, pictures, links of our own, and links elsewhere asked with care."""

import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from newsletters.checking import outside
from newsletters.models import CheckedLink
from tests.factories import newsletters as make
from tests.factories import pages
from tests.factories.newsletters import block, body

pytestmark = pytest.mark.django_db


def path(edition) -> str:
    return f"/beheer/nieuwsbrieven/{edition.pk}/controle/"


@pytest.fixture
def editor(newsletter_editor, login):
    return login(newsletter_editor)


def found(editor, edition) -> tuple[list[str], list[str]]:
    """Errors and advice on the page of the checks, each with its place."""
    context = editor.get(path(edition)).context
    return tuple(
        [f"{finding.where}: {finding.message}" for finding in context[name]]
        for name in ("errors", "advice")
    )


def says(findings: list[str], where: str, words: str) -> bool:
    return any(finding.startswith(where) and words in finding for finding in findings)


def linked(north, *hrefs: str):
    """An edition with a text that links to these addresses."""
    links = "".join(f'<p><a href="{href}">Link {n}</a></p>' for n, href in enumerate(hrefs))
    return make.NewsletterPageFactory(parent=north, body=body(block("text", links)))


def test_a_good_edition_gives_nothing_to_mend(editor, edition):
    assert found(editor, edition) == ([], [])
    page = editor.get(path(edition)).content.decode()
    assert "Wij vonden niets om te verbeteren" in page
    edit = editor.get(f"/beheer/pages/{edition.pk}/edit/").content.decode()
    assert path(edition) in edit


def test_every_kind_of_fault_is_found_in_its_place(editor, north):
    image = get_image_model().objects.create(title="x", file=get_test_image_file("IMG_2041.png"))
    gone = pages.AgendaItemPageFactory(parent=pages.AgendaPageFactory(parent=north), live=False)
    edition = make.NewsletterPageFactory(
        parent=north,
        title="x",
        subject="RE: GRATIS BOMEN voor alle inwoners van onze mooie gemeente, mis het niet!!",
        summary="Lorem ipsum dolor",
        body=body(
            block("heading", {"text": "Bijeenkomst dd-mm-jjjj", "level": "h3"}),
            block("heading", {"text": "Hier komt de school", "level": "h2"}),
            block(
                "text",
                "<p>Beste [naam],</p><p>XXX TODO. <b>LET OP DEZE WEEK</b>. "
                '<a href="https://elders.example.nl/">klik hier</a> en '
                '<a href="https://elders.example.nl/?utm_source=mail">https://elders.example.nl/</a>'
                f"</p><p>{'Deze zin is veel te lang om in een keer te lezen ' * 3}.</p>",
            ),
            block("image", {"image": image.pk, "alt": "IMG_2041.png", "caption": ""}),
            block("image", {"image": image.pk, "alt": "", "caption": ""}),
            block("agenda_item", {"page": gone.pk, "text": ""}),
            block("agenda_item", {"page": 999_999, "text": ""}),
            block("button", {"text": "Lees meer", "page": None, "url": ""}),
            block("heading", {"text": "Onderaan", "level": "h2"}),
        ),
    )
    errors, advice = found(editor, edition)
    for where, words in (
        ("Samenvatting", "‘Lorem ipsum’"),
        ("Blok 1 (", "‘dd-mm-jjjj’"),
        ("Blok 3 (", "‘[naam]’"),
        ("Blok 4 (", "naam van het bestand: ‘IMG_2041.png’"),
        ("Blok 6 (", "staat niet openbaar op de site"),
        ("Blok 7 (", "bestaat niet meer"),
        ("Blok 8 (", "bestaat niet meer"),
    ):
        assert says(errors, where, words), (where, words, errors)
    for where, words in (
        ("Onderwerp", "tekens lang"),
        ("Onderwerp", "begint als een antwoord"),
        ("Onderwerp", "lijkt op reclame"),
        ("Onderwerp", "uitroeptekens"),
        ("Onderwerp", "‘GRATIS BOMEN’ staat in hoofdletters"),
        ("Blok 1 (", "Maak er een gewone kop van"),
        ("Blok 1 (", "Onder deze kop staat niets"),
        ("Blok 2 (", "Moet ‘Hier komt’ er nog staan?"),
        ("Blok 3 (", "‘klik hier’ zegt niet waar"),
        ("Blok 3 (", "kaal adres"),
        ("Blok 3 (", "meetcode"),
        ("Blok 3 (", "Een zin van 36 woorden"),
        ("Blok 5 (", "geen beschrijving"),
        ("Blok 9 (", "Onder deze kop staat niets"),
        ("Links", "Van 2 links naar andere sites"),
    ):
        assert says(advice, where, words), (where, words, advice)
    nothing = make.NewsletterPageFactory(parent=north, body=body())
    assert says(found(editor, nothing)[0], "Inhoud", "nog geen inhoud")
    long = make.NewsletterPageFactory(
        parent=north, body=body(*[block("text", f"<p>{'Een korte zin. ' * 400}</p>")] * 20)
    )
    assert says(found(editor, long)[0], "Grootte", "laat Gmail het einde weg")


def test_links_of_our_own_are_followed_without_a_request(editor, north, home, edition):
    secret = pages.ContentPageFactory(parent=home, title="Besloten")
    PageViewRestriction.objects.create(page=secret, restriction_type="login")
    draft = pages.ContentPageFactory(parent=home, title="Concept", live=False)
    closed = Collection.get_first_root_node().add_child(name="Besloten stukken")
    CollectionViewRestriction.objects.create(collection=closed, restriction_type="login")
    documents = get_document_model().objects
    public = documents.create(title="Open", file=ContentFile(b"x", name="open.pdf"))
    private = documents.create(
        title="Dicht", file=ContentFile(b"x", name="dicht.pdf"), collection=closed
    )
    good = make.NewsletterPageFactory(
        parent=north,
        body=body(
            block(
                "text",
                f'<p><a linktype="page" id="{north.pk}">Uw gebied</a> '
                f'<a linktype="document" id="{public.pk}">Het plan</a> '
                f'<a href="{north.url}">Het gebied</a> '
                '<a href="http://127.0.0.1:8000/">Voorpagina</a> '
                f'<a href="{edition.url}pdf/">Als pdf</a> <a href="/nieuwsbrieven/">Archief</a> '
                f'<a href="{public.url}">Het plan</a> '
                '<a href="mailto:info@example.nl">Mail ons</a> <a href="tel:0900-1852">Bel</a></p>',
            )
        ),
    )
    assert found(editor, good)[0] == []
    bad = {
        secret.url: "bestaat niet op de site",
        draft.url: "bestaat niet op de site",
        "/geen/pagina/": "bestaat niet op de site",
        f"http://127.0.0.1:8000{edition.url}xml/": "bestaat niet op de site",
        private.url: "niet openbaar",
        "/documenten/999999/weg.pdf": "niet openbaar",
        "/beheer/pages/1/edit/": "gaat naar het beheer",
        "mailto:geen adres": "geen geldig e-mailadres",
        "javascript:alert(1)": "werkt niet in een mail",
        "ftp://example.nl/x": "werkt niet in een mail",
        "http://[::1": "geen adres dat werkt",
        "https:///pad": "geen adres dat werkt",
        "#kop": "geen adres dat werkt",
    }
    for href, words in bad.items():
        errors = found(editor, linked(north, href))[0]
        assert len(errors) == 1, (href, errors)
        assert words in errors[0], href
    for number in (secret.pk, draft.pk, 999_999):
        text = f'<p><a linktype="page" id="{number}">Besloten</a></p>'
        edition = make.NewsletterPageFactory(parent=north, body=body(block("text", text)))
        [error] = found(editor, edition)[0]
        assert "niet openbaar op de site" in error
    assert not CheckedLink.objects.exists()


#: This machine under an address that is not the name of our own site.
ELSEWHERE = "127.0.0.5"


class Site(BaseHTTPRequestHandler):
    """Another site, which answers as its path says; `asked` keeps what came in."""

    asked: list
    go_on: threading.Event

    def answer(self):
        self.asked.append((self.command, self.path, dict(self.headers)))
        name = self.path.partition("?")[0].strip("/")
        if name == "traag":
            while not self.go_on.wait(0.05):
                try:
                    self.wfile.write(b"H")
                    self.wfile.flush()
                except OSError:
                    return
            return
        if name.startswith("naar"):
            self.send_response(302)
            self.send_header("Location", self.path.partition("?")[2])
        elif name == "geen-head":
            self.send_response(405 if self.command == "HEAD" else 200)
        else:
            self.send_response(int(name) if name.isdecimal() else 200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_HEAD = do_GET = answer  # noqa: N815

    def log_message(self, *args):
        """Nothing on the screen."""


@pytest.fixture
def site():
    handler = type("Handler", (Site,), {"asked": [], "go_on": threading.Event()})
    server = ThreadingHTTPServer((ELSEWHERE, 0), handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    handler.address = f"http://{ELSEWHERE}:{server.server_port}"
    yield handler
    handler.go_on.set()
    server.shutdown()
    thread.join()
    server.server_close()


def ask(editor, edition) -> str:
    return editor.post(path(edition), follow=True).content.decode()


def test_other_sites_are_asked_and_their_answers_kept(editor, north, site, settings, monkeypatch):
    settings.LINK_CHECK_NETWORKS = ["127.0.0.0/8", "::1/128"]
    monkeypatch.setattr(outside, "SECONDS_ALL", 2.0)
    with socket.socket() as probe:
        probe.bind((ELSEWHERE, 0))
        closed = probe.getsockname()[1]
    edition = linked(
        north,
        f"{site.address}/200",
        f"{site.address}/404",
        f"{site.address}/410",
        f"{site.address}/500",
        f"{site.address}/geen-head",
        f"{site.address}/naar?/200",
        f"{site.address}/naar-weg?/404",
        f"{site.address}/naar?/naar?/naar",
        f"{site.address}/traag",
        f"http://{ELSEWHERE}:{closed}/",
        "http://bestaat-niet.invalid/",
    )
    assert says(found(editor, edition)[1], "Links", "Van 11 links")
    assert "Wij keken naar 11 links" in ask(editor, edition)
    errors, advice = found(editor, edition)
    assert len(errors) == 3
    for end in ("/404:", "/410:", "/naar-weg?/404:"):
        assert any(end in error and "bestaat niet meer" in error for error in errors), end
    for words in ("/500: De site antwoordt met een fout (500)", "niet te bereiken", "op tijd"):
        assert any(words in item for item in advice), (words, advice)
    assert not any("geen-head" in item or "/200:" in item for item in (*errors, *advice))
    asked = len(site.asked)
    found(editor, edition)  # looking asks nothing
    assert len(site.asked) == asked
    assert {"Cookie", "Authorization", "Referer"}.isdisjoint(
        name for _method, _path, headers in site.asked for name in headers
    )
    cache.clear()
    for _ in range(10):
        ask(editor, linked(north, "https://example.nl\r\nX: 1/"))
    assert "U controleerde al vaak" in ask(editor, edition)
    assert len(site.asked) == asked
    settings.LINK_CHECK_ENABLED = False
    cache.clear()
    ask(editor, edition)
    assert len(site.asked) == asked
    assert found(editor, edition) == ([], [])


def test_no_link_reaches_our_own_network(editor, north, site, settings):
    """Not by a number, a name, a redirect, another notation, or an address within IPv6."""
    port = site.address.rpartition(":")[2]
    inside = [
        f"{site.address}/200",
        f"http://127.5:{port}/200",
        f"http://2130706437:{port}/200",
        f"http://0x7f.5:{port}/200",
        f"http://[::1]:{port}/200",
        f"http://[::ffff:127.0.0.5]:{port}/200",
        f"http://[64:ff9b::7f00:5]:{port}/200",
        f"http://[2002:7f00:5::]:{port}/200",
        f"http://0.0.0.0:{port}/200",
        "http://169.254.169.254/latest/meta-data/",
        "http://10.0.0.1/",
        "http://192.168.1.1/",
        "http://100.64.0.1/",
        "http://[fe80::1]/",
        "http://[fd00::1]/",
        f"http://jan:geheim@{ELSEWHERE}:{port}/200",
        "http://8.8.8.8:22/",
    ]
    ask(editor, linked(north, *inside))
    assert site.asked == []
    assert set(CheckedLink.objects.values_list("outcome", flat=True)) == {"unsure"}
    assert CheckedLink.objects.filter(words__contains="niet openbaar").count() >= 13
    settings.LINK_CHECK_NETWORKS = ["127.0.0.5/32"]
    cache.clear()
    urls = [
        f"{site.address}/naar?http://10.0.0.1/",
        f"{site.address}/naar?http://169.254.169.254/",
        f"{site.address}/naar?http://jan@{ELSEWHERE}:{port}/200",
        f"{site.address}/naar?file:///etc/passwd",
        f"{site.address}/naar?http://127.0.0.2:{port}/200",
    ]
    ask(editor, linked(north, *urls))
    assert {path for _method, path, _headers in site.asked}.isdisjoint({"/200"})
    known = CheckedLink.objects.filter(url__in=urls)
    assert set(known.values_list("outcome", flat=True)) == {"unsure"}
