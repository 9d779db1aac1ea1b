"""A small limit on what the whole world may post."""

import hashlib
import hmac
import ipaddress
import time

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def client_address(request: HttpRequest) -> str:
    """The visitor's network address, as seen by the outermost proxy that we trust.

    `TRUSTED_PROXIES` is the number of our own proxies. Each adds the address it was called
    from at the end of X-Forwarded-For; what stands before that, a visitor can make up. Of an
    IPv6 address the network counts, as one household has a /64 (RFC 6177) to choose from.
    """
    proxies = settings.TRUSTED_PROXIES
    if proxies:
        hops = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
        if len(hops) >= proxies and (found := _one_visitor(hops[-proxies])):
            return found
    return _one_visitor(request.META.get("REMOTE_ADDR", ""))


def _one_visitor(address: str) -> str:
    """The part of a network address that one visitor keeps; nothing where it is no address."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if found.version == 4:
        return str(found)
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(ipaddress.ip_network((found, 64), strict=False).network_address)


def client_key(request: HttpRequest) -> str:
    """A keyed hash of the visitor's network address, good for one day, stored nowhere else."""
    day = int(time.time() // 86_400)
    message = f"{day}:{client_address(request)}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), message, hashlib.sha256).hexdigest()[:32]


def allow(scope: str, key: str, *, limit: int, period: int) -> bool:
    """Count one attempt and tell whether it is within `limit` in `period` seconds from the first.

    `key` is hashed, so an e-mail address may be given. When the cache is out of order the
    attempt is allowed: a broken cache must not close the counter to residents.
    """
    digest = hashlib.sha256(key.encode()).hexdigest()[:32]
    try:
        first = cache.get_or_set(f"ratelimit:{scope}:{digest}", time.time_ns, timeout=period)
        # A key of its own for each period: a count that Redis makes anew just when it ends has
        # no end itself, and would otherwise hold forever.
        cache_key = f"ratelimit:{scope}:{digest}:{first}"
        if cache.add(cache_key, 1, timeout=period + 1):
            return limit >= 1
        return cache.incr(cache_key) <= limit
    except (OSError, ValueError):
        return True


def too_many(request: HttpRequest) -> HttpResponse:
    """The page a visitor gets who goes over a limit."""
    response = render(request, "429.html", status=429)
    response["Retry-After"] = "600"
    return response
