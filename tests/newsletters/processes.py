"""Workers as processes of their own, on a database that they share with the test."""

import os
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

    def bury(self) -> None:
        """As if every worker was last seen a day ago."""
        self.run("UPDATE newsletters_mailworker SET seen_at = ?", "2000-01-01 00:00:00+00:00")


def start_worker(database: SharedDatabase, port: int) -> subprocess.Popen:
    """`manage.py tick` for the job that sends, once."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "participation.settings.development",
        "SECRET_KEY": settings.SECRET_KEY,
        "DATABASE_URL": database.url,
        "EMAIL_URL": f"smtp://127.0.0.1:{port}",
        "LOG_LEVEL": "ERROR",
    }
    return subprocess.Popen(
        [sys.executable, "manage.py", "tick", "--only", "newsletters-send"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def finish(worker: subprocess.Popen) -> None:
    """Wait for a worker that must end well."""
    output, errors = worker.communicate(timeout=120)
    assert worker.returncode == 0, (output + errors).decode()
