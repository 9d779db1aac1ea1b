"""Mailboxes to read bounces from: a maildir on this machine, or IMAP.

Both give the mails one by one with their key; a mail is removed only after it was dealt with, or
put in the folder of mails that a person may look at.
"""

import imaplib
import mailbox
import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

from .reports import MAX_BYTES

APART = "Apart"
TIMEOUT_SECONDS = 60


class MailboxError(Exception):
    """The mailbox cannot be reached or read; the text says why."""


class Box(Protocol):
    def mails(self) -> Iterator[tuple[str, bytes]]: ...
    def remove(self, key: str) -> None: ...
    def set_apart(self, key: str) -> None: ...


class MaildirBox:
    """A maildir; mails set apart go to its folder `.Apart`."""

    def __init__(self, path: Path) -> None:
        if not (path / "new").is_dir() or not (path / "cur").is_dir():
            raise MailboxError(f"{path} is no maildir: it has no folders 'new' and 'cur'.")
        self.box = mailbox.Maildir(path, create=False)

    def mails(self) -> Iterator[tuple[str, bytes]]:
        for key in sorted(self.box.keys()):
            try:
                with self.box.get_file(key) as file:
                    content = file.read(MAX_BYTES)
            except (KeyError, FileNotFoundError):  # another run took it
                continue
            yield key, content

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

    def remove(self, key: str) -> None:
        self._do("STORE", key, "+FLAGS.SILENT", r"(\Deleted)")

    def set_apart(self, key: str) -> None:
        self.connection.create(APART)  # answers NO where it is there
        status, _data = self.connection.uid("COPY", key, APART)
        if status == "OK":
            self.remove(key)
        else:  # some servers take no folder beside INBOX: then it stays, and is passed over
            self._do("STORE", key, "+FLAGS.SILENT", r"(\Flagged)")


@contextmanager
def opened(address: str) -> Iterator[Box]:
    """The mailbox at `maildir:///path`, `imaps://…` or `imap://user:password@host:port/folder`.

    `imap` turns to TLS where the server offers it. Raises MailboxError, never with the password.
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
        connection = _connect(parsed)
        try:
            yield ImapBox(connection)
            connection.expunge()
        finally:
            connection.logout()
    except (imaplib.IMAP4.error, OSError) as error:
        raise MailboxError(f"{parsed.hostname}: {error}") from error


def _connect(parsed) -> imaplib.IMAP4:
    context = ssl.create_default_context()
    if parsed.scheme == "imaps":
        connection = imaplib.IMAP4_SSL(
            parsed.hostname, parsed.port or 993, ssl_context=context, timeout=TIMEOUT_SECONDS
        )
    else:
        connection = imaplib.IMAP4(parsed.hostname, parsed.port or 143, timeout=TIMEOUT_SECONDS)
    try:
        if parsed.scheme == "imap" and "STARTTLS" in connection.capabilities:
            connection.starttls(context)
        connection.login(unquote(parsed.username or ""), unquote(parsed.password or ""))
        folder = unquote(parsed.path.strip("/")) or "INBOX"
        quoted = re.sub(r'(["\\])', r"\\\1", folder)
        status, data = connection.select(f'"{quoted}"')
        if status != "OK":
            raise MailboxError(f"{parsed.hostname}: no folder {folder}: {data}")
    except BaseException:
        connection.shutdown()
        raise
    return connection
