"""Workers that are killed, and workers that run at the same time: real processes."""

import signal
import threading
from collections import Counter

import pytest
from django.db import connection, connections

from newsletters.models import Delivery, Mailing
from tests.factories import newsletters as make

from .conftest import send_now
from .processes import SharedDatabase, finish, start_worker

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture
def editor(newsletter_editor, login):
    return login(newsletter_editor)


@pytest.mark.one_database
@pytest.mark.parametrize("moment", ["before the mail", "after the mail"])
def test_a_killed_worker_leaves_one_unknown_and_nothing_is_lost_or_doubled(
    editor, edition, north, sink, tmp_path, moment
):
    make.many_subscribers(12, area=north)
    send_now(editor, edition)
    database = SharedDatabase(tmp_path)
    if moment == "before the mail":
        sink.stall_before = 5
    else:
        sink.stall_at = 5

    worker = start_worker(database, sink.port)
    sink.wait_until(sink.stalled.is_set, seconds=90)
    worker.send_signal(signal.SIGKILL)
    worker.communicate()
    sink.go_on.set()
    assert Counter(database.states().values()) == {
        "accepted": 4,
        "handed_over": 1,
        "claimed": 7,
    }

    finish(start_worker(database, sink.port))  # the dead one may still be alive: hands off
    assert Counter(database.states().values())["claimed"] == 7

    database.bury()
    finish(start_worker(database, sink.port))
    states = database.states()
    assert Counter(states.values()) == {"accepted": 11, "unknown": 1}
    assert set(sink.counts.values()) == {1}
    (unknown,) = [address for address, state in states.items() if state == "unknown"]
    missing = set(states) - set(sink.counts)
    assert missing == ({unknown} if moment == "before the mail" else set())

    finish(start_worker(database, sink.port))  # an unknown one is never sent again by itself
    assert set(sink.counts.values()) == {1}
    assert len(sink.counts) == len(states) - len(missing)


def test_workers_at_the_same_time_share_the_work_without_doubles(
    editor, edition, north, sink, tmp_path
):
    make.many_subscribers(450, area=north)
    send_now(editor, edition)
    database = SharedDatabase(tmp_path)
    sink.hold_until_connections = 2  # so that one cannot do it all before the other begins
    workers = [start_worker(database, sink.port) for _ in range(2)]
    for worker in workers:
        finish(worker)
    assert Counter(database.states().values()) == {"accepted": 450}
    assert len(sink.counts) == 450
    assert set(sink.counts.values()) == {1}
    assert sink.connections == 2
    assert database.run("SELECT state FROM newsletters_mailing") == [("done",)]


def test_two_editors_who_press_at_the_same_time_send_once(
    login, newsletter_editor, administrator, edition, north
):
    if connection.vendor != "postgresql":
        pytest.skip("the test database of SpatiaLite has one connection only")
    make.many_subscribers(5, area=north)
    ready = threading.Barrier(2)

    def press(client):
        ready.wait()
        try:
            send_now(client, edition)
        finally:
            connections.close_all()

    threads = [
        threading.Thread(target=press, args=[login(user)])
        for user in (newsletter_editor, administrator)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Mailing.objects.count() == 1
    assert Delivery.objects.count() == 5
