"""One kept page: its body in the encodings browsers ask for, with holes for what is one visitor's.

Those are CSRF tokens, and the moment at which a form was shown (`cms.moments`).
"""

import gzip
import hashlib
import re
import struct
import time
import zlib
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain

import brotli
from django.conf import settings
from django.http import HttpResponse
from django.utils.cache import cc_delim_re

from . import moments

KEPT_TYPES = frozenset(
    {
        "application/atom+xml",
        "application/geo+json",
        "application/json",
        "application/rss+xml",
        "application/xml",
        "text/calendar",
        "text/html",
        "text/xml",
    }
)
# Beside these a page would differ per visitor. Accept-Language is what Django adds to pages
# whose language follows from their path.
KEPT_VARY = frozenset({"accept-encoding", "accept-language", "cookie"})
# Made anew for every answer.
OWN_HEADERS = frozenset(
    {"age", "cache-control", "content-length", "content-type", "date", "etag", "set-cookie", "vary"}
)
SMALLEST_COMPRESSED = 1024
TOKEN_FIELD = re.compile(rb'(?<=name="csrfmiddlewaretoken" value=")[A-Za-z0-9]{64}(?=")')
MOMENT_FIELD = re.compile(rb'(?<=name="%s" value=")[A-Za-z0-9:_-]*(?=")' % moments.FIELD.encode())
REFUSED = re.compile(r"\s*q\s*=\s*0(\.0*)?\s*")
TOKEN = re.compile(rb"(?<![A-Za-z0-9])[A-Za-z0-9]{64}(?![A-Za-z0-9])")

GZIP_HEADER = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
GZIP_LAST_BLOCK = b"\x03\x00"


@lru_cache(maxsize=256)
def accepted_encodings(accept_encoding: str) -> tuple[str, ...]:
    """Which of "br" and "gzip" an Accept-Encoding header allows, best first (RFC 9110, 12.5.3)."""
    accepted = {}
    for item in accept_encoding.lower().split(","):
        name, _, parameters = item.partition(";")
        accepted[name.strip()] = not REFUSED.fullmatch(parameters)
    return tuple(n for n in ("br", "gzip") if accepted.get(n, accepted.get("*", False)))


class Entry:
    """A kept page.

    `parts` are the pieces of the body between its holes: one piece where it has none. The holes
    numbered in `moments` are for the moment, all others for the CSRF token.
    A page with tokens gets no validator, because every answer is another one.
    """

    __slots__ = (
        "cache_control",
        "content_type",
        "counted",
        "etag",
        "expires_at",
        "headers",
        "kept_at",
        "moments",
        "parts",
        "variants",
    )

    def __init__(self, response: HttpResponse, pieces: Sequence[bytes]) -> None:
        parts, self.moments = _with_moments(pieces)
        self.parts = parts
        self.content_type = response["Content-Type"]
        self.headers = [(k, v) for k, v in response.items() if k.lower() not in OWN_HEADERS]
        self.etag = None
        if len(parts) == 1:
            # Weak: one validator for the body in every encoding.
            own = (
                response.get("ETag") or f'"{hashlib.blake2b(parts[0], digest_size=12).hexdigest()}"'
            )
            self.etag = own if own.startswith("W/") else f"W/{own}"
        # The browser keeps the page and asks each time whether it is still good.
        default = "no-cache" if self.etag else "private, no-cache"
        self.cache_control = response.get("Cache-Control", default)
        self.kept_at = time.monotonic()
        self.expires_at = self.kept_at + settings.PAGE_CACHE_SECONDS
        self.variants: dict[str, bytes | list[bytes]] = {}
        self.counted = 0

    @classmethod
    def from_response(cls, response: HttpResponse) -> "Entry | None":
        """The page to keep, or None where this response is for one visitor or one moment.

        A token that stands anywhere but in a form field cannot be renewed, and would hand one
        visitor's secret to the next: such a page is not kept.
        """
        if not _may_keep(response):
            return None
        body = response.content
        parts = TOKEN_FIELD.split(body) if b"csrfmiddlewaretoken" in body else [body]
        has_tokens = len(parts) > 1
        if has_tokens != (settings.CSRF_COOKIE_NAME in response.cookies):
            return None
        if has_tokens and any(TOKEN.search(part) for part in parts):
            return None
        return cls(response, parts)

    @property
    def has_tokens(self) -> bool:
        """Whether the body holds forms that need a token of the visitor's own."""
        return len(self.parts) > 1

    @property
    def size(self) -> int:
        """Bytes this page takes in memory, over all encodings made so far."""
        bodies = (body if isinstance(body, list) else [body] for body in self.variants.values())
        return 2048 + sum(len(part) for part in chain(self.parts, *bodies))

    def body(self, accepted: Sequence[str], token: str = "") -> tuple[bytes, str]:
        """The body with `token` in every form, and the content encoding it is in, "" for none.

        `accepted` comes from `accepted_encodings`.
        """
        if self.has_tokens:
            fillings = self._fillings(token.encode())
            if "gzip" in accepted and sum(map(len, self.parts)) >= SMALLEST_COMPRESSED:
                return self._gzip_with(fillings), "gzip"
            return b"".join(chain.from_iterable(zip(self.parts, fillings, strict=True))), ""
        plain = self.parts[0]
        if not accepted or len(plain) < SMALLEST_COMPRESSED:
            return plain, ""
        encoding = accepted[0]
        body = self.variants.get(encoding)
        if body is None:
            body = (
                brotli.compress(plain, quality=5) if encoding == "br" else gzip.compress(plain, 6)
            )
            self.variants[encoding] = body
        return body, encoding

    def _fillings(self, token: bytes) -> list[bytes]:
        """What comes after each part: the token, the moment, and nothing after the last."""
        fillings = [token] * (len(self.parts) - 1) + [b""]
        if self.moments:
            moment = moments.stamp().encode()
            for number in self.moments:
                fillings[number] = moment
        return fillings

    def _gzip_with(self, fillings: list[bytes]) -> bytes:
        """One gzip member of the parts, each deflated once, with what fills the holes as it is.

        A part is flushed to a byte boundary and without a history (Z_FULL_FLUSH), so that a
        stored block with the filling (RFC 1951, 3.2.4) fits between two of them.
        """
        deflated = self.variants.get("deflated")
        if deflated is None:
            deflated = self.variants["deflated"] = [_deflated(part) for part in self.parts]
        checksum = size = 0
        body = [GZIP_HEADER]
        for part, packed, filling in zip(self.parts, deflated, fillings, strict=True):
            checksum = zlib.crc32(filling, zlib.crc32(part, checksum))
            size += len(part) + len(filling)
            body.append(packed)
            if filling:
                body.append(struct.pack("<BHH", 0, len(filling), len(filling) ^ 0xFFFF) + filling)
        body += [GZIP_LAST_BLOCK, struct.pack("<LL", checksum, size & 0xFFFFFFFF)]
        return b"".join(body)


def _with_moments(pieces: Sequence[bytes]) -> tuple[list[bytes], tuple[int, ...]]:
    """Pieces of a page cut at its moments too, and the numbers of those holes.

    Only of a page with tokens: a page without is the same bytes for everybody.
    """
    if len(pieces) == 1:
        return list(pieces), ()
    parts: list[bytes] = []
    holes = []
    for piece in pieces:
        cut = MOMENT_FIELD.split(piece)
        holes += range(len(parts), len(parts) + len(cut) - 1)
        parts += cut
    return parts, tuple(holes)


def _deflated(part: bytes) -> bytes:
    compressor = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
    return compressor.compress(part) + compressor.flush(zlib.Z_FULL_FLUSH)


def _may_keep(response: HttpResponse) -> bool:
    """Whether a response is the same for everyone, judged by what its headers say."""
    if response.status_code != 200 or response.streaming:
        return False
    if response.get("Content-Type", "").partition(";")[0].strip().lower() not in KEPT_TYPES:
        return False
    if response.has_header("Content-Encoding") or response.cookies.keys() - {
        settings.CSRF_COOKIE_NAME
    }:
        return False
    directives = {
        directive.partition("=")[0].strip().lower()
        for directive in cc_delim_re.split(response.get("Cache-Control", ""))
    }
    varies_by = {name.strip().lower() for name in response.get("Vary", "").split(",")} - {""}
    return (
        not directives & {"no-store", "private"}
        and varies_by <= KEPT_VARY
        and "'nonce-" not in response.get("Content-Security-Policy", "")
    )
