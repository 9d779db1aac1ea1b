"""Following projects, places and themes, the ways to the own data, and what strangers can learn."""

import json
import re
from datetime import timedelta

import pytest
from django.core import mail, signing
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import ModelLogEntry

from areas.models import Place
from newsletters import personal, services
from newsletters.choices import Choices
from newsletters.models import Bounce, Delivery, Mailing, Subscription, Suppression
from newsletters.tokens import leave_token, personal_token, preferences_token
from tests.factories import newsletters as make
from tests.factories import pages, participation

from .conftest import link

pytestmark = pytest.mark.django_db
FORM = "/nieuwsbrieven/aanmelden/"
LOST = "/nieuwsbrieven/link-kwijt/"


@pytest.fixture
def project(north):
    return participation.ProjectPageFactory(parent=north, title="Fietspad De Hoek")


@pytest.fixture
def place(north):
    return Place.objects.filter(area=north).first() or pages.PlaceFactory(area=north)


@pytest.fixture
def theme():
    return pages.ThemeFactory(name="Verkeer", slug="verkeer")


def preferences(subscription) -> str:
    return f"/nieuwsbrieven/voorkeuren/{preferences_token(subscription.pk)}/"


def test_a_project_is_followed_from_its_page_to_the_preferences_and_out(
    client, project, north, west, place, theme
):
    page = client.get(project.url).content.decode()
    assert "Blijf op de hoogte van dit project" in page
    asked = f"{FORM}?project={project.pk}"
    assert asked in page
    hidden = participation.ProjectPageFactory(parent=north, title="Nog geheim", live=False)
    far = participation.ProjectPageFactory(parent=west, title="Dijk langs de ringvaart")
    form = client.get(f"{asked}&project={hidden.pk}&project=x&project={'9' * 40}").content.decode()
    assert form.count(f'value="{project.pk}"') == 1
    assert "U volgt dit project" in form
    assert f'value="{far.pk}"' in form
    assert "Nog geheim" not in form
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(f"{FORM}?leeg=1")
    for number in range(10):
        participation.ProjectPageFactory(parent=west, title=f"Speelplek {number}")
    with CaptureQueriesContext(connection) as many:
        client.get(f"{FORM}?leeg=2")
    assert len(many) <= len(few)

    refused = client.post(FORM, {"email": "bewoner@example.nl", "volgen": [hidden.pk]})
    assert "Een project dat u koos is er niet meer" in refused.content.decode()
    assert not Subscription.objects.exists()
    data = {
        "email": "bewoner@example.nl",
        "volgen": [project.pk],
        "plaatsen": [place.slug],
        "themas": [theme.slug],
        "hoe_vaak": "monthly",
    }
    assert client.post(FORM, data).status_code == 302
    text, html = mail.outbox[0].body, mail.outbox[0].alternatives[0].content
    for words in ("Fietspad De Hoek", place.name, "Verkeer", "Eén keer per maand"):
        assert words in text
        assert words in html
    path = link("bevestigen", text)
    assert len(path) < 400
    shown = client.get(path).content.decode()
    assert "Fietspad De Hoek" in shown
    assert "Eén keer per maand een overzicht" in shown
    assert client.post(path).status_code == 302
    row = Subscription.objects.get()
    assert list(row.pages.values_list("pk", flat=True)) == [project.pk]
    assert (list(row.places.all()), list(row.themes.all())) == ([place], [theme])
    assert (row.frequency, row.areas.count()) == ("monthly", 0)

    # Once more, for an area: it is added, and how often changes for everything.
    client.post(FORM, {"email": row.email, "gebieden": [west.slug], "hoe_vaak": "each"})
    path = link("bevestigen", mail.outbox[1].body)
    shown = client.get(path).content.decode()
    assert "Dit komt erbij" in shown
    assert "Dit geldt dan ook voor wat u al kreeg" in shown
    client.post(path)
    row.refresh_from_db()
    assert list(row.areas.all()) == [west]
    assert row.pages.count() == 1
    assert row.frequency == "each"

    own = preferences(row)
    shown = client.get(own).content.decode()
    for value in (west.slug, project.pk, place.slug, theme.slug, "each"):
        assert re.search(rf'value="{value}"[^>]* checked', shown), value
    saved = client.post(own, {"volgen": [far.pk], "hoe_vaak": "monthly"}, follow=True)
    assert "Uw keuzes zijn bewaard" in saved.content.decode()
    row.refresh_from_db()
    assert list(row.pages.values_list("title", flat=True)) == ["Dijk langs de ringvaart"]
    assert (row.areas.count(), row.places.count(), row.frequency) == (0, 0, "monthly")
    assert row.consent_source == "via de pagina met voorkeuren"
    client.post(own, {"actie": "afmelden"})
    row.refresh_from_db()
    assert row.state == "unsubscribed"


def test_what_was_removed_between_asking_and_confirming_is_left_out(client, project, north):
    def ask(email, **chosen):
        client.post(FORM, {"email": email, **chosen})
        return link("bevestigen", mail.outbox[-1].body)

    both = ask("twee@example.nl", volgen=[project.pk], gebieden=[north.slug])
    alone = ask("een@example.nl", volgen=[project.pk])
    project.unpublish()
    shown = client.get(both).content.decode()
    assert "Fietspad De Hoek" not in shown
    assert "Haarlemmermeer-Noord" in shown
    assert client.post(both).status_code == 302
    assert Subscription.objects.get(email="twee@example.nl").pages.count() == 0
    for method in (client.get, client.post):
        assert method(alone).status_code == 410
    assert Subscription.objects.get(email="een@example.nl").state == "pending"
    project.delete()
    assert client.get(alone).status_code == 410


def test_links_of_before_topics_and_of_others_keep_their_meaning(client, north, project):
    row, token = services.request_subscription(
        email="oud@example.nl", choices=Choices(areas=(north,))
    )
    value = {"s": row.pk, "n": row.nonce, "a": [north.pk], "c": "2026-11"}
    old = signing.dumps(value, salt="newsletters.confirm", compress=True)
    assert "Hoe vaak" not in client.get(f"/nieuwsbrieven/bevestigen/{old}/").content.decode()
    assert client.post(f"/nieuwsbrieven/bevestigen/{old}/").status_code == 302
    row.refresh_from_db()
    assert (row.state, row.frequency, row.consent_version) == ("confirmed", "each", "2026-11")
    assert client.post(f"/nieuwsbrieven/bevestigen/{token}/").status_code == 410  # used
    kinds = {
        "voorkeuren": preferences_token(row.pk),
        "gegevens": personal_token(row.pk),
        "afmelden": leave_token(row.pk),
    }
    for kind in kinds:
        for made_for, other in kinds.items():
            path = f"/nieuwsbrieven/{kind}/{other}/"
            assert (client.get(path).status_code == 410) == (
                kind != made_for or kind == "afmelden"  # nothing was delivered
            )
        forged = f"{kinds[kind][:-1]}{'A' if kinds[kind][-1] != 'A' else 'B'}"
        assert client.get(f"/nieuwsbrieven/{kind}/{forged}/").status_code == 410


@pytest.mark.parametrize(
    "chosen",
    [
        {"volgen": [str(n) for n in range(900)]},
        {"plaatsen": [f"dorp-{n}" for n in range(900)]},
        {"volgen": ["1' or 1=1", "9" * 400, "-1", "<script>alert(1)</script>"]},
        {"themas": ["\x00"]},
        {"hoe_vaak": "elk uur"},
        {},
    ],
    ids=["projects", "places", "wrong", "null", "often", "nothing"],
)
def test_a_hostile_choice_is_refused_in_words(client, north, project, theme, chosen):
    with CaptureQueriesContext(connection) as queries:
        response = client.post(FORM, {"email": "bewoner@example.nl", **chosen})
    content = response.content.decode()
    assert response.status_code == 200
    assert "Er gaat nog iets niet goed" in content
    assert "<script>alert" not in content
    assert 'value="bewoner@example.nl"' in content
    assert len(queries) < 20
    assert mail.outbox == []
    assert Client(enforce_csrf_checks=True).post(FORM, {"email": "a@example.nl"}).status_code == 403
    assert Client(enforce_csrf_checks=True).post(LOST, {"email": "a@example.nl"}).status_code == 403


def test_nobody_learns_whether_an_address_is_known(client, north, subscriber, project):
    pending = make.SubscriptionFactory(email="wacht@example.nl", state="pending")
    gone = make.SubscriptionFactory(email="weg@example.nl", areas=[north])
    services.unsubscribe(email=gone.email)
    make.SuppressionFactory(email="geblokkeerd@example.nl")
    addresses = [
        "onbekend@example.nl",
        "geblokkeerd@example.nl",
        subscriber.email,
        pending.email,
        gone.email,
    ]

    def ask(path, data):
        with CaptureQueriesContext(connection) as queries:
            got = Client(REMOTE_ADDR=f"192.0.2.{addresses.index(data['email'])}").post(path, data)
            answer = (got.status_code, got.url, got.content, str(got.cookies), got.headers.items())
            if path == FORM:
                return str(answer), len(queries)
        return str(answer), 0

    asked = [ask(FORM, {"email": email, "volgen": [project.pk]}) for email in addresses]
    assert len({answer for answer, _queries in asked}) == 1
    work = [queries for _answer, queries in asked]
    assert max(work) - min(work) <= 4  # a row more is made
    assert len(mail.outbox) == 5

    mail.outbox.clear()
    asked = [ask(LOST, {"email": email}) for email in addresses]
    assert len({answer for answer, _queries in asked}) == 1
    assert {message.to[0] for message in mail.outbox} == {subscriber.email, gone.email}
    for message in mail.outbox:
        assert message.extra_headers["Auto-Submitted"] == "auto-generated"
        assert client.get(link("voorkeuren", message.body)).status_code == 200
        assert client.get(link("gegevens", message.body)).status_code == 200

    # Three mails a day at the request of anybody, by either form; the answer stays the same.
    for _ in range(4):
        assert client.post(LOST, {"email": subscriber.email}).url == f"{LOST}kijk-in-uw-mail/"
    assert len([m for m in mail.outbox if m.to == [subscriber.email]]) == 2
    mail.outbox.clear()
    trapped = client.post(LOST, {"email": gone.email, "website": "https://koop.example.nl"})
    assert (trapped.status_code, mail.outbox) == (302, [])
    answers = [client.post(LOST, {"email": "x@example.nl"}).status_code for _ in range(20)]
    assert answers[0] == 302
    assert answers[-1] == 429
    wrong = Client(REMOTE_ADDR="192.0.2.99").post(LOST, {"email": "a@example.nl\nBcc: b"})
    assert "Vul een geldig e-mailadres in" in wrong.content.decode()
    empty = Client(REMOTE_ADDR="192.0.2.99").post(LOST, {})
    assert "Vul uw e-mailadres in." in empty.content.decode()


def test_all_own_data_are_shown_given_and_deleted(
    client, login, newsletter_editor, subscriber, edition, project, monkeypatch
):
    subscriber.pages.add(project)
    words = f"550 5.1.1 <{subscriber.email.upper()}> unknown, was doorgestuurd@example.nl"
    mailing = Mailing.objects.create(
        edition=edition,
        send_at=timezone.now(),
        subject="Licht bij de school",
        from_email="x",
        list_id="x",
        state="done",
    )
    delivery = Delivery.objects.create(
        mailing=mailing,
        address=subscriber.email,
        subscription=subscriber,
        reason="u dat koos",
        state="accepted",
        finished_at=timezone.now(),
        reply=words,
    )
    Bounce.objects.create(delivery=delivery, kind="soft", words=words, status="4.2.2")
    editor, blocked = login(newsletter_editor), "/beheer/nieuwsbrieven/geblokkeerd"
    editor.post(f"{blocked}/new/", {"email": subscriber.email})
    editor.post(f"{blocked}/delete/{Suppression.objects.get().pk}/")
    editor.post(f"{blocked}/new/", {"email": subscriber.email})
    assert Suppression.objects.filter(email=subscriber.email).exists()
    assert ModelLogEntry.objects.filter(label=subscriber.email).exists()
    monkeypatch.setitem(
        personal._holders,
        "lists",
        lambda email: [
            personal.Section("lijsten", "Lijsten", [{"Lijst": f"Ondernemers {email[:7]}"}])
        ],
    )

    own = preferences(subscriber)
    assert subscriber.email not in client.get(own).content.decode()  # a mail may be passed on
    assert client.post(own, {"actie": "gegevens"}).url == f"{LOST}kijk-in-uw-mail/"
    assert mail.outbox[-1].to == [subscriber.email]
    path = link("gegevens", mail.outbox[-1].body)
    page = client.get(path)
    assert "no-store" in page["Cache-Control"]
    assert page["X-Robots-Tag"] == "noindex, nofollow"
    shown = page.content.decode()
    for words in (
        subscriber.email,
        "Haarlemmermeer-Noord",
        "Fietspad De Hoek",
        "via de website",
        "U krijgt alleen nieuwsbrieven over wat u kiest.",
        "Licht bij de school",
        "4.2.2",
        "Door de redactie uitgezet",
        "Ondernemers bewoner",
    ):
        assert words in shown, words
    file = client.get(f"{path}mijn-gegevens.json")
    assert file["Content-Disposition"] == 'attachment; filename="mijn-gegevens.json"'
    assert "no-store" in file["Cache-Control"]
    given = json.loads(file.content)
    assert given["e-mailadres"] == subscriber.email
    keys = ["abonnement", "toestemming", "mails", "teruggekomen", "blokkade", "lijsten"]
    assert [part["sleutel"] for part in given["onderdelen"]] == keys
    assert given["onderdelen"][2]["rijen"][0]["Onderwerp"] == "Licht bij de school"
    assert client.post(path).status_code == 405

    later = timezone.now() + timedelta(hours=48, seconds=5)
    with monkeypatch.context() as patched:
        patched.setattr(signing.time, "time", later.timestamp)
        assert client.get(path).status_code == 410
        assert client.get(f"{path}mijn-gegevens.json").status_code == 410

    client.post(own, {"actie": "verwijderen"})
    for gone in (path, f"{path}mijn-gegevens.json", own):
        assert client.get(gone).status_code == 410
    assert subscriber.email not in everything_kept()
    assert "doorgestuurd@example.nl" not in everything_kept()


def everything_kept() -> str:
    """All texts in all tables, in lower case."""
    texts = []
    with connection.cursor() as cursor:
        for table in connection.introspection.django_table_names(only_existing=True):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            texts += [
                str(value) for row in cursor.fetchall() for value in row if isinstance(value, str)
            ]
    return "\n".join(texts).lower()


def test_the_mails_are_in_the_language_of_the_visitor(client, north, subscriber):
    client.post(f"/en{FORM}", {"email": "reader@example.nl", "gebieden": [north.slug]})
    client.post(f"/en{LOST}", {"email": subscriber.email})
    client.post(LOST, {"email": subscriber.email})
    english, links, dutch = mail.outbox
    assert "/en/nieuwsbrieven/bevestigen/" in english.body
    assert "/en/nieuwsbrieven/voorkeuren/" in links.body
    assert "/en/" not in dutch.body
    assert 'lang="nl"' in dutch.alternatives[0].content
    assert 'lang="en"' in links.alternatives[0].content
