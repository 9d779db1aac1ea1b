"""The overview of a month: who gets which editions, once, and what an editor can do about it."""

from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.text import slugify

from newsletters.models import Delivery, Mailing, Overview, Subscription
from newsletters.overview.readers import first_day_after, first_day_before
from newsletters.overview.services import make_due, make_overview
from newsletters.sending.worker import send_due
from tests.factories import newsletters as make
from tests.factories import participation

from .conftest import link, parts, send_now, tick

pytestmark = pytest.mark.django_db
OCTOBER = date(2026, 10, 1)
#: The first of November in the Netherlands, an hour after the overviews are made.
MORNING = datetime(2026, 11, 1, 8, 0, tzinfo=UTC)


def sent(title, *, area, at=datetime(2026, 10, 14, 9, tzinfo=UTC), state="done", **audience):
    """An edition that went out in October."""
    edition = make.NewsletterPageFactory(parent=area, title=title, slug=slugify(title))
    Mailing.objects.create(
        edition=edition,
        state=state,
        send_at=at,
        started_at=at,
        subject=title,
        from_email="x",
        list_id="x",
        audience={"areas": [area.pk], "councils": []} | audience,
    )
    return edition


def reader(name, *areas, **fields):
    fields = {"frequency": Subscription.Frequency.MONTHLY} | fields
    return make.SubscriptionFactory(email=f"{name}@example.nl", areas=areas, **fields)


def texts(sink) -> dict[str, str]:
    """Plain text of the mail to each address."""
    return {message["To"]: parts(message)[0] for message in sink.messages}


def test_everybody_gets_one_mail_with_what_concerns_them(client, north, west, sink):
    project = participation.ProjectPageFactory(parent=west, title="Fietspad De Hoek")
    sent("Licht bij de school", area=north)
    dike = sent("De dijk is klaar", area=west, pages=[project.pk], areas=[])
    had = sent("Nieuwe bomen", area=north)
    sent("Te vroeg", area=north, at=datetime(2026, 9, 30, 21, 59, tzinfo=UTC))
    sent("Te laat", area=north, at=datetime(2026, 10, 31, 23, 0, tzinfo=UTC))
    sent("Gestopt", area=north, state="cancelled")
    sent("Weggehaald", area=north).unpublish()
    both, alone = reader("allebei", north), reader("noord", north)
    both.pages.add(project)
    switched = reader("overstapper", north)
    Delivery.objects.create(
        mailing=had.mailing, address=switched.email, reason="x", state="accepted"
    )
    reader("elke", north, frequency="each")
    reader("niets", west)
    reader("wacht", north, state="pending")
    reader("weg", north, state="unsubscribed")
    make.SuppressionFactory(email=reader("geblokkeerd", north).email)

    make_due(now=MORNING - timedelta(minutes=61))  # not before eight
    make_due(now=MORNING + timedelta(days=11))  # news of last month is none any more
    assert not Overview.objects.exists()
    make_due(now=MORNING)
    make_due(now=MORNING + timedelta(hours=1))
    assert Overview.objects.get().month == OCTOBER
    assert Mailing.objects.filter(overview__isnull=False).count() == 3
    left = reader("afgehaakt", north)
    assert left.email not in Delivery.objects.values_list("address", flat=True)
    tick()
    tick()
    got = texts(sink)
    assert sorted(got) == sorted(row.email for row in (both, alone, switched))
    assert max(sink.counts.values()) == 1
    mail = got[both.email]
    order = ["Haarlemmermeer-Noord", "Licht bij", "Nieuwe bomen", "Haarlemmermeer-West", "De dijk"]
    places = [mail.index(words) for words in order]
    assert places == sorted(places)
    assert "over Haarlemmermeer-Noord en Fietspad De Hoek" in " ".join(mail.split())
    assert dike.url in mail
    assert "De dijk" not in got[alone.email]
    assert "Nieuwe bomen" not in got[switched.email]
    for words in ("Te vroeg", "Te laat", "Gestopt", "Weggehaald", "@@"):
        assert not any(words in text for text in got.values())
    message = next(m for m in sink.messages if m["To"] == both.email)
    assert message["Subject"] == "Nieuwsoverzicht van oktober 2026"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "Nieuwsoverzicht" in message["List-ID"]
    assert set(Mailing.objects.filter(overview__isnull=False).values_list("state", flat=True)) == {
        "done"
    }
    assert client.get(link("voorkeuren", mail)).status_code == 200
    leave = link("afmelden", message["List-Unsubscribe"])
    assert client.get(leave).status_code == 200
    both.refresh_from_db()
    assert both.state == "confirmed"
    assert client.post(leave, {"List-Unsubscribe": "One-Click"}).status_code == 200
    both.refresh_from_db()
    assert both.state == "unsubscribed"


def test_who_left_or_changed_since_gets_no_overview_and_an_edition_no_reader_of_overviews(
    client, login, newsletter_editor, north, sink, edition
):
    sent("Licht bij de school", area=north)
    stays, leaves, changes = (reader(name, north) for name in ("blijft", "gaat", "wijzigt"))
    make_overview(month=OCTOBER)
    Subscription.objects.filter(pk=leaves.pk).update(state="unsubscribed")
    Subscription.objects.filter(pk=changes.pk).update(frequency="each")
    tick()
    assert list(sink.counts) == [stays.email]
    send_now(login(newsletter_editor), edition)
    tick()
    assert sink.counts == {stays.email: 1, changes.email: 1}


def test_a_month_is_made_once_also_when_killed_halfway(north, monkeypatch):
    sent("Licht bij de school", area=north)
    for number in range(3):
        reader(f"lezer{number}", north)

    def killed(*args, **kwargs):
        raise SystemExit

    with monkeypatch.context() as patched:
        patched.setattr(Delivery.objects, "bulk_create", killed)
        with pytest.raises(SystemExit):
            make_overview(month=OCTOBER)
    assert not Overview.objects.exists()
    assert make_overview(month=OCTOBER) is not None
    assert make_overview(month=OCTOBER) is None
    row = Delivery.objects.first()
    other = Mailing.objects.create(
        overview=row.overview, state="done", send_at=timezone.now(), from_email="x", list_id="x"
    )
    for broken in (
        lambda: Delivery.objects.create(
            mailing=other, overview=row.overview, address=row.address, reason="x"
        ),
        lambda: Overview.objects.create(month=OCTOBER),
        lambda: Mailing.objects.filter(pk=other.pk).update(overview=None),
        lambda: Mailing.objects.filter(pk=other.pk).update(state="scheduled"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            broken()
    assert Delivery.objects.count() == 3


def test_a_month_without_news_or_readers_sends_nothing(north, sink):
    reader("lezer", north)
    assert make_overview(month=OCTOBER) is not None
    sent("Licht bij de school", area=north, at=datetime(2026, 11, 3, 9, tzinfo=UTC))
    Subscription.objects.all().delete()
    assert make_overview(month=date(2026, 11, 1)) is not None
    tick()
    assert not sink.received
    assert not Delivery.objects.exists()
    assert first_day_before(date(2027, 1, 5)) == date(2026, 12, 1)
    assert first_day_after(date(2026, 12, 1)) == date(2027, 1, 1)


def test_queries_do_not_grow_with_readers(north):
    sent("Licht bij de school", area=north)

    def queries(month, number, start):
        rows = [
            make.SubscriptionFactory.build(email=f"lezer{n:05}@example.nl", frequency="monthly")
            for n in range(start, start + number)
        ]
        made = Subscription.objects.bulk_create(rows)
        through = Subscription.areas.through
        through.objects.bulk_create(
            through(subscription_id=row.pk, areapage_id=north.pk) for row in made
        )
        with CaptureQueriesContext(connection) as captured:
            make_overview(month=month)
        # SQLite takes fewer rows in one statement, so what is written is not counted.
        written = ("SAVEPOINT", 'INSERT INTO "newsletters_delivery"')
        return len([q for q in captured if not any(words in q["sql"] for words in written)])

    few = queries(OCTOBER, 3, 0)
    assert Overview.objects.get().deliveries.count() == 3
    Overview.objects.all().delete()
    assert queries(OCTOBER, 700, 3) <= few
    assert Overview.objects.get().deliveries.count() == 703


def test_an_editor_sees_the_month_pauses_goes_on_and_decides_about_the_unknown(
    login, newsletter_editor, area_manager, administrator, north, west, sink
):
    for area in (north, west):
        sent(f"Nieuws uit {area.title}", area=area)
    for number in range(4):
        reader(f"lezer{number}", *([north], [north, west])[number % 2])
    overview = make_overview(month=OCTOBER)
    path = f"/beheer/nieuwsbrieven/maandoverzichten/{overview.pk}/"
    listed = "/beheer/nieuwsbrieven/maandoverzichten/"
    editor = login(newsletter_editor)
    for page in (path, listed):
        assert login(area_manager).get(page).status_code == 404
        assert "oktober 2026" in editor.get(page).content.decode()
    assert login(area_manager).post(path, {"actie": "cancel"}).status_code == 404

    def press(action, **data) -> str:
        return editor.post(path, {"actie": action} | data, follow=True).content.decode()

    press("pause")
    tick()
    assert not sink.received
    assert "intussen veranderd" in press("pause")
    sink.hang_up_at.add(2)
    press("resume")
    tick()
    assert sum(sink.counts.values()) == 4
    unknown = Delivery.objects.get(state="unknown")
    shown = editor.get(path).content.decode()
    assert unknown.address in shown
    assert "Kruis eerst aan" in press("again", bezorging=["x", "1" * 40])
    assert "1 mail gaat opnieuw weg" in press("again", bezorging=[unknown.pk])
    tick()
    assert sink.counts[unknown.address] == 2
    assert "intussen veranderd" in press("cancel")
    assert press("onzin")
    # The pages about editions know nothing of it, and stay as they are.
    for page in ("edities/", "abonnees/", "geblokkeerd/", "raden-zonder-post/"):
        assert editor.get(f"/beheer/nieuwsbrieven/{page}").status_code == 200
    row = Subscription.objects.first()
    inspected = editor.get(f"/beheer/nieuwsbrieven/abonnees/inspect/{row.pk}/").content.decode()
    assert "Eén keer per maand een overzicht" in inspected


def test_a_stopped_month_goes_to_nobody_else_and_the_clock_does_the_rest(
    login, newsletter_editor, north, sink
):
    sent("Licht bij de school", area=north)
    for number in range(5):
        reader(f"lezer{number}", north)
    overview = make_overview(month=OCTOBER)
    path = f"/beheer/nieuwsbrieven/maandoverzichten/{overview.pk}/"
    editor, pressed = login(newsletter_editor), []

    def look() -> bool:
        if len(sink.received) >= 2 and not pressed:
            pressed.append(editor.post(path, {"actie": "cancel"}))
        return False

    send_due(stopping=look)
    tick()
    assert len(sink.received) == 2
    assert set(overview.deliveries.values_list("state", flat=True)) == {"accepted", "suppressed"}
    call_command("tick", only="newsletters-overview", stdout=StringIO())
