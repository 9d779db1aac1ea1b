"""A process that is killed while it stores answers: what was confirmed stays, nothing is half."""

import os
import signal
import subprocess
import sys
import time

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from surveys.models import Answer, Response
from tests.factories import surveys as make
from tests.newsletters.processes import ROOT, SharedDatabase

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

#: Sends the form whose token it reads from a line of its input, and says what the site answered.
VISITOR = """
import sys, django
django.setup()
from django.test import Client
from tests.surveys.helpers import full_answers
client = Client(HTTP_HOST="localhost")
print("ready", flush=True)
for line in sys.stdin:
    data = full_answers() | {"csrfmiddlewaretoken": line.strip()}
    print(client.post(sys.argv[1], data).status_code, flush=True)
"""


def test_killed_in_the_middle_of_a_submit(north, tmp_path):
    if connection.vendor != "postgresql":
        pytest.skip("the lock that stops a process halfway is one of PostgreSQL")
    survey = make.SurveyPageFactory(parent=north)
    database = SharedDatabase(tmp_path)
    found = connection.settings_dict

    def start() -> subprocess.Popen:
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "participation.settings.development",
            "SECRET_KEY": settings.SECRET_KEY,
            "DATABASE_URL": database.url,
            "LOG_LEVEL": "ERROR",
        }
        visitor = subprocess.Popen(
            [sys.executable, "-c", VISITOR, f"/enquetes/{survey.pk}/antwoorden/"],
            cwd=ROOT, env=environment, text=True, bufsize=1,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip
        assert visitor.stdout.readline() == "ready\n"
        return visitor

    def sends(visitor, token: str) -> str:
        visitor.stdin.write(f"{token}\n")
        return visitor.stdout.readline().strip()

    visitor = start()
    assert [sends(visitor, f"form-{number}") for number in range(3)] == ["302"] * 3
    with psycopg.connect(
        host=found["HOST"], port=found["PORT"], user=found["USER"], password=found["PASSWORD"],
        dbname=found["NAME"],
    ) as other:  # fmt: skip
        other.execute("LOCK TABLE surveys_answer IN EXCLUSIVE MODE")
        visitor.stdin.write("form-3\n")
        waiting = (
            "SELECT pid FROM pg_locks WHERE NOT granted AND relation = 'surveys_answer'::regclass"
        )
        deadline = time.monotonic() + 60
        while not (stopped := other.execute(waiting).fetchall()):
            assert time.monotonic() < deadline, "it never came to the answers"
        visitor.send_signal(signal.SIGKILL)  # between the response and its answers
        visitor.communicate()
        other.rollback()
        gone = "SELECT 1 FROM pg_stat_activity WHERE pid = %s"
        while other.execute(gone, stopped[0]).fetchall():
            assert time.monotonic() < deadline, "the database still works for the dead"
            other.rollback()
    # The database itself may still finish what it was told: as a whole, or not at all.
    stored = Response.objects.count()
    assert stored in (3, 4)
    assert Answer.objects.count() == stored * 7
    assert not Response.objects.filter(answers__isnull=True).exists()

    # Whoever got no answer sends the same form again, and who did, does no harm.
    visitor = start()
    assert [sends(visitor, f"form-{number}") for number in (3, 2, 3)] == ["302"] * 3
    visitor.communicate()
    assert Response.objects.count() == 4
    assert Answer.objects.count() == 4 * 7
