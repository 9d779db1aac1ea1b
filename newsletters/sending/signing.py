"""DKIM (RFC 6376): our signature below a mail, so that receivers know that it is ours and whole.

Most mail servers sign by themselves; then leave `DKIM_PRIVATE_KEY_FILE` empty.
"""

from functools import cache
from pathlib import Path

import dkim
from django.conf import settings
from dkim.crypto import UnparsableKeyError, parse_pem_private_key

#: RFC 8058 (section 4) asks that both headers of one-click unsubscribing are signed.
SIGNED = (
    b"From",
    b"To",
    b"Subject",
    b"Date",
    b"Message-ID",
    b"Reply-To",
    b"MIME-Version",
    b"Content-Type",
    b"Content-Transfer-Encoding",
    b"List-ID",
    b"List-Archive",
    b"List-Unsubscribe",
    b"List-Unsubscribe-Post",
    b"Auto-Submitted",
)


class SigningError(Exception):
    """The key cannot be used; the text says why."""


@cache
def _key(path: str) -> bytes:
    try:
        pem = Path(path).read_bytes()
        parse_pem_private_key(pem)
    except OSError as error:
        raise SigningError(f"The key of DKIM cannot be read: {error}") from error
    except UnparsableKeyError as error:
        raise SigningError(f"The key of DKIM in {path} is no RSA key in PEM: {error}") from error
    return pem


def check_key() -> None:
    """SigningError where mails are to be signed and cannot be."""
    if settings.DKIM_PRIVATE_KEY_FILE:
        _key(settings.DKIM_PRIVATE_KEY_FILE)


def signed(content: bytes, *, domain: str) -> bytes:
    """A whole mail with our DKIM-Signature on top, or as it is where no key is set.

    `domain` signs where DKIM_DOMAIN names no other. Raises SigningError.
    """
    path = settings.DKIM_PRIVATE_KEY_FILE
    if not path:
        return content
    present = {line.partition(b":")[0].lower() for line in _header_lines(content)}
    signature = dkim.sign(
        content,
        settings.DKIM_SELECTOR.encode(),
        (settings.DKIM_DOMAIN or domain).encode(),
        _key(path),
        canonicalize=(b"relaxed", b"relaxed"),
        include_headers=[name for name in SIGNED if name.lower() in present],
    )
    return signature + content


def _header_lines(content: bytes) -> list[bytes]:
    return content.partition(b"\r\n\r\n")[0].split(b"\r\n")
