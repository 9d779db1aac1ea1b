"""Asking other sites whether a link works, without letting an editor's link reach our own network.

An address that an editor types makes this server send a request (server-side request forgery,
CWE-918). So: http and https only, without a name or password; the name is looked up once, every
address found must be public, and the connection goes to the address that was judged, not to the
name again (DNS rebinding); the same for each redirect. No cookies, no proxy, a few bytes read, and
a limit on time, number and redirects. `LINK_CHECK_ENABLED` switches it off; `LINK_CHECK_NETWORKS`
lets through what a municipality knows under its own inside address.
"""

import http.client
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.utils import timezone
from django.utils.encoding import iri_to_uri
from django.utils.translation import gettext as _

from ..models import CheckedLink
from .links import key_of

#: Seconds for one connection or answer, and for all links together.
SECONDS_EACH = 4.0
SECONDS_ALL = 10.0
AT_ONCE = 4
MOST_LINKS = 40
MOST_REDIRECTS = 5
MOST_READ = 2048
PORTS = {"http": 80, "https": 443}
AGENT = "Gebiedsplein-linkcheck/1.0"
GONE = (404, 410)
REDIRECTS = (301, 302, 303, 307, 308)
#: Answers of servers that do not want HEAD; then GET tells.
ASK_AGAIN = (400, 403, 404, 405, 406, 410, 429, 500, 501, 503)

Outcome = CheckedLink.Outcome


class RefusedError(Exception):
    """An address is none that we ask."""


@dataclass(frozen=True)
class Answer:
    """What came of asking: how it ended, and what was wrong."""

    outcome: str
    words: str = ""


def check_outside(urls: Iterable[str]) -> int:
    """Ask these addresses, at most `MOST_LINKS`, and keep what they answer; how many were asked.

    Takes at most about `SECONDS_ALL`. What has not answered by then is kept as not sure.
    """
    wanted = list(dict.fromkeys(urls))[:MOST_LINKS]
    if not settings.LINK_CHECK_ENABLED or not wanted:
        return 0
    until = time.monotonic() + SECONDS_ALL
    askers = {url: _Asker(url, until) for url in wanted}
    pool = ThreadPoolExecutor(max_workers=AT_ONCE, thread_name_prefix="links")
    futures = {url: pool.submit(asker.ask) for url, asker in askers.items()}
    wait(futures.values(), timeout=max(0.0, until - time.monotonic()))
    pool.shutdown(wait=False, cancel_futures=True)
    for url, future in futures.items():
        if future.done() and not future.cancelled():
            answer = future.result()
        else:
            askers[url].hang_up()
            answer = Answer(
                Outcome.UNSURE, _("De site antwoordde niet op tijd. Probeer de link zelf.")
            )
        CheckedLink.objects.update_or_create(
            key=key_of(url),
            defaults={
                "url": url,
                "outcome": answer.outcome,
                "words": answer.words[:300],
                "checked_at": timezone.now(),
            },
        )
    return len(wanted)


def public_address(host: str, port: int, scheme: str) -> str:
    """The network address to connect to for a name. Raises RefusedError, OSError.

    All addresses of the name must be public: one that is not shows that somebody tries.
    """
    allowed = [ipaddress.ip_network(network) for network in settings.LINK_CHECK_NETWORKS]
    found = [
        ipaddress.ip_address(row[4][0].partition("%")[0])
        for row in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    ]
    if not found:
        raise OSError(host)
    known = [any(address in network for network in allowed) for address in found]
    if all(known):
        return str(found[0])
    if any(not _is_public(address) for address in found) or port != PORTS[scheme]:
        raise RefusedError(host)
    return str(found[0])


def _is_public(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    """Whether an address is one of the open internet, also where IPv6 wraps an IPv4 address."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if inner is None and address.teredo:
            inner = address.teredo[1]
        if inner is None and address in ipaddress.ip_network("64:ff9b::/96"):
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return _is_public(inner)
    return address.is_global and not (
        address.is_multicast
        or address.is_private
        or address.is_loopback
        or address.is_link_local
        or address.is_reserved
        or address.is_unspecified
    )


class _Asker:
    """Asks one address, in a thread of its own; touches no database and no translation."""

    def __init__(self, url: str, until: float) -> None:
        self.url = url
        self.until = until
        self.lock = threading.Lock()
        self.connection: http.client.HTTPConnection | None = None
        self.hung_up = False
        # Made here, in the language of who asks: a thread begins in another.
        self.gone = _("Deze pagina bestaat niet meer (%(status)s).")
        self.odd = _("De site antwoordt met een fout (%(status)s). Probeer de link zelf.")
        self.away = _("De site is niet te bereiken. Probeer de link zelf.")
        self.unknown = _("Deze site bestaat niet. Kijk of het adres klopt.")
        self.unsafe = _("De beveiliging van deze site klopt niet. Probeer de link zelf.")
        self.around = _("De link verwijst te vaak door. Probeer hem zelf.")
        self.closed = _("Dit adres is niet openbaar bereikbaar. Probeer de link zelf.")

    def ask(self) -> Answer:
        """HEAD, and GET where the server does not like that; follows redirects."""
        try:
            status = self._status(self.url, "HEAD")
            if status in ASK_AGAIN:
                status = self._status(self.url, "GET")
        except RefusedError:
            return Answer(Outcome.UNSURE, self.closed)
        except RecursionError:
            return Answer(Outcome.UNSURE, self.around)
        except socket.gaierror:
            return Answer(Outcome.UNSURE, self.unknown)
        except ssl.SSLError:
            return Answer(Outcome.UNSURE, self.unsafe)
        except (OSError, http.client.HTTPException, ValueError):
            return Answer(Outcome.UNSURE, self.away)
        if status in GONE:
            return Answer(Outcome.GONE, self.gone % {"status": status})
        if status >= 400:
            return Answer(Outcome.UNSURE, self.odd % {"status": status})
        return Answer(Outcome.WORKS)

    def hang_up(self) -> None:
        """End what still goes on, also where a server answers a byte at a time."""
        with self.lock:
            self.hung_up = True
            sock = self.connection.sock if self.connection is not None else None
            if sock is not None:
                try:
                    sock.shutdown(socket.SHUT_RDWR)
                except OSError:
                    return

    def _status(self, url: str, method: str) -> int:
        """The status at the end of the redirects. Raises RecursionError for too many."""
        for _number in range(MOST_REDIRECTS + 1):
            status, location = self._once(url, method)
            if status not in REDIRECTS or not location:
                return status
            url = urljoin(url, location)
        raise RecursionError

    def _once(self, url: str, method: str) -> tuple[int, str]:
        parsed = urlsplit(url)
        if parsed.scheme not in PORTS or not parsed.hostname:
            raise RefusedError
        if parsed.username is not None or parsed.password is not None:
            raise RefusedError
        host = parsed.hostname
        if not _is_number(host):
            host = host.encode("idna").decode()
        port = parsed.port or PORTS[parsed.scheme]
        left = min(SECONDS_EACH, self.until - time.monotonic())
        if left <= 0:
            raise TimeoutError
        address = public_address(host, port, parsed.scheme)
        connection = _Pinned(host, port, address, is_secure=parsed.scheme == "https", timeout=left)
        with self.lock:
            if self.hung_up:
                raise TimeoutError
            self.connection = connection
        try:
            path = iri_to_uri((parsed.path or "/") + (f"?{parsed.query}" if parsed.query else ""))
            headers = {"User-Agent": AGENT, "Accept": "*/*", "Connection": "close"}
            connection.request(method, path, headers=headers)
            response = connection.getresponse()
            if method == "GET":
                response.read(MOST_READ)
            return response.status, response.getheader("Location", "")
        finally:
            connection.close()


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


class _Pinned(http.client.HTTPConnection):
    """A connection to one network address that was judged, under the name that was asked for."""

    def __init__(self, host: str, port: int, address: str, *, is_secure: bool, timeout: float):
        super().__init__(host, port, timeout=timeout)
        self.address = address
        self.is_secure = is_secure
        if is_secure:
            self.default_port = PORTS["https"]

    def connect(self) -> None:
        self.sock = socket.create_connection((self.address, self.port), self.timeout)
        if self.is_secure:
            context = ssl.create_default_context()
            self.sock = context.wrap_socket(self.sock, server_hostname=self.host)
