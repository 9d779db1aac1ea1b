"""Two people at one signal at the same moment: one is first, and nothing is lost."""

import threading

import pytest
from django.db import connection, connections
from django.urls import reverse

from areas.signals.models import Signal, SignalStep
from areas.signals.services import handling, merging
from areas.signals.services.changing import ChangedMeanwhileError, NotPossibleError
from areas.signals.services.watch import watch_terms
from tests.factories import signals as brought

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor != "postgresql",
        reason="SQLite's test database lies in memory, one connection to it",
    ),
]


def at_once(*calls):
    """Run the calls in threads that start together; gives what each returned or raised."""
    barrier = threading.Barrier(len(calls))
    results = [None] * len(calls)

    def run(number, call):
        try:
            barrier.wait(timeout=20)
            results[number] = call()
        except Exception as error:
            results[number] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
        assert not thread.is_alive()
    return results


@pytest.fixture
def signal(north):
    return brought.from_council(brought.council_in(north))


def test_of_two_answers_one_is_sent_and_the_other_is_kept_in_its_form(
    signal, login, north, make_user
):
    clients = [
        login(make_user(name, groups=[north.manager_group])) for name in ("eerste", "tweede")
    ]
    address = reverse("wagtailsnippets_signals_signal:edit", args=[signal.pk])

    def answer(client, text):
        data = {"action": "beantwoorden", "version": 0, "text": text}
        return lambda: client.post(address, data)

    texts = ("Er komt een zebrapad.", "Wij zetten borden neer.")
    responses = at_once(*map(answer, clients, texts))
    codes = [response.status_code for response in responses]
    assert sorted(codes) == [302, 409]
    lost = codes.index(409)
    html = responses[lost].content.decode()
    assert texts[lost] in html
    assert texts[1 - lost] in html
    answers = SignalStep.objects.filter(signal=signal, kind=SignalStep.Kind.ANSWERED)
    assert answers.get().text == texts[1 - lost]
    assert Signal.objects.get(pk=signal.pk).version == 1


def test_two_reactions_open_it_once(signal, area_manager):
    row = handling.answer(signal=signal, version=0, user=area_manager, text="Nee.")
    results = at_once(*[lambda: handling.reopen(signal=row, text="Waarom?")] * 2)
    assert sorted(type(result).__name__ for result in results) == ["NotPossibleError", "Signal"]
    assert row.steps.filter(kind=SignalStep.Kind.REOPENED).count() == 1


def test_merging_crosswise_makes_no_circle_and_no_deadlock(signal, area_manager):
    other = brought.from_council(signal.council)

    def merge(one, into):
        return lambda: merging.merge(signal=one, version=0, into=into, user=area_manager)

    results = at_once(merge(signal, other), merge(other, signal))
    assert sum(isinstance(result, Signal) for result in results) == 1
    assert sum(isinstance(one, NotPossibleError | ChangedMeanwhileError) for one in results) == 1
    assert Signal.objects.filter(state=Signal.State.MERGED).count() == 1


def test_two_schedulers_remind_once(signal):
    brought.age(signal, due_on="2020-01-02")
    at_once(watch_terms, watch_terms)
    escalated = signal.steps.filter(kind=SignalStep.Kind.ESCALATED).count()
    assert escalated <= 1  # none on a day on which nobody works
    watch_terms()
    assert signal.steps.filter(kind=SignalStep.Kind.ESCALATED).count() == escalated
