"""A server on this machine that answers as PDOK's Locatieserver does, or as badly as it may."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest

STREET = {
    "id": "adr-0123456789abcdef0123456789abcdef",
    "type": "adres",
    "weergavenaam": "Dorpsstraat 1, 1171AA Badhoevedorp",
    "score": 9.1,
}
ELSEWHERE = STREET | {"id": "adr-fedcba98765432100123456789abcdef", "weergavenaam": "Dam 1"}
PLACE = {"gemeentecode": "0394", "centroide_ll": "POINT(4.8 52.34)"}


class FakePdok(ThreadingHTTPServer):
    """`mood` is how it answers, `asked` what it was asked: (call, parameters)."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.mood = "good"
        self.asked: list[tuple[str, dict]] = []
        self.go_on = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/search/v3_1"


class _Handler(BaseHTTPRequestHandler):
    server: FakePdok

    def do_GET(self):
        parts = urlsplit(self.path)
        call, parameters = parts.path.rsplit("/", 1)[1], parse_qs(parts.query)
        self.server.asked.append((call, parameters))
        status, body = getattr(self, f"_{self.server.mood}")(call, parameters)
        self.send_response(status)
        if status == 302:
            self.send_header("Location", f"{self.server.url}/elders")
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        try:
            self.wfile.write(body)
        except OSError:
            return  # the client has had enough

    def _good(self, call, parameters):
        if call == "suggest":
            known = set(parameters) <= {"q", "fq", "rows"}
            docs = [STREET, ELSEWHERE] if "dorps" in parameters["q"][0].lower() else []
            return (200, _docs(docs)) if known else (400, b"{}")
        key = parameters["id"][0]
        place = PLACE if key == STREET["id"] else PLACE | {"gemeentecode": "0363"}
        return 200, _docs([STREET | place | {"id": key}])

    def _slow(self, call, parameters):
        self.server.go_on.wait(30)
        return 200, _docs([])

    def _broken(self, call, parameters):
        return 500, b"Internal Server Error"

    def _garbage(self, call, parameters):
        return 200, b"<html>Onderhoud</html>"

    def _odd(self, call, parameters):
        return 200, b'{"response": {"docs": "geen"}}'

    def _moved(self, call, parameters):
        return 302, b""

    def _huge(self, call, parameters):
        return 200, _docs([STREET] * 20_000)

    def _strange(self, call, parameters):
        docs = [1, None, {"id": 3}, {"id": "adr-x", "weergavenaam": "X"}, STREET | {"id": "../a"}]
        return 200, _docs(docs)

    def log_message(self, *args):
        """Say nothing."""


def _docs(docs: list) -> bytes:
    return json.dumps({"response": {"numFound": len(docs), "docs": docs}}).encode()


@pytest.fixture
def pdok(settings, monkeypatch):
    """The address search, on, with a server of our own."""
    server = FakePdok()
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    settings.ADDRESS_SEARCH_ENABLED = True
    settings.ADDRESS_SEARCH_URL = server.url
    settings.ADDRESS_SEARCH_TIMEOUT = 0.3
    yield server
    server.go_on.set()
    server.shutdown()
    thread.join()
    server.server_close()
