"""Answers of respondents a second, against plain inserts of the same rows on the same database.

`script/bench surveys` runs it on content with a survey of twelve questions. Turns of plain
inserts, of eight respondents at once and of fifty at once follow each other; the figures are
medians over the turns. Ends with 1 where an aim is missed.
"""

import argparse
import json
import subprocess
import sys
from pathlib import Path
from statistics import median

import django

from . import wrk
from .case import REFERENCE_RATE, Load, chosen
from .server import Browser, headers, serve

CASE = "survey-answer"
PROCESSES = 2  # as the server
RESPONDENTS = 50
#: Submits for each plain insert by Django; and ms that 95 in 100 of 50 respondents wait at most.
AIM, AIM_MS = 0.5, 250


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=int, default=4)
    parser.add_argument("--turns", type=int, default=3)
    for name in ("--content", "--log"):
        parser.add_argument(name, type=Path, required=True, help=argparse.SUPPRESS)
    parser.add_argument("--port", type=int, required=True, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    django.setup()
    from surveys.models import Response

    from .wsgi import BARE

    content = json.loads(arguments.content.read_text())
    port, seconds = arguments.port, arguments.seconds
    base = f"http://127.0.0.1:{port}"
    found: dict[str, list[float]] = {name: [] for name in ("trivial", "sql", "orm", "submit")}
    waits: list[float] = []
    scaled: list[float] = []
    with serve(port, arguments.log):
        browser = Browser(port)
        load = chosen([CASE])[0].load(content, browser)
        load.check(browser.send(load))
        model = str(Response.objects.latest("pk").pk)
        wrk.run(base, load, headers(port), 1)
        for _ in range(arguments.turns):
            trivial = wrk.run(base, Load(BARE), headers(port), seconds).rate
            found["trivial"].append(trivial)
            for way in ("sql", "orm"):
                found[way].append(plain(way, model, seconds))
            found["submit"].append(submits(base, load, port, seconds).rate)
            crowd = submits(base, load, port, seconds, RESPONDENTS)
            waits.append(crowd.p95)
            scaled.append(crowd.p95 * trivial / REFERENCE_RATE)
    rates = {name: median(turns) for name, turns in found.items()}
    share = {
        way: median(s / p for s, p in zip(found["submit"], found[way], strict=True))
        for way in ("sql", "orm")
    }
    print(f"{'what':<44}{'a second':>10}{'submit of it':>14}")
    print(f"{'trivial view':<44}{rates['trivial']:>10.0f}")
    print(f"{'plain insert, two statements':<44}{rates['sql']:>10.0f}{share['sql']:>14.2f}")
    print(f"{'plain insert, by Django':<44}{rates['orm']:>10.0f}{share['orm']:>14.2f}")
    print(f"{'submit of 12 answers':<44}{rates['submit']:>10.0f}")
    wait, at_reference = median(waits), median(scaled)
    missed = [
        text
        for text, bad in (
            (f"submits are {share['orm']:.2f} of plain inserts, aim {AIM}", share["orm"] < AIM),
            (f"p95* {at_reference:.0f} ms, aim {AIM_MS}", at_reference > AIM_MS),
        )
        if bad
    ]
    print(f"{RESPONDENTS} at once: p95 {wait:.0f} ms, p95* {at_reference:.0f} ms "
          f"(* where the trivial view does {REFERENCE_RATE} a second)")  # fmt: skip
    print(f"submits: {'missed: ' + '; '.join(missed) if missed else 'both aims met'}")
    return 1 if missed else 0


def plain(way: str, model: str, seconds: int) -> float:
    """Plain inserts a second, by as many processes as the server has."""
    command = [sys.executable, "-m", "tests.load.inserts", way, model, str(seconds)]
    running = [
        subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(PROCESSES)
    ]
    stored = [process.communicate()[0] for process in running]
    if any(process.returncode for process in running):
        raise RuntimeError("the plain inserts broke off")
    return sum(map(int, stored)) / seconds


def submits(base, load, port, seconds, connections=wrk.CONNECTIONS) -> wrk.Result:
    """Respondents who send their answers; RuntimeError where one did not get through."""
    before = load.count()
    result = wrk.run(base, load, headers(port), seconds, connections=connections)
    if result.wrong or load.count() - before < result.requests:
        raise RuntimeError(f"{load.count() - before} of {result.requests} submits took effect")
    return result


if __name__ == "__main__":
    sys.exit(main())
