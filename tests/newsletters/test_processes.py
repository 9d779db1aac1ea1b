"""Workers that are killed, and workers that run at the same time: real processes."""

import random
import threading
from collections import Counter

import pytest
from django.db import connection, connections

from newsletters.models import Approval, Delivery, Mailing
from tests.factories import newsletters as make

from .conftest import send_now
from .processes import Nursery, SharedDatabase, wait_a_little

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture
def editor(newsletter_editor, login):
    return login(newsletter_editor)


def test_a_killed_worker_leaves_one_unknown_and_nothing_is_lost_or_doubled(
    editor, edition, north, sink, tmp_path
):
    make.many_subscribers(12, area=north)
    send_now(editor, edition)
    database = SharedDatabase(tmp_path)
    sink.stall_before, sink.stall_at = 5, 9  # the fifth mail never arrives, the ninth does
    expected = [
        {"accepted": 4, "handed_over": 1, "claimed": 7},
        {"accepted": 7, "handed_over": 1, "claimed": 3, "unknown": 1},
    ]
    with Nursery(database, sink.port) as nursery:
        for found in expected:
            worker = nursery.start()
            sink.wait_until(sink.stalled.is_set, seconds=90)
            assert nursery.kill(worker)
            assert Counter(database.states().values()) == found
            # The dead one may still be alive: hands off.
            assert nursery.finish(nursery.start()) == 0
            assert Counter(database.states().values()) == found
            database.bury(worker)
            sink.let_go()
        assert nursery.finish(nursery.start()) == 0
        states = database.states()
        assert Counter(states.values()) == {"accepted": 10, "unknown": 2}
        assert nursery.finish(nursery.start()) == 0  # never again by itself
    assert set(sink.counts.values()) == {1}
    unknown = {address for address, state in states.items() if state == "unknown"}
    missing = set(states) - set(sink.counts)
    assert len(missing) == 1
    assert missing < unknown


@pytest.mark.one_database  # takes long; the one above says what SpatiaLite does
def test_workers_killed_twenty_times_on_a_bad_server_double_and_lose_nothing(
    editor, edition, north, sink, tmp_path
):
    """Three workers, 2,000 recipients; the server is slow now and then, says 4xx and 5xx, and
    cuts lines before, within and after a mail."""
    number, kills = 2000, 20
    make.many_subscribers(number, area=north)
    send_now(editor, edition)
    Mailing.objects.update(text="Kort. @@gp-afmelden@@", html="<p>Kort.</p>")
    database = SharedDatabase(tmp_path)
    chance = random.Random(5)
    addresses = sorted(database.states())
    refused = set(chance.sample(addresses, 20))
    sink.answers = dict.fromkeys(refused, "550 5.1.1 Onbekend")
    sink.once = dict.fromkeys(chance.sample(addresses, 30), "451 Straks")
    sink.slow_at = set(chance.sample(range(1, number), 30))
    sink.hang_up_at = set(chance.sample(range(1, number), 8))
    sink.cut_within = set(chance.sample(range(1, number), 8))
    moments = sorted(chance.sample(range(20, number - 200), kills))
    killed = 0
    with Nursery(database, sink.port) as nursery:
        alive: list[int] = []
        while database.waits():
            for pid in [pid for pid in alive if nursery.has_ended(pid)]:
                assert nursery.finish(pid) == 0
                alive.remove(pid)
            database.try_at_once()
            while len(alive) < 3:
                alive.append(nursery.start())
            if moments and len(sink.received) >= moments[0]:
                moments.pop(0)
                pid = alive.pop(chance.randrange(len(alive)))
                killed += nursery.kill(pid)
                database.bury(pid)
            wait_a_little(0.02 + chance.random() / 20)
        for pid in alive:
            assert nursery.finish(pid) == 0
    states = database.states()
    counts = Counter(states.values())
    unknown = {address for address, state in states.items() if state == "unknown"}
    assert not moments
    assert killed >= kills - 2  # a worker may have ended by itself just before
    assert max(sink.counts.values()) == 1
    assert set(sink.counts) & refused == set()
    assert {address for address, state in states.items() if state == "failed"} == refused - unknown
    assert set(states) - set(sink.counts) - refused <= unknown
    assert counts["accepted"] + counts["failed"] + counts["unknown"] == number
    # One for each kill and each line cut around the end of a mail, no more.
    assert counts["unknown"] <= killed + len(sink.hang_up_at) + len(sink.cut_within)
    assert database.run("SELECT state FROM newsletters_mailing") == [("done",)]


def test_two_who_approve_and_two_who_send_at_the_same_time_do_so_once(
    login, newsletter_editor, administrator, edition, north
):
    if connection.vendor != "postgresql":
        pytest.skip("the test database of SpatiaLite has one connection only")
    make.many_subscribers(5, area=north)
    clients = [login(user) for user in (newsletter_editor, administrator)]
    path = f"/beheer/nieuwsbrieven/{edition.pk}/"
    seen = clients[0].get(f"{path}verzenden/").context["progress"].fingerprint

    def press_together(name, data):
        ready = threading.Barrier(2)
        answers = []

        def press(client):
            ready.wait()
            try:
                answers.append(client.post(f"{path}{name}/", data).status_code)
            finally:
                connections.close_all()

        threads = [threading.Thread(target=press, args=[client]) for client in clients]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert answers == [302, 302]

    press_together("goedkeuring", {"besluit": "goedkeuren", "versie": seen})
    assert Approval.objects.count() == 1
    assert Mailing.objects.get().state == Mailing.State.APPROVED
    press_together("verzenden", {"wanneer": "nu"})
    assert Mailing.objects.get().state == Mailing.State.SCHEDULED
    assert Delivery.objects.count() == 5
