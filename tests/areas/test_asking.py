"""Residents: what to do, asking, confirming by mail, following; and keeping programs out."""

import base64
import hashlib
import json
import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from areas.signals.models import Attachment, Signal, SignalContact, SignalStep
from areas.signals.terms import last_day
from cms.models import SiteSettings
from tests.areas import uploads
from tests.factories import pages as make
from tests.newsletters.conftest import sink  # noqa: F401
from tests.queries import queries_by_address

START, FORM, SENT = "/vraag-of-initiatief/", "/vraag-of-initiatief/formulier/", "verstuurd"


@pytest.fixture(autouse=True)
def _fresh_limits(north):
    cache.clear()


def fill(**values) -> dict:
    """What the form posts, from a browser without JavaScript."""
    return {
        "soort": "vraag",
        "onderwerp": "Een bankje",
        "uitleg": "Kan er een bankje bij de vijver?",
        "gebied": "haarlemmermeer-noord",
        "email": "bewoner@example.nl",
        "sleutel": "een-formulier",
    } | values


def ask(client=None, prefix="", **values):
    return (client or Client()).post(prefix + FORM, fill(**values))


def solution(client, prefix="") -> str:
    """The puzzle, solved as the browser does."""
    puzzle = client.get("/vraag-of-initiatief/puzzel/").json()
    for number in range(puzzle["maxNumber"] + 1):
        if hashlib.sha256(f"{puzzle['salt']}{number}".encode()).hexdigest() == puzzle["challenge"]:
            break
    solved = {name: puzzle[name] for name in ("algorithm", "challenge", "salt", "signature")}
    return base64.b64encode(json.dumps(solved | {"number": number}).encode()).decode()


def link_in(message) -> str:
    body = message.body if hasattr(message, "body") else message.get_content()
    (path,) = re.findall(r"https?://[^/\s]+(/\S*vraag-of-initiatief/bevestigen/\S+)", body)
    return path


def test_report_goes_to_its_own_page_with_the_place(client, home, north):
    site = SiteSettings.for_site(home.get_site())
    site.report_url = "https://melding.example.nl/nieuw?lat={lat}&lon={lon}"
    site.save()
    html = client.get(START).content.decode()
    assert "Ik meld iets dat kapot" in html
    place = {"plek-lat": "52.339", "plek-lon": "4.784"}
    html = client.get(START, {"wat": "melding"} | place).content.decode()
    assert "https://melding.example.nl/nieuw?lat=52.339000&amp;lon=4.784000" in html
    assert "De plek die u koos nemen wij mee" in html
    html = client.get(START, {"wat": "melding"}).content.decode()
    assert "https://melding.example.nl/nieuw?lat=&amp;lon=" in html
    site.report_url = ""
    site.save()
    html = client.get(START, {"wat": "melding"}).content.decode()
    assert "Naar het meldpunt" not in html
    assert "0900-1852" in html


def test_question_goes_on_with_what_was_chosen(client, north):
    answer = client.get(START, {"wat": "initiatief", "plek-lat": "52.339", "plek-lon": "4.784"})
    assert answer["Location"] == f"{FORM}?soort=initiatief&plek-lat=52.339&plek-lon=4.784"
    html = client.get(answer["Location"]).content.decode()
    assert 'value="52.339"' in html
    assert re.search(r'value="initiatief"[^>]*checked', html)
    assert "Wie u antwoord geeft" in html
    assert north.manager_email in html
    for nowhere in ("plek-lat=x&plek-lon=y", "plek-plaats=atlantis", "plek-tekst=Ergens"):
        assert "Wie u antwoord geeft" not in client.get(f"{FORM}?{nowhere}").content.decode()


@pytest.mark.parametrize(
    "query", [{"wat": ""}, {"wat": "x"}, {"wat": "vraag", "plek-lat": "x"}, {"plek-plaats": "x"}]
)
def test_first_step_says_what_is_missing(client, query):
    answer = client.get(START, query)
    assert answer.status_code == 400
    assert "gp-error-summary" in answer.content.decode()


def test_question_counts_once_it_is_confirmed(client, north, area_manager, sink):  # noqa: F811
    answer = ask(client, naam="J. Bewoner", telefoon="06 12345678")
    assert answer["Location"] == f"{START}{SENT}/"
    assert "Kijk in uw mail" in client.get(answer["Location"]).content.decode()
    signal = Signal.objects.get()
    assert signal.state == "onbevestigd"
    assert signal.due_on is None
    assert not SignalStep.objects.exists()
    assert not Signal.objects.confirmed().exists()
    (message,) = sink.messages
    assert message["To"] == "bewoner@example.nl"
    assert "0900-1852" in message.get_content()
    assert "Raadhuisplein" in message.get_content()
    path = link_in(message)
    for _n in range(2):  # a scanner of mail follows links, and confirms nothing
        html = client.get(path).content.decode()
        assert "Kan er een bankje bij de vijver?" in html
    signal.refresh_from_db()
    assert signal.state == "onbevestigd"
    done = client.post(path, follow=True)
    html = done.content.decode()
    assert "wij hebben uw vraag ontvangen" in html
    signal.refresh_from_db()
    assert signal.state == "ontvangen"
    assert signal.due_on == last_day(timezone.now(), 10)
    assert SignalContact.objects.get().confirmed_at is not None
    assert f"{signal.due_on.year}" in html
    assert "no-store" in done["Cache-Control"]


def test_confirming_twice_changes_nothing(client, sink, django_capture_on_commit_callbacks):  # noqa: F811
    ask(client)
    path = link_in(sink.messages[0])
    with django_capture_on_commit_callbacks(execute=True):
        client.post(path)
    before = Signal.objects.values().get()
    mails = len(sink.messages)
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(path).status_code == 302
    assert client.get(path).status_code == 302  # to where the question stands
    assert Signal.objects.values().get() == before
    assert len(sink.messages) == mails
    assert SignalStep.objects.count() == 1


def test_term_runs_from_the_confirmation(client, mailoutbox):
    ask(client)
    Signal.objects.update(created_at=timezone.now() - timedelta(days=1))
    client.post(link_in(mailoutbox[0]))
    signal = Signal.objects.get()
    assert timezone.now() - signal.received_at < timedelta(minutes=5)


def test_link_that_is_too_old_or_changed(client, mailoutbox, settings):
    ask(client)
    path = link_in(mailoutbox[0])
    settings.SIGNAL_CONFIRM_HOURS = 0
    for broken in (path, f"{START}bevestigen/x/", f"{START}status/x/", path[:-3] + "/"):
        for answer in (client.get(broken), client.post(broken)):
            assert answer.status_code == 410
            assert "Deze link werkt niet meer" in answer.content.decode()
    assert Signal.objects.get().state == "onbevestigd"
    settings.SIGNAL_CONFIRM_HOURS = 48
    Signal.objects.all().delete()
    assert client.post(path).status_code == 410


def test_status_shows_steps_answer_and_files_to_who_has_the_link(client, mailoutbox):
    ask(client, bijlagen=[uploads.upload(uploads.jpeg(), "vijver.jpg")])
    status = client.post(link_in(mailoutbox[0]))["Location"].partition("?")[0]
    signal = Signal.objects.get()
    SignalStep.objects.create(signal=signal, kind="notitie", text="Intern", visible=False)
    SignalStep.objects.create(signal=signal, kind="voortgang", text="De bank is besteld.")
    stranger = Client()
    answer = stranger.get(status)
    html = answer.content.decode()
    assert "De bank is besteld." in html
    assert "Intern" not in html
    assert "bewoner@example.nl" not in html
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    (url,) = re.findall(r'href="(/signalen/bijlage/[^"]+)"', html)
    photo = stranger.get(url)
    assert photo["Content-Type"] == "image/jpeg"
    assert uploads.SECRET not in b"".join(photo)
    assert stranger.get(url.partition("?")[0]).status_code == 404


def test_status_of_a_question_that_was_not_confirmed_is_closed(client):
    from areas.signals.links import status_token

    ask(client)
    assert client.get(f"{START}status/{status_token(Signal.objects.get())}/").status_code == 410


def test_place_decides_the_area(client, north, west):
    point = make.middle(west)
    ask(client, **{"plek-lat": point.y, "plek-lon": point.x})
    assert Signal.objects.get().area_id == west.pk
    make.PlaceFactory(name="Rand", slug="rand", area=west)
    ask(client, sleutel="2", gebied="", **{"plek-plaats": "rand"})
    assert Signal.objects.order_by("-pk").first().area_id in (west.pk, north.pk)
    missing = ask(client, sleutel="3", gebied="", **{"plek-tekst": "Ergens"})
    assert missing.status_code == 422
    assert "kies hier het gebied waar het is" in missing.content.decode()


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"email": ""}, "Bel ons of kom langs."),
        ({"email": "geen"}, "Dit is geen e-mailadres."),
        ({"email": "a@example.nl\nBcc: b@example.nl"}, "Dit is geen e-mailadres."),
        ({"soort": ""}, "Kies of het een vraag of een initiatief is."),
        ({"soort": "signaal"}, "Kies of het een vraag of een initiatief is."),
        ({"gebied": "atlantis"}, "Dit gebied kennen we niet."),
        ({"telefoon": "bel maar"}, "Vul een telefoonnummer in"),
        ({"naam": "x" * 101}, "Uw naam is te lang."),
        ({"onderwerp": ""}, "Vul in waar het over gaat."),
        ({"website": "http://spam.example.nl"}, "Maak het veld ‘Laat dit veld leeg’ onderaan leeg"),
    ],
)
def test_mistake_keeps_what_was_typed(client, mailoutbox, values, sentence):
    answer = ask(client, **({"uitleg": "<i>Lange</i> uitleg"} | values))
    html = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in html
    assert "&lt;i&gt;Lange&lt;/i&gt; uitleg" in html
    assert mailoutbox == []
    assert not Signal.objects.exists()


def test_subject_cannot_write_into_the_mail(client, mailoutbox):
    ask(client, onderwerp="Hallo Bcc: ander@example.nl")
    assert mailoutbox[0].recipients() == ["bewoner@example.nl"]
    assert "Hallo" not in mailoutbox[0].subject


def test_same_form_sent_twice_is_one_question_and_one_mail(client, mailoutbox):
    for _n in range(2):
        assert ask(client).status_code == 302
    assert Signal.objects.count() == 1
    assert len(mailoutbox) == 1


def test_mail_server_that_is_away_loses_nothing(client, sink):  # noqa: F811
    sink.data_answer = "451 even niet"
    answer = ask(client, bijlagen=[uploads.upload(uploads.jpeg(), "vijver.jpg")])
    html = answer.content.decode()
    assert answer.status_code == 503
    assert "Wij kunnen u nu geen mail sturen." in html
    assert "Kan er een bankje bij de vijver?" in html
    sink.data_answer = ""
    assert ask(client).status_code == 302
    assert len(sink.messages) == 1
    assert Signal.objects.count() == 1
    assert Attachment.objects.count() == 1


def test_address_that_the_mail_server_refuses(client, sink):  # noqa: F811
    sink.answers["bewoner@example.nl"] = "550 onbekend"
    answer = ask(client)
    assert answer.status_code == 422
    assert "De mailserver kent dit adres niet." in answer.content.decode()


def test_without_the_puzzle_fewer_are_taken(mailoutbox):
    answers = [ask(sleutel=str(n), email=f"a{n}@example.nl").status_code for n in range(4)]
    assert answers == [302, 302, 302, 429]
    refused = ask(sleutel="5", email="a5@example.nl").content.decode()
    assert "Er komen nu te veel formulieren van uw verbinding." in refused
    assert "Kan er een bankje bij de vijver?" in refused
    solver = Client()
    answers = [
        ask(solver, sleutel=f"p{n}", email=f"b{n}@example.nl", puzzel=solution(solver)).status_code
        for n in range(3)
    ]
    assert answers == [302, 302, 302]
    assert len(mailoutbox) == 6


def test_solution_counts_once_and_must_be_ours(client):
    good = solution(client)
    value = json.loads(base64.b64decode(good))
    cheats = [
        base64.b64encode(json.dumps(value | change).encode()).decode()
        for change in (
            {"number": value["number"] + 1},
            {"signature": "0" * 64},
            {"salt": value["salt"].replace("expires=", "expires=9")},
            {"algorithm": "MD5"},
            {"challenge": None},
            {"number": "1"},
        )
    ]
    for payload in [*cheats, "geen base64", "", "W10=", "x" * 5000, "é"]:
        cache.clear()
        for n in range(3):
            ask(client, sleutel=f"a{n}", email=f"a{n}@example.nl")
        assert ask(client, puzzel=payload).status_code == 429, payload[:40]
    assert ask(client, puzzel=good).status_code == 302
    assert ask(client, sleutel="weer", email="c@example.nl", puzzel=good).status_code == 429


def test_one_address_gets_a_few_mails_a_day_and_nobody_notices(mailoutbox):
    solver = Client()
    answers = [ask(solver, sleutel=str(n), puzzel=solution(solver))["Location"] for n in range(7)]
    assert set(answers) == {f"{START}{SENT}/"}
    assert len(mailoutbox) == 5


def test_source_that_tries_and_tries_is_stopped():
    visitor = Client()
    answers = [ask(visitor, onderwerp="").status_code for _n in range(41)]
    assert answers == [422] * 40 + [429]


def test_english_from_form_to_mail(client, mailoutbox):
    html = client.get("/en" + START).content.decode()
    assert '<html lang="en">' in html
    ask(client, prefix="/en")
    assert SignalContact.objects.get().language == "en"
    path = link_in(mailoutbox[0])
    assert path.startswith("/en/")
    assert client.post(path)["Location"].startswith("/en/")


def test_public_or_not_nothing_is_on_the_site_by_itself(client, mailoutbox):
    ask(client, openbaar="on")
    client.post(link_in(mailoutbox[0]))
    signal = Signal.objects.get()
    assert signal.public
    assert signal.published_at is None


def test_answer_that_is_not_enough_is_opened_again(client, mailoutbox):
    pytest.importorskip("areas.signals.services.handling")
    ask(client)
    status = client.post(link_in(mailoutbox[0]))["Location"].partition("?")[0]
    Signal.objects.update(
        state="beantwoord", answer="Nee.", answered_at=timezone.now(), in_term=True
    )
    assert "Is dit niet genoeg?" in client.get(status).content.decode()
    done = client.post(status, {"reactie": "Waarom niet?"}, follow=True).content.decode()
    assert "Wij hebben uw reactie ontvangen" in done
    assert Signal.objects.get().is_open


def test_number_of_queries_does_not_grow(client, mailoutbox):
    ask(client)
    status = client.post(link_in(mailoutbox[0]))["Location"]
    addresses = [START, FORM, f"{START}{SENT}/", status]
    before = queries_by_address(client, addresses)
    signal = Signal.objects.get()
    for _n in range(5):
        make.PlaceFactory()
        SignalStep.objects.create(signal=signal, kind="voortgang", text="x")
    assert queries_by_address(client, addresses) == before
    assert max(before.values()) <= 12, before


def test_unconfirmed_question_leaves_no_file_behind(client, capsys):
    ask(client, bijlagen=[uploads.upload(uploads.jpeg(), "vijver.jpg")])
    path = Attachment.objects.get().file.path
    Signal.objects.all().delete()
    call_command("purge_expired")
    assert not Attachment.objects.exists()
    assert "bewoner@example.nl" not in capsys.readouterr().out
    assert path
