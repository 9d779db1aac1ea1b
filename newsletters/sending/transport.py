"""The connection to the mail server: one for many mails, and what became of each."""

import logging
import re
import smtplib
import socket
import ssl
from dataclasses import dataclass
from enum import Enum

from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.smtp import EmailBackend
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .message import Letter
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
_DOT = re.compile(rb"(?m)^\.")


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
    that went away had the whole mail or not. Other backends (file, console, an API) take the
    message as a whole.
    """

    def __init__(self) -> None:
        self.backend = get_connection()
        self.is_smtp = isinstance(self.backend, EmailBackend)
        self.announced: Letter | None = None

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
            self.backend.open()
        except OSError as error:
            self.close()
            raise ServerUnavailableError(describe(error)) from error

    def close(self) -> None:
        """Say goodbye; whatever goes wrong with that does not matter any more."""
        try:
            self.backend.close()
        except OSError:
            if self.is_smtp:
                self.backend.connection = None

    def announce(self, letter: Letter) -> None:
        """Begin the dialogue about one mail: `send` must follow, or `withdraw`.

        The server works on it while we write down that it gets the mail, which saves that time.
        """
        self.open()
        if not self.is_smtp:
            return
        connection = self.backend.connection
        try:
            connection.ehlo_or_helo_if_needed()
            connection.putcmd("mail", f"FROM:{smtplib.quoteaddr(letter.sender)}")
        except OSError:
            self._drop()
        else:
            self.announced = letter

    def withdraw(self) -> None:
        """Forget the mail that was announced."""
        if self.announced is not None:
            self.announced = None
            try:
                self.backend.connection.getreply()
            except OSError:
                self._drop()
            else:
                self._reset()

    def send(self, letter: Letter) -> Result:
        """Hand over one mail through SMTP."""
        announced, self.announced = self.announced, None
        self.open()
        connection = self.backend.connection
        try:
            if announced is letter:
                answer = connection.getreply()
            else:
                connection.ehlo_or_helo_if_needed()
                answer = connection.mail(letter.sender)
            refused = self._refused("mail", answer)
            refused = refused or self._refused("rcpt", connection.rcpt(letter.recipient))
            refused = refused or self._refused("data", connection.docmd("DATA"), wanted=354)
            if refused:
                return refused
            connection.send(_DOT.sub(b"..", letter.content).rstrip(b"\r\n") + b"\r\n.\r\n")
        except OSError as error:
            self._drop()
            return Result(Outcome.NOT_SENT, describe(error))
        try:
            code, words = connection.getreply()
        except OSError as error:
            self._drop()
            return Result(Outcome.UNKNOWN, describe(error))
        if code == 250:
            return Result(Outcome.ACCEPTED, reply_text(code, words))
        return self._answer(code, words)

    def _refused(self, step: str, answer: tuple[int, bytes], wanted: int = 250) -> Result | None:
        """None where the server agrees with a step, else what that means for this mail."""
        code, words = answer
        if code == wanted or (step == "rcpt" and code == 251):
            return None
        if step == "mail":
            # Our sender is refused: that holds for every mail, so it is no fault of this one.
            self._reset()
            raise ServerUnavailableError(reply_text(code, words))
        return self._answer(code, words)

    def _answer(self, code: int, words: bytes) -> Result:
        reply = reply_text(code, words)
        if code == 421 or code < 400:  # the server closes, or speaks no SMTP any more
            self._drop()
            return Result(Outcome.NOT_SENT, reply)
        self._reset()
        return Result(Outcome.LATER if code < 500 else Outcome.REFUSED, reply)

    def _reset(self) -> None:
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

    def send_whole(self, message: EmailMultiAlternatives) -> Result:
        """Hand over one mail through another backend than SMTP."""
        try:
            self.backend.send_messages([message])
        except OSError as error:
            raise ServerUnavailableError(describe(error)) from error
        return Result(Outcome.ACCEPTED)


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
