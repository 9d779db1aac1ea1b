"""Meetings of a council: invitations that arrive once, actions that come back, public minutes."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from bs4 import BeautifulSoup
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from areas.councils.invitations import plan_invitations, send_invitations
from areas.councils.models import ActionPoint, CouncilMeeting, Invitation
from tests.factories import pages as make
from tests.newsletters.conftest import sink  # noqa: F401

BASE = "wagtailsnippets_councils_councilmeeting"
AMSTERDAM = ZoneInfo("Europe/Amsterdam")
REFUSED = {302, 403, 404}
SOON = timedelta(days=20)


@pytest.fixture
def council(north):
    council = make.CouncilFactory(area=north, name="Dorpsraad Noord", slug="dorpsraad-noord")
    for address in ("secretaris@example.nl", "voorzitter@example.nl"):
        make.CouncilAddressFactory(council=council, email=address)
    return council


@pytest.fixture
def manager(login, area_manager):
    return login(area_manager)


def form(council, start=None, **values):
    """What the form of a meeting posts: on the day after `SOON` from 19.30 to 21.00."""
    start = start or timezone.localtime() + SOON
    data = {
        "council": council.pk,
        "starts_at": start.strftime("%d-%m-%Y") + " 19:30",
        "ends_at": start.strftime("%d-%m-%Y") + " 21:00",
        "place_name": "Dorpshuis, Dorpsstraat 1",
        "geometry": "",
        "participants": "",
        "minutes": "null",
        "state": "concept",
    }
    for name in ("agenda_points", "action_points"):
        data |= {f"{name}-TOTAL_FORMS": 0, f"{name}-INITIAL_FORMS": 0}
        data |= {f"{name}-MIN_NUM_FORMS": 0, f"{name}-MAX_NUM_FORMS": 1000}
    return data | values


def add(manager, council, capture, **values):
    with capture(execute=True):
        response = manager.post(reverse(f"{BASE}:add"), form(council, **values))
    assert response.status_code == 302, response.context["form"].errors
    return CouncilMeeting.objects.order_by("-pk").first()


def change(manager, meeting, capture, **values):
    with capture(execute=True):
        response = manager.post(
            reverse(f"{BASE}:edit", args=[meeting.pk]), form(meeting.council, **values)
        )
    assert response.status_code == 302, response.context["form"].errors


def event_of(message):
    """The calendar, its method and the event in a mail."""
    part = message.get_body(("plain",)) and next(
        part for part in message.walk() if part.get_content_type() == "text/calendar"
    )
    calendar = Calendar.from_ical(part.get_content())
    assert part.get_param("method") == str(calendar["METHOD"])
    assert [str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")] == ["Europe/Amsterdam"]
    return str(calendar["METHOD"]), calendar.walk("VEVENT")[0]


def test_council_is_invited_told_of_changes_and_of_the_end(
    manager,
    council,
    sink,  # noqa: F811
    django_capture_on_commit_callbacks,
):
    capture = django_capture_on_commit_callbacks
    meeting = add(manager, council, capture)
    assert sorted(sink.counts.items()) == [
        ("secretaris@example.nl", 1),
        ("voorzitter@example.nl", 1),
    ]
    method, event = event_of(sink.messages[0])
    assert (method, event["SEQUENCE"], str(event["STATUS"])) == ("REQUEST", 0, "CONFIRMED")
    assert str(event["UID"]) == str(meeting.uid)
    assert event.start.utcoffset() == event.start.replace(tzinfo=AMSTERDAM).utcoffset()
    assert event.start.strftime("%H:%M") == "19:30"
    assert event["DTSTART"].params["TZID"] == "Europe/Amsterdam"
    assert str(event["LOCATION"]) == "Dorpshuis, Dorpsstraat 1"
    assert str(event["ORGANIZER"]) == "mailto:noord@example.nl"
    attendees = {str(event_of(message)[1]["ATTENDEE"]) for message in sink.messages}
    assert attendees == {"mailto:secretaris@example.nl", "mailto:voorzitter@example.nl"}
    assert sink.messages[0]["Subject"].startswith("Uitnodiging: overleg met Dorpsraad Noord")
    assert sink.messages[0]["Reply-To"] == "noord@example.nl"

    change(manager, meeting, capture, participants="De secretaris")
    assert len(sink.messages) == 2  # nothing that an invitation tells of has changed

    change(manager, meeting, capture, place_name="School")
    method, event = event_of(sink.messages[-1])
    assert (method, event["SEQUENCE"], str(event["LOCATION"])) == ("REQUEST", 1, "School")
    assert str(event["UID"]) == str(meeting.uid)

    council.addresses.filter(email="voorzitter@example.nl").delete()
    change(manager, meeting, capture, place_name="Kerk")
    methods = {message["To"]: event_of(message)[0] for message in sink.messages[-2:]}
    assert methods == {"voorzitter@example.nl": "CANCEL", "secretaris@example.nl": "REQUEST"}

    before = len(sink.messages)
    change(manager, meeting, capture, place_name="Kerk", cancelled="on")
    assert len(sink.messages) == before + 1
    method, event = event_of(sink.messages[-1])
    assert (method, event["SEQUENCE"], str(event["STATUS"])) == ("CANCEL", 3, "CANCELLED")
    assert sink.messages[-1]["Subject"].startswith("Afgezegd")
    change(manager, meeting, capture, place_name="Kerk", cancelled="on")
    call_command("tick", only="councils-invitations")
    assert len(sink.messages) == before + 1


def test_mail_server_that_is_away_loses_nothing(
    manager,
    council,
    sink,  # noqa: F811
    django_capture_on_commit_callbacks,
):
    sink.data_answer = "451 even niet"
    meeting = add(manager, council, django_capture_on_commit_callbacks)
    html = manager.get(reverse(f"{BASE}:edit", args=[meeting.pk])).content.decode()
    assert "De mailserver nam de mail niet aan." in html
    resend = reverse("councils_resend", args=[meeting.pk])
    assert resend in html
    assert "Er wachten 2 mails" in manager.get(resend).content.decode()
    answer = manager.post(resend, follow=True)
    assert "Het is niet gelukt" in answer.content.decode()
    assert sink.received == []
    sink.data_answer = ""
    assert "Verstuurd: 2" in manager.post(resend, follow=True).content.decode()
    manager.post(resend)
    assert sorted(sink.counts.values()) == [1, 1]


def test_scheduler_sends_what_waits_and_only_the_newest_state(
    manager,
    council,
    sink,  # noqa: F811
    django_capture_on_commit_callbacks,
):
    sink.data_answer = "451 even niet"
    meeting = add(manager, council, django_capture_on_commit_callbacks)
    change(manager, meeting, django_capture_on_commit_callbacks, place_name="School")
    sink.data_answer = ""
    call_command("tick", only="councils-invitations")
    assert [event_of(message)[1]["SEQUENCE"] for message in sink.messages] == [1, 1]


def test_address_that_is_refused_does_not_hold_up_the_others(
    manager,
    council,
    sink,  # noqa: F811
    django_capture_on_commit_callbacks,
):
    sink.answers["secretaris@example.nl"] = "550 onbekend"
    meeting = add(manager, council, django_capture_on_commit_callbacks)
    assert list(sink.counts) == ["voorzitter@example.nl"]
    html = manager.get(reverse(f"{BASE}:edit", args=[meeting.pk])).content.decode()
    assert "De mailserver weigert dit adres" in html


def test_a_mail_that_another_process_sends_is_left_to_it(council, mailoutbox):
    meeting = CouncilMeeting.objects.create(
        council=council, starts_at=timezone.now() + SOON, ends_at=timezone.now() + SOON * 2
    )
    plan_invitations(meeting=meeting)
    Invitation.objects.filter(address="secretaris@example.nl").update(claimed_at=timezone.now())
    assert send_invitations(meeting_id=meeting.pk) == (1, 0)
    Invitation.objects.update(claimed_at=timezone.now() - timedelta(hours=1))
    assert send_invitations(meeting_id=meeting.pk) == (1, 0)  # the other one was killed
    assert len(mailoutbox) == 2


def test_what_is_over_is_not_mailed(
    manager, council, mailoutbox, django_capture_on_commit_callbacks
):
    past = timezone.localtime() - SOON
    meeting = add(manager, council, django_capture_on_commit_callbacks, start=past)
    change(manager, meeting, django_capture_on_commit_callbacks, start=past, place_name="School")
    assert mailoutbox == []


@pytest.mark.parametrize(
    ("day", "offset"),
    [("2027-03-27", 1), ("2027-03-28", 2), ("2027-10-30", 2), ("2027-10-31", 1)],
)
def test_weekends_on_which_the_clock_changes(
    manager, council, mailoutbox, django_capture_on_commit_callbacks, day, offset
):
    start = datetime.fromisoformat(day).replace(tzinfo=AMSTERDAM)
    add(manager, council, django_capture_on_commit_callbacks, start=start)
    content, _mimetype = mailoutbox[0].alternatives[0]
    event = Calendar.from_ical(content).walk("VEVENT")[0]
    assert event.start.strftime("%Y-%m-%d %H:%M") == f"{day} 19:30"
    assert event.start.utcoffset() == timedelta(hours=offset)
    assert event.end - event.start == timedelta(hours=1, minutes=30)
    assert "van 19.30 tot 21.00 uur" in mailoutbox[0].body
    # The zone in the mail itself says the same as the database of time zones.
    zone = Calendar.from_ical(content).walk("VTIMEZONE")[0].to_tz()
    assert event.start.replace(tzinfo=zone).utcoffset() == timedelta(hours=offset)


def test_actions_come_back_until_they_are_done(manager, council, north):
    def meeting(days, of=council):
        start = timezone.now() + timedelta(days=days)
        return CouncilMeeting.objects.create(
            council=of, starts_at=start, ends_at=start + timedelta(hours=1)
        )

    first, second, third = meeting(-60), meeting(-5), meeting(30)
    action = ActionPoint.objects.create(meeting=first, text="Lamp maken", owner="Team Licht")
    ActionPoint.objects.create(
        meeting=meeting(-50, make.CouncilFactory(area=north)), text="Van een ander", owner="X"
    )
    for later in (second, third):
        html = manager.get(reverse(f"{BASE}:edit", args=[later.pk])).content.decode()
        assert "Lamp maken" in html
        assert "Van een ander" not in html
        assert reverse(f"{BASE}:edit", args=[first.pk]) in html
    action.done_on = timezone.localdate()
    action.save()
    html = manager.get(reverse(f"{BASE}:edit", args=[third.pk])).content.decode()
    assert "Lamp maken" not in html
    assert "Er staat niets meer open" in html


def test_only_adopted_minutes_are_public_and_nothing_else_of_a_meeting(client, council):
    start = timezone.now() - SOON
    meeting = CouncilMeeting.objects.create(
        council=council,
        starts_at=start,
        ends_at=start + timedelta(hours=1),
        participants="De Voorzitter Zelf",
        minutes="<p>De brug blijft open.</p>",
    )
    ActionPoint.objects.create(meeting=meeting, text="Geheime actie", owner="Team Brug")
    for state, public in (("concept", False), ("ter-goedkeuring", False), ("vastgesteld", True)):
        meeting.state = state
        meeting.save()
        html = client.get(council.get_absolute_url()).content.decode()
        assert ("De brug blijft open." in html) is public, state
        assert "De Voorzitter Zelf" not in html
        assert "Geheime actie" not in html


def test_meetings_of_others_stay_closed(manager, council, west, make_user, login):
    other = make.CouncilFactory(area=west, name="Dorpsraad West")
    start = timezone.now() + SOON
    meeting = CouncilMeeting.objects.create(
        council=other, starts_at=start, ends_at=start + timedelta(hours=1), place_name="Westhuis"
    )
    assert "Dorpsraad West" not in re.sub(
        "<select.*?</select>", "", manager.get(reverse(f"{BASE}:list")).content.decode(), flags=re.S
    )
    for view in ("edit", "delete", "history", "usage"):
        response = manager.get(reverse(f"{BASE}:{view}", args=[meeting.pk]))
        assert response.status_code in REFUSED, view
    resend = reverse("councils_resend", args=[meeting.pk])
    assert manager.get(resend).status_code == 404
    assert manager.post(resend).status_code == 404
    manager.post(reverse(f"{BASE}:add"), form(other))
    assert CouncilMeeting.objects.count() == 1
    council.area = west
    council.save()
    own = CouncilMeeting.objects.create(
        council=council, starts_at=start, ends_at=start + timedelta(hours=1)
    )
    assert manager.get(reverse(f"{BASE}:edit", args=[own.pk])).status_code in REFUSED
    western = login(make_user("west", groups=[west.manager_group]))
    assert western.get(reverse(f"{BASE}:edit", args=[own.pk])).status_code == 200


def test_nobody_deletes_a_meeting(manager, login, administrator, council):
    start = timezone.now() + SOON
    meeting = CouncilMeeting.objects.create(
        council=council, starts_at=start, ends_at=start + timedelta(hours=1)
    )
    for user in (manager, login(administrator)):
        user.post(reverse(f"{BASE}:delete", args=[meeting.pk]))
        assert CouncilMeeting.objects.filter(pk=meeting.pk).exists()


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"ends_at": "01-01-2020 10:00"}, "Het overleg eindigt voordat het begint"),
        ({"state": "vastgesteld"}, "Er is nog geen verslag om vast te stellen"),
        ({"starts_at": ""}, "Dit veld is verplicht"),
    ],
)
def test_refusals_keep_what_was_typed(manager, council, mailoutbox, values, message):
    response = manager.post(reverse(f"{BASE}:add"), form(council, **values))
    html = response.content.decode()
    assert response.status_code == 200
    assert message in html
    assert "Dorpshuis, Dorpsstraat 1" in html
    assert mailoutbox == []


def test_the_database_keeps_out_what_cannot_be(council):
    start = timezone.now()
    for values in (
        {"ends_at": start - timedelta(hours=1)},
        {"ends_at": start + timedelta(hours=1), "state": "vastgesteld"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            CouncilMeeting.objects.create(council=council, starts_at=start, **values)


def test_who_was_there_is_forgotten(council, settings, capsys):
    settings.COUNCIL_MEMBER_RETENTION_DAYS = 30
    for days in (-40, -10):
        end = timezone.now() + timedelta(days=days)
        meeting = CouncilMeeting.objects.create(
            council=council,
            starts_at=end - timedelta(hours=1),
            ends_at=end,
            participants="De secretaris",
        )
        Invitation.objects.create(
            meeting=meeting, address="secretaris@example.nl", method="REQUEST", sequence=0
        )
    call_command("purge_expired")
    assert "secretaris" not in capsys.readouterr().out
    kept = CouncilMeeting.objects.exclude(participants="").get()
    assert kept.ends_at > timezone.now() - timedelta(days=20)
    assert Invitation.objects.get().meeting == kept


def test_queries_of_the_list_do_not_grow(manager, council, django_assert_num_queries):
    def fill(count):
        for _ in range(count):
            meeting = CouncilMeeting.objects.create(
                council=make.CouncilFactory(area=council.area),
                starts_at=timezone.now(),
                ends_at=timezone.now() + timedelta(hours=1),
            )
            Invitation.objects.create(
                meeting=meeting, address="x@example.nl", method="REQUEST", sequence=0
            )

    fill(2)
    manager.get(reverse(f"{BASE}:list"))
    with CaptureQueriesContext(connection) as few:
        manager.get(reverse(f"{BASE}:list"))
    assert len(few) <= 25
    fill(8)
    with django_assert_num_queries(len(few)):
        manager.get(reverse(f"{BASE}:list"))


def test_list_leads_to_the_form(manager, council):
    meeting = CouncilMeeting.objects.create(
        council=council,
        starts_at=timezone.now(),
        ends_at=timezone.now() + timedelta(hours=1),
        cancelled=True,
    )
    page = BeautifulSoup(manager.get(reverse(f"{BASE}:list")).content, "html.parser")
    assert page.select_one("td.title a")["href"] == reverse(f"{BASE}:edit", args=[meeting.pk])
    assert "Nee, afgezegd" in page.get_text()


def test_council_that_met_is_not_deleted(login, administrator, council):
    """It would take invitations along that nobody then calls off; put it out of use instead."""
    start = timezone.now() + timedelta(days=3)
    CouncilMeeting.objects.create(
        council=council, starts_at=start, ends_at=start + timedelta(hours=1)
    )
    address = reverse("wagtailsnippets_councils_council:delete", args=[council.pk])
    client = login(administrator)
    assert client.get(address).status_code == 200
    assert client.post(address).status_code in {302, 403}
    assert type(council).objects.filter(pk=council.pk).exists()
