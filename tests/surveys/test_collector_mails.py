"""Invitations through a real mail server: once each, one reminder, and no trace of who answered."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from surveys.collecting.mails import send_invitations
from surveys.collecting.services import invite
from surveys.models import Collector, Invitation, InvitationMail, InvitedAddress, Response
from tests.factories import surveys as make
from tests.newsletters.conftest import link, parts, sink  # noqa: F401
from tests.surveys.helpers import field, full_answers, text_of
from tests.surveys.test_collectors import address, collector_of, filled, submit

pytestmark = pytest.mark.django_db
FIVE = [f"lid{number}@example.nl" for number in range(1, 6)]


@pytest.fixture
def survey(north):
    return make.SurveyPageFactory(parent=north)


@pytest.fixture
def panel(survey):
    return collector_of(
        survey, name="Panel", kind="panel", access="uitnodiging", reminder_days=7,
        mail_text="Beste leden,\nHet gaat om <b>de speelplek</b>.\x07\n\nDoet u mee?",
    )  # fmt: skip


def later(days: int) -> None:
    """Let so many days go by for the mails that went out."""
    for row in InvitationMail.objects.filter(sent_at__isnull=False):
        row.sent_at -= timedelta(days=days)
        row.save()


def links_of(sink) -> dict[str, str]:  # noqa: F811
    """The newest personal link by address."""
    return {message["To"]: link("toegang=", parts(message)[0]) for message in sink.messages}


def test_invited_once_reminded_once_and_forgotten_when_answered(
    sink, client, survey, panel, django_assert_max_num_queries  # noqa: F811
):  # fmt: skip
    assert invite(collector=panel, addresses=FIVE) == 5
    assert invite(collector=panel, addresses=["LID1@example.nl", *FIVE[1:]]) == 0
    sink.answers = {FIVE[4]: "451 try again later"}
    call_command("tick", "--only", "survey-invitations")
    assert sink.counts == dict.fromkeys(FIVE[:4], 1)
    sink.answers = {}
    send_invitations()
    send_invitations()
    assert sink.counts == dict.fromkeys(FIVE, 1)

    message = sink.messages[0]
    plain, html = parts(message)
    assert message["Subject"].strip() == f"Wilt u onze enquête invullen? {survey.title}"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "Het gaat om <b>de speelplek</b>." in plain
    assert "&lt;b&gt;de speelplek" in html
    assert "\x07" not in plain + html
    assert "Doet u mee?" in plain
    assert "U kunt antwoorden tot" in plain

    mine = links_of(sink)
    with django_assert_max_num_queries(12):
        page = client.get(mine[FIVE[0]])
    assert page.status_code == 200
    assert "no-store" in page["Cache-Control"]
    answers = filled(page)
    with django_assert_max_num_queries(10):
        assert submit(client, survey, answers).url.endswith("/bedankt/")
    assert submit(client, survey, answers).url.endswith("/bedankt/")
    assert Response.objects.get().collector == panel
    assert not Invitation.objects.filter(email=FIVE[0]).exists()
    used = client.get(mine[FIVE[0]])
    assert used.status_code == 410
    assert "al geantwoord" in text_of(used)
    again = submit(client, survey, answers | {field(make.SHORT): "Nog eens"})
    assert again.status_code == 422
    assert "Nog eens" in again.content.decode()
    # Who answered is not invited anew.
    assert invite(collector=panel, addresses=FIVE) == 0
    assert Collector.objects.get(pk=panel.pk).invited == 5

    # The second wants no more mail; a look at the link changes nothing.
    second = next(message for message in sink.messages if message["To"] == FIVE[1])
    stop = link("uitnodiging/", parts(second)[0])
    assert "Wilt u geen herinnering meer?" in text_of(client.get(stop))
    other = Client(enforce_csrf_checks=True)
    assert "geen herinnering meer" in text_of(other.post(stop, {"List-Unsubscribe": "One-Click"}))

    send_invitations()
    later(6)
    send_invitations()
    assert sum(sink.counts.values()) == 5
    later(1)
    send_invitations()
    send_invitations()
    silent = FIVE[:2]
    assert {one: sink.counts[one] for one in FIVE} == {
        one: 1 if one in silent else 2 for one in FIVE
    }
    assert sink.messages[-1]["Subject"].strip().startswith("Herinnering: ")
    later(30)
    send_invitations()
    assert sum(sink.counts.values()) == 8
    # Without a reminder the link still works.
    assert client.get(mine[FIVE[1]]).status_code == 200


def test_forged_links_open_nothing(client, survey, panel):
    invite(collector=panel, addresses=FIVE)
    one = Invitation.objects.first()
    for forged in ("", "x", one.pk.hex, one.pk.hex + "0" * 24, "\x00" * 32, "z" * 500):
        page = client.get(address(panel), {"toegang": forged})
        assert page.status_code in (403, 410), forged
        assert "Open de link in uw mail" in text_of(page)
        sent = submit(client, survey, full_answers() | {"ingang": panel.key, "toegang": forged})
        assert sent.status_code == 422
        assert "Maak er meer groen." in sent.content.decode()
    assert client.get(reverse("survey_no_reminder", args=["niets"])).status_code == 410
    assert not Response.objects.exists()


def test_nothing_goes_out_while_one_cannot_answer(sink, survey, panel):  # noqa: F811
    invite(collector=panel, addresses=FIVE)
    panel.refresh_from_db()
    panel.is_active = False
    panel.save()
    send_invitations()
    panel.is_active, panel.opens_at = True, timezone.now() + timedelta(hours=1)
    panel.save()
    send_invitations()
    assert sum(sink.counts.values()) == 0
    panel.opens_at = None
    panel.save()
    send_invitations()
    assert sum(sink.counts.values()) == 5
    survey.closes_at = timezone.now() - timedelta(days=1)
    survey.save()
    later(10)
    send_invitations()
    assert sum(sink.counts.values()) == 5
    call_command("purge_expired")
    assert Invitation.objects.count() == 5
    survey.opens_at, survey.closes_at = (timezone.now() - timedelta(days=n) for n in (60, 31))
    survey.save()
    call_command("purge_expired")
    assert not Invitation.objects.exists()
    assert not InvitedAddress.objects.exists()
    assert Collector.objects.get().invited == 5


def test_editor_pastes_addresses(login, area_manager, survey, panel):
    manager = login(area_manager)
    here = reverse("surveys_invitations", args=[survey.pk, panel.pk])
    few = manager.post(here, {"addresses": "een@example.nl"})
    assert few.status_code == 422
    assert "ten minste 5" in text_of(few)
    wrong = manager.post(here, {"addresses": "a@b@c.nl, goed@example.nl\nfout@\nook@fout"})
    assert wrong.status_code == 422
    assert "a@b@c.nl, fout@, ook@fout" in text_of(wrong)
    assert "goed@example.nl" in wrong.content.decode()
    assert manager.post(here, {}).status_code == 422
    assert not Invitation.objects.exists()
    pasted = "; ".join(f"Lid <{one}>" for one in FIVE) + "\n" + FIVE[0].upper()
    done = manager.post(here, {"addresses": pasted}, follow=True)
    assert "5 nieuwe uitnodigingen staan klaar" in text_of(done)
    assert Invitation.objects.count() == 5
    assert FIVE[0] not in done.content.decode()
    again = manager.post(here, {"addresses": pasted}, follow=True)
    assert "Al deze adressen waren al uitgenodigd" in text_of(again)
