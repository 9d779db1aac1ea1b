"""Who wrote an edition does not decide alone that it goes: asking, approving, lapsing, sending."""

import json
import re

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.db import IntegrityError, transaction
from django.urls import reverse
from wagtail.models import PageLogEntry, Site

from newsletters import services
from newsletters.approval.workflow import ensure_approval_workflow, workflow_of_editions
from newsletters.models import Approval, Delivery, Mailing, NewsletterPage, NewsletterSettings
from tests.factories import newsletters as make
from tests.factories import pages

from .conftest import approve, tick

pytestmark = pytest.mark.django_db


def url(edition, name="verzenden"):
    return f"/beheer/nieuwsbrieven/{edition.pk}/{name}/"


def newest(edition) -> NewsletterPage:
    return NewsletterPage.objects.get(pk=edition.pk)


def text(response) -> str:
    return response.content.decode()


def seen_by(client, edition) -> str:
    """What stands hidden in the form of who decides."""
    found = re.search(r'name="versie" value="([0-9a-f]{64})"', text(client.get(url(edition))))
    assert found, "there is no form to decide with"
    return found[1]


def decide(client, edition, choice="goedkeuren", words="", seen=None):
    data = {"besluit": choice, "woorden": words, "versie": seen or seen_by(client, edition)}
    return client.post(url(edition, "goedkeuring"), data, follow=True)


def rewrite(edition, user, title="Nieuwe kop", **values) -> None:
    """What the editor does who saves a draft."""
    draft = newest(edition).get_latest_revision_as_object()
    draft.title = title
    for name, value in values.items():
        setattr(draft, name, value)
    draft.save_revision(user=user, log_action=True)


@pytest.fixture
def written(edition, area_manager, subscriber):
    """An edition for the north, written by its manager; not published in this form."""
    rewrite(edition, area_manager, title="Licht bij de school")
    return edition


@pytest.fixture
def manager(area_manager, login):
    return login(area_manager)


@pytest.fixture
def colleague(newsletter_editor, login):
    return login(newsletter_editor)


def test_who_wrote_finds_no_way_to_send_alone(manager, written, sink, area_manager):
    page = text(manager.get(url(written)))
    assert "Wie aan de nieuwsbrief schreef, keurt hem niet goed" in page
    assert "Bevestig uw besluit" not in page
    assert "Ja, verzend naar" not in page
    draft = newest(written).get_latest_revision_as_object()
    seen = manager.get(url(written)).context["progress"].fingerprint

    assert "U schreef zelf mee" in text(decide(manager, written, seen=seen))
    refused = manager.post(url(written), {"wanneer": "nu"}, follow=True)
    assert "nog niet goedgekeurd" in text(refused)
    manager.post(url(written, "goedkeuring/vragen"))
    state = newest(written).current_workflow_state.current_task_state
    for name in ("approve", "reject"):
        manager.post(
            reverse("wagtailadmin_pages:workflow_action", args=[written.pk, name, state.pk])
        )
    data = {
        "title": draft.title,
        "slug": draft.slug,
        "date": "2026-11-02",
        "body-count": "0",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
    }
    edit = reverse("wagtailadmin_pages:edit", args=[written.pk])
    manager.post(edit, {**data, "action-workflow-action": "1", "workflow-action-name": "approve"})
    manager.post(edit, {**data, "action-publish": "1"})
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    manager.post(f"{bulk}?id={written.pk}", {"include_descendants": "on"})
    manager.post(url(written), {"wanneer": "nu"})
    manager.post(url(written, "doorgaan"))
    tick()
    assert not Mailing.objects.exists()
    assert not Approval.objects.exists()
    assert sink.counts == {}


def test_asking_sending_back_approving_and_sending(
    manager,
    colleague,
    written,
    subscriber,
    sink,
    settings,
    area_manager,
    newsletter_editor,
    django_capture_on_commit_callbacks,
):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    with django_capture_on_commit_callbacks(execute=True):
        asked = manager.post(url(written, "goedkeuring/vragen"), follow=True)
    assert "kregen een mail" in text(asked)
    assert "wacht op een collega" in text(asked)
    assert "wacht al op goedkeuring" in text(
        manager.post(url(written, "goedkeuring/vragen"), follow=True)
    )
    question = next(m for m in mail.outbox if m.to == [newsletter_editor.email])
    assert question.subject == "Wilt u deze nieuwsbrief nakijken? Licht bij de school"
    assert f"http://127.0.0.1:8000{url(written)}" in question.body
    assert all(m.to != [area_manager.email] for m in mail.outbox)
    assert "Licht bij de school" in text(colleague.get("/beheer/"))

    kept = decide(colleague, written, "terug")
    assert "Schrijf wat er anders moet" in text(kept)
    mail.outbox.clear()
    back = decide(colleague, written, "terug", "De datum <b>klopt</b> niet.")
    assert "teruggestuurd met uw uitleg" in text(back)
    [answer] = [m for m in mail.outbox if m.to == [area_manager.email]]
    assert "De datum <b>klopt</b> niet." in answer.body
    assert f"/beheer/pages/{written.pk}/edit/" in answer.body
    page = text(manager.get(url(written)))
    assert "De datum &lt;b&gt;klopt&lt;/b&gt; niet." in page
    assert "niet meer op goedkeuring" in text(
        decide(colleague, written, "terug", "Nog iets", seen="x")
    )

    rewrite(written, area_manager, title="Licht op 2 december")
    manager.post(url(written, "goedkeuring/vragen"))
    mail.outbox.clear()
    done = decide(colleague, written, words="Mooi zo")
    assert "is goedgekeurd" in text(done)
    [answer] = [m for m in mail.outbox if m.to == [area_manager.email]]
    assert "Licht op 2 december" in answer.subject + answer.body
    assert newest(written).live
    assert newest(written).title == "Licht op 2 december"
    page = text(manager.get(url(written)))
    assert "Toelichting: ‘Mooi zo’" in page
    assert "Ja, verzend naar 1 adres" in page

    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    tick()
    assert sink.counts == {}  # approving sends nothing
    assert manager.post(url(written), {"wanneer": "nu"}).url == url(written, "stand")
    tick()
    assert sink.counts == {subscriber.email: 1}
    assert sink.messages[0]["Subject"] == "Licht op 2 december"
    actions = set(PageLogEntry.objects.filter(page=written.pk).values_list("action", flat=True))
    assert {"newsletters.approve", "newsletters.confirm", "wagtail.workflow.start"} <= actions


def test_what_was_approved_is_what_goes(manager, colleague, written, north, subscriber, sink):
    stays = make.SubscriptionFactory(email="blijft@example.nl", areas=[north])
    make.SubscriptionFactory(email="geblokkeerd@example.nl", areas=[north])
    make.SuppressionFactory(email="geblokkeerd@example.nl")
    seen = seen_by(colleague, written)
    make.SubscriptionFactory(email="net-erbij@example.nl", areas=[north])
    decide(colleague, written, seen=seen)
    make.SubscriptionFactory(email="te-laat@example.nl", areas=[north])
    services.unsubscribe(email=subscriber.email)
    rows = text(colleague.get(url(written, "ontvangers")))
    for address in ("blijft", "net-erbij", "geblokkeerd"):
        assert f"{address}@example.nl" in rows
    assert "te-laat@example.nl" not in rows
    assert "Heeft zich afgemeld" in rows
    found = text(colleague.get(url(written, "ontvangers") + "?q=blijft"))
    assert stays.email in found
    assert "net-erbij" not in found
    masked = text(manager.get(url(written, "ontvangers")))
    assert "blijft@example.nl" not in masked
    assert "•••" not in text(manager.get(url(written, "ontvangers") + "?q=blijft@"))
    assert "Licht bij de school" in text(manager.get(url(written, "voorbeeld")))
    assert "@@" not in text(manager.get(url(written, "voorbeeld") + "?als=tekst"))
    assert manager.get(url(written, "voorbeeld") + "?als=../etc").status_code == 404
    manager.post(url(written), {"wanneer": "nu"})
    tick()
    assert sink.counts == {"blijft@example.nl": 1, "net-erbij@example.nl": 1}


@pytest.mark.parametrize("change", ["text", "audience", "in place"])
def test_an_approval_lapses_with_a_change_and_everybody_sees_it(
    change,
    manager,
    colleague,
    written,
    west,
    area_manager,
    newsletter_editor,
    django_capture_on_commit_callbacks,
):
    decide(colleague, written)
    newest(written).get_latest_revision_as_object().save_revision(user=area_manager)
    assert Mailing.objects.get().state == Mailing.State.APPROVED  # saved, and nothing changed
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        if change == "text":
            rewrite(written, area_manager)
        elif change == "audience":
            rewrite(written, area_manager, title="Licht bij de school", to_areas=[west])
        else:
            draft = newest(written).get_latest_revision_as_object()
            draft.summary = "Stiekem anders"
            draft.save_revision(user=area_manager, overwrite_revision=draft.latest_revision)
    [told] = mail.outbox
    assert told.to == [newsletter_editor.email]
    assert told.subject.startswith("De nieuwsbrief is veranderd na uw akkoord: ")
    assert url(written) in told.body
    assert not Mailing.objects.exists()
    assert not Delivery.objects.exists()
    page = text(manager.get(url(written)))
    assert "De goedkeuring van nieuwsbriefredacteur is vervallen" in page
    assert "Ja, verzend naar" not in page
    assert "nog niet goedgekeurd" in text(
        manager.post(url(written), {"wanneer": "nu"}, follow=True)
    )
    assert PageLogEntry.objects.filter(action="newsletters.lapse", user=area_manager).exists()
    assert Approval.objects.get().changed


def test_who_approved_may_be_judged_by_who_wrote_the_rest(
    manager, colleague, written, area_manager, newsletter_editor
):
    decide(colleague, written)
    rewrite(written, newsletter_editor, title="Met een punt.")
    assert "Bevestig uw besluit" not in text(colleague.get(url(written)))
    assert "is goedgekeurd" in text(decide(manager, written))
    assert Mailing.objects.get().subject == "Met een punt."


def test_of_two_decisions_one_holds_and_words_are_kept(
    colleague, written, area_manager, login, administrator
):
    seen = seen_by(colleague, written)
    rewrite(written, area_manager, title="Intussen anders")
    late = text(decide(colleague, written, words="Zo is het goed", seen=seen))
    assert "intussen veranderd" in late
    assert "Zo is het goed" in late
    assert not Mailing.objects.exists()
    seen = seen_by(colleague, written)
    decide(colleague, written, seen=seen)
    second = decide(login(administrator), written, seen=seen)
    assert "al goedgekeurd" in text(second)
    assert Approval.objects.count() == Mailing.objects.count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        Approval.objects.create(edition=written, fingerprint="x")
    with pytest.raises(IntegrityError), transaction.atomic():
        Mailing.objects.update(state=Mailing.State.SCHEDULED)  # without a moment
    for odd in ("", "x" * 65, "<script>", "0" * 64):
        data = {"besluit": "goedkeuren", "versie": odd, "woorden": "x" * 1001}
        assert login(administrator).post(url(written, "goedkeuring"), data).status_code in (
            200,
            302,
        )
    assert Approval.objects.count() == 1


def test_taking_back_and_calling_off(manager, colleague, written, area_manager, subscriber, sink):
    manager.post(url(written, "goedkeuring/vragen"))
    assert "Ingetrokken" in text(manager.post(url(written, "goedkeuring/intrekken"), follow=True))
    assert not newest(written).workflow_in_progress
    decide(colleague, written)
    manager.post(url(written, "goedkeuring/intrekken"))
    assert not Mailing.objects.exists()
    assert "niet meer op goedkeuring" in text(
        manager.post(url(written, "goedkeuring/intrekken"), follow=True)
    )
    decide(colleague, written)
    plan = {"wanneer": "later", "tijdstip": "2027-01-01T09:00"}
    manager.post(url(written), plan)
    rewrite(written, area_manager, title="Alleen op de site")
    assert Mailing.objects.get().state == Mailing.State.SCHEDULED  # goes as it was approved
    manager.post(url(written, "annuleren"))
    assert not Mailing.objects.exists()  # and what it is now, nobody approved
    assert "vervallen" in text(manager.get(url(written)))


def test_an_administrator_may_and_it_stands_on_record(login, administrator, written, area_manager):
    rewrite(written, administrator, title="Van de beheerder")
    client = login(administrator)
    assert "dat staat dan in de geschiedenis" in text(client.get(url(written)))
    assert "nog niet goedgekeurd" in text(client.post(url(written), {"wanneer": "nu"}, follow=True))
    decide(client, written)
    assert "mocht dat als beheerder" in text(client.get(url(written)))
    assert PageLogEntry.objects.get(action="newsletters.approve_own").user == administrator


def test_a_small_municipality_switches_it_off(manager, written, subscriber, sink):
    site = Site.objects.get(is_default_site=True)
    NewsletterSettings.objects.create(site=site, approval_needed=False)
    assert workflow_of_editions() is None
    page = text(manager.get(url(written)))
    assert "Ter goedkeuring" not in page
    assert "wijzigingen die nog niet zijn gepubliceerd" in page
    manager.post(url(written), {"wanneer": "nu"})
    tick()
    assert sink.counts == {subscriber.email: 1}
    assert sink.messages[0]["Subject"] == written.title  # what is live, as before


def test_errors_hold_back_and_advice_does_not(manager, colleague, written, area_manager, north):
    rewrite(written, area_manager, title="Nieuws van [naam]")
    page = text(colleague.get(url(written)))
    assert "Er staat nog ‘[naam]’" in page
    assert "Bevestig uw besluit" not in page
    seen = colleague.get(url(written)).context["progress"].fingerprint
    assert "De controle vond fouten" in text(decide(colleague, written, seen=seen))
    assert "De controle vond fouten" in text(
        manager.post(url(written, "goedkeuring/vragen"), follow=True)
    )
    assert not Mailing.objects.exists()
    item = pages.AgendaItemPageFactory(parent=pages.AgendaPageFactory(parent=north))
    body = [*written.body.raw_data, make.block("agenda_item", {"page": item.pk, "text": ""})]
    rewrite(written, area_manager, title="GRATIS BOMEN! Nu!!", body=json.dumps(body))
    assert "geen fouten" in text(colleague.get(url(written)))
    assert "is goedgekeurd" in text(decide(colleague, written))
    item.unpublish()  # what was right then need not be so when it goes
    assert "staat niet openbaar op de site" in text(manager.get(url(written)))
    refused = manager.post(url(written), {"wanneer": "nu"}, follow=True)
    assert "De controle vond fouten" in text(refused)
    assert Mailing.objects.get().state == Mailing.State.APPROVED


def test_each_role_sees_and_does_its_own(
    login,
    make_user,
    written,
    area_manager,
    manager_west,
    newsletter_editor,
    administrator,
    north,
    west,
):
    """What each role gets, while the edition waits; then for an edition that also goes west."""
    from surveys.services import ensure_editor_group as survey_editors

    writer = make_user("schrijver", groups=[Group.objects.get(name=f"Schrijvers {north.code}")])
    surveys = make_user("enquetes", groups=[survey_editors()])
    nobody = make_user("niemand")
    login(area_manager).post(url(written, "goedkeuring/vragen"))

    def gets(user, name) -> bool:
        return login(user).get(url(written, name)).status_code == 200

    def posts(user, name, **data) -> bool:
        return login(user).post(url(written, name), data).status_code != 404

    judge = {"verzenden", "controle", "voorbeeld", "ontvangers"}
    for user, seen in (
        (area_manager, judge),
        (newsletter_editor, judge),
        (administrator, judge),
        (writer, {"controle"}),
        (manager_west, set()),
        (surveys, set()),
    ):
        assert {name for name in judge if gets(user, name)} == seen, user
        if not seen:
            for name in ("goedkeuring", "goedkeuring/vragen", "goedkeuring/intrekken", "proef"):
                assert not posts(user, name, besluit="goedkeuren", versie="x"), (user, name)
    assert not gets(nobody, "verzenden")
    assert "/beheer/login/" in nobody_url(written)
    for name in ("goedkeuring", "goedkeuring/vragen", "goedkeuring/intrekken"):
        assert not posts(writer, name, besluit="terug", woorden="x", versie="x"), name

    rewrite(written, area_manager, title="Voor twee gebieden", to_areas=[north, west])
    assert {name for name in judge if gets(manager_west, name)} == judge
    assert not posts(manager_west, "verzenden", wanneer="nu")
    assert not posts(manager_west, "proef")
    assert not posts(manager_west, "goedkeuring/intrekken")
    client = login(manager_west)
    make.SubscriptionFactory(email="west@example.nl", areas=[west])
    assert "bewoner@example.nl" not in text(client.get(url(written, "ontvangers")))
    assert (
        client.post(
            url(written, "goedkeuring"),
            {"besluit": "goedkeuren", "versie": seen_by(client, written)},
        ).url
        == "/beheer/"
    )
    assert Mailing.objects.get().approval.approved_by == manager_west
    assert not gets(manager_west, "verzenden")


def nobody_url(edition) -> str:
    from django.test import Client

    return Client().get(url(edition)).url


def test_the_workflow_is_there_once_and_comes_back(written, manager):
    first = ensure_approval_workflow()
    assert ensure_approval_workflow() == first == workflow_of_editions()
    first.deactivate()
    assert workflow_of_editions() is None
    manager.post(url(written, "goedkeuring/vragen"))
    assert newest(written).current_workflow_state.workflow_id == first.pk


def test_queries_grow_with_nothing(colleague, north, area_manager, django_assert_max_num_queries):
    def queries(path) -> int:
        with django_assert_max_num_queries(120) as captured:
            assert colleague.get(path).status_code == 200
        return len(captured)

    def asked(blocks: int, people: int, start: int):
        found = make.NewsletterPageFactory(
            parent=north,
            to=[north],
            body=make.body(
                *(
                    part
                    for _ in range(blocks)
                    for part in (
                        make.block("heading", {"text": "Licht", "level": "h2"}),
                        make.block("button", {"text": "Naar de wijk", "page": north.pk, "url": ""}),
                        make.block(
                            "button",
                            {"text": "Elders", "page": None, "url": "https://example.nl/a"},
                        ),
                    )
                )
            ),
        )
        rewrite(found, area_manager)
        make.many_subscribers(people, area=north, start=start)
        return found

    small = asked(1, 2, 0)
    colleague.get(url(small))
    before = {name: queries(url(small, name)) for name in ("verzenden", "controle", "ontvangers")}
    large = asked(6, 60, 100)
    assert before == {
        name: queries(url(large, name)) for name in ("verzenden", "controle", "ontvangers")
    }
    for found in (small, large):
        approve(found)
    after = queries(url(small, "ontvangers")), queries(url(small))
    assert after == (queries(url(large, "ontvangers")), queries(url(large)))
    page = text(colleague.get(url(large, "ontvangers") + "?p=2"))
    assert "abonnee00" in page
