"""The whole road: subscribe, confirm, get an edition, leave with one click."""

import pytest
from django.test import Client

from newsletters.models import Subscription
from tests.factories import newsletters as make

from .conftest import link, parts, send_now, tick

pytestmark = pytest.mark.django_db


def test_from_the_form_to_the_mailbox_and_out_again(
    client, sink, north, council, newsletter_editor, login
):
    response = client.post(
        "/nieuwsbrieven/aanmelden/", {"email": " Bewoner@Example.NL ", "gebieden": [north.slug]}
    )
    assert response.url == "/nieuwsbrieven/aanmelden/kijk-in-uw-mail/"
    plain, html = parts(sink.messages[0])
    assert sink.messages[0]["To"] == "bewoner@example.nl"
    confirm = link("bevestigen", plain)
    assert link("bevestigen", html) == confirm

    page = client.get(confirm)
    assert "Ja, stuur mij de nieuwsbrief" in page.content.decode()
    subscription = Subscription.objects.get(email="bewoner@example.nl")
    assert subscription.state == Subscription.State.PENDING  # looking changes nothing

    assert client.post(confirm).url == "/nieuwsbrieven/aangemeld/"
    subscription.refresh_from_db()
    assert subscription.state == Subscription.State.CONFIRMED
    assert subscription.consent_version
    assert subscription.consent_at
    assert list(subscription.areas.all()) == [north]
    assert client.post(confirm).status_code == 410  # once

    edition = make.NewsletterPageFactory(
        parent=north, title="Licht bij de school 💡", to=[north, council]
    )
    editor = login(newsletter_editor)
    send = f"/beheer/nieuwsbrieven/{edition.pk}/verzenden/"
    assert "3 adressen krijgen deze nieuwsbrief" in editor.get(send).content.decode()
    send_now(editor, edition)
    tick()

    assert sink.counts == {
        "bewoner@example.nl": 2,
        "secretaris@example.nl": 1,
        "voorzitter@example.nl": 1,
    }
    message = next(m for m in sink.messages[1:] if m["To"] == "bewoner@example.nl")
    plain, html = parts(message)
    assert message["Subject"] == "Licht bij de school 💡"
    assert "De lampen branden vanaf 1 december." in plain
    assert "<b>1 december</b>" in html
    assert "u zich hebt aangemeld voor nieuws over Haarlemmermeer-Noord" in " ".join(plain.split())
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Precedence"] == "bulk"
    assert "haarlemmermeer-noord.nieuwsbrief.example.nl" in message["List-ID"]
    assert message["Reply-To"] == "noord@example.nl"

    leave = link("afmelden", message["List-Unsubscribe"].strip(" <>"))
    page = client.get(leave).content.decode()
    assert "Meld mij af" in page
    subscription.refresh_from_db()
    assert subscription.state == Subscription.State.CONFIRMED  # a scanner's GET changes nothing

    # What a mail program sends: no cookie, no token of a form, no referrer (RFC 8058).
    mail_program = Client(enforce_csrf_checks=True)
    response = mail_program.post(
        leave,
        "List-Unsubscribe=One-Click",
        content_type="application/x-www-form-urlencoded",
    )
    assert response.status_code == 200
    subscription.refresh_from_db()
    assert subscription.state == Subscription.State.UNSUBSCRIBED

    following = make.NewsletterPageFactory(parent=north, to=[north, council])
    send_now(editor, following)
    tick()
    assert sink.counts["bewoner@example.nl"] == 2
    assert sink.counts["secretaris@example.nl"] == 2
