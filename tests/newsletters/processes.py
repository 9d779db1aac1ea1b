"""Workers as processes of their own, on a database that they share with the test."""

import os
import select
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

from django.conf import settings
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]


class SharedDatabase:
    """The test's database as other processes see it.

    PostgreSQL: the same one. SpatiaLite: the test's may live in memory, so a copy in a file.
    """

    def __init__(self, folder: Path) -> None:
        self.file: Path | None = None
        if connection.vendor == "sqlite":
            self.file = folder / "shared.sqlite3"
            copy = sqlite3.connect(self.file)
            connection.connection.backup(copy)
            copy.close()
            self.url = f"spatialite:///{self.file}"
        else:
            found = connection.settings_dict
            self.url = "postgis://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**found)

    def run(self, sql: str, *params) -> list[tuple]:
        """Run one statement, with ? for parameters, and return its rows."""
        if self.file is not None:
            own = sqlite3.connect(self.file, timeout=20)
            try:
                rows = own.execute(sql, params).fetchall()
                own.commit()
                return rows
            finally:
                own.close()
        with connection.cursor() as cursor:
            cursor.execute(sql.replace("?", "%s"), params)
            return cursor.fetchall() if cursor.description else []

    def states(self) -> dict[str, str]:
        """State of the delivery to each address."""
        return dict(self.run("SELECT address, state FROM newsletters_delivery"))

    def waits(self) -> bool:
        """Whether a delivery is not at its end."""
        waiting = "state IN ('queued', 'claimed', 'handed_over', 'deferred')"
        return bool(self.run(f"SELECT 1 FROM newsletters_delivery WHERE {waiting} LIMIT 1"))  # noqa: S608

    def bury(self, pid: int) -> None:
        """As if the worker in this process was last seen long ago."""
        self.run(
            "UPDATE newsletters_mailworker SET seen_at = ? WHERE process LIKE ?",
            "2000-01-01 00:00:00+00:00",
            f"%:{pid}",
        )

    def try_at_once(self) -> None:
        """As if the time of every next attempt had come."""
        self.run(
            "UPDATE newsletters_delivery SET next_attempt_at = ? WHERE state = 'deferred'",
            "2000-01-01 00:00:00+00:00",
        )
        self.run("UPDATE newsletters_mailing SET next_attempt_at = NULL")


class Nursery:
    """A process that has loaded the application and forks a worker whenever the test asks.

    So a worker is a real process, which can be killed, and starts in milliseconds.
    """

    def __init__(self, database: SharedDatabase, port: int) -> None:
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "participation.settings.development",
            "SECRET_KEY": settings.SECRET_KEY,
            "DATABASE_URL": database.url,
            "EMAIL_URL": f"smtp://127.0.0.1:{port}",
            "LOG_LEVEL": "CRITICAL",
        }
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.newsletters.nursery"],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __enter__(self):
        return self

    def __exit__(self, *exc) -> None:
        self.process.communicate()

    def _ask(self, question: str) -> int:
        self.process.stdin.write(f"{question}\n")
        self.process.stdin.flush()
        return int(self.process.stdout.readline())

    def start(self) -> int:
        """Start a worker; its process id."""
        return self._ask("start")

    def kill(self, pid: int) -> bool:
        """End a worker without warning; False where it had already done all there was."""
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            return False
        return self.finish(pid) == -signal.SIGKILL

    def finish(self, pid: int) -> int:
        """Wait for a worker; how it ended, negative for a signal."""
        return self._ask(f"wait {pid}")

    def has_ended(self, pid: int) -> bool:
        """Whether a worker ended by itself; it must still be waited for."""
        return bool(self._ask(f"look {pid}"))


def wait_a_little(seconds: float) -> None:
    """Let others work."""
    select.select([], [], [], seconds)
