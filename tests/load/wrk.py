"""Make load with wrk, and read what it says."""

import re
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlencode

from .case import Load

CONNECTIONS = 8  # as many as the server has threads
TOKEN_FIELD = "csrfmiddlewaretoken"
UNITS = {"us": 0.001, "ms": 1.0, "s": 1000.0, "m": 60_000.0}


@dataclass(frozen=True)
class Result:
    """Requests a second, 95th and 99th percentile in ms, requests done, and how many failed."""

    rate: float
    p95: float
    p99: float
    requests: int
    wrong: int


def run(
    base: str,
    load: Load,
    headers: dict[str, str],
    seconds: int,
    *,
    connections: int = CONNECTIONS,
) -> Result:
    """Repeat the request of a load for a time, over so many connections at once."""
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency", "--timeout", "30s"]
    command += ["-s", str(Path(__file__).with_name("load.lua"))]
    for name, value in [*headers.items(), *load.headers]:
        command += ["-H", f"{name}: {value}"]
    with tempfile.TemporaryDirectory() as folder:
        arguments = []
        if load.fields is not None:
            body = Path(folder) / "body"
            fields = [(k, "%TOKEN%" if k == TOKEN_FIELD else v) for k, v in load.fields]
            body.write_text(urlencode(fields, safe="%", quote_via=percent_safe))
            arguments = ["--", str(body), str(time.time_ns() % 2**31)]
        done = subprocess.run(
            [*command, base + load.path, *arguments], capture_output=True, text=True, check=False
        )
    if done.returncode != 0:
        raise RuntimeError(f"wrk: {done.stderr or done.stdout}")
    return parse(done.stdout)


def percent_safe(text, safe="", encoding=None, errors=None):
    """Quote a value, but not the mark that stands for the token."""
    return "%TOKEN%".join(quote(part, "") for part in text.split("%TOKEN%"))


def parse(output: str) -> Result:
    """The figures in wrk's report."""
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", output)[1])
    p95, p99 = (
        float(found[1]) * UNITS[found[2]]
        for found in (re.search(rf"{n}%\s+([\d.]+)(us|ms|s|m)", output) for n in (95, 99))
    )
    requests = int(re.search(r"(\d+) requests in", output)[1])
    wrong = 0
    for pattern in (r"Non-2xx or 3xx responses: (\d+)", r"Socket errors: (.+)"):
        found = re.search(pattern, output)
        wrong += sum(int(n) for n in re.findall(r"\d+", found[1])) if found else 0
    return Result(rate, p95, p99, requests, wrong)
