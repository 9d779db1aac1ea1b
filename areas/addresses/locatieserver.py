"""PDOK Locatieserver (https://api.pdok.nl, search/v3_1): addresses of the Dutch government.

Bounded in time and size, and left alone for a while after it failed, so that nobody waits for it
at every key. What was typed is never logged: an address tells where somebody lives.
"""

import json
import logging
import re
import time
from http import HTTPStatus
from http.client import HTTPException
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPRedirectHandler, Request, build_opener

from django.conf import settings
from django.contrib.gis.geos import Point
from django.core.cache import cache

logger = logging.getLogger(__name__)

ROWS = 8
MAX_BYTES = 100_000
CHUNK = 8_192
#: What an address of PDOK looks like; everything else is not passed on.
ADDRESS_ID = re.compile(r"adr-[0-9a-f]{8,64}")
LONGEST_LABEL = 200
_POINT = re.compile(r"POINT\((-?\d{1,3}(?:\.\d{1,20})?) (-?\d{1,3}(?:\.\d{1,20})?)\)")
_RESTING = "addresses:resting"


class UnavailableError(Exception):
    """The service is off, resting after a failure, or gave no answer that we can use."""


class _NoRedirect(HTTPRedirectHandler):
    def redirect_request(self, *args, **kwargs):
        return None


_OPENER = build_opener(_NoRedirect)


def suggest(query: str) -> list[tuple[str, str]]:
    """(id, address) of addresses in our municipality that begin like `query`, the best first."""
    docs = _docs(
        "suggest",
        [
            ("q", query),
            ("fq", "type:adres"),
            ("fq", f"gemeentecode:{settings.MUNICIPALITY_CODE}"),
            ("rows", str(ROWS)),
        ],
    )
    found = [(doc.get("id"), doc.get("weergavenaam")) for doc in docs if isinstance(doc, dict)]
    return [
        (key, label[:LONGEST_LABEL])
        for key, label in found
        if isinstance(key, str) and ADDRESS_ID.fullmatch(key) and isinstance(label, str) and label
    ][:ROWS]


def lookup(key: str) -> tuple[str, Point] | None:
    """Address and place (SRID 4326) of an id; None where it is not in our municipality."""
    docs = _docs("lookup", [("id", key)])
    doc = docs[0] if docs and isinstance(docs[0], dict) else {}
    if str(doc.get("gemeentecode")).removeprefix("GM") != settings.MUNICIPALITY_CODE:
        return None
    match = _POINT.fullmatch(str(doc.get("centroide_ll", "")))
    label = doc.get("weergavenaam")
    if match is None or not isinstance(label, str):
        return None
    return label[:LONGEST_LABEL], Point(float(match[1]), float(match[2]), srid=4326)


def _docs(call: str, parameters: list[tuple[str, str]]) -> list:
    """`response.docs` of an answer. Raises UnavailableError."""
    if not settings.ADDRESS_SEARCH_ENABLED or cache.get(_RESTING):
        raise UnavailableError
    address = f"{settings.ADDRESS_SEARCH_URL.rstrip('/')}/{call}?{urlencode(parameters)}"
    try:
        docs = json.loads(_read(address))["response"]["docs"]
        if not isinstance(docs, list):
            raise TypeError("docs is no list")
    except (OSError, HTTPException, ValueError, KeyError, TypeError, RecursionError) as error:
        # OSError holds what urllib raises. Its text may hold the address that was asked for.
        code = error.code if isinstance(error, HTTPError) else ""
        logger.warning("The address search gave no answer: %s %s", type(error).__name__, code)
        cache.set(_RESTING, True, settings.ADDRESS_SEARCH_REST_SECONDS)
        raise UnavailableError from None
    return docs


def _read(address: str) -> bytes:
    """The body of an answer that comes in time; OSError or ValueError where it is not so."""
    end = time.monotonic() + settings.ADDRESS_SEARCH_TIMEOUT
    request = Request(address, headers={"Accept": "application/json"})  # noqa: S310 - from settings
    body = b""
    with _OPENER.open(request, timeout=settings.ADDRESS_SEARCH_TIMEOUT) as answer:
        if answer.status != HTTPStatus.OK:
            raise ValueError("no answer")
        while chunk := answer.read1(CHUNK):
            body += chunk
            if len(body) > MAX_BYTES:
                raise ValueError("too much")
            if time.monotonic() > end:
                raise TimeoutError
    return body
