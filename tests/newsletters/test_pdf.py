"""The edition on paper: tagged as PDF/UA asks, and made of our own files only."""

import io

import pytest
from django.core.cache import cache
from django.core.files.images import ImageFile
from django.urls import reverse
from pypdf import PdfReader
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file_jpeg

from tests.factories import newsletters as make
from tests.factories.newsletters import block, body

from . import full

pytestmark = pytest.mark.django_db


@pytest.fixture
def image(db):
    file = get_test_image_file_jpeg(size=(1200, 800))
    return get_image_model().objects.create(title="Dijk", file=ImageFile(file, name="dijk.jpg"))


@pytest.fixture
def edition(north, image):
    return make.NewsletterPageFactory(
        parent=north,
        title="Licht & <b>donker</b>",
        to=[north],
        body=body(
            block("heading", {"text": "Licht bij de school", "level": "h2"}),
            block("text", "<p>Dit doen we:</p><ul><li>een drempel</li></ul>"),
            block("image", {"image": image.pk, "alt": "Een huis aan de dijk", "caption": ""}),
            block("button", {"text": "Geef uw mening", "page": north.pk, "url": ""}),
        ),
    )


def read(response) -> PdfReader:
    return PdfReader(io.BytesIO(response.content))


def tags(element) -> list[str]:
    """Kinds of all structure elements, in reading order."""
    found = []
    children = element.get("/K", [])
    for child in children if isinstance(children, list) else [children]:
        child = child.get_object() if hasattr(child, "get_object") else child
        if isinstance(child, dict):
            if "/S" in child:
                found.append(child["/S"])
            found += tags(child)
    return found


def figures(element):
    """Descriptions of all pictures, in reading order."""
    children = element.get("/K", [])
    for child in children if isinstance(children, list) else [children]:
        child = child.get_object() if hasattr(child, "get_object") else child
        if isinstance(child, dict):
            if child.get("/S") == "/Figure":
                yield child.get("/Alt")
            yield from figures(child)


def test_the_pdf_is_tagged_as_pdf_ua(client, edition):
    response = client.get(f"{edition.url}pdf/")
    assert response["Content-Type"] == "application/pdf"
    assert "nieuwsbrief-" in response["Content-Disposition"]
    reader = read(response)
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "nl"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata.title == "Licht & <b>donker</b>"
    xmp = root["/Metadata"].get_data().decode()
    assert 'pdfuaid:part="1"' in xmp
    kinds = tags(root["/StructTreeRoot"])
    for kind in ("/H1", "/H2", "/P", "/L", "/LI", "/Figure", "/Link"):
        assert kind in kinds, kind
    assert kinds.index("/H1") < kinds.index("/H2")


def test_the_pdf_can_be_read(client, edition):
    reader = read(client.get(f"{edition.url}pdf/"))
    text = "\n".join(page.extract_text() for page in reader.pages)
    assert "Licht bij de school" in text
    assert "een drempel" in text
    assert "http://127.0.0.1:8000/haarlemmermeer-noord/" in text  # a button on paper
    assert "0900-1852" in text


def test_pictures_have_their_description(client, edition):
    root = read(client.get(f"{edition.url}pdf/")).trailer["/Root"]

    assert "Een huis aan de dijk" in list(figures(root["/StructTreeRoot"]))


def test_the_pdf_is_made_once_and_again_after_a_change(client, edition, monkeypatch):
    import weasyprint

    made = []
    original = weasyprint.HTML.write_pdf

    def counted(self, *args, **kwargs):
        made.append(1)
        return original(self, *args, **kwargs)

    monkeypatch.setattr(weasyprint.HTML, "write_pdf", counted)
    first = client.get(f"{edition.url}pdf/")
    assert client.get(f"{edition.url}pdf/").content == first.content
    unchanged = client.get(f"{edition.url}pdf/", headers={"if-none-match": first["ETag"]})
    assert unchanged.status_code == 304
    assert len(made) == 1
    edition.title = "Andere kop"
    edition.save_revision().publish()
    changed = client.get(f"{edition.url}pdf/", headers={"if-none-match": first["ETag"]})
    assert read(changed).metadata.title == "Andere kop"
    assert len(made) == 2


def test_the_pdf_fetches_nothing_from_elsewhere(client, north, monkeypatch, tmp_path):
    """Whatever an editor brings in: no network and no file of the server."""
    import socket

    def forbidden(*args, **kwargs):
        raise AssertionError("the PDF opened a connection")

    picture = tmp_path / "geheim.jpg"
    picture.write_bytes(get_test_image_file_jpeg().read())
    edition = make.NewsletterPageFactory(
        parent=north,
        body=body(
            block(
                "text",
                f'<p><img src="{picture.as_uri()}" alt="x">'
                '<img src="https://spion.example.nl/a.png" alt="">'
                '<img src="file:///etc/passwd" alt=""><img src="/etc/passwd" alt="">'
                '<img src="data:image/svg+xml;base64,AAAA" alt="">'
                '<link rel="stylesheet" href="http://127.0.0.1:1/x.css">'
                '<object data="file:///etc/hostname"></object>'
                '<a rel="attachment" href="file:///etc/passwd">bijlage</a></p>',
            ),
            block(
                "heading", {"text": "</style><style>@import 'file:///etc/passwd'", "level": "h2"}
            ),
        ),
    )
    monkeypatch.setattr(socket.socket, "connect", forbidden)
    cache.clear()
    from newsletters.rendering.pdf import edition_pdf

    document = edition_pdf(edition)
    assert b"root:" not in document.content
    reader = PdfReader(io.BytesIO(document.content))
    assert not reader.attachments
    assert all(not page.images for page in reader.pages)


def test_a_draft_has_no_pdf(client, edition):
    edition.unpublish()
    assert client.get(f"{edition.url}pdf/").status_code == 404
    assert client.get(f"{edition.url}pdf/meer/").status_code == 404


def test_a_private_edition_has_no_public_pdf(client, edition):
    from wagtail.models import PageViewRestriction

    PageViewRestriction.objects.create(page=edition, restriction_type="login")
    response = client.get(f"{edition.url}pdf/")
    assert response.status_code == 302
    assert reverse("wagtailcore_login") or "login" in response.url


def test_queries_of_a_pdf_do_not_grow(client, north, image):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def counted(times):
        blocks = [
            block("image", {"image": image.pk, "alt": "", "caption": ""}),
            block("text", f'<p><a linktype="page" id="{north.pk}">x</a></p>'),
        ]
        edition = make.NewsletterPageFactory(parent=north, body=body(*(blocks * times)))
        client.get(f"{edition.url}pdf/")
        with CaptureQueriesContext(connection) as queries:
            client.get(f"{edition.url}pdf/")
        return len(queries)

    assert counted(1) == counted(8) <= 20


@pytest.mark.parametrize(("path", "largest"), [("pdf/", 11), ("prikbord/", 16)])
def test_both_papers_tell_all_and_lead_to_the_web(client, north, path, largest):
    """The notice board has the same in letters that are read at a metre."""
    edition = full.edition(north)
    response = client.get(f"{edition.url}{path}")
    assert response["Content-Type"] == "application/pdf"
    reader = read(response)
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "nl"
    assert 'pdfuaid:part="1"' in root["/Metadata"].get_data().decode()
    kinds = tags(root["/StructTreeRoot"])
    for kind in ("/H1", "/H2", "/H3", "/P", "/L", "/LI", "/Figure", "/Link"):
        assert kind in kinds, kind
    alts = list(figures(root["/StructTreeRoot"]))
    assert all(alts)
    assert "QR-code naar deze nieuwsbrief op de website" in alts
    assert any("Kaart van Haarlemmermeer-Noord met 3 genummerde plekken" in alt for alt in alts)
    bookmarks = [entry.title for entry in reader.outline if not isinstance(entry, list)]
    assert bookmarks == [edition.title]  # all others are below it
    sizes: list[float] = []
    for page in reader.pages:
        page.extract_text(
            visitor_text=lambda text, cm, tm, font, size: (
                sizes.append(round(abs(size * tm[3] * cm[3]), 1)) if text.strip() else None
            )
        )
    usual = max(set(sizes), key=sizes.count)
    assert largest - 1.2 < usual < largest + 1.2
    text = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    for words in ("Spreekuur op de markt", "Volgende keer", "Zebrapad, Marktplein", "0900-1852"):
        assert words in text, words
    assert "Bekijk alle momenten" not in text  # paper cannot be clicked
    assert edition.url in text.replace(" ", "")
    assert len(reader.pages) <= 6
