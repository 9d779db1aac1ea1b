"""The code of a receipt: made, read, and known to the database by a keyed hash only.

A code is 80 bits in 16 characters of Crockford's base 32, which has no I, L, O and U. It follows
from the form and the answers as the key of the response does, so that the same form sent twice
shows the same code and nobody has to keep it. The hash takes the site's secret, so that who has
only the database can neither make a code nor try one.
"""

import base64
import hashlib
import hmac
import re
import secrets
import uuid
from collections.abc import Iterable

from django.conf import settings
from django.core import signing

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_BYTES = 10
LENGTH = 16
WELL_FORMED = re.compile(rf"[{ALPHABET}]{{{LENGTH}}}")
#: What people read or type instead of the real character.
LOOKALIKES = str.maketrans("OIL", "011")
#: How long the page that shows the code can be opened again, in seconds.
SHOWN_SECONDS = 1800
_SALT = "surveys.receipt.shown"
_NONCE_BYTES = 12


def code_for(version_id: int, form_token: str, said: Iterable[str]) -> str:
    """The code of answers to a version; another one each time where there is no form token."""
    if not form_token:
        return _in_letters(secrets.token_bytes(CODE_BYTES))
    message = "\x1f".join(("receipt", str(version_id), form_token, *said))
    return _in_letters(_hmac(settings.SECRET_KEY, message.encode())[:CODE_BYTES])


def read(text: str) -> str:
    """The code in what somebody typed, in whatever groups and case; empty where it is none."""
    if len(text) > 100:
        return ""
    bare = re.sub(r"[\s\u2010-\u2015._-]+", "", text).upper().translate(LOOKALIKES)
    return bare if WELL_FORMED.fullmatch(bare) else ""


def grouped(code: str) -> str:
    """The code as people read it: four groups of four."""
    return "-".join(code[start : start + 4] for start in range(0, LENGTH, 4))


def key_of(code: str) -> uuid.UUID:
    """What is stored of a code."""
    return _key(settings.SECRET_KEY, code)


def keys_of(code: str) -> list[uuid.UUID]:
    """What may be stored of a code, also under the secrets that the site had before."""
    return [_key(key, code) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]


def seal(code: str, survey_id: int) -> str:
    """A code in an address that opens for a short time only.

    Addresses end up in logs beside a network address, and in the history of a shared computer.
    What stands there must not be a code that works for years: it is hidden (a keyed stream with
    a nonce, then signed) and good for `SHOWN_SECONDS`.
    """
    nonce = secrets.token_bytes(_NONCE_BYTES)
    hidden = bytes(a ^ b for a, b in zip(code.encode(), _stream(nonce), strict=False))
    return _signer(survey_id).sign(base64.urlsafe_b64encode(nonce + hidden).decode().rstrip("="))


def unseal(sealed: str, survey_id: int) -> str | None:
    """The code in an address; None where it is too old. Raises BadSignature for a forged one."""
    try:
        packed = _signer(survey_id).unsign(sealed, max_age=SHOWN_SECONDS)
    except signing.SignatureExpired:
        return None
    raw = base64.urlsafe_b64decode(packed + "=" * (-len(packed) % 4))
    nonce, hidden = raw[:_NONCE_BYTES], raw[_NONCE_BYTES:]
    return bytes(a ^ b for a, b in zip(hidden, _stream(nonce), strict=False)).decode("ascii")


def _signer(survey_id: int) -> signing.TimestampSigner:
    return signing.TimestampSigner(salt=f"{_SALT}:{survey_id}")


def _stream(nonce: bytes) -> bytes:
    return _hmac(settings.SECRET_KEY, b"receipt-shown\x1f" + nonce)


def _key(secret: str, code: str) -> uuid.UUID:
    return uuid.UUID(bytes=_hmac(secret, f"receipt-key\x1f{code}".encode())[:16])


def _hmac(secret: str, message: bytes) -> bytes:
    return hmac.new(secret.encode(), message, hashlib.sha256).digest()


def _in_letters(raw: bytes) -> str:
    number = int.from_bytes(raw)
    return "".join(ALPHABET[number >> shift & 31] for shift in range(75, -1, -5))
