"""Factories of editions, subscriptions and mailings."""

import json
import uuid
from datetime import date

import factory
import wagtail_factories
from django.utils import timezone

from newsletters import consent
from newsletters.models import (
    AddressList,
    ListMember,
    NewsletterPage,
    Subscription,
    Suppression,
)


def block(kind: str, value) -> dict:
    """One block of a StreamField, as it is stored."""
    return {"type": kind, "value": value, "id": str(uuid.uuid4())}


def body(*blocks: dict) -> str:
    """A StreamField of such blocks."""
    return json.dumps(list(blocks))


class NewsletterPageFactory(wagtail_factories.PageFactory):
    title = factory.Sequence(lambda n: f"Nieuws uit Noord, nummer {n}")
    slug = factory.Sequence(lambda n: f"nieuws-uit-noord-{n}")
    summary = "De oversteek bij de school krijgt licht, en u kunt meepraten over de dijk."
    date = date(2026, 11, 2)
    body = factory.LazyFunction(
        lambda: body(
            block("heading", {"text": "Licht bij de school", "level": "h2"}),
            block("text", "<p>De lampen branden vanaf <b>1 december</b>.</p>"),
        )
    )

    class Meta:
        model = NewsletterPage
        skip_postgeneration_save = True

    @factory.post_generation
    def to(self, create, recipients, **kwargs):
        """`to=[area, council, …]`: who gets it."""
        if not recipients:
            return
        from areas.models import AreaPage

        self.to_areas.set([r for r in recipients if isinstance(r, AreaPage)])
        self.to_councils.set([r for r in recipients if not isinstance(r, AreaPage)])
        self.save()


class SubscriptionFactory(factory.django.DjangoModelFactory):
    email = factory.Sequence(lambda n: f"bewoner{n}@example.nl")
    state = Subscription.State.CONFIRMED
    consent_version = consent.CURRENT.version
    consent_at = factory.LazyFunction(timezone.now)
    consent_source = "via de website"

    class Meta:
        model = Subscription
        skip_postgeneration_save = True

    @factory.post_generation
    def areas(self, create, areas, **kwargs):
        if areas:
            self.areas.set(areas)


class SuppressionFactory(factory.django.DjangoModelFactory):
    email = factory.Sequence(lambda n: f"afgemeld{n}@example.nl")

    class Meta:
        model = Suppression


class AddressListFactory(factory.django.DjangoModelFactory):
    name = factory.Sequence(lambda n: f"Ondernemers {n}")
    purpose = "nieuws voor ondernemers"
    consent = "Aangemeld met een formulier op de markt."

    class Meta:
        model = AddressList


class ListMemberFactory(factory.django.DjangoModelFactory):
    """`left=True`: somebody who left the list."""

    address_list = factory.SubFactory(AddressListFactory)
    email = factory.Sequence(lambda n: f"ondernemer{n}@example.nl")
    consent_source = "formulier op de markt"

    class Meta:
        model = ListMember

    class Params:
        left = factory.Trait(
            state=ListMember.State.LEFT, left_at=factory.LazyFunction(timezone.now)
        )


def many_members(number: int, *, address_list, start: int = 0) -> None:
    """`number` members of a list, in few queries."""
    ListMember.objects.bulk_create(
        ListMemberFactory.build(address_list=address_list, email=f"lid{n:06}@example.nl")
        for n in range(start, start + number)
    )


def many_subscribers(number: int, *, area, start: int = 0) -> None:
    """`number` confirmed subscribers of an area, in few queries."""
    made = Subscription.objects.bulk_create(
        SubscriptionFactory.build(email=f"abonnee{n:05}@example.nl")
        for n in range(start, start + number)
    )
    through = Subscription.areas.through
    through.objects.bulk_create(
        through(subscription_id=row.pk, areapage_id=area.pk) for row in made
    )
