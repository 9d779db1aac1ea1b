"""Mails about signals through a real mail server: who gets what, in which words, and just once."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.core.management import call_command
from django.utils import timezone
from django.utils.formats import date_format

from areas.signals.links import signal_for_token, status_token
from areas.signals.mails import AUTOMATIC_ATTEMPTS, send_mails
from areas.signals.models import SignalMail, SignalStep
from areas.signals.services import handling, linking, merging
from tests.factories import pages as make
from tests.factories import signals as brought
from tests.newsletters.conftest import sink  # noqa: F401

Kind = SignalStep.Kind


@pytest.fixture
def council(north):
    return brought.council_in(north)


@pytest.fixture
def send(django_capture_on_commit_callbacks):
    """Calls a service as the browser does: what waits for the end of the transaction goes out."""

    def call(function, *args, **kwargs):
        with django_capture_on_commit_callbacks(execute=True):
            return function(*args, **kwargs)

    return call


def text_of(message) -> str:
    return message.get_body(("plain",)).get_content()


def to(sink, address):  # noqa: F811
    return [message for message in sink.messages if message["To"] == address]


def day(value) -> str:
    return date_format(value, "j F Y")


def test_receipt_goes_out_at_once_with_the_term(sink, send, council, area_manager):  # noqa: F811
    signal = send(brought.from_council, council)
    assert sorted(sink.counts) == [
        "gebiedsmanager-noord@example.nl",
        "secretaris-dorpsraad-lijnden@example.nl",
        "voorzitter-dorpsraad-lijnden@example.nl",
    ]
    assert set(sink.counts.values()) == {1}
    asker = to(sink, "secretaris-dorpsraad-lijnden@example.nl")[0]
    text = text_of(asker)
    assert asker["Subject"] == f"[{signal.reference}] Wij hebben uw signaal ontvangen"
    assert f"U krijgt uiterlijk op {day(signal.due_on)} antwoord." in text
    assert "Wat gebeurt er nu?" in text
    assert "Bel 0900-1852" in text
    assert (asker["Reply-To"], asker["Auto-Submitted"]) == ("noord@example.nl", "auto-generated")
    html = BeautifulSoup(asker.get_body(("html",)).get_content(), "html.parser")
    assert html.select_one("h1").get_text() == "Wij hebben uw signaal ontvangen"
    assert html.html["lang"] == "nl"
    assert "hard rijden" in html.get_text()
    assert not html.select("script")
    staff = text_of(to(sink, "gebiedsmanager-noord@example.nl")[0])
    assert f"/beheer/snippets/signals/signal/edit/{signal.pk}/" in staff
    assert f"Het antwoord moet er zijn op {day(signal.due_on)}." in staff


def test_a_resident_reads_english_and_gets_a_link_of_the_own(sink, send, north, area_manager):  # noqa: F811
    signal = send(brought.from_resident, north, language="en", kind="vraag")
    send(handling.answer, signal=signal, version=0, user=area_manager, text="Het bankje komt.")
    message = to(sink, "bewoner@example.nl")[-1]
    html = BeautifulSoup(message.get_body(("html",)).get_content(), "html.parser")
    assert html.html["lang"] == "en"
    assert html.select_one("[lang=nl]") is not None
    assert "Het bankje komt." in text_of(message)
    other = brought.from_resident(north)
    assert signal_for_token(status_token(signal)) == signal
    assert signal_for_token(status_token(signal)[:-1]) is None
    assert signal_for_token(status_token(other)) == other


def test_every_step_has_words_of_its_own(sink, send, council, north, west, area_manager):  # noqa: F811
    signal = send(brought.from_council, council, public=True)
    user = area_manager
    item = make.AgendaItemPageFactory(parent=make.AgendaPageFactory(parent=north), title="Zebra")

    def now():
        return type(signal).objects.get(pk=signal.pk).version

    send(handling.assign, signal=signal, version=now(), user=user, role="Team Verkeer")
    send(handling.extend, signal=signal, version=now(), user=user, reason="Wij tellen auto's.")
    send(handling.hide, signal=signal, version=now(), user=user, reason="Er staat een naam in.")
    send(handling.publish, signal=signal, version=now(), user=user)
    send(linking.link_agenda_item, signal=signal, version=now(), user=user, item=item)
    send(handling.answer, signal=signal, version=now(), user=user, text="Er komt een zebrapad.")
    send(handling.reopen, signal=signal, text="Wanneer dan?", author_role="secretaris")
    send(handling.move_to_area, signal=signal, version=now(), user=user, area=west)
    other = send(brought.from_council, council)
    send(merging.merge, signal=signal, version=now(), into=other, user=user)
    mails = to(sink, "secretaris-dorpsraad-lijnden@example.nl")
    subjects = [mail["Subject"].split("] ")[1] for mail in mails]
    assert subjects == [
        "Wij hebben uw signaal ontvangen",
        "Wij werken aan uw signaal",
        "Wij hebben meer tijd nodig voor uw signaal",
        "Van de site gehaald: uw signaal",
        "Op de site: uw signaal",
        "Er komt een vervolg op uw signaal",
        "Antwoord op uw signaal",
        "Wij bekijken uw signaal opnieuw",
        "Naar een ander gebied: uw signaal",
        "Wij hebben uw signaal ontvangen",
        "Samengevoegd: uw signaal en een ander bericht",
    ]
    texts = " ".join(map(text_of, mails))
    for words in (
        "Hiermee is bezig: Team Verkeer.",
        "Wij tellen auto's.",
        "Er staat een naam in.",
        "Agendapunt: Zebra",
        "Er komt een zebrapad.",
        "Mist u nog iets?",
        "Wanneer dan?",
        "Haarlemmermeer-West",
    ):
        assert words in texts


def test_a_hostile_subject_stays_one_line(sink, send, council, area_manager):  # noqa: F811
    send(
        brought.from_council,
        council,
        subject="Hallo\r\nBcc: slachtoffer@example.nl\x0b\x1b",
        text="<script>alert(1)</script> &lt;b&gt;",
    )
    assert len(sink.received) == 3
    for message in sink.messages:
        assert message["Bcc"] is None
        assert "\n" not in message["Subject"]
        assert "<script>alert" not in message.get_body(("html",)).get_content()


def test_what_the_server_refuses_waits_and_goes_out_later(sink, send, council):  # noqa: F811
    sink.answers = {"voorzitter-dorpsraad-lijnden@example.nl": "550 no such user"}
    sink.data_answer = "451 later"
    send(brought.from_council, council)
    assert sink.received == []
    errors = dict(SignalMail.objects.values_list("address", "error"))
    assert "weigert dit adres" in errors["voorzitter-dorpsraad-lijnden@example.nl"]
    assert "nam de mail niet aan" in errors["secretaris-dorpsraad-lijnden@example.nl"]
    sink.data_answer, sink.answers = "", {}
    assert send_mails() == (3, 0)
    assert send_mails() == (0, 0)
    assert set(sink.counts.values()) == {1}


def test_a_dead_address_is_tried_so_many_times(sink, send, council):  # noqa: F811
    sink.answers = {"voorzitter-dorpsraad-lijnden@example.nl": "550 no such user"}
    send(brought.from_council, council)
    for _ in range(AUTOMATIC_ATTEMPTS + 3):
        send_mails()
    row = SignalMail.objects.get(address="voorzitter-dorpsraad-lijnden@example.nl")
    assert (row.attempts, row.sent_at) == (AUTOMATIC_ATTEMPTS, None)


def test_the_scheduler_sends_what_a_killed_process_left(sink, council):  # noqa: F811
    brought.from_council(council)
    rows = SignalMail.objects.filter(address__startswith="secretaris")
    rows.update(claimed_at=timezone.now() - timedelta(minutes=11))
    SignalMail.objects.exclude(address__startswith="secretaris").update(claimed_at=timezone.now())
    call_command("tick", only="signals-mails")
    assert list(sink.counts) == ["secretaris-dorpsraad-lijnden@example.nl"]


def test_one_address_gets_one_mail_of_a_step(sink, send, north, council):  # noqa: F811
    """A member who is also the manager, in other letters."""
    north.manager_email = "Secretaris-Dorpsraad-Lijnden@example.nl"
    north.save()
    signal = send(brought.from_council, council)
    assert signal.steps.get().mails.count() == 2
    assert len(sink.received) == 2
