"""Newsletters: mails a second against a bare SMTP loop, memory, and time from approval to the end.

`script/bench newsletters` runs it on an empty, migrated database. All go to the same server on
this machine (`tests.load.sink`), one way after the other in turns. The bare loop is `smtplib` on
one connection with the very bytes that the workers send; the server takes several commands at a
time (RFC 2920), as most do, and one row tells how it goes with one that does not. Ends with 1 where
an aim is missed.
"""

import argparse
import json
import os
import resource
import smtplib
import statistics
import subprocess
import sys
import time

import django

MAILS = 2_000
ROUNDS = 3
APPROVED = 10_000
MANY = 100_000
#: One worker against the bare loop; MB of a process that freezes a list of 100,000 or sends it.
LEAST_RATIO, MOST_MEMORY = 0.8, 200


def make_edition(number: int):
    """An edition of an ordinary size for `number` new subscribers."""
    from areas.models import AreaPage
    from cms.models import HomePage
    from tests.factories import newsletters, pages
    from tests.load.data import make_home

    home = HomePage.objects.first() or make_home()
    code = f"bench{AreaPage.objects.count()}"
    area = pages.AreaPageFactory(parent=home, title=f"Gebied {code}", slug=code, code=code)
    words = "De lampen bij de school branden vanaf <b>1 december</b>, ook in het weekend. "
    blocks = [
        newsletters.block("heading", {"text": "Licht bij de school", "level": "h2"}),
        newsletters.block("text", f"<p>{words * 6}</p>"),
        newsletters.block("quote", {"text": "Eindelijk veilig.", "source": "Dorpsraad"}),
    ]
    edition = newsletters.NewsletterPageFactory(
        parent=area, to=[area], body=newsletters.body(*(blocks * 4))
    )
    for start in range(0, number, 10_000):
        newsletters.many_subscribers(
            min(10_000, number - start), area=area, start=area.pk * 1_000_000 + start
        )
    return edition


def approve(edition) -> None:
    """What the editor's button does."""
    from django.contrib.auth import get_user_model

    from newsletters.approval.services import approve_edition
    from newsletters.sending.mailing import confirm_mailing

    user = get_user_model().objects.filter(is_superuser=True).first()
    if user is None:
        user = get_user_model().objects.create_superuser("bench", "bench@example.nl", None)
    approve_edition(edition=edition, user=user)
    confirm_mailing(edition=edition, user=user, send_at=None)


def memory() -> int:
    """The most this process ever took, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def used() -> float:
    """CPU seconds of this process."""
    found = resource.getrusage(resource.RUSAGE_SELF)
    return found.ru_utime + found.ru_stime


def child(task: str, argument: str) -> None:
    """One process: gets ready, waits for a line, does its task, and tells how it went (JSON)."""
    django.setup()
    if task == "send":
        from newsletters.sending.worker import send_due
    else:
        from newsletters.models import NewsletterPage

        edition = NewsletterPage.objects.get(pk=int(argument))
    print("ready", flush=True)
    sys.stdin.readline()
    began, cpu = time.perf_counter(), used()
    if task == "send":
        send_due()
    else:
        approve(edition)
    taken = {"seconds": time.perf_counter() - began, "cpu": used() - cpu, "memory": memory()}
    print(json.dumps(taken), flush=True)


def together(task: str, number: int, port: int, argument: str = "") -> tuple[float, list[dict]]:
    """Run a task in so many processes at once: seconds until the last, and what each tells."""
    environment = {**os.environ, "EMAIL_URL": f"smtp://127.0.0.1:{port}"}
    command = [sys.executable, "-m", "tests.load.newsletters", "--task", task]
    children = [
        subprocess.Popen(
            [*command, "--argument", argument],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(number)
    ]
    for one in children:
        if one.stdout.readline().strip() != "ready":
            raise SystemExit("A process of the bench did not start.")
    began = time.perf_counter()
    for one in children:
        one.stdin.write("go\n")
        one.stdin.flush()
    told = [json.loads(one.communicate()[0]) for one in children]
    return time.perf_counter() - began, told


def letters(edition) -> list[tuple[str, str, bytes]]:
    """The mails of a mailing as the workers make them."""
    from newsletters.sending.message import Press

    press = Press(edition.mailing)
    made = (press.letter(delivery) for delivery in edition.mailing.deliveries.iterator())
    return [(*letter.envelope, letter.content) for letter in made]


def bare_loop(port: int, mails: list[tuple[str, str, bytes]]) -> tuple[float, float]:
    """Seconds and CPU seconds of `smtplib` for these mails on one connection."""
    began, cpu = time.perf_counter(), used()
    with smtplib.SMTP("127.0.0.1", port) as server:
        for sender, recipient, content in mails:
            server.sendmail(sender, [recipient], content)
    return time.perf_counter() - began, used() - cpu


class Sink:
    """The mail server as a process, with these extensions of SMTP."""

    def __init__(self, *extensions: str) -> None:
        self.extensions = extensions

    def __enter__(self):
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.load.sink", *self.extensions],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.port = int(self.process.stdout.readline())
        return self

    def __exit__(self, *exc) -> None:
        self.process.communicate()

    def mails(self) -> int:
        """How many mails it has had."""
        self.process.stdin.write("?\n")
        self.process.stdin.flush()
        return int(self.process.stdout.readline())


def measure_speed(sink: Sink, plain: Sink, mails: int, rounds: int) -> float:
    """Mails a second, the ways in turns; the ratio of one worker to the bare loop (median).

    `plain` is a server that takes one command at a time, which the bare loop does with both.
    """
    ways = {"1 worker": (1, sink), "2 workers": (2, sink), "no pipelining": (1, plain)}
    rates = {name: [] for name in ("bare loop", *ways)}
    cpu = {name: [] for name in rates}
    ratios = {name: [] for name in rates}
    for _round in range(rounds):
        edition = make_edition(mails)
        approve(edition)
        edition.refresh_from_db()
        had = sink.mails() + plain.mails()
        seconds, used_cpu = bare_loop(sink.port, letters(edition))
        rates["bare loop"].append(mails / seconds)
        cpu["bare loop"].append(used_cpu / mails)
        ratios["bare loop"].append(1)
        for name, (number, server) in ways.items():
            if name != "1 worker":
                approve(make_edition(mails))
            seconds, told = together("send", number, server.port)
            rates[name].append(mails / seconds)
            cpu[name].append(sum(one["cpu"] for one in told) / mails)
            ratios[name].append(rates[name][-1] / rates["bare loop"][-1])
        if sink.mails() + plain.mails() - had != 4 * mails:
            raise SystemExit("The mail server did not get every mail once.")
    for name in rates:
        print(
            f"{name:14} {statistics.median(rates[name]):8,.0f} mails a second   "
            f"{1000 * statistics.median(cpu[name]):6.2f} ms of CPU a mail   "
            f"ratio {statistics.median(ratios[name]):.2f}"
        )
    return statistics.median(ratios["1 worker"])


def durability() -> str:
    """Whether the database writes to disk before it says so, as it does by default."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return connection.vendor
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('fsync'), current_setting('synchronous_commit')")
        return "PostgreSQL with fsync {} and synchronous_commit {}".format(*cursor.fetchone())


def main() -> int:
    parser = argparse.ArgumentParser(description="Load of sending newsletters.")
    parser.add_argument("--mails", type=int, default=MAILS)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--approved", type=int, default=APPROVED, help="0: leave that out")
    parser.add_argument("--many", type=int, default=MANY, help="0: leave that out")
    parser.add_argument("--task", choices=["send", "approve"], help=argparse.SUPPRESS)
    parser.add_argument("--argument", default="", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.task:
        child(options.task, options.argument)
        return 0
    django.setup()
    print(durability())
    with Sink("PIPELINING") as sink, Sink() as plain:
        ratio = measure_speed(sink, plain, options.mails, options.rounds)
        good = ratio >= LEAST_RATIO
        if options.approved:
            edition = make_edition(options.approved)
            seconds, _told = together("approve", 1, sink.port, str(edition.pk))
            sending, _told = together("send", 1, sink.port)
            print(
                f"approval to last mail, {options.approved:,}: {seconds + sending:.1f} s, of which "
                f"freezing the list {seconds:.1f} s"
            )
        if options.many:
            edition = make_edition(options.many)
            _seconds, (frozen,) = together("approve", 1, sink.port, str(edition.pk))
            seconds, (sent,) = together("send", 1, sink.port)
            most = max(frozen["memory"], sent["memory"])
            good = good and most < MOST_MEMORY
            print(
                f"{options.many:,} recipients: freezing takes {frozen['memory']} MB and "
                f"{frozen['seconds']:.1f} s, sending {sent['memory']} MB and {seconds:.0f} s "
                f"(less than {MOST_MEMORY} MB asked)"
            )
    print(f"One worker against a bare loop: {ratio:.2f} (at least {LEAST_RATIO} asked)")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
