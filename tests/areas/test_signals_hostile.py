"""What an attacker found, each tried again."""

from datetime import timedelta

import pytest
from django.contrib.gis.geos import Point
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageViewRestriction

from areas.agenda.models import AgendaItemPage
from areas.councils.models import CouncilMeeting
from areas.signals.models import Signal, SignalMail
from areas.signals.services import handling, linking
from areas.signals.services.merging import merge
from cms.files.checking import check_file
from cms.sheets.reading import SheetError, read_sheet
from tests.areas.room import sign_in
from tests.areas.test_asking import ask
from tests.areas.test_rollover import FORM, address, next_agenda, publish
from tests.areas.uploads import jpeg, pdf
from tests.factories import pages as make
from tests.factories import signals as brought

pytestmark = pytest.mark.django_db


@pytest.fixture
def council(north):
    cache.clear()
    return brought.council_in(north)


def fresh(signal) -> Signal:
    return Signal.objects.for_list().get(pk=signal.pk)


def test_pdf_of_nothing_but_escapes_is_refused():
    """Writing them out takes a second for each thousand bytes that were sent."""
    hostile = pdf().replace(b"startxref", b"%" + b"#41" * 30_000 + b"\nstartxref")
    with pytest.raises(ValidationError):
        check_file(SimpleUploadedFile("plan.pdf", hostile, "application/pdf"))


def test_refused_form_tells_nothing_of_the_signal_it_was_given(
    login, area_manager, council, north, west
):
    meeting = CouncilMeeting.objects.create(
        council=council,
        starts_at=timezone.now(),
        ends_at=timezone.now() + timedelta(hours=1),
    )
    secret = brought.from_resident(west, subject="Ruzie met de buurman", confirmed=False)
    form = {
        "council": council.pk,
        "starts_at": "01-06-2027 10:00",
        "ends_at": "01-06-2027 11:00",
        "place_name": "",
        "geometry": "",
        "participants": "",
        "minutes": "null",
        "state": "concept",
        "agenda_points-TOTAL_FORMS": 1,
        "agenda_points-INITIAL_FORMS": 0,
        "agenda_points-0-title": "Oversteek",
        "agenda_points-0-ORDER": 1,
        "agenda_points-0-signal": secret.pk,
        "action_points-TOTAL_FORMS": 0,
        "action_points-INITIAL_FORMS": 0,
    }
    edit = reverse("wagtailsnippets_councils_councilmeeting:edit", args=[meeting.pk])
    # Also where the form is refused for something else.
    for wrong in ({}, {"ends_at": "01-06-2027 09:00"}):
        page = login(area_manager).post(edit, form | wrong)
        assert page.status_code == 200
        text = page.content.decode()
        assert "Dit is niet uit het gebied van deze raad" in text
        assert "Ruzie met de buurman" not in text
        assert secret.reference not in text
    assert not meeting.agenda_points.exists()


def test_words_of_an_action_stay_with_the_council(client, council, area_manager):
    CouncilMeeting.objects.create(
        council=council,
        starts_at=timezone.now(),
        ends_at=timezone.now() + timedelta(hours=1),
    )
    signal = brought.from_council(council, public=True)
    action = linking.make_action_point(
        signal=signal, version=0, user=area_manager, text="Bel mevrouw Jansen", owner="Team"
    )
    action.done_on = timezone.localdate()
    action.save()
    page = client.get(fresh(signal).get_absolute_url()).content.decode()
    assert "Wij maken hiervan een actiepunt." in page
    assert "Het actiepunt is klaar" in page
    assert "Jansen" not in page


def test_double_of_a_double_reads_along_from_the_second_join_only(client, north, area_manager):
    from areas.signals.links import status_token

    first, second, third = (brought.from_resident(north, subject=f"Vraag {n}") for n in range(3))
    merge(signal=first, into=second, version=0, user=area_manager)
    handling.answer(signal=third, version=0, user=area_manager, text="Antwoord aan u alleen.")
    handling.reopen(signal=fresh(third), text="Mijn man is ziek.")
    merge(signal=fresh(second), into=fresh(third), version=fresh(second).version, user=area_manager)
    page = client.get(reverse("signal_status", args=[status_token(fresh(first))]))
    text = page.content.decode()
    assert "Mijn man is ziek." not in text
    assert "Antwoord aan u alleen." not in text
    third_now = fresh(third)
    handling.answer(
        signal=third_now, version=third_now.version, user=area_manager, text="Er komt een bankje."
    )
    page = client.get(reverse("signal_status", args=[status_token(fresh(first))]))
    assert "Er komt een bankje." in page.content.decode()


def test_closed_agenda_stays_closed_in_the_new_period(login, area_manager, client, north):
    agenda = make.AgendaPageFactory(parent=north, slug="agenda", title="Gebiedsagenda 2026-2027")
    item = make.AgendaItemPageFactory(parent=agenda, title="Geheim plan")
    PageViewRestriction.objects.create(page=agenda, restriction_type="login")
    manager = login(area_manager)
    manager.post(address(agenda), FORM)
    publish(manager, next_agenda())
    moved = AgendaItemPage.objects.get(pk=item.pk)
    assert moved.get_parent().pk == next_agenda().pk
    answer = client.get(moved.get_url())
    assert answer.status_code == 302
    assert "Geheim plan" not in answer.content.decode()


def test_signal_far_from_home_does_not_break_the_pack(council, north, mailoutbox):
    council.geometry = Point(4.84, 52.39, srid=4326)
    council.save()
    brought.from_council(council, subject="Ver weg", geometry=Point(4.56, 52.21, srid=4326))
    room = sign_in("secretaris-dorpsraad-lijnden@example.nl", mailoutbox)
    answer = room.get("/raadskamer/stukken/")
    assert answer.status_code == 200
    assert "Ver weg" in answer.content.decode()


def test_reference_that_is_none_is_not_found(council, mailoutbox):
    room = sign_in("secretaris-dorpsraad-lijnden@example.nl", mailoutbox)
    for reference in ("%00", "x", "0000-0000"):
        assert room.get(f"/raadskamer/signalen/{reference}/").status_code == 404


def test_title_of_a_guarded_item_is_not_told(client, council, north, area_manager):
    agenda = make.AgendaPageFactory(parent=north, slug="agenda")
    item = make.AgendaItemPageFactory(parent=agenda, title="Geheim plan")
    PageViewRestriction.objects.create(page=item, restriction_type="login")
    signal = brought.from_council(council, public=True)
    linking.link_agenda_item(signal=signal, version=0, user=area_manager, item=item)
    page = client.get(fresh(signal).get_absolute_url()).content.decode()
    assert "Geheim plan" not in page


def test_council_out_of_use_is_mailed_no_more(council, area_manager):
    signal = brought.from_council(council)
    council.active = False
    council.save()
    handling.answer(signal=fresh(signal), version=0, user=area_manager, text="Ja.")
    told = SignalMail.objects.filter(step__kind="beantwoord")
    assert not told.exists()


def test_page_of_the_room_is_nobody_elses(council, mailoutbox):
    sign_in("secretaris-dorpsraad-lijnden@example.nl", mailoutbox)
    assert Client().get("/raadskamer/stukken/").status_code == 302


def test_files_of_who_keeps_getting_it_wrong_wait_no_longer(client, north):
    """Each wrong try with good files put them on the disk."""
    cache.clear()
    form = {"soort": "vraag", "onderwerp": "", "uitleg": "x", "email": "a@example.nl"}
    held = []
    for _number in range(12):
        photo = SimpleUploadedFile("foto.jpg", jpeg(), "image/jpeg")
        page = client.post("/vraag-of-initiatief/formulier/", form | {"bijlagen": photo})
        assert page.status_code == 422
        held.append("Deze bestanden hebben wij al" in page.content.decode())
    assert held == [True] * 10 + [False] * 2
    assert "Kies uw bestanden opnieuw" in page.content.decode()


def test_confirmation_holds_no_words_of_the_stranger(client, north, mailoutbox):
    cache.clear()
    ask(client, onderwerp="Win nu op www.example.nl")
    (mail,) = mailoutbox
    assert "/bevestigen/" in mail.body
    assert "www.example.nl" not in mail.body


def test_table_of_too_much_text_is_refused():
    """A small file can unpack to gigabytes of cells."""
    text = "a" * 30_000
    lines = "id;titel\n" + "".join(f";{text}\n" for _row in range(150))
    with pytest.raises(SheetError, match="te veel tekst"):
        read_sheet(lines.encode())
