"""The server under load, and a browser that looks at it first."""

import gzip
import http.client
import os
import subprocess
import sys
import time
from contextlib import contextmanager
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode

from .case import Answer, Load

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 60


def headers(port: int) -> dict[str, str]:
    """What a browser's request looks like behind the proxy that took off the TLS."""
    return {
        "Host": f"127.0.0.1:{port}",
        "X-Forwarded-Proto": "https",
        "Referer": f"https://127.0.0.1:{port}/",
        "Accept-Encoding": "gzip",
    }


class Browser:
    """Makes single requests, and keeps the cookies."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.cookies = SimpleCookie()

    def get(self, path: str) -> Answer:
        return self.send(Load(path))

    def send(self, load: Load) -> Answer:
        """The answer to the request of a load; redirects are not followed."""
        sent = headers(self.port) | dict(load.headers)
        if self.cookies:
            sent["Cookie"] = "; ".join(f"{c.key}={c.value}" for c in self.cookies.values())
        body = None
        if load.fields is not None:
            body = urlencode(load.fields)
            sent["Content-Type"] = "application/x-www-form-urlencoded"
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request("POST" if body is not None else "GET", load.path, body, sent)
            response = connection.getresponse()
            content = response.read()
        finally:
            connection.close()
        for name, value in response.getheaders():
            if name.lower() == "set-cookie":
                self.cookies.load(value)
        got = {name.lower(): value for name, value in response.getheaders()}
        if got.get("content-encoding") == "gzip":
            content = gzip.decompress(content)
        return Answer(response.status, got, content)


@contextmanager
def serve(port: int, log: Path):
    """Gunicorn with its production settings and two processes, for as long as the block lasts."""
    environment = os.environ | {"PORT": str(port), "WEB_CONCURRENCY": "2", "WEB_MAX_REQUESTS": "0"}
    command = [sys.executable, "-m", "gunicorn", "--config", "participation/gunicorn.py"]
    with log.open("a") as output:
        process = subprocess.Popen(
            [*command, "tests.load.wsgi:application"],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
        )
        try:
            wait_until_ready(process, port)
            yield
        finally:
            process.terminate()
            process.wait(30)


def wait_until_ready(process: subprocess.Popen, port: int) -> None:
    """Return when the home page answers; RuntimeError where the server ends or does not."""
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            status = Browser(port).get("/").status
        except ConnectionError:
            time.sleep(0.1)
            continue
        if status == 200:
            return
        raise RuntimeError(f"the home page answers with status {status}")
    raise RuntimeError("the server did not start; see the log")
