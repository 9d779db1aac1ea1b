"""Ways around the rules of newsletters, as somebody who looks for them would try."""

from datetime import UTC, date, datetime

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from newsletters import services
from newsletters.bounces.reports import Report
from newsletters.bounces.services import record
from newsletters.drafts.services import make_due_drafts
from newsletters.models import (
    AddressList,
    Approval,
    AreaNewsletter,
    Bounce,
    Delivery,
    Mailing,
    Overview,
    Subscription,
)
from newsletters.overview.services import make_due
from tests.factories import history, pages, participation
from tests.factories import newsletters as make

from .conftest import approve, link, send_now, tick
from .test_approval import decide, newest, rewrite, seen_by, text, url
from .test_lists import HEAD, emails, plan
from .test_permissions import is_denied
from .test_rhythm import data as settling
from .test_rhythm import url as settling_url

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(area_manager, login):
    return login(area_manager)


@pytest.fixture
def colleague(newsletter_editor, login):
    return login(newsletter_editor)


def test_an_approval_that_was_taken_back_lets_nobody_approve_own_work(
    manager, colleague, edition, area_manager, newsletter_editor, subscriber, sink
):
    rewrite(edition, area_manager, title="Licht bij de school")
    decide(colleague, edition)
    assert Mailing.objects.get().state == "approved"
    colleague.post(url(edition, "goedkeuring/intrekken"))
    assert not Mailing.objects.exists()
    seen = seen_by(colleague, edition)

    assert "U schreef zelf mee" in text(decide(manager, edition, seen=seen))
    manager.post(url(edition), {"wanneer": "nu"})
    tick()
    assert sink.counts == {}
    # What a change ended stays seen by two: who only corrects is judged by who wrote the rest.
    decide(colleague, edition)
    rewrite(edition, newsletter_editor, title="Licht bij de school!")
    assert Approval.objects.filter(changed=True).exists()
    decide(manager, edition)
    assert Mailing.objects.get().state == "approved"


def test_an_alias_is_not_sent_and_says_why(manager, edition, area_manager, subscriber, north, sink):
    rewrite(edition, area_manager, title="Licht bij de school")
    edition = newest(edition)
    edition.get_latest_revision().publish()
    alias = newest(edition).create_alias(parent=north, update_slug="kopie", user=area_manager)

    asked = manager.post(url(alias, "goedkeuring/vragen"), follow=True)
    assert "is een kopie die meeverandert" in text(asked)
    decide(manager, alias, seen="0" * 64)
    assert manager.get(url(alias, "vullen")).status_code in (200, 404)
    manager.post(url(alias), {"wanneer": "nu"})
    tick()
    assert not Mailing.objects.exists()
    assert sink.counts == {}


def test_who_switches_to_overviews_while_an_edition_is_paused_gets_it_in_the_overview(
    client, north, sink
):
    at = datetime(2026, 10, 30, 9, tzinfo=UTC)
    edition = make.NewsletterPageFactory(parent=north, title="Licht bij de school", slug="licht")
    mailing = Mailing.objects.create(
        edition=edition,
        state="paused",
        send_at=at,
        started_at=at,
        subject="Licht bij de school",
        from_email="post@example.nl",
        list_id="x",
        audience={"areas": [north.pk], "councils": []},
    )
    switched = make.SubscriptionFactory(email="overstapper@example.nl", areas=[north])
    council = pages.CouncilFactory(area=north, name="Dorpsraad", slug="dorpsraad")
    shared = make.SubscriptionFactory(email="raad@example.nl", areas=[north])
    pages.CouncilAddressFactory(council=council, email=shared.email)
    mailing.audience["councils"] = [council.pk]
    mailing.save()
    for row in (switched, shared):
        Delivery.objects.create(
            mailing=mailing, address=row.email, subscription=row, reason="u dat wilde"
        )
    Subscription.objects.update(frequency=Subscription.Frequency.MONTHLY)

    make_due(now=datetime(2026, 11, 1, 8, tzinfo=UTC))
    Mailing.objects.filter(pk=mailing.pk).update(state="sending")
    tick()
    tick()
    # The council gets the edition itself, as it would have; nobody gets both, and nobody neither.
    assert sink.counts == {switched.email: 1, shared.email: 1}
    subjects = {message["To"]: message["Subject"] for message in sink.messages}
    assert subjects[switched.email] == "Nieuwsoverzicht van oktober 2026"
    assert subjects[shared.email] == "Licht bij de school"


def test_a_bounce_that_comes_after_forgetting_brings_no_address_back(
    login, administrator, edition, subscriber, sink
):
    send_now(login(administrator), edition)
    tick()
    delivery = Delivery.objects.get(address=subscriber.email)
    services.forget(subscription=subscriber)
    words = f"550 5.1.1 <{subscriber.email}> bestaat niet"
    assert record(report=Report(delivery.pk, Bounce.Kind.HARD, "5.1.1", words))
    assert "example.nl" not in Bounce.objects.get().words
    assert Bounce.objects.get().status == "5.1.1"


def test_an_absurd_version_of_a_plan_is_an_old_one(manager, north):
    shops = make.AddressListFactory(area=north)
    shown = plan(manager, shops, HEAD, ["bakker@example.nl", "Bakker", "markt", ""])
    path = shown.request["PATH_INFO"]
    for version in ("9" * 5000, "-1", "x", ""):
        assert manager.post(path, {"version": version}).status_code == 200
    assert emails(shops) == []


def test_what_stands_in_each_draft_counts_as_written_by_who_settled_it(
    manager, colleague, north, subscriber, sink
):
    saved = manager.post(settling_url(north), settling(opening="Stem op mij."))
    assert saved.status_code == 302
    history.item_of(north)
    AreaNewsletter.objects.update(counts_from=history.days(-400), first_on=history.days(-5))
    make_due_drafts()
    draft = north.rhythm_drafts.get().page
    assert "Stem op mij" in str(draft.body)

    seen = seen_by(colleague, draft)
    assert "U schreef zelf mee" in text(decide(manager, draft, seen=seen))
    manager.post(url(draft), {"wanneer": "nu"})
    tick()
    assert sink.counts == {}


def test_counting_an_audience_tells_no_title_that_is_not_public(manager, west, north):
    hidden = participation.ProjectPageFactory(parent=west, title="Geheim sloopplan", live=False)
    public = participation.ProjectPageFactory(parent=west, title="Fietspad De Hoek")
    path = "/beheer/nieuwsbrieven/aantal/"
    answer = manager.post(path, {"to_pages": [hidden.pk, public.pk]}).json()["text"]
    assert "Geheim" not in answer
    assert "Fietspad De Hoek" in answer


def test_links_that_no_database_can_look_up_are_only_wrong(colleague, north):
    hrefs = (
        "/%00/",
        "http://127.0.0.1:8000/nieuws%00/",
        "/documents/99999999999999999999/x.pdf",
        f"/documents/{'9' * 5000}/x.pdf",
        "https://[::1",
    )
    links = "".join(f'<p><a href="{href}">Link</a></p>' for href in hrefs)
    text = make.block("text", links)
    edition = make.NewsletterPageFactory(parent=north, body=make.body(text), to=[north])
    page = colleague.get(url(edition, "controle"))
    assert page.status_code == 200
    assert len(page.context["errors"]) == len(hrefs)


def test_screens_are_there_for_nobody_else(
    login, client, north, west, edition, subscriber, manager_west, make_user, council
):
    sent = make.NewsletterPageFactory(parent=north, to=[north, council])
    approve(sent)
    shops = make.AddressListFactory(area=north)
    member = make.ListMemberFactory(address_list=shops)
    month = Overview.objects.create(month=date(2026, 10, 1))
    names = "verzenden vullen controle voorbeeld goedkeuring/vragen goedkeuring proef annuleren"
    names += " goedkeuring/intrekken pauzeren doorgaan opnieuw stand ontvangers"
    paths = [url(one, name) for one in (edition, sent) for name in names.split()]
    lists = f"/beheer/nieuwsbrieven/lijsten/{shops.pk}/"
    more = ("", "toevoegen/", f"verwijderen/{member.pk}/", "importeren/", "exporteren/")
    paths += [f"{lists}{name}" for name in more]
    paths += [f"/beheer/nieuwsbrieven/lijsten/{what}/{shops.pk}/" for what in ("edit", "delete")]
    paths += [settling_url(north), "/beheer/nieuwsbrieven/maandoverzichten/"]
    paths += [f"/beheer/nieuwsbrieven/maandoverzichten/{month.pk}/"]
    nobody = make_user("niemand", groups=[])
    nobody.user_permissions.add(Permission.objects.get(codename="access_admin"))
    for who in (client, login(manager_west), login(make_user("bezoeker")), login(nobody)):
        for path in paths:
            for response in (who.get(path), who.post(path, {"wanneer": "nu", "actie": "cancel"})):
                assert is_denied(response) or response.status_code == 405, path
    assert Mailing.objects.get().state == "approved"
    assert shops.members.count() == 1


def test_an_edition_that_was_sent_stays_so_that_people_can_leave(
    login, client, administrator, north, edition, subscriber, sink
):
    admin = login(administrator)
    send_now(admin, edition)
    tick()
    [message] = [one for one in sink.messages if one["To"] == subscriber.email]
    leave = link("afmelden", message["List-Unsubscribe"])
    delete = reverse("wagtailadmin_pages:delete", args=[edition.pk])
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    above = reverse("wagtailadmin_pages:delete", args=[north.pk])
    refused = admin.post(delete, follow=True)
    assert "Haal hem van de site" in text(refused)
    admin.post(f"{bulk}?id={edition.pk}", {"next": "/beheer/"})
    admin.post(above, {"confirm_site_name": "x"})
    assert newest(edition)
    # Off the site it may go, and after two years, when its addresses are wiped, it may go at all.
    admin.post(reverse("wagtailadmin_pages:unpublish", args=[edition.pk]))
    assert not newest(edition).live
    assert client.post(leave, {"List-Unsubscribe": "One-Click"}).status_code == 200
    subscriber.refresh_from_db()
    assert subscriber.state == "unsubscribed"
    Delivery.objects.update(finished_at=history.moment(-800))
    services.purge()
    admin.post(delete)
    assert not Mailing.objects.exists()


def test_a_list_past_its_last_day_gets_nothing_while_it_waits_to_be_removed(
    manager, edition, north, sink
):
    shops = make.AddressListFactory(area=north, keep_until=history.days(0))
    gone = make.AddressListFactory(area=north, keep_until=history.days(-1))
    make.ListMemberFactory(address_list=gone, email="voorbij@example.nl")
    member = make.ListMemberFactory(address_list=shops, email="vandaag@example.nl")
    late = make.ListMemberFactory(address_list=shops, email="later@example.nl")
    ends = make.AddressListFactory(area=north, keep_until=history.days(5))
    waits = make.ListMemberFactory(address_list=ends, email="wacht@example.nl")
    edition.to_lists.set([shops, gone, ends])
    edition.save()
    approve(edition)
    addresses = set(Delivery.objects.values_list("address", flat=True))
    assert addresses == {member.email, late.email, waits.email}
    AddressList.objects.filter(pk=ends.pk).update(keep_until=history.days(-1))
    send_now(manager, edition)
    tick()
    assert sink.counts == {member.email: 1, late.email: 1}
