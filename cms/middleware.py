"""Serve public pages from memory, and compress whatever else goes out."""

import operator
import os
import time
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.middleware.csrf import CSRF_ALLOWED_CHARS, CSRF_SECRET_LENGTH, CsrfViewMiddleware
from django.middleware.gzip import GZipMiddleware

from .pagecache import store
from .pageentry import Entry, accepted_encodings
from .security import ADMIN_PREFIX

# Longest address, with its query, that is worth keeping a page for.
LONGEST_PATH = 1000
# How long a request waits for another that renders the same page already.
WAIT_SECONDS = 5.0
# For every byte a letter of Django's CSRF tokens, and back; bytes that would make the first
# letters likelier than the last are left out.
LETTERS = CSRF_ALLOWED_CHARS.encode()
LETTER_OF_BYTE = bytes(LETTERS[byte % len(LETTERS)] for byte in range(256))
NUMBER_OF_LETTER = bytes(max(LETTERS.find(byte), 0) for byte in range(256))
UNEVEN = bytes(range(256 // len(LETTERS) * len(LETTERS), 256))
COMPRESSED_TYPES = ("text/", "application/json", "application/geo+json", "image/svg+xml")
COMPRESSED_SUFFIXES = ("javascript", "xml", "+json")


class PageCacheMiddleware:
    """Outermost middleware: an anonymous GET of a public page comes from memory where it can.

    Kept are whole answers (headers of the inner middleware included) to visitors without a
    session. Forms on kept pages get a CSRF token of the visitor's own at every answer.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.csrf = CsrfViewMiddleware(get_response)
        self.gzip = GZipMiddleware(get_response)
        self.never_kept = (ADMIN_PREFIX, settings.STATIC_URL, settings.MEDIA_URL)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        key = self._key(request)
        if key is None:
            return self._finish(request, self.get_response(request))
        entry = store.get(key)
        if entry is not None:
            return self._serve(request, key, entry)
        if request.method == "HEAD":
            return self._finish(request, self.get_response(request))
        leads = store.lead(key)
        if not leads:
            entry = store.wait(key, WAIT_SECONDS)
            if entry is not None:
                return self._serve(request, key, entry)
            return self._finish(request, self.get_response(request))
        try:
            stamp = store.generation.current()
            response = self.get_response(request)
            entry = Entry.from_response(response)
            if entry is not None:
                store.put(key, entry, stamp)
        finally:
            store.release(key)
        if entry is not None:
            return self._serve(request, key, entry)
        return self._finish(request, response)

    def _key(self, request: HttpRequest) -> tuple[str, str, str] | None:
        """What a page is kept under, or None where it must not come from memory."""
        if (
            request.method not in ("GET", "HEAD")
            or not settings.PAGE_CACHE_ENABLED
            or settings.SESSION_COOKIE_NAME in request.COOKIES
            or "HTTP_AUTHORIZATION" in request.META
            or "HTTP_RANGE" in request.META
            or request.path_info.startswith(self.never_kept)
        ):
            return None
        path = request.get_full_path()
        if len(path) > LONGEST_PATH:
            return None
        try:
            return request.scheme, request.get_host(), path
        except DisallowedHost:
            return None

    def _serve(self, request: HttpRequest, key: tuple, entry: Entry) -> HttpResponse:
        """The answer from a kept page: 304 where the browser has it, else in its encoding."""
        if entry.etag and _matches(request.META.get("HTTP_IF_NONE_MATCH", ""), entry.etag):
            response = HttpResponseNotModified()
        else:
            token = ""
            if entry.has_tokens:
                self.csrf.process_request(request)
                token = _fresh_token(request)
            before = len(entry.variants)
            body, encoding = entry.body(
                accepted_encodings(request.META.get("HTTP_ACCEPT_ENCODING", "")), token
            )
            if len(entry.variants) != before:
                store.grown(key, entry)
            response = HttpResponse(
                b"" if request.method == "HEAD" else body, content_type=entry.content_type
            )
            headers = response.headers
            for name, value in entry.headers:
                headers[name] = value
            headers["Content-Length"] = str(len(body))
            if encoding:
                headers["Content-Encoding"] = encoding
            headers["Age"] = str(int(time.monotonic() - entry.kept_at))
            if entry.has_tokens:
                self.csrf.process_response(request, response)
        if entry.etag:
            response.headers["ETag"] = entry.etag
        response.headers["Cache-Control"] = entry.cache_control
        response.headers["Vary"] = "Accept-Encoding, Cookie"
        return response

    def _finish(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Compress a response that does not come from memory; a HEAD gets the headers of a GET."""
        kind = response.get("Content-Type", "").partition(";")[0].strip().lower()
        if (
            not response.streaming
            and response.status_code != 206
            and (kind.startswith(COMPRESSED_TYPES) or kind.endswith(COMPRESSED_SUFFIXES))
        ):
            response = self.gzip.process_response(request, response)
        if request.method == "HEAD" and not response.streaming:
            length = response.get("Content-Length", str(len(response.content)))
            response.content = b""
            response.headers["Content-Length"] = length
        return response


def _matches(if_none_match: str, etag: str) -> bool:
    """Whether one of the validators a browser sent is this page's (weak comparison, RFC 9110)."""
    if not if_none_match:
        return False
    sent = {item.strip().removeprefix("W/") for item in if_none_match.split(",")}
    return "*" in sent or etag.removeprefix("W/") in sent


def _fresh_token(request: HttpRequest) -> str:
    """A CSRF token of the visitor's own, new at every call, with a secret where there is none.

    Django's `get_token` does the same, but asks the system for each of 64 letters: that takes
    longer than all the rest of serving a kept page.
    """
    secret = request.META.get("CSRF_COOKIE") or _random_letters().decode()
    request.META.update({"CSRF_COOKIE": secret, "CSRF_COOKIE_NEEDS_UPDATE": True})
    mask = _random_letters()
    numbers = mask.translate(NUMBER_OF_LETTER), secret.encode().translate(NUMBER_OF_LETTER)
    shifted = bytes(map(operator.add, *numbers)).translate(LETTER_OF_BYTE)
    return (mask + shifted).decode()


def _random_letters() -> bytes:
    """As many letters as a secret has, each as likely as any other."""
    letters = b""
    while len(letters) < CSRF_SECRET_LENGTH:
        letters += os.urandom(2 * CSRF_SECRET_LENGTH).translate(LETTER_OF_BYTE, UNEVEN)
    return letters[:CSRF_SECRET_LENGTH]
