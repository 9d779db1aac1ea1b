"""Several commands at a time (RFC 2920): the same promises, whatever a server answers halfway."""

import threading

import pytest

from newsletters.models import Delivery
from tests.factories import newsletters as make

from .conftest import send_now, states, tick

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(newsletter_editor, login, edition, north):
    """Confirm the edition for so many subscribers; their addresses in the order of sending."""

    def confirmed(number: int) -> list[str]:
        make.many_subscribers(number, area=north)
        send_now(login(newsletter_editor), edition)
        return list(Delivery.objects.order_by("pk").values_list("address", flat=True))

    return confirmed


@pytest.mark.parametrize("pipelining", [True, False])
@pytest.mark.parametrize("eager", [True, False])
def test_an_answer_counts_for_the_mail_that_it_is_about(edition, sent, sink, pipelining, eager):
    sink.pipelining, sink.eager = pipelining, eager
    sink.enough = 4
    addresses = sent(12)
    sink.answers = {
        addresses[0]: "550 5.1.1 Onbekend",  # the first of all
        addresses[3]: "451 Straks",
        addresses[4]: "552 5.2.2 Vol",
        addresses[11]: "550 5.1.1 Onbekend",  # the last
    }
    sink.hang_up_at = {6}
    tick()
    wanted = dict.fromkeys(addresses, "accepted")
    wanted |= {addresses[0]: "failed", addresses[3]: "deferred", addresses[4]: "failed"}
    wanted |= {addresses[11]: "failed", addresses[8]: "unknown"}
    assert states(edition) == wanted
    assert sink.counts == dict.fromkeys(set(addresses) - set(sink.answers), 1)
    replies = dict(Delivery.objects.values_list("address", "reply"))
    assert replies[addresses[3]] == "451 Straks"
    assert replies[addresses[4]] == "552 5.2.2 Vol"
    assert replies[addresses[5]] == "250 taken"
    assert set(Delivery.objects.values_list("attempts", flat=True)) == {1}
    assert sink.connections == 3  # two ended with 421 or a cut line, none by a refusal


@pytest.mark.parametrize(
    ("answer", "state"),
    [("554 Spam", "failed"), ("451 Straks", "deferred"), ("421 Wij sluiten", "accepted")],
)
def test_a_mail_refused_at_its_end_does_nothing_to_the_next(edition, sent, sink, answer, state):
    addresses = sent(3)
    sink.once_at_end = {2: answer}
    tick()
    wanted = dict.fromkeys(addresses, "accepted")
    assert states(edition) == {**wanted, addresses[1]: state}
    assert set(sink.counts.values()) == {1}


def test_the_next_mail_is_announced_with_the_one_before_and_given_after(edition, sent, sink):
    addresses = sent(2)
    sink.stall_at = 1
    seen = []

    def look():
        sink.wait_until(sink.stalled.is_set)
        sink.wait_until(lambda: b"DATA" in sink.waiting)
        seen.append(sink.waiting)
        sink.let_go()

    watcher = threading.Thread(target=look)
    watcher.start()
    tick()
    watcher.join()
    assert addresses[1].encode() in seen[0]
    assert seen[0].count(b"\r\n") == 3  # sender, recipient, DATA; nothing of the mail itself
    assert set(states(edition).values()) == {"accepted"}
    assert sink.connections == 1
