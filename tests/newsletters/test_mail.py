"""The mail itself: what mail programs get, whatever editors type."""

import re
from email import policy
from email.parser import BytesParser

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.core.files.images import ImageFile
from django.utils import timezone
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file_jpeg

from cms.palette import palette
from newsletters.models import Mailing
from newsletters.rendering.newsletter import render_mail
from newsletters.sending.mailing import freeze
from tests.factories import newsletters as make
from tests.factories import pages
from tests.factories.newsletters import block, body

from .conftest import parts, send_now, tick

pytestmark = pytest.mark.django_db
EVIL = "<script>alert(1)</script>"


@pytest.fixture
def editor(newsletter_editor, login):
    return login(newsletter_editor)


@pytest.fixture
def image(db):
    file = get_test_image_file_jpeg(size=(1600, 900))
    return get_image_model().objects.create(
        title="Dijk", file=ImageFile(file, name="dijk.jpg"), description="De dijk"
    )


@pytest.fixture
def full(north, image):
    """An edition with one of everything."""
    agenda = pages.AgendaPageFactory(parent=north)
    item = pages.AgendaItemPageFactory(parent=agenda, title="Zebrapad", place_name="Marktplein")
    text = (
        f'<p>Lees <a linktype="page" id="{item.pk}">het agendapunt</a>, '
        '<a href="https://example.nl/licht?a=1&amp;b=2">de folder</a> of '
        '<a href="mailto:noord@example.nl">mail ons</a>.</p>'
        "<ul><li>eerst de drempel</li><li>dan de stoep, die breder wordt zodat ook een rolstoel "
        "en een kinderwagen erlangs kunnen</li></ul><ol><li>een</li><li>twee</li></ol>"
    )
    return make.NewsletterPageFactory(
        parent=north,
        to=[north],
        image=image,
        preview_text="En: praat mee over de dijk",
        body=body(
            block("heading", {"text": "Licht", "level": "h2"}),
            block("text", text),
            block("agenda_item", {"page": item.pk, "text": ""}),
            block("image", {"image": image.pk, "alt": "Een huis", "caption": "Bij Halfweg"}),
            block("button", {"text": "Geef uw mening", "page": north.pk, "url": ""}),
            block("quote", {"text": "Eindelijk veilig.", "source": "Dorpsraad"}),
            block("divider", None),
        ),
    )


def test_the_html_part_stands_on_its_own(full):
    html = render_mail(full).html
    soup = BeautifulSoup(html, "html.parser")
    assert soup.html["lang"] == "nl"
    assert soup.title.string == full.title
    assert soup.find("meta", {"name": "color-scheme"})["content"] == "light dark"
    assert "prefers-color-scheme: dark" in html
    assert not soup.find_all(["script", "link", "iframe", "form", "object", "video"])
    for element in soup.find_all(["a", "img"]):
        address = element.get("href") or element.get("src")
        assert re.match(r"https?://|mailto:|tel:|@@gp-", address), element
    for image in soup.find_all("img"):
        assert image["alt"] is not None
        assert image["width"].isdigit()
        assert image["src"].startswith("http://127.0.0.1:8000/media/")
    assert "En: praat mee over de dijk" in html
    assert len(html) < 60_000  # Gmail cuts at 102 kB


def test_styles_stand_on_the_elements(full):
    soup = BeautifulSoup(render_mail(full).html, "html.parser")
    heading = soup.find("h2")
    assert "font-size" in heading["style"]
    assert all("color" in link["style"] for link in soup.select("p a"))


def test_headings_begin_at_one_and_skip_no_level(north):
    edition = make.NewsletterPageFactory(
        parent=north,
        body=body(
            block("page", {"page": north.pk, "text": ""}),
            block("heading", {"text": "Te klein begonnen", "level": "h3"}),
            block("heading", {"text": "Tussenkop", "level": "h3"}),
        ),
    )
    soup = BeautifulSoup(render_mail(edition).html, "html.parser")
    levels = [element.name for element in soup.find_all(["h1", "h2", "h3"])]
    assert levels == ["h1", "h2", "h2", "h3"]


def test_the_colours_are_those_of_the_theme(full, settings):
    action = palette("haarlemmermeer")["light"]["color_action"]
    assert action == "#9c2f85"
    assert f"background:{action}" in render_mail(full).html.replace(": ", ":")
    assert palette("haarlemmermeer")["dark"]["color_action"] != action
    settings.THEME = ""
    palette.cache_clear()
    assert palette("")["light"]["color_action"] != action


def test_the_plain_text_reads_well(full):
    text = render_mail(full).text
    assert text.startswith(f"{full.title}\n{'=' * len(full.title)}\n")
    assert "\nLicht\n-----\n" in text
    assert (
        "- dan de stoep, die breder wordt zodat ook een rolstoel en een kinderwagen\n  er" in text
    )
    assert "\n1. een\n2. twee\n" in text
    assert "de folder (https://example.nl/licht?a=1&b=2)" in " ".join(text.split())
    assert "mail ons (mailto:noord@example.nl)" in " ".join(text.split())
    assert "\nAgendapunt: Zebrapad (Gestart)\n" in text
    assert "\n- Waar: Marktplein\n" in text
    assert "[Foto: Bij Halfweg]" in text
    assert "Geef uw mening:\nhttp://127.0.0.1:8000/haarlemmermeer-noord/" in text
    assert "“Eindelijk veilig.”" in text
    assert "Wij meten niet of u deze mail opent" in text
    assert "0900-1852" in text
    assert "<" not in text
    for line in text.splitlines():
        assert len(line) <= 78 or "http" in line


def test_the_mail_is_dutch_whatever_the_editor_reads(full, settings):
    from django.utils import translation

    with translation.override("en"):
        mail = render_mail(full)
    assert "U krijgt deze mail omdat" in mail.text
    assert "/en/" not in mail.text
    assert "Liever persoonlijk contact?" in mail.html


def test_hostile_texts_reach_nobody(editor, north, sink):
    make.SubscriptionFactory(email="bewoner@example.nl", areas=[north])
    edition = make.NewsletterPageFactory(
        parent=north,
        to=[north],
        title=f"{EVIL} @@gp-afmelden@@ &amp; é 🙂",
        summary=EVIL,
        preview_text=f"{EVIL}</mj-preview><mj-raw>",
        body=body(
            block("heading", {"text": f"{EVIL}</mj-text></mj-body>", "level": "h2"}),
            block(
                "text",
                f"<p onclick='x()'>{EVIL}<a href='javascript:alert(1)'>hier</a>"
                "<img src='https://spion.example.nl/p.gif'><mj-include path='/etc/passwd'/>"
                "<b>niet gesloten</p>",
            ),
            block("quote", {"text": EVIL * 3, "source": "</div>" + EVIL}),
            block("button", {"text": EVIL, "page": None, "url": 'https://example.nl/?"><b>'}),
        ),
    )
    send_now(editor, edition)
    assert not Mailing.objects.exists()  # the checks stop such a link
    now = timezone.now()
    freeze(edition=edition, state=Mailing.State.SCHEDULED, send_at=now)  # and if they had not
    tick()
    message = sink.messages[0]
    plain, html = parts(message)
    soup = BeautifulSoup(html, "html.parser")
    assert not soup.find_all(["script", "img"])
    assert "javascript:" not in html
    assert "onclick" not in html
    assert "spion" not in html + plain
    assert "root:" not in html
    assert "Meld u af" in html  # the frame is whole
    assert message["Subject"].strip().startswith("<script>alert(1)</script>")
    assert "é 🙂" in message["Subject"]


@pytest.mark.parametrize(
    "title",
    ["Kop\nBcc: iedereen@example.nl", "Kop\r\n\r\nTekst", "k" * 255, "🙂" * 100, "‮omgekeerd"],
)
def test_a_strange_title_makes_one_subject_and_no_headers(editor, north, sink, title):
    make.SubscriptionFactory(email="bewoner@example.nl", areas=[north])
    edition = make.NewsletterPageFactory(parent=north, to=[north], title=title)
    send_now(editor, edition)
    tick()
    message = sink.messages[0]
    assert message["Bcc"] is None
    assert message["Subject"].strip() == " ".join(title.split())
    assert sink.counts == {"bewoner@example.nl": 1}


def test_the_message_is_well_formed_and_repeats_its_id(editor, full, north, sink):
    make.SubscriptionFactory(email="bewoner@example.nl", areas=[north])
    send_now(editor, full)
    tick()
    raw = sink.received[0][1]
    assert all(len(line) <= 998 for line in raw.split(b"\r\n"))
    assert b"\n" not in raw.replace(b"\r\n", b"")
    message = BytesParser(policy=policy.default).parsebytes(raw)
    assert message.defects == []
    assert message.get_content_type() == "multipart/alternative"
    kinds = [part.get_content_type() for part in message.iter_parts()]
    assert kinds == ["text/plain", "text/html"]
    assert message["From"] == "Gebiedsplein <gebiedsplein@example.nl>"
    assert re.fullmatch(r"<\d+\.\d+\.[0-9a-f]{20}@example\.nl>", message["Message-ID"])
    assert message["Date"]

    from newsletters.models import Delivery
    from newsletters.sending.message import message_id

    assert message_id(Delivery.objects.get()) == message["Message-ID"]


def test_rendering_takes_no_more_queries_for_more_blocks(north, image, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def counted(times):
        blocks = [
            block("text", f'<p><a linktype="page" id="{north.pk}">x</a></p>'),
            block("image", {"image": image.pk, "alt": "", "caption": ""}),
            block("page", {"page": north.pk, "text": ""}),
        ]
        edition = make.NewsletterPageFactory(parent=north, body=body(*(blocks * times)))
        render_mail(edition)  # makes the renditions
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            render_mail(edition)
        return len(queries)

    assert counted(1) == counted(15)


def test_a_picture_whose_file_is_gone_is_left_out(north, image):
    image.file.storage.delete(image.file.name)
    edition = make.NewsletterPageFactory(
        parent=north,
        image=image,
        body=body(block("image", {"image": image.pk, "alt": "x", "caption": ""})),
    )
    assert "<img" not in render_mail(edition).html
