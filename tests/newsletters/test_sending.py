"""Sending an edition: what is frozen, who gets it, and what every answer of a server means."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from cms.scheduler.models import JobRun
from newsletters import services
from newsletters.choices import Choices
from newsletters.models import Delivery, Mailing, MailWorker, NewsletterPage, Suppression
from newsletters.sending.claims import LEASE
from newsletters.sending.worker import RETRY_AFTER
from tests.factories import newsletters as make
from tests.factories import pages

from .conftest import approve, parts, send_now, states, tick

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(newsletter_editor, login):
    return login(newsletter_editor)


def url(edition, name="verzenden"):
    return f"/beheer/nieuwsbrieven/{edition.pk}/{name}/"


def later(edition):
    """As if the time of every next attempt had come."""
    Delivery.objects.filter(mailing__edition=edition).update(next_attempt_at=timezone.now())
    Mailing.objects.filter(edition=edition).update(next_attempt_at=None)


def refreshed(edition):
    return NewsletterPage.objects.get(pk=edition.pk)


# --- Before


def test_the_page_shows_what_will_happen_before_it_does(editor, edition, subscriber, council):
    edition.to_councils.add(council)
    edition.save()
    make.SuppressionFactory(email="voorzitter@example.nl")
    content = editor.get(url(edition)).content.decode()
    assert edition.title in content
    assert "2 adressen krijgen deze nieuwsbrief" in content
    assert "1 adres op de lijst krijgt niets" in content
    assert "noord@example.nl" in content
    assert "Bevestig uw besluit" in content
    assert "Ja, verzend naar" not in content
    assert not Mailing.objects.exists()

    rows = editor.get(url(edition, "ontvangers")).content.decode()
    assert "bewoner@example.nl" in rows
    assert "dit het mailadres is van Dorpsraad Zwanenburg" in rows
    assert "Heeft zich afgemeld" in rows
    found = editor.get(url(edition, "ontvangers") + "?q=Bewoner@").content.decode()
    assert "bewoner@example.nl" in found
    assert "secretaris@example.nl" not in found
    assert (
        "Er is niemand gevonden"
        in editor.get(url(edition, "ontvangers") + "?q=%3Cscript%3E").content.decode()
    )


def test_looking_at_the_page_sends_nothing(editor, edition, subscriber, sink):
    editor.get(url(edition))
    editor.head(url(edition))
    tick()
    assert sink.counts == {}


def test_what_was_withdrawn_after_the_approval_is_not_sent(editor, north, subscriber, sink):
    draft = make.NewsletterPageFactory(parent=north, live=False, to=[north])
    approve(draft)
    refreshed(draft).unpublish()
    assert "Publiceer de nieuwsbrief eerst" in editor.get(url(draft)).content.decode()
    assert editor.post(url(draft), {"wanneer": "nu"}).status_code == 302
    tick()
    assert Mailing.objects.get().state == Mailing.State.APPROVED
    assert sink.counts == {}


def test_an_edition_for_nobody_cannot_be_sent(editor, north, sink):
    nobody = make.NewsletterPageFactory(parent=north)
    assert "Kies eerst wie de nieuwsbrief krijgt" in editor.get(url(nobody)).content.decode()
    send_now(editor, nobody)
    empty = make.NewsletterPageFactory(parent=north, to=[north])
    page = editor.get(url(empty))
    seen = page.context["progress"].fingerprint
    response = editor.post(url(empty, "goedkeuring"), {"besluit": "goedkeuren", "versie": seen})
    assert "Er is niemand die deze nieuwsbrief kan krijgen" in response.content.decode()
    assert not Mailing.objects.exists()


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({}, "Kies nu of een tijdstip."),
        ({"wanneer": "ooit"}, "Selecteer een geldige keuze"),
        ({"wanneer": "later"}, "Vul in wanneer de nieuwsbrief weg moet."),
        ({"wanneer": "later", "tijdstip": "morgen"}, "Vul een datum en een tijd in"),
        ({"wanneer": "later", "tijdstip": "2020-01-01T09:00"}, "al voorbij"),
        ({"wanneer": "later", "tijdstip": "2999-01-01T09:00"}, "binnen een jaar"),
        ({"wanneer": "later", "tijdstip": "x" * 5000}, "Vul een datum en een tijd in"),
    ],
)
def test_a_wrong_time_is_refused_in_words(editor, edition, subscriber, data, message):
    approve(edition)
    assert message in editor.post(url(edition), data).content.decode()
    assert Mailing.objects.get().state == Mailing.State.APPROVED


def test_a_proof_goes_to_the_editor_only_with_the_newest_words(
    editor, newsletter_editor, edition, subscriber, sink
):
    edition.title = "Een nieuwe kop"
    edition.save_revision(user=newsletter_editor)
    response = editor.post(url(edition, "proef"), follow=True)
    assert "De proefmail is verstuurd" in response.content.decode()
    assert sink.counts == {newsletter_editor.email: 1}
    message = sink.messages[0]
    assert message["Subject"] == "[Proef] Een nieuwe kop"
    assert "List-Unsubscribe" not in message
    assert editor.get(url(edition, "proef")).status_code == 405
    assert not Mailing.objects.exists()


def test_a_proof_that_cannot_be_sent_says_why(editor, newsletter_editor, edition, sink):
    sink.answers[newsletter_editor.email] = "550 Mailbox vol"
    response = editor.post(url(edition, "proef"), follow=True)
    assert "De mailserver neemt de proefmail niet aan: 550 Mailbox vol" in response.content.decode()
    newsletter_editor.email = ""
    newsletter_editor.save()
    response = editor.post(url(edition, "proef"), follow=True)
    assert "Bij uw account staat geen geldig e-mailadres" in response.content.decode()


# --- Once, to the right addresses


def test_an_edition_is_sent_once(editor, edition, subscriber, sink):
    send_now(editor, edition)
    tick()
    assert send_now(editor, edition).status_code == 302
    assert editor.get(url(edition)).url == url(edition, "stand")
    tick()
    assert sink.counts == {subscriber.email: 1}
    assert refreshed(edition).mailing.state == Mailing.State.DONE


def test_an_address_on_three_lists_gets_one_mail_with_all_reasons(
    editor, north, west, council, sink
):
    make.SubscriptionFactory(email="secretaris@example.nl", areas=[north, west])
    other = pages.CouncilFactory(area=north, name="Dorpsraad Halfweg", slug="halfweg")
    pages.CouncilAddressFactory(council=other, email="Secretaris@Example.nl")
    edition = make.NewsletterPageFactory(parent=north, to=[north, west, council, other])
    send_now(editor, edition)
    tick()
    assert sink.counts["secretaris@example.nl"] == 1
    message = next(m for m in sink.messages if m["To"] == "secretaris@example.nl")
    text = " ".join(parts(message)[0].split())
    assert "nieuws over Haarlemmermeer-Noord en Haarlemmermeer-West" in text
    assert "het mailadres is van Dorpsraad Halfweg en Dorpsraad Zwanenburg" in text


def test_only_who_confirmed_and_did_not_leave_gets_it(editor, north, west, council, sink):
    make.SubscriptionFactory(email="wacht@example.nl", state="pending", areas=[north])
    make.SubscriptionFactory(email="weg@example.nl", state="unsubscribed", areas=[north])
    make.SubscriptionFactory(email="anders@example.nl", areas=[west])
    make.SubscriptionFactory(email="wel@example.nl", areas=[north])
    make.SubscriptionFactory(email="geblokkeerd@example.nl", areas=[north])
    make.SuppressionFactory(email="geblokkeerd@example.nl")
    make.SuppressionFactory(email="voorzitter@example.nl")
    pages.CouncilAddressFactory(council=council, email="dorpsraad@exämple.nl")
    asleep = pages.CouncilFactory(area=north, active=False)
    pages.CouncilAddressFactory(council=asleep, email="opgeheven@example.nl")
    edition = make.NewsletterPageFactory(parent=north, to=[north, council, asleep])
    send_now(editor, edition)
    tick()
    assert sink.counts == {"wel@example.nl": 1, "secretaris@example.nl": 1}
    assert states(edition) == {  # who never asked is not even on the list
        "wel@example.nl": "accepted",
        "secretaris@example.nl": "accepted",
        "voorzitter@example.nl": "suppressed",
        "geblokkeerd@example.nl": "suppressed",
        "dorpsraad@exämple.nl": "failed",
    }
    shown = editor.get(url(edition, "ontvangers") + "?stand=failed").content.decode()
    assert "bijzonder teken" in shown


def test_the_text_and_the_list_are_those_of_the_moment_of_confirming(
    editor, edition, north, subscriber, sink
):
    send_now(editor, edition)
    late = make.SubscriptionFactory(email="later@example.nl", areas=[north])
    leaver = subscriber
    stays = make.SubscriptionFactory(email="blijft@example.nl", areas=[north])
    Delivery.objects.create(
        mailing=edition.mailing, address=stays.email, subscription=stays, reason="proef"
    )
    services.unsubscribe(email=leaver.email)
    edition.title = "Een andere kop"
    edition.save_revision().publish()
    tick()
    assert sink.counts == {stays.email: 1}
    assert sink.messages[0]["Subject"] != "Een andere kop"
    assert states(edition)[leaver.email] == "suppressed"
    assert late.email not in states(edition)


def test_a_subscriber_who_chose_other_areas_meanwhile_gets_nothing(
    editor, edition, west, subscriber, sink
):
    send_now(editor, edition)
    services.change_choices(subscription=subscriber, choices=Choices(areas=(west,)))
    tick()
    assert sink.counts == {}


def test_who_deleted_the_data_meanwhile_gets_nothing_and_is_gone(editor, edition, subscriber, sink):
    send_now(editor, edition)
    services.forget(subscription=subscriber)
    tick()
    assert sink.counts == {}
    assert not Delivery.objects.filter(address__contains="bewoner").exists()
    assert refreshed(edition).mailing.state == Mailing.State.DONE


# --- At a time


def in_two_hours():
    moment = timezone.localtime() + timedelta(hours=2)
    return {"wanneer": "later", "tijdstip": moment.strftime("%Y-%m-%dT%H:%M")}


def test_a_planned_edition_goes_when_its_time_has_come(editor, edition, subscriber, sink):
    approve(edition)
    assert editor.post(url(edition), in_two_hours()).url == url(edition, "stand")
    tick()
    assert sink.counts == {}
    assert "Gaat weg op" in editor.get(url(edition, "stand")).content.decode()
    Mailing.objects.update(send_at=timezone.now() - timedelta(seconds=1))
    tick()
    assert sink.counts == {subscriber.email: 1}


def test_a_plan_can_be_called_off_and_made_again(editor, edition, subscriber, sink):
    approve(edition)
    editor.post(url(edition), in_two_hours())
    assert editor.get(url(edition, "annuleren")).status_code == 405
    assert editor.post(url(edition, "annuleren")).url == url(edition)
    assert Mailing.objects.get().state == Mailing.State.APPROVED
    tick()
    assert sink.counts == {}
    send_now(editor, edition)
    tick()
    assert sink.counts == {subscriber.email: 1}
    response = editor.post(url(edition, "annuleren"), follow=True)
    assert "kan niet meer worden geannuleerd" in response.content.decode()
    assert Mailing.objects.exists()


def test_an_edition_that_was_withdrawn_waits_until_it_is_back(editor, edition, subscriber, sink):
    approve(edition)
    editor.post(url(edition), in_two_hours())
    Mailing.objects.update(send_at=timezone.now())
    edition.unpublish()
    tick()
    assert sink.counts == {}
    assert "niet meer gepubliceerd" in editor.get(url(edition, "stand")).content.decode()
    refreshed(edition).save_revision().publish()
    tick()
    assert sink.counts == {subscriber.email: 1}


# --- What servers answer


def test_a_refused_address_fails_with_the_words_of_the_server(
    editor, edition, north, subscriber, sink
):
    make.SubscriptionFactory(email="wel@example.nl", areas=[north])
    sink.answers[subscriber.email] = "550 5.1.1 Onbekende <b>gebruiker</b>"
    send_now(editor, edition)
    tick()
    tick()
    assert sink.counts == {"wel@example.nl": 1}
    delivery = Delivery.objects.get(address=subscriber.email)
    assert (delivery.state, delivery.attempts) == ("failed", 1)
    content = editor.get(url(edition, "ontvangers") + "?stand=failed").content.decode()
    assert "550 5.1.1 Onbekende &lt;b&gt;gebruiker&lt;/b&gt;" in content
    assert refreshed(edition).mailing.state == Mailing.State.DONE


def test_a_mailbox_that_says_later_is_tried_later(editor, edition, subscriber, sink):
    sink.answers[subscriber.email] = "451 Kom later terug"
    send_now(editor, edition)
    tick()
    tick()  # not yet
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.attempts) == ("deferred", 1)
    assert delivery.next_attempt_at > timezone.now()
    assert refreshed(edition).mailing.state == Mailing.State.SENDING

    del sink.answers[subscriber.email]
    later(edition)
    tick()
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == ("accepted", 2)
    assert sink.counts == {subscriber.email: 1}
    assert refreshed(edition).mailing.state == Mailing.State.DONE


def test_a_mailbox_that_says_later_for_ever_fails_in_the_end(editor, edition, subscriber, sink):
    sink.answers[subscriber.email] = "452 Mailbox vol"
    send_now(editor, edition)
    for _ in range(len(RETRY_AFTER) + 3):
        tick()
        later(edition)
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.attempts) == ("failed", len(RETRY_AFTER) + 1)
    assert delivery.reply == "452 Mailbox vol"


@pytest.mark.parametrize(
    ("answer", "state"), [("554 Spam", "failed"), ("450 Even wachten", "deferred")]
)
def test_an_answer_after_the_mail_itself_counts_the_same(
    editor, edition, subscriber, sink, answer, state
):
    sink.data_answer = answer
    send_now(editor, edition)
    tick()
    assert states(edition) == {subscriber.email: state}


def test_a_server_that_is_down_loses_nothing_and_says_so(
    editor, edition, north, subscriber, sink, settings
):
    make.SubscriptionFactory(email="wel@example.nl", areas=[north])
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 9  # nobody listens there
    send_now(editor, edition)
    tick()
    assert set(states(edition).values()) == {"queued"}
    mailing = Mailing.objects.get()
    assert mailing.next_attempt_at > timezone.now()
    content = editor.get(url(edition, "stand")).content.decode()
    assert "geen mail aan: hij neemt geen verbinding aan." in content
    assert "Er gaat niets verloren" in content

    settings.EMAIL_PORT = port
    tick()  # waits for the pause to end
    assert sink.counts == {}
    later(edition)
    tick()
    assert sink.counts == {subscriber.email: 1, "wel@example.nl": 1}
    assert set(Delivery.objects.values_list("attempts", flat=True)) == {1}
    mailing.refresh_from_db()
    assert (mailing.state, mailing.trouble) == (Mailing.State.DONE, "")


def test_a_server_that_refuses_our_sender_fails_nobody(editor, edition, subscriber, sink):
    sink.sender_answer = "550 Deze afzender niet"
    send_now(editor, edition)
    tick()
    assert states(edition) == {subscriber.email: "queued"}
    assert Delivery.objects.get().attempts == 0
    assert "550 Deze afzender niet" in editor.get(url(edition, "stand")).content.decode()
    sink.sender_answer = ""
    later(edition)
    tick()
    assert sink.counts == {subscriber.email: 1}


def test_a_line_cut_after_the_whole_mail_is_unknown_and_not_sent_again(
    editor, edition, north, sink
):
    make.many_subscribers(4, area=north)
    sink.hang_up_at = {2}
    send_now(editor, edition)
    tick()
    later(edition)
    tick()
    assert sorted(states(edition).values()) == ["accepted", "accepted", "accepted", "unknown"]
    assert set(sink.counts.values()) == {1}
    assert len(sink.counts) == 4
    content = editor.get(url(edition, "stand")).content.decode()
    assert "Het is niet zeker of de mail is aangekomen" in content


def test_what_a_dead_worker_held_is_taken_over(editor, edition, north, sink):
    make.many_subscribers(3, area=north)
    send_now(editor, edition)
    Mailing.objects.update(state="sending")
    MailWorker.objects.create(key="dood", seen_at=timezone.now() - LEASE - timedelta(seconds=1))
    first, second, third = Delivery.objects.order_by("pk")
    for delivery, state in ((first, "handed_over"), (second, "claimed")):
        Delivery.objects.filter(pk=delivery.pk).update(state=state, worker="dood")
    tick()
    assert states(edition) == {
        first.address: "unknown",
        second.address: "accepted",
        third.address: "accepted",
    }
    assert first.address not in sink.counts
    assert not MailWorker.objects.exists()


def test_what_a_living_worker_holds_is_left_alone(editor, edition, subscriber, sink):
    send_now(editor, edition)
    Mailing.objects.update(state="sending")
    MailWorker.objects.create(key="leeft", seen_at=timezone.now() - LEASE / 2)
    Delivery.objects.update(state="claimed", worker="leeft")
    tick()
    assert sink.counts == {}
    assert states(edition) == {subscriber.email: "claimed"}


def test_the_page_says_when_nothing_sends(editor, edition, subscriber):
    send_now(editor, edition)
    content = editor.get(url(edition, "stand")).content.decode()
    assert "Het programma dat de mails verstuurt, loopt niet" in content
    JobRun.objects.create(name="x", due_at=timezone.now(), started_at=timezone.now())
    assert "loopt niet" not in editor.get(url(edition, "stand")).content.decode()


def test_a_run_that_is_asked_to_stop_ends_after_the_mail_at_hand(editor, edition, north, sink):
    from newsletters.sending.worker import send_due

    make.many_subscribers(5, area=north)
    send_now(editor, edition)
    send_due(stopping=lambda: len(sink.received) >= 2)
    assert sorted(states(edition).values()) == ["accepted"] * 2 + ["queued"] * 3
    tick()
    assert set(sink.counts.values()) == {1}
    assert len(sink.counts) == 5


# --- Leaving


def test_a_council_address_can_leave_for_good(client, editor, north, council, sink):
    first = make.NewsletterPageFactory(parent=north, to=[council])
    send_now(editor, first)
    tick()
    message = next(m for m in sink.messages if m["To"] == "voorzitter@example.nl")
    path = message["List-Unsubscribe"].strip(" <>").removeprefix("http://127.0.0.1:8000")
    page = client.get(path)
    assert "v•••@example.nl" in page.content.decode()
    assert not Suppression.objects.exists()
    assert client.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert client.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200  # harmless
    assert Suppression.objects.get().email == "voorzitter@example.nl"

    second = make.NewsletterPageFactory(parent=north, to=[council])
    send_now(editor, second)
    tick()
    assert sink.counts == {"voorzitter@example.nl": 1, "secretaris@example.nl": 2}


def test_every_mail_has_a_link_of_its_own(editor, edition, north, sink):
    make.many_subscribers(3, area=north)
    send_now(editor, edition)
    tick()
    links = {message["List-Unsubscribe"] for message in sink.messages}
    ids = {message["Message-ID"] for message in sink.messages}
    assert len(links) == len(ids) == 3
    for message in sink.messages:
        plain, html = parts(message)
        own = message["List-Unsubscribe"].strip(" <>")
        assert own in plain
        assert own in html
        assert "@@" not in plain + html


# --- Numbers


def test_a_thousand_recipients_cost_few_queries_and_one_connection(
    editor, edition, north, council, sink, django_assert_max_num_queries
):
    make.many_subscribers(1000, area=north)
    edition.to_councils.add(council)
    edition.save()
    editor.get(url(edition))
    with django_assert_max_num_queries(75):
        editor.get(url(edition))
    with django_assert_max_num_queries(20):
        editor.get(url(edition, "ontvangers"))
    cache.clear()
    approve(make.NewsletterPageFactory(parent=north, to=[north]))  # makes the colleague too
    with django_assert_max_num_queries(340):  # SpatiaLite takes 83 rows in one statement
        send_now(editor, edition)
    with django_assert_max_num_queries(1100):
        tick()
    assert len(sink.counts) == 1002
    assert set(sink.counts.values()) == {1}
    assert sink.connections == 1
    with django_assert_max_num_queries(20):
        content = editor.get(url(edition, "stand")).content.decode()
    assert "1002 adressen op de lijst" in content


def test_pages_about_a_mailing_take_no_more_queries_for_more_recipients(
    editor, edition, north, west, sink, django_assert_num_queries
):
    def counted(edition, name):
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as queries:
            editor.get(url(edition, name))
        return len(queries)

    make.many_subscribers(2, area=north)
    large = make.NewsletterPageFactory(parent=west, to=[west])
    make.many_subscribers(60, area=west, start=100)
    editor.get(url(edition))  # what the process learns once
    assert counted(edition, "verzenden") == counted(large, "verzenden")
    assert counted(edition, "ontvangers") == counted(large, "ontvangers")
    send_now(editor, edition)
    send_now(editor, large)
    assert counted(edition, "stand") == counted(large, "stand")
    assert counted(edition, "ontvangers") == counted(large, "ontvangers")
