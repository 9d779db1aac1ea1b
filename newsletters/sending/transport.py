"""The connection to the mail server: one for many mails, and what became of each."""

import logging
import smtplib
import socket
import ssl
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum

from django.core.mail import get_connection
from django.core.mail.backends.smtp import EmailBackend
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .message import Envelope, Letter
from .signing import SigningError, check_key

logger = logging.getLogger(__name__)

REPLY_LENGTH = 500
#: Errors of a connection in words for an editor; the first kind that fits counts.
EXPLAINED = (
    (TimeoutError, gettext_lazy("hij antwoordt niet op tijd")),
    (ConnectionRefusedError, gettext_lazy("hij neemt geen verbinding aan")),
    (socket.gaierror, gettext_lazy("zijn naam is niet te vinden")),
    (ssl.SSLError, gettext_lazy("de beveiligde verbinding lukt niet")),
    (ConnectionError, gettext_lazy("hij verbrak de verbinding")),
    (smtplib.SMTPServerDisconnected, gettext_lazy("hij verbrak de verbinding")),
)


class Outcome(Enum):
    """What became of one mail."""

    ACCEPTED = "accepted"  # the server took it upon itself
    LATER = "later"  # a 4xx answer: try again some time
    REFUSED = "refused"  # a 5xx answer: this address will not do
    UNKNOWN = "unknown"  # the server went away after it had the whole mail
    NOT_SENT = "not sent"  # the server went away before; nothing was delivered


@dataclass(frozen=True)
class Result:
    """Outcome and the words of the server."""

    outcome: Outcome
    reply: str = ""


class ServerUnavailableError(Exception):
    """No mail can go out now: no connection, no log-in, or our sender is refused."""


class Transport:
    """Hands mails to the server that EMAIL_URL names, over one connection as long as it lasts.

    Through SMTP it follows the dialogue itself, because only so can be told whether a server
    that went away had the whole mail or not. Other backends take the message as a whole
    (`whole.py`).
    """

    def __init__(self) -> None:
        self.backend = get_connection()
        self.is_smtp = isinstance(self.backend, EmailBackend)
        self.announced: Envelope | None = None
        #: Whether a mail went over this connection.
        self.used = False

    def check(self) -> None:
        """ServerUnavailableError where mails cannot be signed as they must."""
        try:
            check_key()
        except SigningError as error:
            logger.error("%s", error)
            raise ServerUnavailableError(
                _("de sleutel waarmee wij mails ondertekenen is niet te gebruiken")
            ) from error

    def open(self) -> None:
        """Connect, unless connected; ServerUnavailableError with the reason."""
        try:
            if self.backend.open() and self.is_smtp:
                # The last piece of a mail must not wait until the pieces before were received.
                self.backend.connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                self.backend.connection.ehlo_or_helo_if_needed()
                self.used = False
        except OSError as error:
            self.close()
            raise ServerUnavailableError(describe(error)) from error

    def close(self) -> None:
        """Say goodbye; whatever goes wrong with that does not matter any more."""
        self.withdraw()
        try:
            self.backend.close()
        except OSError:
            if self.is_smtp:
                self.backend.connection = None

    def announce(self, envelope: Envelope) -> None:
        """Begin the dialogue about one mail: `hand_over` must follow, or `withdraw`.

        The server works on it while we write down that it gets the mail, which saves that time.
        Nothing where it was announced together with the mail before.
        """
        if self.announced == envelope:
            return
        self.withdraw()
        self.open()
        try:
            self._write(self._opening(envelope))
        except OSError:
            self._drop()
        else:
            self.announced = envelope

    def withdraw(self) -> None:
        """Forget the mail that was announced.

        Behind DATA there is no other way back than to end the conversation: a server delivers
        nothing without the end of the mail (RFC 5321, 4.1.1.4).
        """
        announced, self.announced = self.announced, None
        if announced is None:
            return
        if self.pipelines:
            self._drop()
            return
        try:
            self.backend.connection.getreply()
        except OSError:
            self._drop()
        else:
            self._reset()

    def hand_over(self, letter: Letter, following: Envelope | None = None) -> Result | None:
        """Give the server one mail; None where it has all of it, and `result` is its answer.

        `following` is announced together with the end of the mail, where the server takes
        commands without waiting for the answer to the one before (RFC 2920).
        """
        if self.announced != letter.envelope:
            self.withdraw()
        announced, self.announced = self.announced, None
        self.open()
        try:
            if announced is None:
                self._write(self._opening(letter.envelope))
            refused = self._refused(letter.envelope)
            if refused:
                return refused
            self._write(_ended(letter.content))
        except OSError as error:
            self._drop()
            return Result(Outcome.NOT_SENT, describe(error))
        if following is not None and self.pipelines:
            # Apart: where this breaks, the server may well have the mail before it.
            self.announced = following
            with suppress(OSError):
                self._write(self._opening(following))
        return None

    def result(self) -> Result:
        """What the server says of the mail that it has the whole of."""
        try:
            code, words = self.backend.connection.getreply()
        except OSError as error:
            self._drop()
            return Result(Outcome.UNKNOWN, describe(error))
        self.used = True
        reply = reply_text(code, words)
        if 200 <= code < 300:
            return Result(Outcome.ACCEPTED, reply)
        if code < 400:  # it speaks no SMTP any more, and it has the mail
            self._drop()
            return Result(Outcome.UNKNOWN, reply)
        if self.announced is None:
            return self._answer(code, words)
        if code == 421:
            self._drop()
            return Result(Outcome.NOT_SENT, reply)
        return _no(code, reply)  # the end of a mail ends its transaction, whatever the answer

    @property
    def pipelines(self) -> bool:
        """Whether the server we talk to takes several commands at a time."""
        return self.backend.connection.has_extn("pipelining")

    def _opening(self, envelope: Envelope) -> bytes:
        """The commands that begin a mail, as many as the server takes at a time."""
        mail = b"MAIL FROM:<%b>\r\n" % envelope.sender.encode("ascii")
        return mail + self._recipient(envelope) + b"DATA\r\n" if self.pipelines else mail

    @staticmethod
    def _recipient(envelope: Envelope) -> bytes:
        return b"RCPT TO:<%b>\r\n" % envelope.recipient.encode("ascii")

    def _write(self, data: bytes) -> None:
        """Send as it is. A fault leaves the connection to `_drop`."""
        self.backend.connection.sock.sendall(data)

    def _refused(self, envelope: Envelope) -> Result | None:
        """None where the server agrees with sender and recipient and waits for the mail."""
        connection, pipelines = self.backend.connection, self.pipelines
        code, words = connection.getreply()
        if code == 421 and self.used:  # enough for one conversation, and nothing more than that
            return self._answer(code, words)
        if code != 250:
            # Our sender is refused: that holds for every mail, so it is no fault of this one.
            if pipelines:
                self._drop()
            else:
                self._reset()
            raise ServerUnavailableError(reply_text(code, words))
        if not pipelines:
            self._write(self._recipient(envelope))
        code, words = connection.getreply()
        if code not in (250, 251):
            if pipelines and code != 421:
                self._leave_data()
            return self._answer(code, words)
        if not pipelines:
            self._write(b"DATA\r\n")
        code, words = connection.getreply()
        return None if code == 354 else self._answer(code, words)

    def _leave_data(self) -> None:
        """Out of a DATA that was sent along with a recipient who is refused.

        A server that says 354 all the same gets an empty mail for nobody (RFC 2920, 3.1).
        """
        try:
            if self.backend.connection.getreply()[0] == 354:
                self._write(b".\r\n")
                self.backend.connection.getreply()
        except OSError:
            self._drop()

    def _answer(self, code: int, words: bytes) -> Result:
        reply = reply_text(code, words)
        if code == 421 or code < 400:  # the server closes, or speaks no SMTP any more
            self._drop()
            return Result(Outcome.NOT_SENT, reply)
        self._reset()
        return _no(code, reply)

    def _reset(self) -> None:
        if self.backend.connection is None:
            return
        try:
            self.backend.connection.rset()
        except OSError:
            self._drop()

    def _drop(self) -> None:
        """Forget a connection that is broken, so that the next mail gets a new one."""
        self.announced = None
        connection, self.backend.connection = self.backend.connection, None
        if connection is not None:
            connection.close()


def _no(code: int, reply: str) -> Result:
    return Result(Outcome.LATER if code < 500 else Outcome.REFUSED, reply)


def _ended(content: bytes) -> bytes:
    """A mail as it goes over the line: dots at the start of a line doubled, and the end."""
    if b"\n." in content:  # seldom, and looking is quick
        content = content.replace(b"\n.", b"\n..")
    return content + (b".\r\n" if content.endswith(b"\r\n") else b"\r\n.\r\n")


def reply_text(code: int, words: bytes) -> str:
    """A server's answer as text for people, such as "550 No such user here"."""
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else str(words)
    return f"{code} {' '.join(text.split())}"[:REPLY_LENGTH]


def describe(error: OSError) -> str:
    """What went wrong with a connection: the words of the server, or ours in Dutch."""
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return _("hij weigert onze gebruikersnaam of ons wachtwoord (%(words)s)") % {
            "words": reply_text(error.smtp_code, error.smtp_error)
        }
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return "; ".join(reply_text(*answer) for answer in error.recipients.values())
    if isinstance(error, smtplib.SMTPResponseException):
        return reply_text(error.smtp_code, error.smtp_error)
    for kind, words in EXPLAINED:
        if isinstance(error, kind):
            return str(words)
    return _("de verbinding mislukt (%(words)s)") % {
        "words": " ".join(str(error).split())[:REPLY_LENGTH]
    }
