"""Councils and the agenda's ledger in a real browser: what a manager and a resident see."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect
from wagtail.models import PageViewRestriction

from areas.agenda.models import AgendaAction, AgendaItemPage
from areas.councils.models import ActionPoint, CouncilMeeting, Invitation
from tests.factories import pages as make


@pytest.fixture
def council(north):
    """A council with a member, an open agreement, adopted minutes and a meeting to come."""
    council = make.CouncilFactory(area=north)
    make.CouncilMemberFactory(council=council)
    make.AgreementFactory(council=council, public=True)
    start = timezone.now() - timedelta(days=40)
    past = CouncilMeeting.objects.create(
        council=council,
        starts_at=start,
        ends_at=start + timedelta(hours=1),
        minutes="<p>Wij spraken over licht op het pad.</p>",
        state="vastgesteld",
    )
    ActionPoint.objects.create(meeting=past, text="Lamp maken", owner="Team Licht")
    coming = start + timedelta(days=60)
    meeting = CouncilMeeting.objects.create(
        council=council, starts_at=coming, ends_at=coming + timedelta(hours=1)
    )
    Invitation.objects.create(
        meeting=meeting, address="raad@example.nl", method="REQUEST", sequence=0, error="Weigert."
    )
    return council


@pytest.fixture
def item(north):
    """An item with actions and a history, whose end has passed."""
    agenda = make.AgendaPageFactory(parent=north, slug="agenda")
    item = make.AgendaItemPageFactory(parent=agenda, title="Zebrapad", end_date=date(2026, 5, 1))
    AgendaAction.objects.create(item=item, text="Tekenen")
    make.ProgressUpdateFactory(item=item)
    item = AgendaItemPage.objects.get(pk=item.pk)
    item.end_date, item.change_reason = date(2026, 6, 1), "De aannemer kan pas later."
    item.save_revision().publish()
    return item


def test_public_pages_are_sound(page, live_server, council, item, assert_sound):
    for address, words in [
        (council.get_absolute_url(), "Verslagen van het overleg"),
        (item.get_url(), "De aannemer kan pas later."),
    ]:
        page.goto(live_server.url + address)
        expect(page.get_by_text(words)).to_be_visible()
        assert_sound(page)


def test_door_of_a_closed_page_is_sound(page, live_server, home, assert_sound, complaints):
    closed = make.ContentPageFactory(parent=home, slug="plan")
    PageViewRestriction.objects.create(page=closed, restriction_type="password", password="sesam")
    page.goto(f"{live_server.url}/plan/")
    assert_sound(page)
    page.locator("main").get_by_label("Wachtwoord").fill("mis")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_be_visible()
    assert_sound(page)


def test_forms_about_councils_are_sound(
    page, live_server, browser_login, area_manager, council, assert_sound
):
    browser_login(area_manager)
    meeting = council.meetings.get(state="concept")
    addresses = [
        reverse(f"wagtailsnippets_councils_{kind}:{view}", args=args)
        for kind, row in [
            ("councilmeeting", meeting),
            ("councilmember", council.members.get()),
            ("agreement", council.agreements.get()),
        ]
        for view, args in [("list", []), ("edit", [row.pk])]
    ]
    for address in [*addresses, reverse("councils_resend", args=[meeting.pk])]:
        page.goto(live_server.url + address)
        expect(page.locator("main")).to_contain_text(council.name)
        assert_sound(page, "main")


def test_manager_says_in_one_click_that_an_item_still_holds(
    page, live_server, browser_login, area_manager, item
):
    browser_login(area_manager)
    page.goto(f"{live_server.url}/beheer/")
    page.get_by_role("button", name="Klopt nog: Zebrapad").press("Enter")
    expect(page.get_by_text("klopt nog. Dat staat vanaf nu")).to_be_visible()
    expect(page.get_by_role("button", name="Klopt nog: Zebrapad")).to_have_count(0)
    page.goto(live_server.url + item.get_url())
    expect(page.get_by_text("Nagekeken: dit klopt nog")).to_be_visible()
