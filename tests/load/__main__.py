"""Load test: content, server, measuring, and a table that ends with one line.

Called by script/bench, which brings the database. Each case is measured in turns with the
trivial view and compared with the turn just before, so that a machine that gets slower or
faster meanwhile does not matter; the figures are medians over the turns.
"""

import argparse
import json
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import django

from . import wrk
from .case import REFERENCE_RATE, Case, Load, all_cases, chosen
from .server import Browser, headers, serve

TRIVIAL = "trivial"
WARM_UP_ROUNDS = 3
#: A case for one visitor takes so many turns' time: of ten requests the 95th percentile would be
#: the slowest one.
PATIENCE = 4
FIGURES = ("rate", "p95", "p99")


@dataclass
class Turn:
    """One measurement of a case and of the trivial view just before."""

    case: wrk.Result
    trivial: wrk.Result


@dataclass
class Outcome:
    """What the turns of a case came to."""

    case: Case
    turns: list[Turn]
    trouble: str = ""

    @property
    def rate(self) -> float:
        return median(turn.case.rate for turn in self.turns)

    @property
    def p95(self) -> float:
        return median(turn.case.p95 for turn in self.turns)

    @property
    def p99(self) -> float:
        return median(turn.case.p99 for turn in self.turns)

    @property
    def p95_at_reference(self) -> float:
        """The 95th percentile in ms, had the machine been as fast as the one of reference."""
        return median(turn.case.p95 * turn.trivial.rate / REFERENCE_RATE for turn in self.turns)

    @property
    def ratio(self) -> float:
        return median(turn.case.rate / turn.trivial.rate for turn in self.turns)

    @property
    def verdict(self) -> str:
        if self.trouble:
            return self.trouble
        if self.case.aim is None and self.case.aim_ms is None:
            return ""
        if not self.rate:
            return "NO ANSWER in its time"
        enough = self.case.aim is None or self.ratio >= self.case.aim
        quick = self.case.aim_ms is None or self.p95_at_reference <= self.case.aim_ms
        return "met" if enough and quick else "MISSED"

    @property
    def is_bad(self) -> bool:
        return self.verdict not in ("", "met")


def main() -> int:
    arguments = parser().parse_args()
    django.setup()
    if arguments.list:
        for one in all_cases():
            print(f"{one.name:<22}{aim_of(one)}".rstrip())
        return 0
    if arguments.prepare:
        from .data import make_content

        arguments.prepare.write_text(json.dumps(make_content(arguments.only)))
        return 0
    try:
        cases = chosen(arguments.cases)
    except ValueError as error:
        print(f"script/bench: {error}", file=sys.stderr)
        return 2
    if arguments.contents:
        print(*dict.fromkeys(case.content for case in cases))
        return 0
    cases = [case for case in cases if case.content == arguments.only]
    content = json.loads(arguments.content.read_text())
    with serve(arguments.port, arguments.log):
        outcomes = [Outcome(one, []) for one in cases]
        loads = [prepare(outcome, content, arguments.port) for outcome in outcomes]
        for _ in range(arguments.turns):
            for outcome, load in zip(outcomes, loads, strict=True):
                if load is not None:
                    take_turn(outcome, load, arguments.port, arguments.seconds)
    return report(outcomes)


def aim_of(case: Case) -> str:
    """The aim of a case in words."""
    if case.aim_ms is not None:
        return f"p95* at most {case.aim_ms:g} ms"
    return "" if case.aim is None else f"at least {case.aim:g}"


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(prog="script/bench", description=__doc__.splitlines()[0])
    made.add_argument("cases", nargs="*", metavar="case", help="beginnings of names of cases")
    made.add_argument("--list", action="store_true", help="show the cases and stop")
    made.add_argument("--seconds", type=int, default=2, help="time of one turn (default: 2)")
    made.add_argument("--turns", type=int, default=3, help="turns a case (default: 3)")
    for name in ("--prepare", "--content", "--log"):
        made.add_argument(name, type=Path, help=argparse.SUPPRESS)
    made.add_argument("--port", type=int, help=argparse.SUPPRESS)
    made.add_argument("--only", help=argparse.SUPPRESS)
    made.add_argument("--contents", action="store_true", help=argparse.SUPPRESS)
    return made


def prepare(outcome: Outcome, content: dict, port: int) -> Load | None:
    """The load of a case, tried once and warmed up; None where it does not do what it should."""
    browser = Browser(port)
    try:
        load = outcome.case.load(content, browser)
        answer = browser.send(load)
        if load.check is not None:
            load.check(answer)
        assert answer.status < 400, f"status {answer.status}"
    except AssertionError as error:
        outcome.trouble = f"WRONG: {error}"
        return None
    if outcome.case.aim_ms is None:
        wrk.run(f"http://127.0.0.1:{port}", load, headers(port), 1)
    else:
        # Each thread of the server has a connection of its own to the database, and one visitor
        # after the other would meet those that are still cold.
        with ThreadPoolExecutor(wrk.CONNECTIONS) as pool:
            for _ in range(WARM_UP_ROUNDS):
                list(pool.map(browser.send, [load] * wrk.CONNECTIONS))
    return load


def connections(case: Case) -> int:
    """How many visitors there are at once: one where it is about how long each waits."""
    return wrk.CONNECTIONS if case.aim_ms is None else 1


def take_turn(outcome: Outcome, load: Load, port: int, seconds: int) -> None:
    """Measure the trivial view, then the case."""
    from .wsgi import BARE

    base = f"http://127.0.0.1:{port}"
    trivial = wrk.run(base, Load(BARE), headers(port), seconds)
    before = load.count() if load.count else 0
    if outcome.case.aim_ms is not None:
        seconds *= PATIENCE
    visitors = connections(outcome.case)
    result = wrk.run(base, load, headers(port), seconds, connections=visitors)
    outcome.turns.append(Turn(result, trivial))
    if result.wrong:
        outcome.trouble = f"WRONG: {result.wrong} errors in {result.requests} requests"
    elif load.count and load.count() - before < result.requests:
        outcome.trouble = f"WRONG: {load.count() - before} of {result.requests} took effect"


def report(outcomes: list[Outcome]) -> int:
    """Print the table and the line that sums up; 1 where an aim was missed."""
    trivials = [turn.trivial for outcome in outcomes for turn in outcome.turns]
    heads = f"{'requests/s':>12}{'p95 ms':>10}{'p95* ms':>10}{'p99 ms':>10}{'of trivial':>12}"
    print(f"{'case':<22}{heads}  aim")
    if trivials:
        rate, p95, p99 = (median(getattr(t, name) for t in trivials) for name in FIGURES)
        print(f"{TRIVIAL:<22}{rate:>12.0f}{p95:>10.1f}{'':>10}{p99:>10.1f}{1:>12.2f}")
    for outcome in outcomes:
        figures = (
            f"{outcome.rate:>12.0f}{outcome.p95:>10.1f}{outcome.p95_at_reference:>10.1f}"
            f"{outcome.p99:>10.1f}{outcome.ratio:>12.3f}"
            if outcome.turns
            else f"{'-':>12}{'-':>10}{'-':>10}{'-':>10}{'-':>12}"
        )
        aim = aim_of(outcome.case)
        print(f"{outcome.case.name:<22}{figures}  {aim:<20}  {outcome.verdict}".rstrip())
    bad = [outcome.case.name for outcome in outcomes if outcome.is_bad]
    aims = sum(bool(aim_of(outcome.case)) for outcome in outcomes)
    summary = f"missed or wrong: {', '.join(bad)}" if bad else f"all {aims} aims met"
    speed = f"trivial view {rate:.0f} requests/s" if trivials else "nothing measured"
    print(f"\n* as it would be on a machine where the trivial view does {REFERENCE_RATE} a second")
    print(f"bench: {len(outcomes)} cases, {summary}; {speed}")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
