"""What the database refuses, and what is wiped when its time has come."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from newsletters import services
from newsletters.models import Bounce, Delivery, Mailing, Pace, Subscription, Suppression
from newsletters.tokens import leave_token
from tests.factories import newsletters as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def mailing(edition):
    return Mailing.objects.create(
        edition=edition, send_at=timezone.now(), from_email="x", list_id="x"
    )


def delivery(mailing, address="bewoner@example.nl", **fields):
    return Delivery.objects.create(mailing=mailing, address=address, reason="proef", **fields)


def refused(action) -> bool:
    try:
        with transaction.atomic():
            action()
    except IntegrityError:
        return True
    return False


def test_an_address_has_one_subscription_in_lower_case():
    make.SubscriptionFactory(email="bewoner@example.nl")
    assert refused(lambda: make.SubscriptionFactory(email="bewoner@example.nl"))
    assert refused(lambda: make.SubscriptionFactory(email="Ander@example.nl"))


def test_nobody_is_subscribed_without_consent():
    assert refused(lambda: make.SubscriptionFactory(consent_at=None))
    assert refused(lambda: make.SubscriptionFactory(consent_version=""))
    make.SubscriptionFactory(state=Subscription.State.PENDING, consent_at=None)


def test_a_block_is_there_once_and_in_lower_case():
    make.SuppressionFactory(email="nooit@example.nl")
    assert refused(lambda: make.SuppressionFactory(email="nooit@example.nl"))
    assert refused(lambda: make.SuppressionFactory(email="Nooit2@example.nl"))


def test_an_edition_has_one_mailing(edition, mailing):
    assert refused(
        lambda: Mailing.objects.create(
            edition=edition, send_at=timezone.now(), from_email="x", list_id="x"
        )
    )


def test_an_address_stands_once_on_the_list_of_a_mailing(mailing):
    delivery(mailing)
    assert refused(lambda: delivery(mailing))
    assert refused(lambda: delivery(mailing, "Bewoner2@example.nl"))


def test_states_that_do_not_exist_are_refused(mailing):
    assert refused(lambda: delivery(mailing, state="verdwenen"))
    assert refused(lambda: Mailing.objects.update(state="verdwenen"))
    assert refused(lambda: make.SubscriptionFactory(state="verdwenen"))


def test_addresses_of_old_deliveries_are_wiped_and_the_figures_stay(client, mailing, north):
    old = timezone.now() - timedelta(days=services.DELIVERY_DAYS + 1)
    council = delivery(
        mailing,
        "raad@example.nl",
        state="accepted",
        finished_at=old,
        reply="250 raad@example.nl ok",
    )
    bounce = Bounce.objects.create(delivery=council, kind="hard", words="raad@example.nl unknown")
    subscriber = make.SubscriptionFactory(email="bewoner@example.nl", areas=[north])
    person = delivery(mailing, subscription=subscriber, state="accepted", finished_at=old)
    fresh = delivery(mailing, "nieuw@example.nl", state="accepted", finished_at=timezone.now())
    waiting = delivery(mailing, "wacht@example.nl")
    services.purge()
    services.purge()
    left = dict(Delivery.objects.values_list("pk", "address"))
    assert left == {
        council.pk: f"verwijderd-{council.pk}",
        person.pk: f"verwijderd-{person.pk}",
        fresh.pk: "nieuw@example.nl",
        waiting.pk: "wacht@example.nl",
    }
    council.refresh_from_db()
    bounce.refresh_from_db()
    assert "raad@" not in council.reply + bounce.words
    assert refused(lambda: Bounce.objects.create(delivery=council, kind="hard"))
    assert refused(lambda: Bounce.objects.create(delivery=council, kind="verdwenen"))
    assert refused(lambda: Pace.objects.create(pk=2))
    assert mailing.deliveries.state_counts() == {"accepted": 3, "queued": 1}

    # The link of an old mail still works for whom it can, and is kind to whom it cannot.
    path = f"/nieuwsbrieven/afmelden/{leave_token(council.pk)}/"
    assert "U bent afgemeld" in client.get(path).content.decode()
    client.post(path)
    assert not Suppression.objects.exists()
    client.post(f"/nieuwsbrieven/afmelden/{leave_token(person.pk)}/")
    subscriber.refresh_from_db()
    assert subscriber.state == Subscription.State.UNSUBSCRIBED
