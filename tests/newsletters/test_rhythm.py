"""Drafts that come by the clock: on which days, with what, once, and who hears of it."""

import threading
from datetime import date
from io import StringIO

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, connections, transaction
from django.utils import timezone
from django.utils.formats import date_format

from newsletters.drafts.days import latest_due, next_due
from newsletters.drafts.services import make_draft
from newsletters.models import AreaNewsletter, DraftMail, NewsletterPage, RhythmDraft
from tests.factories import history, pages
from tests.factories import newsletters as make
from tests.factories.history import days, moment

from .conftest import send_now

pytestmark = pytest.mark.django_db


def tick() -> None:
    """What the scheduler does, until a draft is made and told of."""
    for job in ("newsletters-drafts", "newsletters-drafts-mails"):
        call_command("tick", only=job, stdout=StringIO(), stderr=StringIO())


def rhythm(area, *, every="month", first=0, counts=-400, **values) -> AreaNewsletter:
    """A rhythm whose first day is so many days from today; over a weekend it may be due later."""
    return AreaNewsletter.objects.create(
        area=area, every=every, first_on=days(first), counts_from=days(counts), **values
    )


def due(area, **values) -> AreaNewsletter:
    """A rhythm of which a day is due now, whatever day of the week this is."""
    return rhythm(area, first=-5, **values)


def url(area) -> str:
    return f"/beheer/nieuwsbrieven/ritme/{area.pk}/"


def data(**values) -> dict:
    """The form as the browser sends it."""
    return {
        "every": "month",
        "first_on": days(3).strftime("%d-%m-%Y"),
        "to_subscribers": "on",
        "to_councils": "on",
        "editor": "",
        "sender_name": "",
        "reply_to": "",
        "subject_prefix": "",
        "opening": "",
        "closing": "",
    } | values


@pytest.mark.parametrize(
    ("every", "first", "today", "latest", "following"),
    [
        # The last day of January exists in no other month; 28 February 2026 is a Saturday.
        ("month", "2026-01-30", "2026-03-02", "2026-02-28", "2026-03-30"),
        ("month", "2026-01-30", "2026-03-01", "2026-01-30", "2026-03-02"),
        # Missed for months: only the last.
        ("week", "2026-01-06", "2026-06-25", "2026-06-23", "2026-06-30"),
        ("two_weeks", "2026-01-06", "2026-01-19", "2026-01-06", "2026-01-20"),
        ("two_months", "2026-01-06", "2026-03-05", "2026-01-06", "2026-03-06"),
        ("quarter", "2026-01-06", "2026-04-07", "2026-04-06", "2026-07-06"),
        # Easter Monday (6 April 2026) and New Year's Day are no working days.
        ("quarter", "2026-01-06", "2026-04-06", "2026-01-06", "2026-04-07"),
        ("month", "2026-12-01", "2027-01-03", "2026-12-01", "2027-01-04"),
        ("month", "2026-12-01", "2027-01-04", "2027-01-01", "2027-02-01"),
        ("month", "2026-12-01", "2026-11-30", None, "2026-12-01"),
        ("never", "2026-01-06", "2026-06-25", None, None),
    ],
)
def test_days_of_a_rhythm(every, first, today, latest, following):
    row = AreaNewsletter(
        every=every, first_on=date.fromisoformat(first), counts_from=date(2026, 1, 1)
    )
    found = latest_due(row, date.fromisoformat(today)), next_due(row, date.fromisoformat(today))
    assert [day and day.isoformat() for day in found] == [latest, following]
    row.counts_from = date(2030, 1, 1)
    assert latest_due(row, date.fromisoformat(today)) is None


def test_a_draft_on_its_day_with_what_changed_and_comes_and_one_mail(
    north, west, area_manager, make_user, administrator, client, login, settings
):
    make_user("zonder-adres", groups=[north.manager_group])
    type(administrator).objects.filter(username="zonder-adres").update(email="")
    council = pages.CouncilFactory(area=north)
    pages.CouncilFactory(area=north, name="Opgeheven", slug="opgeheven", active=False)
    row = due(north, opening="Beste buren,\n\nDit is er nieuw.", closing="Groet, <b>Noord</b>")
    rhythm(west, first=30)
    make.NewsletterPageFactory(parent=north, date=days(-20))
    history.item_of(north, title="Voor de vorige", last_published_at=moment(-40))
    history.item_of(north, title="Erna", last_published_at=moment(-3))
    history.item_of(north, title="Begint", status="gepland", start_date=days(40))
    tick()
    tick()
    page = NewsletterPage.objects.get(live=False)
    assert page.get_parent().pk == north.pk
    assert page.title == f"Nieuws uit {north.title} - {date_format(row.first_on, 'F Y')}"
    assert page.date == days(0)
    assert page.area_ids == [north.pk]
    assert page.council_ids == [council.pk]
    draft = page.get_latest_revision_as_object()
    blocks = list(draft.body.raw_data)
    assert blocks[0]["value"] == "<p>Beste buren,</p>\n\n<p>Dit is er nieuw.</p>"
    assert blocks[-1]["value"] == "<p>Groet, &lt;b&gt;Noord&lt;/b&gt;</p>"
    titles = {part.value["page"].title for part in draft.body if part.block_type == "agenda_item"}
    assert titles == {"Erna", "Begint"}
    made = RhythmDraft.objects.get()
    assert (made.area, made.due_on, made.subjects, made.page) == (north, row.first_on, 2, page)
    message = mail.outbox.pop()
    assert not mail.outbox
    assert message.to == [area_manager.email]
    assert page.title in message.subject
    edit = f"{settings.BASE_URL.rstrip('/')}/beheer/pages/{page.pk}/edit/"
    assert edit in message.body
    assert edit in message.alternatives[0].content
    assert "Er staan 2 onderwerpen in." in " ".join(message.body.split())
    manager = login(area_manager)
    assert manager.get(f"/beheer/pages/{page.pk}/edit/").status_code == 200
    screen = manager.get(url(north)).content.decode()
    assert f'href="/beheer/pages/{page.pk}/edit/"' in screen
    assert client.get(page.url).status_code == 404
    # Removed on purpose, it does not come back.
    page.delete()
    tick()
    assert not NewsletterPage.objects.filter(live=False).exists()
    assert not mail.outbox
    assert "Verwijderd" in manager.get(url(north)).content.decode()


def test_since_the_draft_that_became_the_previous_edition(north, area_manager):
    row = due(north, every="week")
    history.item_of(north, title="Eerst", last_published_at=moment(-3))
    tick()
    page = NewsletterPage.objects.get()
    RhythmDraft.objects.update(due_on=days(-60), until=moment(-2))
    assert row.every == "week"
    page.get_latest_revision().publish()
    NewsletterPage.objects.update(date=days(-1))
    history.item_of(north, title="Tussen concept en uitgave", last_published_at=moment(-1))
    tick()
    draft = NewsletterPage.objects.get(live=False)
    titles = {part.value["page"].title for part in draft.body if part.block_type == "agenda_item"}
    assert titles == {"Tussen concept en uitgave"}


def test_without_news_no_draft_and_a_mail_that_says_so(north, area_manager, login):
    due(north)
    tick()
    tick()
    assert not NewsletterPage.objects.exists()
    message = mail.outbox.pop()
    assert not mail.outbox
    assert "Geen nieuwsbrief gemaakt" in message.subject
    assert url(north) in message.body
    screen = login(area_manager).get(url(north)).content.decode()
    assert "Niets gemaakt: er was geen nieuws." in screen


def test_who_is_told(north, west, area_manager, make_user):
    history.item_of(north)
    colleague = make_user("collega", groups=[north.manager_group])
    row = due(north, editor=colleague)
    tick()
    assert mail.outbox.pop().to == [colleague.email]
    assert not mail.outbox
    # Who works for another area by now is not told: all managers are.
    colleague.groups.set([west.manager_group])
    make_user("nog-een", groups=[north.manager_group])
    RhythmDraft.objects.all().delete()
    tick()
    to = sorted(message.to[0] for message in mail.outbox)
    assert to == [area_manager.email, "nog-een@example.nl"]
    # Without any manager the address on the area's page is.
    mail.outbox.clear()
    type(area_manager).objects.update(is_active=False)
    type(north).objects.filter(pk=north.pk).update(manager_email="noord@example.nl")
    RhythmDraft.objects.all().delete()
    tick()
    assert [message.to for message in mail.outbox] == [["noord@example.nl"]]
    assert row.editor == colleague


def test_a_mail_that_fails_keeps_the_draft_and_goes_once(north, area_manager, settings):
    history.item_of(north)
    due(north)
    works = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9  # nobody listens there
    tick()
    assert NewsletterPage.objects.count() == 1
    row = DraftMail.objects.get()
    assert (row.sent_at, row.attempts) == (None, 1)
    assert row.error
    settings.EMAIL_BACKEND = works
    for _time in range(3):
        tick()
    assert len(mail.outbox) == 1
    assert NewsletterPage.objects.count() == 1


def test_killed_halfway_leaves_nothing_and_the_next_run_makes_one(north, west, area_manager):
    """What stops the transaction after the page was made is the same as a process that dies."""
    history.item_of(north)
    history.item_of(west)
    type(west).objects.update(manager_email="")
    row = due(north)
    other = due(west)

    def fall_over(execute, sql, params, many, context):
        if "newsletters_draftmail" in sql and sql.startswith("INSERT"):
            raise RuntimeError("the process was killed")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(fall_over), pytest.raises(CommandError):
        call_command("tick", only="newsletters-drafts", stdout=StringIO(), stderr=StringIO())
    # An area of which nobody is told has no mail to fall over: it did not wait for the other.
    assert [draft.area for draft in RhythmDraft.objects.all()] == [west]
    tick()
    tick()
    assert sorted(RhythmDraft.objects.values_list("area", flat=True)) == [north.pk, west.pk]
    assert NewsletterPage.objects.count() == 2
    assert len(mail.outbox) == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        RhythmDraft.objects.create(
            area=north, due_on=row.first_on, since=timezone.now(), until=timezone.now()
        )
    assert make_draft(row_id=other.pk, due_on=other.first_on) is None


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer")
@pytest.mark.django_db(transaction=True)
def test_two_at_once_make_one(north, area_manager):
    history.item_of(north)
    row = due(north)
    start = threading.Barrier(3)
    made, errors = [], []

    def run():
        try:
            start.wait()
            made.append(make_draft(row_id=row.pk, due_on=row.first_on))
        except Exception as error:
            errors.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not errors
    assert len([draft for draft in made if draft]) == 1
    assert NewsletterPage.objects.count() == 1
    assert DraftMail.objects.count() == 1


def test_a_manager_settles_the_own_area_and_nobody_elses(
    client, login, make_user, north, west, area_manager, administrator
):
    manager = login(area_manager)
    assert manager.get("/beheer/nieuwsbrieven/ritme/").url == url(north)
    assert "/beheer/nieuwsbrieven/ritme/" in manager.get("/beheer/").content.decode()
    response = manager.post(
        url(north),
        data(
            editor=area_manager.pk,
            sender_name="Gebiedsmanager Noord",
            reply_to="noord@example.nl",
            opening="Beste buren,",
        ),
        follow=True,
    )
    html = response.content.decode()
    assert "Bewaard." in html
    assert "Het volgende concept komt op" in html
    assert area_manager.email in html
    row = AreaNewsletter.objects.get()
    assert (row.area, row.every, row.editor) == (north, "month", area_manager)
    assert row.counts_from == days(0)
    AreaNewsletter.objects.update(counts_from=days(-9), first_on=days(-9))
    past = days(-9).strftime("%d-%m-%Y")
    manager.post(url(north), data(first_on=past, closing="Groet"))
    row.refresh_from_db()
    assert (row.closing, row.counts_from) == ("Groet", days(-9))  # the rhythm stayed as it was
    manager.post(url(north), data(first_on=past, every="week"))
    row.refresh_from_db()
    assert row.counts_from == days(0)

    assert manager.get(url(west)).status_code == 404
    assert manager.post(url(west), data()).status_code == 404
    writer = make_user("schrijver", groups=[Group.objects.get(name=f"Schrijvers {north.code}")])
    assert login(writer).get(url(north)).status_code == 302
    assert "/beheer/nieuwsbrieven/ritme/" not in login(writer).get("/beheer/").content.decode()
    assert "/beheer/login/" in client.get(url(north)).url
    everything = login(administrator).get("/beheer/nieuwsbrieven/ritme/").content.decode()
    assert url(north) in everything
    assert url(west) in everything
    assert AreaNewsletter.objects.count() == 1


def test_wrong_settings_are_told_and_what_was_typed_stays(
    login, north, west, area_manager, make_user
):
    manager = login(area_manager)
    stranger = make_user("vreemde", groups=[west.manager_group])
    for wrong, message in (
        ({"every": "daily"}, "daily"),
        ({"first_on": ""}, "Kies de dag waarop het eerste concept komt."),
        ({"first_on": "eens"}, "Deze datum kennen wij niet."),
        ({"first_on": "01-01-2001"}, "Deze dag is al voorbij."),
        ({"first_on": "01-01-2999"}, "Kies een dag in het komende jaar."),
        ({"to_subscribers": "", "to_councils": ""}, "Kies wie de nieuwsbrief krijgt"),
        ({"editor": stranger.pk}, "Deze persoon maakt geen nieuwsbrieven voor dit gebied."),
        ({"sender_name": "Burgemeester\r\nBcc: x@example.nl"}, "Schrijf"),
        ({"sender_name": "baas@bank.example.nl"}, "Schrijf een naam"),
        ({"sender_name": '"Baas" <x>'}, "Schrijf een naam"),
        ({"sender_name": "Noord\u202edrooN"}, "Schrijf een naam"),
        ({"sender_name": "x" * 61}, "60"),
        ({"reply_to": "geen adres"}, "Dit is geen e-mailadres."),
        ({"reply_to": "a@example.nl\nBcc: b@example.nl"}, "Dit is geen e-mailadres."),
        ({"subject_prefix": "x" * 31}, "30"),
        ({"opening": "x" * 1501}, "1500"),
    ):
        typed = data(subject_prefix="Noord:") | wrong
        if wrong.get("to_subscribers") == "":
            typed = {key: value for key, value in typed.items() if value != ""}
        html = manager.post(url(north), typed).content.decode()
        assert "Er is niets bewaard." in html, wrong
        assert message in html, wrong
        if "subject_prefix" not in wrong:
            assert 'value="Noord:"' in html, wrong
    assert not AreaNewsletter.objects.exists()


def test_the_letterhead_stands_on_the_mail_and_the_screen(
    login, north, area_manager, settings, sink
):
    settings.DEFAULT_FROM_EMAIL = "Gebiedsplein <nieuws@example.nl>"
    edition = make.NewsletterPageFactory(parent=north, to=[north], title="Licht bij de school")
    make.SubscriptionFactory(email="bewoner@example.nl", areas=[north])
    manager = login(area_manager)
    manager.post(
        url(north),
        data(
            every="never",
            first_on="",
            sender_name="Zoë, gebiedsmanager Noord",
            reply_to="zoe@example.nl",
            subject_prefix="Noord:",
        ),
    )
    screen = manager.get(f"/beheer/nieuwsbrieven/{edition.pk}/verzenden/").content.decode()
    for shown in ("Zoë, gebiedsmanager Noord", "nieuws@example.nl", "zoe@example.nl"):
        assert shown in screen
    assert "Noord: Licht bij de school" in screen
    manager.post(f"/beheer/nieuwsbrieven/{edition.pk}/proef/")
    send_now(manager, edition)
    call_command("tick", only="newsletters-send", stdout=StringIO())
    proof, message = sink.messages
    for one in (proof, message):
        assert one["From"].addresses[0].display_name == "Zoë, gebiedsmanager Noord"
        assert one["From"].addresses[0].addr_spec == "nieuws@example.nl"
        assert one["Reply-To"].addresses[0].addr_spec == "zoe@example.nl"
    assert message["Subject"] == "Noord: Licht bij de school"
    # An area that settled nothing keeps the sender of the municipality.
    AreaNewsletter.objects.all().delete()
    screen = manager.get(f"/beheer/nieuwsbrieven/{edition.pk}/ontvangers/")
    assert screen.status_code == 200


def test_queries_do_not_grow(north, area_manager, login, django_assert_max_num_queries):
    manager = login(area_manager)
    due(north)

    def queries(times):
        history.everything(north, times=times)
        RhythmDraft.objects.all().delete()
        for page in NewsletterPage.objects.filter(live=False):
            page.delete()  # a title that is taken asks for another address
        with django_assert_max_num_queries(260) as made:
            call_command("tick", only="newsletters-drafts", stdout=StringIO())
        for number in range(times):
            RhythmDraft.objects.create(
                area=north, due_on=days(-90 - number), since=moment(-9), until=moment(-8)
            )
        with django_assert_max_num_queries(60) as shown:
            manager.get(url(north))
        return len(made), len(shown)

    queries(1)
    assert queries(1) == queries(4)
