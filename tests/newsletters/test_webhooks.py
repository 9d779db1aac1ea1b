"""Mail providers: sending through their API, and what their server tells of our mails."""

import base64
import json

import pytest
import requests
from anymail.exceptions import AnymailAPIError, AnymailRequestsAPIError
from anymail.message import AnymailRecipientStatus
from django.core import mail
from django.core.management import call_command
from django.core.management.base import SystemCheckError

from newsletters.bounces.address import mark_of
from newsletters.models import Bounce, Delivery, Mailing, Subscription, Suppression
from tests.factories import newsletters as make

from .conftest import send_now, states, tick

pytestmark = pytest.mark.django_db
SECRET = "plein:geheim"


@pytest.fixture
def provider(settings):
    """Sending goes through django-anymail's own provider for tests."""
    settings.EMAIL_BACKEND = "anymail.backends.test.EmailBackend"
    settings.EMAIL_WEBHOOKS = ["postmark"]
    settings.ANYMAIL = {**settings.ANYMAIL, "WEBHOOK_SECRET": SECRET}
    return mail


@pytest.fixture
def sent(provider, newsletter_editor, login, edition, north):
    """Send the edition to these names; {name: delivery}."""

    def to(*names: str) -> dict[str, Delivery]:
        for name in names:
            make.SubscriptionFactory(email=f"{name}@example.nl", areas=[north])
        send_now(login(newsletter_editor), edition)
        tick()
        found = Delivery.objects.filter(mailing__edition=edition)
        return {row.address.partition("@")[0]: row for row in found}

    return to


def post(client, body, *, to="postmark", secret=SECRET, **headers):
    """What the server of a provider sends."""
    if secret:
        code = base64.b64encode(secret.encode()).decode()
        headers["authorization"] = f"Basic {code}"
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return client.post(
        f"/webhooks/mail/{to}/", content, content_type="application/json", headers=headers
    )


def bounce(delivery, details="", kind="HardBounce", **fields):
    return {
        "RecordType": "Bounce",
        "Type": kind,
        "Email": delivery.address,
        "Details": details,
        "MessageID": delivery.provider_id,
        **fields,
    }


def test_reports_of_a_provider_mean_what_the_same_mail_would(
    client, login, newsletter_editor, edition, sent, django_assert_max_num_queries
):
    names = ("weg", "vol", "spam", "boos", "klaar", "traag", "vreemd", "goed", "dood")
    rows = sent(*names)
    assert {row.state for row in rows.values()} == {"accepted"}
    for message in mail.outbox:
        delivery = rows[message.to[0].partition("@")[0]]
        assert message.anymail_test_params["metadata"] == {"delivery": mark_of(delivery.pk)}
        assert delivery.provider_id == str(mail.outbox.index(message))
        headers = message.anymail_test_params["extra_headers"]
        assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    gone = "smtp;550 5.1.1 No such user <script>"
    mark = {"MessageID": "unknown", "Metadata": {"delivery": mark_of(rows["dood"].pk)}}
    events = [
        bounce(rows["weg"], gone),
        bounce(rows["weg"], gone),
        bounce(rows["vol"], "smtp;552 5.2.2 Mailbox full"),
        bounce(rows["spam"], "smtp;550 Message rejected as spam"),
        bounce(rows["traag"], kind="Transient"),
        bounce(rows["dood"], kind="BadEmailAddress", **mark),
        {**bounce(rows["boos"]), "RecordType": "SpamComplaint", "Type": "SpamComplaint"},
        {
            "RecordType": "SubscriptionChange",
            "Recipient": rows["klaar"].address,
            "MessageID": rows["klaar"].provider_id,
            "SuppressSending": True,
            "SuppressionReason": "ManualSuppression",
        },
        # About nobody of ours, about another address, with a mark that we did not make.
        bounce(rows["goed"], gone, MessageID="never-heard-of"),
        bounce(rows["goed"], gone, MessageID=""),
        bounce(rows["goed"], gone, Email="iemand@example.nl"),
        bounce(rows["vreemd"], gone, MessageID="", Metadata={"delivery": "1-" + "0" * 20}),
        bounce(rows["vreemd"], gone, MessageID="", Metadata={"delivery": ["x"]}),
        {"RecordType": "Open", "Recipient": rows["goed"].address, "MessageID": "0"},
        {"RecordType": "Ooit"},
        {},
    ]
    for event in events:
        with django_assert_max_num_queries(25):
            assert post(client, event).status_code == 200, event
    assert dict(Suppression.objects.values_list("email", "reason")) == {
        "weg@example.nl": "bounced",
        "dood@example.nl": "bounced",
        "boos@example.nl": "complained",
        "klaar@example.nl": "unsubscribed",
    }
    assert dict(Bounce.objects.values_list("delivery__address", "kind")) == {
        "weg@example.nl": "hard",
        "vol@example.nl": "soft",
        "spam@example.nl": "soft",
        "dood@example.nl": "hard",
        "boos@example.nl": "complaint",
    }
    assert Bounce.objects.get(delivery=rows["vol"]).status == "5.2.2"
    assert Subscription.objects.get(email="klaar@example.nl").state == "unsubscribed"
    url = f"/beheer/nieuwsbrieven/{edition.pk}/"
    editor = login(newsletter_editor)
    content = editor.get(f"{url}stand/").content.decode()
    for what, number in (("bounced", 4), ("complained", 1), ("left", 1)):
        assert f'{url}ontvangers/?stand={what}">{number}</a>' in content
    assert "&lt;script&gt;" in editor.get(f"{url}ontvangers/?stand=bounced").content.decode()


def test_who_does_not_know_the_secret_reaches_nothing(client, sent, settings):
    rows = sent("goed")
    event = bounce(rows["goed"], "smtp;550 5.1.1 No such user")
    for secret in ("", "plein:fout", "plein", ":"):
        assert post(client, event, secret=secret).status_code == 400
    for broken in (b"", b"{", b"[]", b"\xff", b"null", b"{}" * 9):
        assert post(client, broken).status_code == 400
    assert client.get("/webhooks/mail/postmark/").status_code == 405
    for other in ("mailgun", "postmark2", "x" * 300):
        assert post(client, event, to=other).status_code == 404
    settings.EMAIL_WEBHOOKS = ["nergens"]
    assert post(client, event, to="nergens").status_code == 404
    settings.EMAIL_WEBHOOKS = ["postmark"]
    settings.ANYMAIL = {"WEBHOOK_SECRET": ""}
    assert post(client, event).status_code == 404
    assert not Bounce.objects.exists()
    assert not Suppression.objects.exists()


@pytest.mark.parametrize(
    ("names", "secret", "problem"),
    [
        (["postmark"], "", "newsletters.E003"),
        (["postmark"], "geheim", "newsletters.E003"),
        (["postduif"], SECRET, "newsletters.E004"),
    ],
)
def test_webhooks_without_a_secret_or_provider_are_refused(settings, names, secret, problem):
    settings.EMAIL_WEBHOOKS, settings.ANYMAIL = names, {"WEBHOOK_SECRET": secret}
    with pytest.raises(SystemCheckError, match=problem):
        call_command("check")
    settings.EMAIL_WEBHOOKS = []
    call_command("check")
    settings.EMAIL_PROVIDER, settings.EMAIL_BACKEND = "postmark", "anymail.backends.postmark.x"
    with pytest.raises(SystemCheckError, match=r"newsletters\.E005"):
        call_command("check")


class Answer(requests.Response):
    def __init__(self, code: int) -> None:
        super().__init__()
        self.status_code = code


class _TimedOutError(AnymailRequestsAPIError, requests.ReadTimeout):
    pass


@pytest.mark.parametrize(
    ("answer", "state", "trouble"),
    [
        (AnymailRecipientStatus("een", "rejected"), "failed", False),
        (AnymailRequestsAPIError("Adres geweigerd", response=Answer(422)), "failed", False),
        (AnymailRequestsAPIError("Sleutel fout", response=Answer(401)), "queued", True),
        (AnymailRequestsAPIError("Te druk", response=Answer(503)), "queued", True),
        (_TimedOutError("Geen antwoord"), "unknown", False),
        (AnymailAPIError("Onleesbaar"), "unknown", False),
    ],
)
def test_what_an_api_answers(
    provider, newsletter_editor, login, edition, subscriber, monkeypatch, answer, state, trouble
):
    """Nothing goes twice where the line broke, and no address fails for what is our own fault."""
    from anymail.signals import pre_send

    def answers(sender, message, **kwargs):
        one = isinstance(answer, AnymailRecipientStatus)
        message.anymail_test_response = (
            {"recipient_status": {subscriber.email: answer}} if one else answer
        )

    pre_send.connect(answers)
    try:
        send_now(login(newsletter_editor), edition)
        tick()
        tick()
    finally:
        pre_send.disconnect(answers)
    assert states(edition) == {subscriber.email: state}
    assert bool(Mailing.objects.get().trouble) is trouble
    assert len(mail.outbox) == 1
    if state == "failed" and answer is not None:
        assert Delivery.objects.get().reply
