"""Answers to a newsletter: counted only where that is set up, once each, and left as they are."""

import mailbox
import os
import socket
import time
from email.message import EmailMessage
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError

from newsletters.bounces.answers import count
from newsletters.bounces.mailboxes import MailboxError
from newsletters.bounces.reports import kind_of
from newsletters.models import Answer, Delivery
from tests.factories import newsletters as make

from .conftest import send_now, tick
from .imap_server import Mailbox

pytestmark = pytest.mark.django_db


def answer(number: int, to: str, **headers) -> bytes:
    """A mail in answer to the mail with this Message-ID."""
    message = EmailMessage()
    message["From"] = "iemand@example.nl"
    message["Message-ID"] = f"<antwoord-{number}@example.nl>"
    message["Subject"] = headers.pop("Subject", "Re: Nieuws")
    message["In-Reply-To"] = to
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content("Wat fijn, dank u wel. Groet, mevrouw Voorbeeld")
    return message.as_bytes()


def tick_answers() -> None:
    call_command("tick", only="newsletters-answers", stdout=StringIO())


def test_answers_are_counted_once_and_stay(
    newsletter_editor, login, edition, north, sink, settings, tmp_path, caplog
):
    make.many_subscribers(3, area=north)
    editor = login(newsletter_editor)
    send_now(editor, edition)
    tick()
    ids = [str(message["Message-ID"]) for message in sink.messages]
    status = f"/beheer/nieuwsbrieven/{edition.pk}/stand/"
    assert "Antwoorden op deze mail" not in editor.get(status).content.decode()
    tick_answers()  # nothing is set up

    def shown() -> str:
        content = " ".join(editor.get(status).content.decode().split())
        return content.partition("Antwoorden op deze mail</dt><dd>")[2].partition("<")[0]

    far = {"References": f"<x@example.nl> {ids[1]}"}
    mails = [
        answer(1, ids[0]),
        answer(1, ids[0]),  # the same mail in two places
        answer(2, "<iets@example.nl>", **far),
        answer(3, ids[0], Auto_Submitted="auto-replied"),
        answer(4, ids[0], Precedence="bulk"),
        answer(5, ids[0], Subject="Automatisch antwoord: Nieuws"),
        answer(6, ids[0], X_Autoreply="yes"),
        answer(7, ids[0], Return_Path="<>"),
        answer(8, ids[0][:-20] + "@example.nl>"),  # forged
        answer(9, "<12.34@example.nl>"),
        b"\xff\x00 no mail \x1b" * 99,
        b"",
    ]
    with Mailbox(mails, password="geheim") as server:
        settings.NEWSLETTER_ANSWERS_MAILBOX = f"imap://plein:geheim@127.0.0.1:{server.port}/INBOX"
        assert shown() == "0"
        tick_answers()
        assert shown() == "2"
        assert count(address=settings.NEWSLETTER_ANSWERS_MAILBOX) == 0  # each once
        assert server.folders["INBOX"] == dict(enumerate(mails, start=1))
        assert server.changes == []
        assert not server.bodies_read
    folder = tmp_path / "antwoorden"
    box = mailbox.Maildir(folder, create=True)
    settings.NEWSLETTER_ANSWERS_MAILBOX = f"maildir://{folder}"
    for content in (*mails, answer(10, ids[2], Auto_Submitted="no")):
        box.add(content)
    old = box._lookup(box.add(answer(11, ids[2])))
    os.utime(folder / old, (time.time() - 30 * 86400,) * 2)
    tick_answers()
    tick_answers()
    assert shown() == "3"
    assert len(box) == len(mails) + 2
    assert "Voorbeeld" not in str(list(Answer.objects.values()))
    settings.NEWSLETTER_ANSWERS_MAILBOX = "maildir:///nergens"
    tick_answers()
    assert "could not be read" in caplog.text
    Delivery.objects.all().delete()
    assert shown() == "3"


def test_no_password_goes_over_the_network_in_clear(settings, monkeypatch):
    settings.NEWSLETTER_ANSWERS_MAILBOX = "imap://plein:geheim@mail.example.nl/INBOX"
    with pytest.raises(SystemCheckError, match=r"newsletters\.W003"):
        call_command("check", fail_level="WARNING")
    with Mailbox([], password="geheim") as server:
        real = socket.getaddrinfo

        def elsewhere(host, *args, **kwargs):
            """mail.example.nl is this machine, which the application does not know."""
            return real("127.0.0.1" if host == "mail.example.nl" else host, *args, **kwargs)

        monkeypatch.setattr(socket, "getaddrinfo", elsewhere)
        address = f"imap://plein:geheim@mail.example.nl:{server.port}/INBOX"
        with pytest.raises(MailboxError, match="offers no TLS"):
            count(address=address)
        assert server.passwords == []


@pytest.mark.parametrize(
    ("status", "words", "kind"),
    [
        ("5.1.1", "550 5.1.1 No such user", "hard"),
        ("5.0.0", "550 <x@example.nl>: Recipient address rejected: User unknown in table", "hard"),
        ("", "550 No Such User Here", "hard"),
        ("", "550-Unrouteable address", "hard"),
        ("5.0.0", "550 Requested action not taken: mailbox unavailable", "soft"),
        ("", "550 Rejected as spam", "soft"),
        ("5.0.0", "550 Your message was blocked by our policy", "soft"),
        ("5.1.0", "550 Sender rejected", "soft"),
        ("5.1.1", "550 5.7.1 Access denied, banned sending IP", "soft"),
        ("5.1.1", "550 5.1.1 This address is on our blocklist", "soft"),
        ("5.0.0", "554 refused, see 5.1.1.20", "soft"),
        ("4.4.1", "451 5.1.1 later", "soft"),
        ("", "", "soft"),
    ],
)
def test_only_an_address_that_is_clearly_not_there_is_a_hard_bounce(status, words, kind):
    assert kind_of(status, words) == kind
