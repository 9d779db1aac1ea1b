"""The council room: what a council sees, that it is its own only, and placing a signal."""

import threading
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connections
from django.urls import reverse
from django.utils import timezone

from areas.councils.models import ActionPoint, AgendaPoint, CouncilMeeting
from areas.signals.models import Signal, SignalStep
from areas.signals.terms import last_day
from tests.areas.room import council, enter, fill, room  # noqa: F401
from tests.factories import pages as make
from tests.newsletters.conftest import sink  # noqa: F401
from tests.queries import queries_by_address

NEW = "/raadskamer/signalen/nieuw/"


def signal_of(council, **values):  # noqa: F811
    now = timezone.now()
    return Signal.objects.create(
        **{
            "council": council,
            "area": council and council.area,
            "subject": "Donker fietspad",
            "text": "Er staat geen lamp.",
            "received_at": now,
            "due_on": last_day(now, 10),
            "state": "ontvangen",
        }
        | values
    )


def meeting_of(council, days=-10, **values):  # noqa: F811
    start = timezone.now() + timedelta(days=days)
    meeting = CouncilMeeting.objects.create(
        council=council, starts_at=start, ends_at=start + timedelta(hours=1), **values
    )
    AgendaPoint.objects.create(meeting=meeting, title="Het fietspad")
    ActionPoint.objects.create(meeting=meeting, text="Lamp maken", owner="Team Licht")
    return meeting


def test_overview_shows_what_waits(room, council, north):  # noqa: F811
    late = signal_of(council, subject="Te laat", due_on=timezone.localdate() - timedelta(days=1))
    signal_of(council, subject="Nog op tijd")
    meeting_of(council, days=12, place_name="Dorpshuis")
    meeting_of(council, days=5, place_name="Afgezegd", cancelled=True)
    html = room.get("/raadskamer/").content.decode()
    assert html.index("Te laat") < html.index("Nog op tijd")
    assert reverse("room_signal", args=[late.reference]) in html
    assert "Dorpshuis" in html
    assert "Lamp maken" in html
    assert north.manager_name in html


def test_meetings_show_points_actions_and_adopted_minutes_only(room, council):  # noqa: F811
    meeting_of(council, minutes="<p>De brug blijft open.</p>", state="vastgesteld")
    meeting_of(
        council,
        days=-3,
        minutes="<p>Nog geheim.</p>",
        participants="De Secretaris",
        state="concept",
    )
    html = room.get("/raadskamer/overleg/").content.decode()
    assert "De brug blijft open." in html
    assert "Het fietspad" in html
    assert "Lamp maken" in html
    assert "Nog geheim." not in html
    assert "De Secretaris" not in html


def test_signal_shows_the_visible_steps_and_the_answer(room, council):  # noqa: F811
    signal = signal_of(
        council,
        state="beantwoord",
        answer="Er komt een lamp.\n\nIn maart.",
        answered_at=timezone.now(),
        in_term=True,
    )
    for kind, text, visible in [
        ("ontvangen", "", True),
        ("notitie", "Niet voor de raad", False),
        ("beantwoord", "Er komt een lamp.", True),
    ]:
        SignalStep.objects.create(
            signal=signal, kind=kind, text=text, visible=visible, due_on=signal.due_on
        )
    html = room.get(reverse("room_signal", args=[signal.reference])).content.decode()
    assert "<p>In maart.</p>" in html
    assert "Niet voor de raad" not in html
    assert signal.reference in html


def test_council_sees_nothing_of_another(room, council, north, mailoutbox):  # noqa: F811
    other = make.CouncilFactory(area=north, name="Dorpsraad Ander")
    theirs = signal_of(other, subject="Van een ander", public=True, published_at=timezone.now())
    resident = signal_of(None, area=north, subject="Van een bewoner")
    meeting = meeting_of(other, minutes="<p>Anders</p>", state="vastgesteld", place_name="Elders")
    for address in ("/raadskamer/", "/raadskamer/overleg/", "/raadskamer/signalen/"):
        html = room.get(address).content.decode()
        for word in ("Van een ander", "Van een bewoner", "Elders", "Lamp maken", other.name):
            assert word not in html, (address, word)
    for row in (theirs, resident):
        for name in ("room_signal", "room_signal_placed"):
            url = reverse(name, args=[row.reference])
            assert room.get(url).status_code == 404
            assert room.post(url, {"reactie": "x"}).status_code in (404, 405)
    assert room.get(reverse("room_signal", args=["XXXX-XXXX"])).status_code == 404
    assert meeting.pk


@pytest.mark.parametrize(
    "name", ["room", "room_meetings", "room_signals", "room_signal_new", "room_signal"]
)
def test_nobody_gets_in_without_a_link(client, council, name):  # noqa: F811
    signal = signal_of(council)
    url = reverse(name, args=[signal.reference] if name == "room_signal" else [])
    for answer in (client.get(url), client.post(url)):
        assert answer.status_code in (302, 405)
        assert "Donker" not in answer.content.decode()
        assert "no-store" in answer.get("Cache-Control", "no-store")


def test_signal_moves_with_its_council(room, council, west):  # noqa: F811
    """A council that goes to another area keeps its room, its signals and its meetings."""
    signal = signal_of(
        council, state="beantwoord", answer="Nee.", answered_at=timezone.now(), in_term=True
    )
    council.area = west
    council.save()
    html = room.get(reverse("room_signal", args=[signal.reference])).content.decode()
    assert "Haarlemmermeer-Noord" in html  # whose manager answered it
    assert room.post(NEW, fill()).status_code == 302
    assert Signal.objects.order_by("-pk").first().area_id == west.pk


def test_placing_a_signal(room, council, north, west, sink):  # noqa: F811
    make.CouncilMemberFactory(council=council, email="secretaris@example.nl", role="secretaris")
    point = make.middle(west)
    answer = room.post(
        NEW,
        fill(
            **{
                "soort": "vraag",
                "openbaar": "openbaar",
                "plek-lat": point.y,
                "plek-lon": point.x,
                "plek-tekst": "Bij de school",
            }
        ),
        follow=True,
    )
    signal = Signal.objects.get()
    term = last_day(timezone.now(), 10)
    html = answer.content.decode()
    assert "U krijgt antwoord uiterlijk op" in html
    assert f"{term.day} " in html
    assert str(term.year) in html
    assert signal.reference in html
    assert (signal.kind, signal.subject, signal.text) == (
        "vraag",
        "Donker fietspad",
        "Er staat geen lamp.",
    )
    assert signal.area_id == west.pk  # the place decides, not the council
    assert signal.place_name == "Bij de school"
    assert signal.public
    assert signal.placed_by == "Secretaris Dorpsraad Noord"
    assert signal.due_on == term


def test_mails_go_to_the_manager_and_to_all_addresses_of_the_council(
    room,  # noqa: F811
    council,  # noqa: F811
    area_manager,
    sink,  # noqa: F811
    django_capture_on_commit_callbacks,
):
    with django_capture_on_commit_callbacks(execute=True):
        room.post(NEW, fill())
    assert sorted(sink.counts) == sorted(
        [area_manager.email, "secretaris@example.nl", "voorzitter@example.nl"]
    )


def test_place_without_a_map(room, council, north, west):  # noqa: F811
    """By the list and in words, as one does without JavaScript."""
    make.PlaceFactory(name="Vijfhuizen", slug="vijfhuizen", geometry=make.middle(west), area=west)
    room.post(NEW, fill(**{"plek-plaats": "vijfhuizen", "plek-tekst": "Kerkpad 3"}))
    signal = Signal.objects.get()
    assert signal.place_name == "Vijfhuizen: Kerkpad 3"
    assert signal.area_id == west.pk
    room.post(NEW, fill(sleutel="ander", **{"plek-tekst": "Ergens in het dorp"}))
    assert Signal.objects.exclude(pk=signal.pk).get().area_id == north.pk


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"onderwerp": ""}, "Vul in waar het over gaat."),
        ({"onderwerp": "x" * 121}, "Het onderwerp is te lang"),
        ({"uitleg": " "}, "Schrijf op wat er speelt"),
        ({"uitleg": "x" * 3001}, "Uw uitleg is te lang: 3001 tekens. Er passen er 3000."),
        ({"soort": "klacht"}, "Kies wat het is"),
        ({"openbaar": ""}, "Kies wie dit mag lezen."),
        ({"plek-lat": "48.85", "plek-lon": "2.35"}, "Deze plek ligt buiten de gemeente."),
        ({"plek-lat": "nan", "plek-lon": "4"}, "Deze plek kunnen wij niet lezen."),
        ({"plek-plaats": "atlantis"}, "Dit dorp of deze wijk kennen wij niet."),
        ({"plek-tekst": "x" * 99}, "De omschrijving is te lang."),
    ],
)
def test_mistake_keeps_what_was_typed(room, values, sentence):  # noqa: F811
    answer = room.post(NEW, fill(**{"uitleg": "<b>Mijn</b> lange uitleg"} | values))
    html = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in html
    assert "gp-error-summary" in html
    if "uitleg" not in values:
        assert "&lt;b&gt;Mijn&lt;/b&gt; lange uitleg" in html
    assert not Signal.objects.exists()


def test_text_as_long_as_allowed_fits(room):  # noqa: F811
    lines = "\r\n".join(["x" * 99] * 30)
    assert room.post(NEW, fill(uitleg=lines, **{"plek-tekst": "y" * 98})).status_code == 302
    assert len(Signal.objects.get().text) == 2999


def test_same_form_sent_twice_counts_once(room, council):  # noqa: F811
    first, second = (room.post(NEW, fill()) for _n in range(2))
    assert first["Location"] == second["Location"]
    assert Signal.objects.count() == 1
    assert SignalStep.objects.count() == 1
    # Back, another text, and sent again; and the same words in a form that was opened anew.
    room.post(NEW, fill(uitleg="Nog iets anders"))
    room.post(NEW, fill(sleutel="nieuw"))
    assert Signal.objects.count() == 3


def test_same_words_of_another_council_are_another_signal(room, north):  # noqa: F811
    other = enter("ander@example.nl", north)
    for visitor in (room, other):
        assert visitor.post(NEW, fill()).status_code == 302
    assert Signal.objects.values("council").distinct().count() == 2


@pytest.mark.django_db(transaction=True)
def test_same_form_sent_twice_at_once_counts_once(room, council):  # noqa: F811
    cookies, answers, ready = room.cookies, [], threading.Barrier(3)

    def send():
        visitor = type(room)()
        visitor.cookies = cookies
        ready.wait()
        answers.append(visitor.post(NEW, fill())["Location"])
        connections.close_all()

    threads = [threading.Thread(target=send) for _n in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(answers)) == 1
    assert Signal.objects.count() == 1
    assert SignalStep.objects.count() == 1


def test_answer_that_is_not_enough_is_opened_again(room, council):  # noqa: F811
    pytest.importorskip("areas.signals.services.handling")
    signal = signal_of(
        council, state="beantwoord", answer="Nee.", answered_at=timezone.now(), in_term=True
    )
    url = reverse("room_signal", args=[signal.reference])
    assert "Is dit niet genoeg?" in room.get(url).content.decode()
    empty = room.post(url, {"reactie": " "})
    assert empty.status_code == 422
    assert "Schrijf wat er nog mist" in empty.content.decode()
    done = room.post(url, {"reactie": "Waarom niet?"}, follow=True).content.decode()
    assert "Wij hebben uw reactie ontvangen" in done
    assert "Waarom niet?" in done
    signal.refresh_from_db()
    assert signal.is_open
    Signal.objects.filter(pk=signal.pk).update(
        state="beantwoord", answer="Nee.", answered_at=timezone.now() - timedelta(days=90)
    )
    assert "Is dit niet genoeg?" not in room.get(url).content.decode()


def test_number_of_queries_does_not_grow(room, council, django_assert_max_num_queries):  # noqa: F811
    signal = signal_of(council)
    meeting_of(council)
    addresses = [
        "/raadskamer/",
        "/raadskamer/overleg/",
        "/raadskamer/signalen/",
        NEW,
        reverse("room_signal", args=[signal.reference]),
    ]
    before = queries_by_address(room, addresses)
    for n in range(6):
        signal_of(council, subject=f"Signaal {n}")
        meeting_of(council, days=-n)
        make.PlaceFactory()
        SignalStep.objects.create(signal=signal, kind="notitie", text="x")
    assert queries_by_address(room, addresses) == before
    assert max(before.values()) <= 16, before


def test_pages_are_for_one_visitor_only(room, settings):  # noqa: F811
    settings.PAGE_CACHE_ENABLED = True
    html = room.get("/raadskamer/").content.decode()
    assert "Dorpsraad Noord" in html
    stranger = type(room)()
    assert stranger.get("/raadskamer/").status_code == 302
    assert room.get("/raadskamer/")["Cache-Control"].count("no-store") == 1
    assert mail.outbox


def test_in_english(room):  # noqa: F811
    assert room.get("/en/raadskamer/").status_code == 200
    answer = room.post("/en/raadskamer/signalen/nieuw/", fill(), follow=True)
    assert answer.status_code == 200
    assert answer.redirect_chain[0][0].startswith("/en/raadskamer/signalen/")
