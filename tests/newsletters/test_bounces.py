"""Mails that come back: who is blocked, who is not, and what an editor and a council see of it."""

import mailbox
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from newsletters import services
from newsletters.choices import Choices
from newsletters.models import Bounce, Delivery, Suppression
from tests.factories import newsletters as make

from .conftest import send_now, tick
from .imap_server import Mailbox
from .reports import away, complaint, dsn

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(newsletter_editor, login):
    return login(newsletter_editor)


@pytest.fixture(autouse=True)
def _return_address(settings):
    settings.NEWSLETTER_BOUNCE_ADDRESS = "terug+{}@example.nl"


@pytest.fixture
def maildir(tmp_path, settings):
    """An empty mailbox of bounces."""
    box = mailbox.Maildir(tmp_path / "bounces", create=True)
    settings.NEWSLETTER_BOUNCE_MAILBOX = f"maildir://{tmp_path / 'bounces'}"
    return box


def fetch(**options) -> str:
    out = StringIO()
    call_command("fetch_bounces", stdout=out, **options)
    return out.getvalue().strip()


def send(editor, north, to, sink, title="Nieuws"):
    """Send an edition; {address: the address on its envelope that it came from}."""
    sink.senders.clear()
    edition = make.NewsletterPageFactory(parent=north, title=title, to=to)
    send_now(editor, edition)
    tick()
    return edition, dict(sink.senders)


def blocked() -> dict[str, str]:
    return dict(Suppression.objects.values_list("email", "reason"))


def test_what_comes_back_is_noted_and_blocks_only_addresses_that_do_not_work(
    editor, login, area_manager, north, sink, maildir, settings
):
    for name in ("weg", "vol", "traag", "boos", "opgezegd", "vakantie", "goed", "vreemd"):
        make.SubscriptionFactory(email=f"{name}@example.nl", areas=[north])
    edition, back = send(editor, north, [north], sink)
    assert len(set(back.values())) == 8
    assert all(sender.startswith("terug+") for sender in back.values())
    assert {str(message["From"]) for message in sink.messages} == {
        "Gebiedsplein <gebiedsplein@example.nl>"
    }
    ids = {str(message["To"]): str(message["Message-ID"]) for message in sink.messages}

    at = {name.split("@")[0]: sender for name, sender in back.items()}
    mails = {
        "hard": dsn(at["weg"].upper()),
        "the same twice": dsn(at["weg"]),
        "full": dsn(
            at["vol"],
            status="5.2.2",
            words="552 5.2.2 Mailbox full <script>\x00 <prive@example.nl>",
        ),
        "no code": dsn(at["opgezegd"], status="5.0.0", words="550 unknown user"),
        "delayed": dsn(at["traag"], action="delayed", status="4.4.1"),
        "complaint": complaint(
            "klachten@example.nl", original=f"Message-ID: {ids['boos@example.nl']}\n"
        ),
        "not spam": complaint(at["goed"], original="", kind="not-spam"),
        "refused as spam": dsn(at["goed"], status="5.7.1", words="554 5.7.1 Looks like spam"),
    }
    apart = {
        "holiday": away(at["vakantie"]),
        "forged mark": dsn(at["vreemd"][:-14] + "00@example.nl"),
        "forged id": dsn("x@example.nl", original=f"Message-ID: {ids['vreemd@example.nl'][:-16]}"),
        "a stranger's": dsn("terug@example.nl", original="To: vreemd@example.nl\n"),
        "garbage": b"\xff\x00\x1b[2J" * 5000,
        "empty": b"",
        "broken": dsn(at["vreemd"]).replace(b"boundary=", b"boundary==?utf-8?q?=FF?="),
        "deep": b"Content-Type: multipart/mixed; boundary=a\n\n--a\n" * 3000,
    }
    for content in [*mails.values(), *apart.values()]:
        maildir.add(content)

    assert fetch() == f"5 recorded, 3 with nothing new, {len(apart)} set apart"
    assert len(maildir) == 0
    assert len(maildir.get_folder("Apart")) == len(apart)
    assert fetch() == "0 recorded, 0 with nothing new, 0 set apart"

    assert blocked() == {
        "weg@example.nl": "bounced",
        "opgezegd@example.nl": "bounced",
        "boos@example.nl": "complained",
    }
    full = Bounce.objects.get(delivery__address="vol@example.nl")
    assert (full.kind, full.status, full.words) == (
        "soft",
        "5.2.2",
        "552 5.2.2 Mailbox full <script> <prive@example.nl>",
    )

    content = editor.get(f"/beheer/nieuwsbrieven/{edition.pk}/stand/").content.decode()
    assert "Later teruggekomen" in content
    list_url = f"/beheer/nieuwsbrieven/{edition.pk}/ontvangers/?stand="
    assert f'{list_url}bounced">4</a>' in content
    assert f'{list_url}complained">1</a>' in content
    rows = editor.get(f"{list_url}bounced").content.decode()
    assert "vol@example.nl" in rows
    assert "Mailbox full &lt;script&gt;" in rows
    assert "boos@example.nl" not in rows
    # Who may not see addresses does not see either where a mail was forwarded to.
    rows = login(area_manager).get(f"{list_url}bounced").content.decode()
    assert "Mailbox full" in rows
    assert "v•••@example.nl" in rows
    assert "p•••@example.nl" in rows
    assert "prive@example.nl" not in rows

    # Three in a row that come back from a full mailbox, and the address gets no more.
    for number in range(2):
        assert "vol@example.nl" not in blocked()
        _edition, back = send(editor, north, [north], sink, title=f"Nummer {number}")
        assert "weg@example.nl" not in back
        maildir.add(dsn(back["vol@example.nl"], status="4.2.2", words="452 4.2.2 Mailbox full"))
        assert fetch().startswith("1 recorded")
    assert blocked()["vol@example.nl"] == "bounced"
    assert "goed@example.nl" not in blocked()

    # Who confirms anew proves that the address works.
    _subscription, token = services.request_subscription(
        email="weg@example.nl", choices=Choices(areas=(north,))
    )
    services.confirm_subscription(token=token, source="via de website")
    assert "weg@example.nl" not in blocked()


def test_a_council_of_which_no_address_works_stands_on_a_page(
    editor, login, manager_west, north, council, sink, maildir, django_assert_max_num_queries
):
    page = "/beheer/nieuwsbrieven/raden-zonder-post/"
    sink.answers["secretaris@example.nl"] = "550 5.1.1 Geen mailbox"
    _edition, back = send(editor, north, [council], sink)
    assert "Elke raad met een mailadres krijgt onze post" in editor.get(page).content.decode()
    maildir.add(dsn(back["voorzitter@example.nl"], words="550 5.1.1 Weg <b>"))
    fetch()
    with django_assert_max_num_queries(30):
        content = editor.get(page).content.decode()
    assert council.name in content
    assert "550 5.1.1 Weg &lt;b&gt;" in content
    assert "550 5.1.1 Geen mailbox" in content
    other = login(manager_west).get(page).content.decode()
    assert council.name not in other
    council.addresses.filter(email="voorzitter@example.nl").update(email="nieuw@example.nl")
    assert council.name not in editor.get(page).content.decode()


def test_a_mailbox_over_imap_is_read_and_emptied(
    editor, north, council, subscriber, sink, settings
):
    _edition, back = send(editor, north, [north], sink)
    mails = [b"no mail at all", dsn(back[subscriber.email])]
    with Mailbox(mails, password="geheim") as server:
        address = f"imap://bounces:%s@127.0.0.1:{server.port}/INBOX"
        with pytest.raises(CommandError) as error:
            fetch(mailbox=address % "anders")
        assert "anders" not in str(error.value)
        settings.NEWSLETTER_BOUNCE_MAILBOX = address % "geheim"
        call_command("tick", only="newsletters-bounces", stdout=StringIO())
        assert blocked() == {subscriber.email: "bounced"}
        assert server.folders == {"INBOX": {}, "Apart": {1: mails[0]}}
    # A server without room for another folder: what is not understood stays, and stops nothing.
    _edition, back = send(editor, north, [north, council], sink, title="Nog een")
    mails = [b"no mail at all", dsn(back["voorzitter@example.nl"])]
    with Mailbox(mails, password="geheim", takes_copies=False) as server:
        address = f"imap://bounces:geheim@127.0.0.1:{server.port}/INBOX"
        assert fetch(mailbox=address) == "1 recorded, 0 with nothing new, 1 set apart"
        assert server.folders["INBOX"] == {1: mails[0]}
        assert fetch(mailbox=address) == "0 recorded, 0 with nothing new, 0 set apart"
    settings.NEWSLETTER_BOUNCE_MAILBOX = ""
    for wrong in ("", "maildir:///nergens", f"imap://x@127.0.0.1:{server.port}", "pop3://x"):
        with pytest.raises(CommandError):
            fetch(mailbox=wrong)
    for password in ("ge#heim", "ge/heim", "ge?heim"):
        with pytest.raises(CommandError, match="cannot be read") as error:
            fetch(mailbox=f"imap://bounces:{password}@127.0.0.1:143/INBOX")
        assert "'ge'" not in str(error.value)
    first = Delivery.objects.filter(address=subscriber.email).order_by("pk").first()
    assert first.state == Delivery.State.ACCEPTED
