"""What an editor does while an edition is being sent, the pace of sending, and signed mails."""

from datetime import timedelta
from pathlib import Path

import dkim
import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.utils import timezone

from newsletters.models import Delivery, Mailing, Pace
from newsletters.sending.worker import send_due
from tests.factories import newsletters as make

from .conftest import send_now, states, tick

pytestmark = pytest.mark.django_db
KEYS = Path(__file__).parent / "keys"


@pytest.fixture
def editor(newsletter_editor, login):
    return login(newsletter_editor)


def url(edition, name="stand"):
    return f"/beheer/nieuwsbrieven/{edition.pk}/{name}/"


def press(client, edition, name, **data) -> str:
    """The page after a button on the page of a mailing."""
    return client.post(url(edition, name), data, follow=True).content.decode()


def send_and_meanwhile(sink, number, act):
    """Send; once, when the server has so many mails, somebody does something."""
    acted = []

    def look() -> bool:
        if len(sink.received) >= number and not acted:
            acted.append(act())
        return False

    send_due(stopping=look)


def test_a_mailing_is_paused_goes_on_and_is_stopped_for_good(
    editor, login, manager_west, newsletter_editor, edition, north, sink
):
    make.many_subscribers(6, area=north)
    send_now(editor, edition)
    for name in ("pauzeren", "doorgaan", "annuleren", "opnieuw"):
        assert editor.get(url(edition, name)).status_code == 405
        assert login(manager_west).post(url(edition, name)).status_code == 404
    assert "intussen veranderd" in press(editor, edition, "pauzeren")  # nothing goes out yet

    # In the middle of a batch: what the worker claimed is taken back, so the next mail waits.
    send_and_meanwhile(sink, 2, lambda: press(editor, edition, "pauzeren"))
    assert len(sink.received) == 2
    assert sorted(states(edition).values()) == ["accepted"] * 2 + ["queued"] * 4
    tick()
    assert len(sink.received) == 2
    content = editor.get(url(edition)).content.decode()
    assert "Het verzenden staat stil tot iemand het laat doorgaan" in content
    assert newsletter_editor.get_username() in content
    delete = editor.post(f"/beheer/pages/{edition.pk}/delete/", follow=True)
    assert "wordt nu verzonden" in delete.content.decode()

    assert "Het verzenden gaat door" in press(editor, edition, "doorgaan")
    send_and_meanwhile(sink, 4, lambda: press(editor, edition, "annuleren"))
    tick()
    assert sorted(states(edition).values()) == ["accepted"] * 4 + ["suppressed"] * 2
    assert set(sink.counts.values()) == {1}
    assert Mailing.objects.get().state == Mailing.State.CANCELLED
    content = press(editor, edition, "doorgaan")
    assert "intussen veranderd" in content
    assert "Het verzenden is gestopt" in content
    assert "kan niet meer worden geannuleerd" in press(editor, edition, "annuleren")
    send_now(editor, edition)
    assert Mailing.objects.get().state == Mailing.State.CANCELLED  # not a second time
    history = editor.get(f"/beheer/pages/{edition.pk}/history/").content.decode()
    for line in ("Verzenden bevestigd", "Verzenden gepauzeerd", "Verzenden gestopt"):
        assert line in history


def test_a_deferred_mail_of_a_stopped_mailing_is_not_tried_again(editor, edition, subscriber, sink):
    sink.answers[subscriber.email] = "451 Later"
    send_now(editor, edition)
    tick()
    press(editor, edition, "annuleren")
    Delivery.objects.update(next_attempt_at=timezone.now())
    tick()
    assert states(edition) == {subscriber.email: "suppressed"}


def test_an_unknown_mail_is_sent_again_only_when_a_person_says_so(editor, edition, north, sink):
    make.many_subscribers(3, area=north)
    sink.hang_up_at = {2}
    send_now(editor, edition)
    tick()
    unknown = Delivery.objects.get(state="unknown")
    accepted = Delivery.objects.filter(state="accepted").first()
    content = editor.get(url(edition)).content.decode()
    assert f'value="{unknown.pk}"' in content
    assert "overgedragen" in content
    assert "Kruis eerst aan" in press(editor, edition, "opnieuw")
    assert "Kruis eerst aan" in press(editor, edition, "opnieuw", bezorging=["x", "9" * 40, "-1"])
    assert "niet meer onbekend" in press(editor, edition, "opnieuw", bezorging=[accepted.pk])
    tick()
    assert sink.counts[unknown.address] == 1  # the sink had it; nobody here could know
    assert "1 mail gaat opnieuw weg" in press(editor, edition, "opnieuw", bezorging=[unknown.pk])
    tick()
    assert states(edition)[unknown.address] == "accepted"
    assert sink.counts == {**dict.fromkeys(states(edition), 1), unknown.address: 2}
    copies = [message for message in sink.messages if message["To"] == unknown.address]
    assert len({message["Message-ID"] for message in copies}) == 1
    assert Mailing.objects.get().state == Mailing.State.DONE


def test_a_plan_that_is_hours_late_asks_first(editor, newsletter_editor, edition, subscriber, sink):
    def planned_hours_ago():
        send_now(editor, edition)
        Mailing.objects.update(send_at=timezone.now() - timedelta(hours=3))
        tick()

    planned_hours_ago()
    tick()
    (asked,) = sink.messages
    assert asked["To"] == newsletter_editor.email
    assert url(edition) in asked.get_content().replace("=\r\n", "")
    content = editor.get(url(edition)).content.decode()
    assert "Moet hij nog weg?" in content
    assert "Verzend alsnog, nu" in content
    assert press(editor, edition, "annuleren").count("Ja, verzend naar 1 adres") == 1
    planned_hours_ago()
    edition.unpublish()
    assert "Publiceer de nieuwsbrief eerst" in press(editor, edition, "doorgaan")
    tick()
    assert subscriber.email not in sink.counts
    edition.save_revision().publish()
    press(editor, edition, "doorgaan")
    tick()
    assert sink.counts[subscriber.email] == 1


def test_a_mailing_that_cannot_be_made_keeps_no_other_waiting(
    editor, edition, north, west, subscriber, sink
):
    north.title = "Haarlemmermeer\n Noord"
    north.save_revision().publish()
    send_now(editor, edition)
    other = make.NewsletterPageFactory(parent=west, to=[north])
    send_now(editor, other)
    assert Mailing.objects.get(edition=edition).list_id.startswith(
        "Nieuwsbrief Haarlemmermeer Noord"
    )
    Mailing.objects.filter(edition=edition).update(subject="Nieuws\nBcc: x@example.nl")
    tick()
    assert sink.counts[subscriber.email] == 1
    assert states(other) == {subscriber.email: "accepted"}
    assert "geen mail te maken" in editor.get(url(edition)).content.decode()


def test_all_workers_together_keep_to_the_limit_of_a_minute(
    editor, edition, north, west, sink, settings
):
    settings.NEWSLETTER_MAILS_PER_MINUTE = 1
    make.many_subscribers(2, area=north)
    other = make.NewsletterPageFactory(parent=west, to=[north])
    send_now(editor, edition)
    send_now(editor, other)
    tick()
    tick()
    assert len(sink.received) == 1
    assert Pace.objects.get().next_free_at > timezone.now()
    for number in (2, 3):
        Pace.objects.update(next_free_at=timezone.now() - timedelta(hours=1))  # nothing saved up
        tick()
        assert len(sink.received) == number
    settings.NEWSLETTER_MAILS_PER_MINUTE = 0
    tick()
    assert len(sink.received) == 4
    assert max(sink.counts.values()) == 2
    assert len({message["Message-ID"] for message in sink.messages}) == 4


def test_newsletters_are_signed_with_both_headers_of_leaving(
    editor, edition, north, sink, settings
):
    settings.DKIM_PRIVATE_KEY_FILE = str(KEYS / "dkim-only-for-tests.pem")
    settings.DKIM_SELECTOR = "zuil"
    settings.NEWSLETTER_BOUNCE_ADDRESS = "{}@terug.example.nl"
    call_command("check")
    make.SubscriptionFactory(email="bewoner@example.nl", areas=[north])
    edition.title = "Licht én lucht\t bij de school 🙂"
    edition.save_revision().publish()
    send_now(editor, edition)
    tick()
    content = sink.received[0][1]
    asked = []

    def records(name, timeout=5):
        asked.append(name)
        return b"v=DKIM1; k=rsa; p=" + (KEYS / "dkim-only-for-tests.pub").read_bytes()

    assert dkim.verify(content, dnsfunc=records)
    assert asked == [b"zuil._domainkey.example.nl."]  # of who people see, not of the envelope
    tags = dict(
        tag.strip().split("=", 1) for tag in sink.messages[0]["DKIM-Signature"].split(";") if tag
    )
    signed = tags["h"].lower().replace(" ", "").split(":")
    wanted = {"from", "to", "subject", "list-unsubscribe", "list-unsubscribe-post", "reply-to"}
    assert wanted <= set(signed)
    for header in (b"List-Unsubscribe-Post: ", b"List-Unsubscribe: <", b"Subject: "):
        assert content.count(header) == 1
        changed = content.replace(header, header + b"x")
        assert not dkim.verify(changed, dnsfunc=records), header
    assert not dkim.verify(content.replace(b"school", b"schaal"), dnsfunc=records)


@pytest.mark.parametrize(
    ("name", "value", "problem"),
    [
        ("DKIM_PRIVATE_KEY_FILE", "/nergens", "newsletters.E002"),
        ("DKIM_PRIVATE_KEY_FILE", __file__, "newsletters.E002"),
        ("NEWSLETTER_BOUNCE_ADDRESS", "terug@example.nl", "newsletters.E001"),
        ("NEWSLETTER_BOUNCE_ADDRESS", "terug{}", "newsletters.E001"),
    ],
)
def test_a_wrong_setting_is_found_before_anything_is_sent(settings, name, value, problem):
    setattr(settings, name, value)
    with pytest.raises(SystemCheckError, match=problem):
        call_command("check")


def test_a_key_that_is_gone_lets_the_mailing_wait_and_says_so(
    editor, edition, north, sink, settings, tmp_path
):
    make.many_subscribers(3, area=north)
    send_now(editor, edition)
    settings.DKIM_PRIVATE_KEY_FILE = str(tmp_path / "weg.pem")
    tick()
    assert set(states(edition).values()) == {"queued"}
    assert "sleutel waarmee wij mails ondertekenen" in editor.get(url(edition)).content.decode()
    settings.DKIM_PRIVATE_KEY_FILE = ""
    Mailing.objects.update(next_attempt_at=None)
    tick()
    assert sorted(sink.counts.values()) == [1, 1, 1]
