"""Signing in to the council room by a mailed link: once, in time, and only who belongs there."""

import threading
import time
from datetime import timedelta

import pytest
from django.conf import settings as django_settings
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.management import call_command
from django.db import IntegrityError, connection, connections, transaction
from django.test import Client
from django.utils import timezone

from areas.room.models import SignInLink
from areas.room.session import KEY
from tests.areas.room import ask_link, council, links_in, room, sign_in  # noqa: F401
from tests.factories import pages as make
from tests.newsletters.conftest import sink  # noqa: F401

KNOWN, UNKNOWN = "secretaris@example.nl", "onbekend@example.nl"
EXPIRED = "Deze link werkt niet meer"


def test_link_arrives_by_mail_and_lets_in_once(client, council, sink):  # noqa: F811
    answer = ask_link("Secretaris@Example.nl", client)
    assert answer["Location"] == "/raadskamer/inloggen/verstuurd/"
    (message,) = sink.messages
    assert message["To"] == "Secretaris@Example.nl"
    body = message.get_content()
    assert "Dorpsraad Noord" in body
    assert "15 minuten en één keer" in body
    (path,) = links_in(body)
    for _n in range(3):  # a scanner of mail follows links, and uses nothing up
        looked = client.get(path)
        assert looked.status_code == 200
        assert "U logt in voor Dorpsraad Noord." in looked.content.decode()
        assert django_settings.SESSION_COOKIE_NAME not in client.cookies
    assert looked["Referrer-Policy"] == "same-origin"
    assert "no-store" in looked["Cache-Control"]
    entered = client.post(path, follow=True)
    assert entered.redirect_chain == [("/raadskamer/", 302)]
    assert "Dorpsraad Noord" in entered.content.decode()
    assert "no-store" in entered["Cache-Control"]

    forwarded = Client()
    for answer in (forwarded.get(path), forwarded.post(path)):
        assert answer.status_code == 410
        assert EXPIRED in answer.content.decode()
    assert forwarded.get("/raadskamer/")["Location"] == "/raadskamer/inloggen/"


def test_only_a_hash_is_kept(client, council, mailoutbox):  # noqa: F811
    ask_link(KNOWN, client)
    (path,) = links_in(mailoutbox[0].body)
    token = path.rstrip("/").rsplit("/", 1)[1]
    row = SignInLink.objects.values().get()
    assert token not in str(row)
    assert len(token) >= 43


def test_link_needs_the_token_against_forms_of_other_sites(council, mailoutbox):  # noqa: F811
    strict = Client(enforce_csrf_checks=True)
    ask_link(KNOWN)
    (path,) = links_in(mailoutbox[0].body)
    assert strict.post(path).status_code == 403
    token = strict.get(path).cookies["csrftoken"].value
    assert strict.post(path, {"csrfmiddlewaretoken": token}).status_code == 302


def test_same_answer_whether_known_or_not(council, mailoutbox):  # noqa: F811
    answers = []
    for address in (KNOWN, UNKNOWN, "secretaris@exam\u212ale.nl"):
        first = ask_link(address)
        page = Client().get(first["Location"])
        answers.append((first.status_code, first["Location"], first.content, page.status_code))
    assert len(set(answers)) == 1
    assert [message.to for message in mailoutbox] == [[KNOWN]]
    assert SignInLink.objects.count() == 1  # of strangers nothing is kept


def test_address_is_looked_up_after_the_answer(council, rf):  # noqa: F811
    """So the time until the answer is the same, too."""
    from django.test.utils import CaptureQueriesContext

    from areas.room.sign_in_views import sign_in as view

    cache.clear()
    with CaptureQueriesContext(connection) as queries:
        response = view(rf.post("/raadskamer/inloggen/", {"email": KNOWN}))
    assert response.status_code == 302
    assert len(queries) == 0
    assert not SignInLink.objects.exists()
    response._resource_closers.clear()
    response._work()
    assert SignInLink.objects.count() == 1


def test_old_link_says_what_to_do(client, council, mailoutbox):  # noqa: F811
    ask_link(KNOWN, client)
    (path,) = links_in(mailoutbox[0].body)
    SignInLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    answer = client.post(path)
    assert answer.status_code == 410
    assert "Vraag een nieuwe link" in answer.content.decode()
    assert KEY not in client.session
    for token in ("x", "x" * 500, "é", "%00"):
        assert client.get(f"/raadskamer/link/{token}/").status_code == 410


def test_address_of_two_councils_gets_one_mail_with_both(client, council, mailoutbox, west):  # noqa: F811
    other = make.CouncilFactory(area=west, name="Wijkraad West")
    make.CouncilMemberFactory(council=other, email=KNOWN)
    closed = make.CouncilFactory(area=west, name="Oude raad", active=False)
    make.CouncilAddressFactory(council=closed, email=KNOWN)
    ask_link(KNOWN, client)
    (message,) = mailoutbox
    first, second = links_in(message.body)
    assert "Oude raad" not in message.body
    client.post(second)
    assert "Wijkraad West" in client.get("/raadskamer/").content.decode()
    client.post(first)
    assert "Dorpsraad Noord" in client.get("/raadskamer/").content.decode()


def test_members_of_today_get_in_and_those_of_yesterday_do_not(council, mailoutbox):  # noqa: F811
    yesterday = timezone.localdate() - timedelta(days=1)
    make.CouncilMemberFactory(council=council, email="nu@example.nl", until=timezone.localdate())
    make.CouncilMemberFactory(council=council, email="oud@example.nl", until=yesterday)
    for address in ("nu@example.nl", "oud@example.nl"):
        ask_link(address)
    assert [message.to for message in mailoutbox] == [["nu@example.nl"]]


@pytest.mark.parametrize("reason", ["address", "member", "inactive", "time"])
def test_session_ends_with_what_it_rests_on(council, mailoutbox, reason):  # noqa: F811
    address = KNOWN
    if reason == "member":
        address = "lid@example.nl"
        make.CouncilMemberFactory(council=council, email=address)
    visitor = sign_in(address, mailoutbox)
    assert visitor.get("/raadskamer/").status_code == 200
    if reason == "address":
        council.addresses.filter(email=KNOWN).delete()
    elif reason == "member":
        council.members.update(until=timezone.localdate() - timedelta(days=1))
    elif reason == "inactive":
        type(council).objects.filter(pk=council.pk).update(active=False)
    else:
        session = visitor.session
        session[KEY] = session[KEY] | {"until": int(time.time()) - 1}
        session.save()
    answer = visitor.get("/raadskamer/signalen/")
    assert answer["Location"] == "/raadskamer/inloggen/?verlopen=1&naar=%2Fraadskamer%2Fsignalen%2F"
    assert "U bent niet meer ingelogd" in visitor.get(answer["Location"]).content.decode()
    assert visitor.get("/raadskamer/")["Location"] == "/raadskamer/inloggen/"


def test_link_of_who_left_meanwhile_does_not_work(client, council, mailoutbox):  # noqa: F811
    ask_link(KNOWN, client)
    council.addresses.all().delete()
    (path,) = links_in(mailoutbox[0].body)
    assert client.get(path).status_code == 410
    assert client.post(path).status_code == 410


def test_text_is_not_lost_when_the_session_ended(room, council):  # noqa: F811
    council.addresses.all().delete()
    answer = room.post("/raadskamer/signalen/nieuw/", {"uitleg": "Al mijn <b>moeite</b>"})
    assert answer.status_code == 403
    assert "Al mijn &lt;b&gt;moeite&lt;/b&gt;" in answer.content.decode()


def test_session_lasts_eight_hours_in_a_new_key_and_ends_on_request(council, mailoutbox):  # noqa: F811
    visitor = Client()
    session = visitor.session
    session["iets"] = 1
    session.save()
    planted = visitor.cookies[django_settings.SESSION_COOKIE_NAME].value
    ask_link(KNOWN, visitor)
    (path,) = links_in(mailoutbox[0].body)
    visitor.post(path)
    first = visitor.cookies[django_settings.SESSION_COOKIE_NAME]
    assert first.value != planted
    assert 8 * 3600 - 5 <= first["max-age"] <= 8 * 3600
    assert first["httponly"]
    assert first["samesite"] == "Lax"
    assert visitor.get("/raadskamer/uitloggen/")["Location"] == "/raadskamer/"
    assert visitor.get("/raadskamer/").status_code == 200  # a GET changes nothing
    out = visitor.post("/raadskamer/uitloggen/", follow=True)
    assert "U bent uitgelogd" in out.content.decode()
    assert visitor.get("/raadskamer/")["Location"] == "/raadskamer/inloggen/"
    stolen = Client()
    stolen.cookies[django_settings.SESSION_COOKIE_NAME] = first.value
    assert stolen.get("/raadskamer/").status_code == 302


def test_colleague_keeps_the_own_log_in(council, login, area_manager, mailoutbox):  # noqa: F811
    manager = login(area_manager)
    ask_link(KNOWN, manager)
    (path,) = links_in(mailoutbox[0].body)
    manager.post(path)
    assert manager.get("/raadskamer/").status_code == 200
    assert manager.get("/beheer/").status_code == 200
    manager.post("/raadskamer/uitloggen/")
    assert manager.get("/raadskamer/").status_code == 302
    assert manager.get("/beheer/").status_code == 200
    # And the other way round: a log-in to the admin opens no council.
    assert login(area_manager).get("/raadskamer/").status_code == 302


def test_one_goes_on_to_the_page_one_wanted(council, mailoutbox):  # noqa: F811
    visitor = Client()
    wanted = visitor.get("/raadskamer/overleg/")["Location"]
    html = visitor.get(wanted).content.decode()
    assert 'name="naar" value="/raadskamer/overleg/"' in html
    for given, expected in [
        ("/raadskamer/overleg/", "/raadskamer/overleg/"),
        ("//kwaad.example.com/raadskamer/", "/raadskamer/"),
        ("https://kwaad.example.com/", "/raadskamer/"),
        ("/beheer/", "/raadskamer/"),
    ]:
        ask_link(KNOWN, visitor, naar=given)
        (path,) = links_in(mailoutbox[-1].body)
        assert visitor.post(path)["Location"] == expected


def test_rate_limits(council, mailoutbox):  # noqa: F811
    answers = [ask_link(KNOWN).status_code for _n in range(7)]
    assert answers == [302] * 7  # nobody learns that the address had enough
    assert len(mailoutbox) == 5
    answers = [ask_link(f"a{n}@example.nl").status_code for n in range(15)]
    assert answers[:13] == [302] * 13
    assert answers[13:] == [429] * 2
    assert Client().get("/raadskamer/inloggen/").status_code == 200


@pytest.mark.parametrize("typed", ["", "geen adres", "a" * 300 + "@example.nl", "x\0@example.nl"])
def test_wrong_address_stays_in_the_form(client, council, typed):  # noqa: F811
    answer = ask_link(typed, client)
    assert answer.status_code == 422
    assert "e-mailadres" in answer.content.decode()
    if typed and "\0" not in typed:
        assert f'value="{typed}"' in answer.content.decode()


def test_mail_that_did_not_go_is_sent_by_the_clock(client, council, sink):  # noqa: F811
    sink.data_answer = "451 even niet"
    assert ask_link(KNOWN, client).status_code == 302
    assert ask_link(KNOWN, client).status_code == 302
    assert sink.received == []
    sink.data_answer = ""
    call_command("tick", only="room-sign-in-links")
    call_command("tick", only="room-sign-in-links")
    (message,) = sink.messages  # asked twice, one link
    (path,) = links_in(message.get_content())
    assert client.post(path).status_code == 302


def test_nobody_gets_a_link_asked_for_long_ago(client, council, sink):  # noqa: F811
    sink.data_answer = "451 even niet"
    ask_link(KNOWN, client)
    SignInLink.objects.update(requested_at=timezone.now() - timedelta(minutes=16))
    sink.data_answer = ""
    call_command("tick", only="room-sign-in-links")
    assert sink.received == []


def test_links_are_deleted_after_a_day(client, council, mailoutbox, capsys):  # noqa: F811
    ask_link(KNOWN, client)
    call_command("purge_expired")
    assert SignInLink.objects.count() == 1
    SignInLink.objects.update(requested_at=timezone.now() - timedelta(hours=25))
    call_command("purge_expired", dry_run=True)
    assert SignInLink.objects.count() == 1
    call_command("purge_expired")
    assert not SignInLink.objects.exists()
    assert KNOWN not in capsys.readouterr().out


def test_the_database_keeps_out_what_cannot_be(council):  # noqa: F811
    for values in ({"sent_at": timezone.now()}, {"used_at": timezone.now()}):
        with pytest.raises(IntegrityError), transaction.atomic():
            SignInLink.objects.create(council=council, address=KNOWN, **values)
    SignInLink.objects.create(council=council, address=KNOWN, token_hash="x")
    with pytest.raises(IntegrityError), transaction.atomic():
        SignInLink.objects.create(council=council, address=KNOWN, token_hash="x")


def test_sessions_that_ended_are_deleted(room, council):  # noqa: F811
    call_command("purge_expired")
    assert room.get("/raadskamer/").status_code == 200
    Session.objects.update(expire_date=timezone.now() - timedelta(minutes=1))
    call_command("purge_expired", dry_run=True)
    assert Session.objects.exists()
    call_command("purge_expired")
    assert not Session.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_gets_in(council, mailoutbox):  # noqa: F811
    ask_link(KNOWN)
    (path,) = links_in(mailoutbox[0].body)
    answers, ready = [], threading.Barrier(4)

    def use():
        visitor = Client()
        ready.wait()
        answers.append(visitor.post(path).status_code)
        connections.close_all()

    threads = [threading.Thread(target=use) for _n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [302, 410, 410, 410]
