"""Asking for newsletters and changing one's mind: what visitors and strangers can do."""

from datetime import timedelta
from urllib.parse import quote

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from newsletters import services
from newsletters.models import Delivery, Mailing, Subscription, Suppression
from newsletters.tokens import preferences_token
from tests.factories import newsletters as make
from tests.factories import pages

from .conftest import link

pytestmark = pytest.mark.django_db
FORM = "/nieuwsbrieven/aanmelden/"
SENT = "/nieuwsbrieven/aanmelden/kijk-in-uw-mail/"


def ask(client, email, *areas, **extra):
    data = {"email": email, "gebieden": [area.slug for area in areas], **extra}
    return client.post(FORM, data)


def confirm_link() -> str:
    return link("bevestigen", mail.outbox[-1].body)


def preferences(subscription) -> str:
    return f"/nieuwsbrieven/voorkeuren/{preferences_token(subscription.pk)}/"


def test_the_form_offers_the_areas_and_begins_with_the_one_you_came_from(client, north, west):
    content = client.get(f"{FORM}?gebied={west.slug}").content.decode()
    assert f'value="{west.slug}" id="id_gebieden_1" checked' in content
    assert content.count(" checked") == 2  # and how often


@pytest.mark.parametrize(
    ("email", "message"),
    [
        ("", "Vul uw e-mailadres in."),
        ("geen adres", "Vul een geldig e-mailadres in"),
        ("jörg@example.nl", "bijzonder teken"),
        ("naam@exämple.nl", "bijzonder teken"),
        ("🙂@example.nl", "bijzonder teken"),
        ("\u212aelvin@example.nl", "bijzonder teken"),
        ("a@example.nl\nBcc: b@example.nl", "Vul een geldig e-mailadres in"),
        ("a@example.nl\r\n\r\nKoop nu", "Vul een geldig e-mailadres in"),
        ('"a\x01b"@example.nl', "Vul een geldig e-mailadres in"),
        ("a\x00@example.nl", "Null-tekens zijn niet toegestaan"),
        ("x" * 250 + "@example.nl", "te lang"),
        ("<script>alert(1)</script>@example.nl", "Vul een geldig e-mailadres in"),
        ("a@example.nl, b@example.nl", "Vul een geldig e-mailadres in"),
    ],
)
def test_a_wrong_address_is_refused_in_words_and_stays_in_the_form(client, north, email, message):
    response = ask(client, email, north)
    content = response.content.decode()
    assert message in content
    assert "<script>alert" not in content
    assert 'id="id_gebieden_0" checked' in content  # nothing typed is lost
    assert mail.outbox == []
    assert not Subscription.objects.exists()


@pytest.mark.parametrize("chosen", [[], ["bestaat-niet"], ["'; drop table"], ["1"]])
def test_a_wrong_area_is_refused_in_words(client, north, chosen):
    response = client.post(FORM, {"email": "bewoner@example.nl", "gebieden": chosen})
    content = response.content.decode()
    assert "Kies ten minste één gebied" in content or "Dit gebied kennen we niet" in content
    assert 'value="bewoner@example.nl"' in content
    assert mail.outbox == []


def test_known_and_unknown_addresses_get_the_same_answer(client, north, west, subscriber):
    make.SubscriptionFactory(email="weg@example.nl", state="unsubscribed", areas=[north])
    answers = set()
    for email in ("nieuw@example.nl", subscriber.email, "weg@example.nl"):
        response = ask(client, email, west)
        answers.add((response.status_code, response.url, response.content, str(response.cookies)))
    assert len(answers) == 1
    assert len(mail.outbox) == 3
    assert {message.subject for message in mail.outbox} == {
        "Bevestig uw aanmelding voor de nieuwsbrief"
    }


def test_a_stranger_who_asks_changes_nothing_for_the_owner(client, west, north, subscriber):
    ask(client, subscriber.email, west)
    subscriber.refresh_from_db()
    assert subscriber.state == Subscription.State.CONFIRMED
    assert list(subscriber.areas.all()) == [north]


def test_a_subscriber_who_asks_again_gets_the_area_added(client, west, north, subscriber):
    ask(client, subscriber.email, west)
    assert "U krijgt al nieuwsbrieven van ons" in mail.outbox[0].body
    client.post(confirm_link())
    assert set(subscriber.areas.all()) == {north, west}


def test_who_left_comes_back_with_just_the_areas_of_the_new_request(client, north, west):
    gone = make.SubscriptionFactory(email="weg@example.nl", areas=[north])
    services.unsubscribe(email=gone.email)
    ask(client, gone.email, west)
    client.post(confirm_link())
    gone.refresh_from_db()
    assert gone.state == Subscription.State.CONFIRMED
    assert list(gone.areas.all()) == [west]
    assert not Suppression.objects.exists()


def test_the_link_works_once_and_looking_does_not_use_it(client, north):
    ask(client, "bewoner@example.nl", north)
    path = confirm_link()
    for _ in range(3):
        page = client.get(path)
        assert page.status_code == 200
        assert page["Cache-Control"].count("no-store") == 1
        assert page["X-Robots-Tag"] == "noindex, nofollow"
        assert "b•••@example.nl" in page.content.decode()
    assert client.head(path).status_code == 200
    assert Subscription.objects.get().state == Subscription.State.PENDING
    assert client.post(path).status_code == 302
    assert client.get(path).status_code == 410
    assert client.post(path).status_code == 410
    assert "Deze link werkt niet meer" in client.get(path).content.decode()


def test_the_link_works_for_48_hours(client, north, monkeypatch):
    ask(client, "bewoner@example.nl", north)
    path = confirm_link()
    import django.core.signing as signing

    now = signing.time.time()
    monkeypatch.setattr(signing.time, "time", lambda: now + 48 * 3600 - 5)
    assert client.get(path).status_code == 200
    monkeypatch.setattr(signing.time, "time", lambda: now + 48 * 3600 + 5)
    assert client.get(path).status_code == 410
    assert client.post(path).status_code == 410
    assert Subscription.objects.get().state == Subscription.State.PENDING


def test_two_requests_make_two_links_of_which_one_can_be_used(client, north, west):
    ask(client, "bewoner@example.nl", north)
    first = confirm_link()
    ask(client, "bewoner@example.nl", west)
    second = confirm_link()
    assert client.post(first).status_code == 302
    assert client.post(second).status_code == 410
    assert list(Subscription.objects.get().areas.all()) == [north]


@pytest.mark.parametrize("kind", ["bevestigen", "voorkeuren", "afmelden"])
@pytest.mark.parametrize("token", ["x", "1~", "1~abc", "1:2:3", "é", "a" * 3000, "../../beheer"])
def test_a_made_up_link_is_refused_kindly(client, home, kind, token):
    for method in (client.get, client.post):
        response = method(f"/nieuwsbrieven/{kind}/{quote(token, safe='')}/")
        assert response.status_code in (404, 410)
        assert "Traceback" not in response.content.decode()


def test_a_link_for_one_purpose_does_not_serve_another(client, subscriber, edition):
    mailing = Mailing.objects.create(
        edition=edition, send_at=timezone.now(), from_email="x", list_id="x"
    )
    Delivery.objects.create(  # with the same number as the subscription
        pk=subscriber.pk, mailing=mailing, address=subscriber.email, reason="x"
    )
    token = preferences_token(subscriber.pk)
    assert client.get(f"/nieuwsbrieven/voorkeuren/{token}/").status_code == 200
    assert client.get(f"/nieuwsbrieven/afmelden/{token}/").status_code == 410


def test_confirming_needs_the_form_of_the_page(north):
    strict = Client(enforce_csrf_checks=True)
    ask(Client(), "bewoner@example.nl", north)
    assert strict.post(confirm_link()).status_code == 403


def test_a_program_that_fills_in_the_trap_gets_nothing_and_no_hint(client, north):
    response = ask(client, "bot@example.nl", north, website="https://koop.example.nl")
    assert response.url == SENT
    assert mail.outbox == []
    assert not Subscription.objects.exists()


def test_an_address_gets_three_mails_a_day_and_the_answer_stays_the_same(client, north):
    answers = [ask(client, "bewoner@example.nl", north).url for _ in range(5)]
    assert set(answers) == {SENT}
    assert len(mail.outbox) == 3


def test_a_source_gets_a_page_that_says_stop(client, north):
    for number in range(20):
        assert ask(client, f"bewoner{number}@example.nl", north).status_code == 302
    assert ask(client, "bewoner99@example.nl", north).status_code == 429
    assert ask(client, "anders@example.nl", north).status_code == 429
    response = Client(REMOTE_ADDR="192.0.2.7").post(
        FORM, {"email": "elders@example.nl", "gebieden": [north.slug]}
    )
    assert response.status_code == 302


def test_a_mail_server_that_is_away_keeps_what_was_typed(client, north, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9  # nobody listens there
    response = ask(client, "bewoner@example.nl", north)
    content = response.content.decode()
    assert response.status_code == 503
    assert "Probeer het over een kwartier opnieuw" in content
    assert 'value="bewoner@example.nl"' in content


def test_an_address_that_the_server_refuses_is_told(client, north, sink):
    sink.answers["nietgoed@example.nl"] = "550 No such user"
    content = ask(client, "nietgoed@example.nl", north).content.decode()
    assert "De mailserver kent dit adres niet" in content


def test_consent_is_kept_with_text_and_time(client, north):
    ask(client, "bewoner@example.nl", north)
    client.post(confirm_link())
    subscription = Subscription.objects.get()
    assert subscription.consent_version == "2026-11-topics"
    assert subscription.consent_at <= timezone.now()
    assert subscription.consent_source == "via de website"


def test_preferences_change_the_areas_and_nothing_else(client, north, west, subscriber):
    page = client.get(preferences(subscriber)).content.decode()
    assert "b•••@example.nl" in page
    assert subscriber.email not in page
    response = client.post(
        preferences(subscriber), {"gebieden": [west.slug], "actie": "opslaan"}, follow=True
    )
    assert "Uw keuzes zijn bewaard" in response.content.decode()
    assert list(subscriber.areas.all()) == [west]


def test_preferences_without_an_area_are_refused(client, north, subscriber):
    content = client.post(preferences(subscriber), {"actie": "opslaan"}).content.decode()
    assert "Kies ten minste één gebied, project, plaats of thema." in content
    assert list(subscriber.areas.all()) == [north]


def test_leaving_from_the_preferences_and_coming_back(client, north, subscriber):
    path = preferences(subscriber)
    assert client.post(path, {"actie": "afmelden"}).url == "/nieuwsbrieven/afgemeld/"
    subscriber.refresh_from_db()
    assert subscriber.state == Subscription.State.UNSUBSCRIBED
    assert "U bent afgemeld" in client.get(path).content.decode()

    client.post(path, {"actie": "opslaan", "gebieden": [north.slug]})
    subscriber.refresh_from_db()
    assert subscriber.state == Subscription.State.CONFIRMED
    assert not Suppression.objects.exists()


def test_deleting_leaves_no_trace_of_the_address(client, subscriber):
    path = preferences(subscriber)
    assert client.get(path).status_code == 200
    assert client.post(path, {"actie": "verwijderen"}).url == "/nieuwsbrieven/verwijderd/"
    assert not Subscription.objects.exists()
    assert not Suppression.objects.exists()
    assert client.get(path).status_code == 410


def test_deleting_keeps_a_block_for_an_address_of_a_council(client, council, north):
    member = make.SubscriptionFactory(email="secretaris@example.nl", areas=[north])
    client.post(preferences(member), {"actie": "verwijderen"})
    assert Suppression.objects.get().email == "secretaris@example.nl"


def test_requests_that_nobody_confirmed_are_forgotten(north):
    old = timezone.now() - timedelta(days=8)
    make.SubscriptionFactory(state="pending", requested_at=old)
    fresh = make.SubscriptionFactory(state="pending")
    kept = make.SubscriptionFactory(requested_at=old)
    services.purge()
    assert set(Subscription.objects.all()) == {fresh, kept}


def test_the_mail_is_in_the_language_of_the_visitor(client, north):
    client.post("/en" + FORM, {"email": "reader@example.nl", "gebieden": [north.slug]})
    assert "/en/nieuwsbrieven/bevestigen/" in mail.outbox[0].body


def test_hidden_areas_cannot_be_chosen(client, north, home):
    hidden = pages.AreaPageFactory(parent=home, title="Verborgen", code="verborgen", live=False)
    assert "Dit gebied kennen we niet" in ask(client, "a@example.nl", hidden).content.decode()
