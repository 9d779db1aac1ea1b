"""Mailboxes to read bounces and answers from: a maildir on this machine, or IMAP.

Both give the mails one by one with their key; a mail is removed only after it was dealt with, or
put in the folder of mails that a person may look at. Of answers only the headers are read, and
nothing is changed.
"""

import imaplib
import mailbox
import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

from .reports import MAX_BYTES

APART = "Apart"
TIMEOUT_SECONDS = 60
THIS_MACHINE = {"localhost", "127.0.0.1", "::1"}
MAX_HEADER_BYTES = 64 * 1024
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class MailboxError(Exception):
    """The mailbox cannot be reached or read; the text says why."""


class Box(Protocol):
    def mails(self) -> Iterator[tuple[str, bytes]]: ...
    def headers(self, *, since: date) -> Iterator[bytes]: ...
    def remove(self, key: str) -> None: ...
    def set_apart(self, key: str) -> None: ...


class MaildirBox:
    """A maildir; mails set apart go to its folder `.Apart`."""

    def __init__(self, path: Path) -> None:
        if not (path / "new").is_dir() or not (path / "cur").is_dir():
            raise MailboxError(f"{path} is no maildir: it has no folders 'new' and 'cur'.")
        self.path = path
        self.box = mailbox.Maildir(path, create=False)

    def mails(self) -> Iterator[tuple[str, bytes]]:
        for key in sorted(self.box.keys()):
            try:
                with self.box.get_file(key) as file:
                    content = file.read(MAX_BYTES)
            except (KeyError, FileNotFoundError):  # another run took it
                continue
            yield key, content

    def headers(self, *, since: date) -> Iterator[bytes]:
        """The beginnings of the mails that came on or after a day."""
        first = datetime.combine(since, time()).timestamp()
        for path in [path for part in ("new", "cur") for path in (self.path / part).iterdir()]:
            try:
                if path.stat().st_mtime < first:
                    continue
                with path.open("rb") as file:
                    content = file.read(MAX_HEADER_BYTES)
            except (FileNotFoundError, IsADirectoryError):  # the owner moved it
                continue
            yield content

    def remove(self, key: str) -> None:
        self.box.discard(key)

    def set_apart(self, key: str) -> None:
        try:
            with self.box.get_file(key) as file:
                self.box.add_folder(APART).add(file)
        except (KeyError, FileNotFoundError):
            return
        self.box.discard(key)


class ImapBox:
    """A folder on an IMAP server (RFC 3501); mails set apart are copied to the folder `Apart`.

    Where that cannot be made they stay and get a flag. Mails with a flag are not read.
    """

    def __init__(self, connection: imaplib.IMAP4) -> None:
        self.connection = connection

    def _do(self, *command: str) -> list:
        status, data = self.connection.uid(*command)
        if status != "OK":
            raise MailboxError(f"{command[0]}: {data}")
        return data

    def mails(self) -> Iterator[tuple[str, bytes]]:
        found = self._do("SEARCH", "UNDELETED", "UNFLAGGED")
        for key in (found[0] or b"").decode("ascii", "replace").split():
            data = self._do("FETCH", key, f"(BODY.PEEK[]<0.{MAX_BYTES}>)")
            contents = [item[1] for item in data if isinstance(item, tuple)]
            if contents:
                yield key, contents[0]

    def headers(self, *, since: date) -> Iterator[bytes]:
        """The headers of the mails that came on or after a day; none is marked as read."""
        day = f"{since.day}-{MONTHS[since.month - 1]}-{since.year}"  # whatever language we speak
        found = self._do("SEARCH", "SINCE", day)
        for key in (found[0] or b"").decode("ascii", "replace").split():
            data = self._do("FETCH", key, f"(BODY.PEEK[HEADER]<0.{MAX_HEADER_BYTES}>)")
            yield from (item[1] for item in data if isinstance(item, tuple))

    def remove(self, key: str) -> None:
        self._do("STORE", key, "+FLAGS.SILENT", r"(\Deleted)")

    def set_apart(self, key: str) -> None:
        self.connection.create(APART)  # answers NO where it is there
        status, _data = self.connection.uid("COPY", key, APART)
        if status == "OK":
            self.remove(key)
        else:  # some servers take no folder beside INBOX: then it stays, and is passed over
            self._do("STORE", key, "+FLAGS.SILENT", r"(\Flagged)")


def in_clear(address: str) -> bool:
    """Whether the password for a mailbox would go over the network unless the server offers TLS."""
    try:
        parsed = urlsplit(address)
    except ValueError:
        return False
    return parsed.scheme == "imap" and parsed.hostname not in THIS_MACHINE


@contextmanager
def opened(address: str, *, only_read: bool = False) -> Iterator[Box]:
    """The mailbox at `maildir:///path`, `imaps://…` or `imap://user:password@host:port/folder`.

    `imap` turns to TLS, without which no password goes to another machine. `only_read` lets the
    server refuse all changes. Raises MailboxError, never with the password.
    """
    try:
        parsed = urlsplit(address)
        _port = parsed.port
    except ValueError:  # it names what it took for the port: that may be the password
        raise MailboxError(
            "The address cannot be read. Write # / ? and @ in a password as %23 %2F %3F and %40."
        ) from None
    if parsed.scheme == "maildir":
        yield MaildirBox(Path(unquote(parsed.path)))
        return
    if parsed.scheme not in ("imap", "imaps") or not parsed.hostname:
        raise MailboxError("The address must begin with maildir://, imaps:// or imap://.")
    try:
        connection = _connect(parsed, only_read=only_read)
        try:
            yield ImapBox(connection)
            if not only_read:
                connection.expunge()
        finally:
            connection.logout()
    except (imaplib.IMAP4.error, OSError) as error:
        raise MailboxError(f"{parsed.hostname}: {error}") from error


def _connect(parsed, *, only_read: bool) -> imaplib.IMAP4:
    context = ssl.create_default_context()
    if parsed.scheme == "imaps":
        connection = imaplib.IMAP4_SSL(
            parsed.hostname, parsed.port or 993, ssl_context=context, timeout=TIMEOUT_SECONDS
        )
    else:
        connection = imaplib.IMAP4(parsed.hostname, parsed.port or 143, timeout=TIMEOUT_SECONDS)
    try:
        if parsed.scheme == "imap":
            if "STARTTLS" in connection.capabilities:
                connection.starttls(context)
            elif parsed.hostname not in THIS_MACHINE:
                raise MailboxError(
                    f"{parsed.hostname} offers no TLS, so the password would be sent in clear. "
                    "Use imaps://."
                )
        connection.login(unquote(parsed.username or ""), unquote(parsed.password or ""))
        folder = unquote(parsed.path.strip("/")) or "INBOX"
        quoted = re.sub(r'(["\\])', r"\\\1", folder)
        status, data = connection.select(f'"{quoted}"', readonly=only_read)
        if status != "OK":
            raise MailboxError(f"{parsed.hostname}: no folder {folder}: {data}")
    except BaseException:
        connection.shutdown()
        raise
    return connection
