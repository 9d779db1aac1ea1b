"""The mail of one delivery, with the headers that a newsletter owes its reader.

RFC 8058 (one-click unsubscribe), RFC 2919 (List-ID), RFC 2369 (List-Archive), RFC 3834
(Auto-Submitted). All mails of a mailing are alike but for a few words, so what is alike is encoded
once: making a mail is then putting a dozen pieces together.
"""

import re
from binascii import b2a_qp
from email.utils import formatdate, parseaddr
from typing import NamedTuple

from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
from django.utils import translation
from django.utils.html import escape

from cms.services import absolute_url

from ..bounces.address import message_id as signed_message_id
from ..bounces.address import return_address
from ..models import Delivery, Mailing
from ..rendering.newsletter import LEAVE_URL, PREFERENCES_URL, REASON, Mail
from ..tokens import leave_token, preferences_token
from .mailing import sender_domain
from .signing import signed

_TOKEN = "TOKEN"  # noqa: S105
_MARKS = re.compile("|".join(map(re.escape, (REASON, LEAVE_URL, PREFERENCES_URL))))
#: An address that can stand in a header as it is.
_PLAIN = re.compile(r"[\x21-\x7e]+@[\x21-\x7e]+")
_MADE_HERE = (b"content-", b"mime-version:", b"to:", b"date:", b"message-id:")
_SOFT_BREAK = b"=\r\n"


def message_id(delivery: Delivery) -> str:
    """The same for a delivery whenever it is made, so that receivers can tell a repetition."""
    return signed_message_id(
        mailing_id=delivery.mailing_id, delivery_id=delivery.pk, domain=sender_domain()
    )


class Envelope(NamedTuple):
    """From whom and to whom a mail goes, as addresses in ASCII."""

    sender: str
    recipient: str


class Letter(NamedTuple):
    """One mail for one address. `content` is the whole mail, signed, with CRLF."""

    envelope: Envelope
    content: bytes


class Press:
    """Makes the mails of one mailing."""

    def __init__(self, mailing: Mailing) -> None:
        self.mailing = mailing
        with translation.override("nl"):
            self.leave_url = absolute_url(reverse("newsletter_leave", args=[_TOKEN]))
            self.preferences_url = absolute_url(reverse("newsletter_preferences", args=[_TOKEN]))
            self.subscribe_url = absolute_url(reverse("newsletter_subscribe"))
            self.archive_url = absolute_url(reverse("newsletters"))
        self.sender = parseaddr(mailing.from_email)[1]
        if not _PLAIN.fullmatch(self.sender):
            raise ValueError("the sender has characters that need an encoding")
        self.domain = self.sender.rpartition("@")[2]
        # "=_" never occurs in quoted-printable, so no text of an editor can end a part.
        boundary = f"=_gebiedsplein-{mailing.pk}"
        self.headers = self._alike(boundary)
        self.text = _pieces(mailing.text)
        self.html = _pieces(mailing.html)
        self.opening = _part(boundary, "plain")
        self.middle = b"\r\n" + _part(boundary, "html")
        self.ending = f"\r\n--{boundary}--\r\n".encode()

    def envelope(self, delivery: Delivery) -> Envelope:
        """From and to whom the mail of one delivery goes; ValueError as for `letter`."""
        if not _PLAIN.fullmatch(delivery.address):
            raise ValueError("the address has characters that need an encoding")
        return Envelope(return_address(delivery.pk) or self.sender, delivery.address)

    def letter(self, delivery: Delivery) -> Letter:
        """The mail of one delivery; ValueError where its address fits in no header."""
        envelope = self.envelope(delivery)
        own = self._own(delivery)
        headers = {
            "To": delivery.address,
            "Date": formatdate(),
            "Message-ID": message_id(delivery),
            "List-Unsubscribe": f"<{own[LEAVE_URL]}>",
        }
        content = b"".join(
            [
                self.headers,
                *(f"{name}: {value}\r\n".encode("ascii") for name, value in headers.items()),
                b"\r\n",
                self.opening,
                _joined(self.text, own),
                self.middle,
                _joined(self.html, {mark: escape(value) for mark, value in own.items()}),
                self.ending,
            ]
        )
        return Letter(envelope, signed(content, domain=self.domain))

    def message(self, delivery: Delivery) -> EmailMultiAlternatives:
        """The same mail for a backend of Django that does not speak SMTP."""
        mailing, own = self.mailing, self._own(delivery)
        mail = Mail(html=mailing.html, text=mailing.text).for_recipient(
            reason=own[REASON], leave_url=own[LEAVE_URL], preferences_url=own[PREFERENCES_URL]
        )
        headers = {
            **self._list_headers(),
            "Message-ID": message_id(delivery),
            "List-Unsubscribe": f"<{own[LEAVE_URL]}>",
        }
        message = self._django_message(headers, mail.text, [delivery.address])
        message.attach_alternative(mail.html, "text/html")
        return message

    def _own(self, delivery: Delivery) -> dict[str, str]:
        """What comes at each mark in the mail of one delivery."""
        preferences_url = self.subscribe_url
        if delivery.subscription_id is not None:
            token = preferences_token(delivery.subscription_id)
            preferences_url = self.preferences_url.replace(_TOKEN, token)
        return {
            REASON: delivery.reason,
            LEAVE_URL: self.leave_url.replace(_TOKEN, leave_token(delivery.pk)),
            PREFERENCES_URL: preferences_url,
        }

    def _list_headers(self) -> dict[str, str]:
        return {
            "List-ID": self.mailing.list_id,
            "List-Archive": f"<{self.archive_url}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
            "Precedence": "bulk",
            "X-Auto-Response-Suppress": "OOF, AutoReply",
        }

    def _django_message(self, headers: dict, text: str, to: list[str]) -> EmailMultiAlternatives:
        mailing = self.mailing
        return EmailMultiAlternatives(
            subject=mailing.subject,
            body=text,
            from_email=mailing.from_email,
            to=to,
            reply_to=[mailing.reply_to] if mailing.reply_to else None,
            headers=headers,
        )

    def _alike(self, boundary: str) -> bytes:
        """The headers that all mails have alike, encoded by Django."""
        headers = {**self._list_headers(), "Date": "x", "Message-ID": "<x@x>"}
        made = self._django_message(headers, "", []).message().as_bytes(linesep="\r\n")
        fields = re.split(rb"\r\n(?![ \t])", made.partition(b"\r\n\r\n")[0])
        kept = [field for field in fields if not field.lower().startswith(_MADE_HERE)]
        kept += [
            b"MIME-Version: 1.0",
            f'Content-Type: multipart/alternative; boundary="{boundary}"'.encode(),
        ]
        return b"".join(field + b"\r\n" for field in kept)


def _part(boundary: str, kind: str) -> bytes:
    return (
        f"--{boundary}\r\nContent-Type: text/{kind}; charset=utf-8\r\n"
        "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
    ).encode()


def _encoded(text: str) -> bytes:
    """Quoted-printable (RFC 2045) with CRLF."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return b2a_qp(lines.encode()).replace(b"\n", b"\r\n")


def _pieces(text: str) -> list[bytes | str]:
    """A part of a mail: encoded text and between it marks, each on a line of its own."""
    pieces: list[bytes | str] = []
    end = 0
    for found in _MARKS.finditer(text):
        pieces += [_encoded(text[end : found.start()]) + _SOFT_BREAK, found[0]]
        end = found.end()
    return [*pieces, _encoded(text[end:])]


def _joined(pieces: list[bytes | str], own: dict[str, str]) -> bytes:
    return b"".join(
        piece if isinstance(piece, bytes) else _encoded(own[piece]) + _SOFT_BREAK
        for piece in pieces
    )
