"""Whom an edition reaches: by area, place, theme, project, council and list, each address once."""

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newsletters.models import ListMember, Mailing, NewsletterPage, Subscription, Suppression
from newsletters.sending.audience import Audience
from newsletters.sending.recipients import recipients, wanted_addresses
from tests.factories import newsletters as make
from tests.factories import pages
from tests.factories import participation as make_projects

from .conftest import send_now, states
from .test_permissions import add_url, edit_url, form

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(north, west):
    """Something of every kind that an edition can choose, here and in another area."""
    return {
        "place": pages.PlaceFactory(area=north, name="Zwanenburg"),
        "theme": pages.ThemeFactory(name="Verkeer"),
        "page": make_projects.ProjectPageFactory(parent=north, title="Nieuwe brug"),
        "council": pages.CouncilFactory(area=north, name="Dorpsraad Zwanenburg"),
        "far_council": pages.CouncilFactory(area=west, name="Dorpsraad Vijfhuizen"),
        "list": make.AddressListFactory(
            area=north, name="Winkeliers", purpose="nieuws over winkels"
        ),
        "far_page": make_projects.ProjectPageFactory(parent=west, title="Verre brug"),
        "far_place": pages.PlaceFactory(
            area=west, name="Vijfhuizen", geometry=west.geometry.point_on_surface
        ),
        "far_list": make.AddressListFactory(area=west, name="Boeren"),
        "everywhere": make.AddressListFactory(area=None, name="Persbureaus"),
    }


def subscribed(email, *, frequency="each", **topics):
    """A confirmed subscriber of what is given by field."""
    row = make.SubscriptionFactory(email=email, frequency=frequency)
    for name, chosen in topics.items():
        getattr(row, name).set(chosen)
    return row


def chosen(edition, **choices):
    """The edition with these choices, saved and published."""
    for name, values in choices.items():
        getattr(edition, name).set(values)
    edition.save()
    return edition


def by_address(audience):
    return {recipient.address: recipient for recipient in recipients(audience)}


def test_everybody_gets_one_mail_with_all_reasons(
    login, newsletter_editor, north, world, mailoutbox
):
    edition = chosen(
        make.NewsletterPageFactory(parent=north, to=[north]),
        to_places=[world["place"]],
        to_themes=[world["theme"]],
        to_pages=[world["page"]],
        to_council_areas=[north],
        to_lists=[world["list"]],
    )
    subscribed("alles@example.nl", areas=[north], places=[world["place"]], pages=[world["page"]])
    subscribed("thema@example.nl", themes=[world["theme"]])
    subscribed("plaats@example.nl", places=[world["place"]])
    subscribed("elders@example.nl", places=[world["far_place"]], pages=[world["far_page"]])
    subscribed("maand@example.nl", frequency="monthly", areas=[north])
    subscribed("maand-en-lijst@example.nl", frequency="monthly", areas=[north])
    pages.CouncilAddressFactory(council=world["council"], email="Alles@example.nl")
    pages.CouncilAddressFactory(council=world["far_council"], email="ver@example.nl")
    for email in ("alles@example.nl", "maand-en-lijst@example.nl", "lijst@example.nl"):
        make.ListMemberFactory(address_list=world["list"], email=email)
    make.ListMemberFactory(address_list=world["list"], email="weg@example.nl", left=True)
    make.ListMemberFactory(address_list=world["list"], email="nooit@example.nl")
    make.SuppressionFactory(email="nooit@example.nl")
    make.ListMemberFactory(address_list=world["far_list"], email="boer@example.nl")

    found = by_address(edition.audience)
    assert sorted(found) == [
        "alles@example.nl",
        "lijst@example.nl",
        "maand-en-lijst@example.nl",
        "maand@example.nl",
        "nooit@example.nl",
        "plaats@example.nl",
        "thema@example.nl",
    ]
    assert found["alles@example.nl"].reason == (
        "u zich hebt aangemeld voor nieuws over Haarlemmermeer-Noord en over Zwanenburg en over "
        "het project Nieuwe brug en omdat dit het mailadres is van Dorpsraad Zwanenburg en omdat "
        "u op de lijst ‘Winkeliers’ (nieuws over winkels) staat"
    )
    assert found["thema@example.nl"].reason == (
        "u zich hebt aangemeld voor nieuws over het thema Verkeer"
    )
    assert found["maand-en-lijst@example.nl"].reason == (
        "u op de lijst ‘Winkeliers’ (nieuws over winkels) staat"
    )
    assert "eens per maand" in found["maand@example.nl"].trouble

    client = login(newsletter_editor)
    page = client.get(f"/beheer/nieuwsbrieven/{edition.pk}/verzenden/").content.decode()
    assert "<td>Lijst ‘Winkeliers’</td><td>3</td>" in page
    assert "<td>Abonnees van het thema Verkeer</td><td>1</td>" in page
    send_now(client, edition)
    assert states(edition) == {
        "alles@example.nl": "queued",
        "lijst@example.nl": "queued",
        "maand-en-lijst@example.nl": "queued",
        "maand@example.nl": "suppressed",
        "nooit@example.nl": "suppressed",
        "plaats@example.nl": "queued",
        "thema@example.nl": "queued",
    }
    audience = Mailing.objects.get().audience
    assert audience["lists"] == [world["list"].pk]
    wanted = set(states(edition)) - {"maand@example.nl", "nooit@example.nl"}
    assert wanted_addresses(addresses=list(states(edition)), audience=audience) == wanted

    # Between freezing and sending people leave in every way there is.
    ListMember.objects.filter(email="lijst@example.nl").delete()
    Subscription.objects.get(email="thema@example.nl").themes.clear()
    Subscription.objects.filter(email="plaats@example.nl").update(frequency="monthly")
    assert wanted_addresses(addresses=list(states(edition)), audience=audience) == {
        "alles@example.nl",
        "maand-en-lijst@example.nl",
    }


def test_a_mailing_of_before_goes_on(north, subscriber, council):
    old = {"areas": [north.pk], "councils": [council.pk]}
    addresses = [subscriber.email, "secretaris@example.nl", "vreemd@example.nl"]
    assert wanted_addresses(addresses=addresses, audience=old) == set(addresses[:2])
    assert Audience.frozen(old).lists == ()


def test_the_number_of_queries_does_not_grow(north, world, django_assert_num_queries):
    edition = chosen(
        make.NewsletterPageFactory(parent=north, to=[north]),
        to_places=[world["place"]],
        to_themes=[world["theme"]],
        to_pages=[world["page"]],
        to_councils=[world["council"]],
        to_council_areas=[north],
        to_lists=[world["list"], world["everywhere"]],
    )
    audience = edition.audience
    for number in (2, 200):
        make.many_subscribers(number, area=north, start=1000 * number)
        make.many_members(number, address_list=world["list"], start=1000 * number)
        with django_assert_num_queries(7):
            found = recipients(audience)
        addresses = [recipient.address for recipient in found]
        with django_assert_num_queries(4):
            assert wanted_addresses(addresses=addresses, audience=audience.as_json()) == set(
                addresses
            )
    assert len(found) == 404


SETS = st.lists(st.sampled_from("abcdefgh"), max_size=8)


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(area=SETS, theme=SETS, monthly=SETS, council=SETS, members=SETS, left=SETS, blocked=SETS)
def test_no_address_twice_none_missing_none_that_wants_nothing(
    north, world, area, theme, monthly, council, members, left, blocked
):
    for model in (Subscription, ListMember, Suppression):
        model.objects.all().delete()
    world["council"].addresses.all().delete()

    def mail(letter):
        return f"{letter}@example.nl"

    for letter in {*area, *theme}:
        topics = {"areas": [north] if letter in area else []}
        topics["themes"] = [world["theme"]] if letter in theme else []
        frequency = "monthly" if letter in monthly else "each"
        subscribed(mail(letter), frequency=frequency, **topics)
    for letter in set(council):
        pages.CouncilAddressFactory(council=world["council"], email=mail(letter).title())
    for letter in set(members):
        make.ListMemberFactory(address_list=world["list"], email=mail(letter), left=letter in left)
    for letter in set(blocked):
        make.SuppressionFactory(email=mail(letter))

    audience = Audience(
        areas=(north.pk,),
        themes=(world["theme"].pk,),
        council_areas=(north.pk,),
        lists=(world["list"].pk,),
    )
    found = recipients(audience)
    addresses = [recipient.address for recipient in found]
    assert len(addresses) == len(set(addresses))
    each = ({*area, *theme} - {*monthly}) | {*council} | ({*members} - {*left})
    expected = {mail(letter) for letter in each - {*blocked}}
    assert {recipient.address for recipient in found if not recipient.trouble} == expected
    assert wanted_addresses(addresses=addresses, audience=audience.as_json()) == expected
    assert all(recipient.reason for recipient in found)


def test_a_manager_is_offered_what_is_of_the_own_area(login, area_manager, north, west, world):
    for page in (world["page"], world["far_page"]):
        subscribed(f"volger{page.pk}@example.nl", pages=[page])
    make.ListMemberFactory(address_list=world["list"])
    client = login(area_manager)
    content = client.get(add_url(north)).content.decode()
    for own in ("Zwanenburg", "Verkeer", "Nieuwe brug (1 adres)", "Winkeliers (1 adres)"):
        assert own in content, own
    for foreign in ("Vijfhuizen", "Verre brug", "Boeren", "Persbureaus"):
        assert foreign not in content, foreign
    for extra in (
        {"to_places": [world["far_place"].pk]},
        {"to_pages": [world["far_page"].pk]},
        {"to_council_areas": [west.pk]},
        {"to_lists": [world["far_list"].pk]},
        {"to_lists": [world["everywhere"].pk]},
    ):
        assert client.post(add_url(north), form(**extra)).status_code == 200, extra
    assert not NewsletterPage.objects.exists()

    def counted(**choices) -> str:
        return client.post("/beheer/nieuwsbrieven/aantal/", choices).json()["text"]

    assert counted() == "U hebt nog niemand gekozen."
    assert counted(to_lists=[world["list"].pk]) == "Nu gekozen: 1 adres krijgt de mail."
    assert counted(to_lists=["x", "9" * 30, "-1"]) == "U hebt nog niemand gekozen."
    assert "adres" not in counted(to_lists=[world["list"].pk], to_areas=[west.pk])

    own = {
        "to_areas": [north.pk],
        "to_places": [world["place"].pk],
        "to_pages": [world["page"].pk],
        "to_council_areas": [north.pk],
        "to_lists": [world["list"].pk],
    }
    client.post(add_url(north), form(**own, **{"action-publish": "1"}))
    edition = NewsletterPage.objects.get()
    assert edition.live
    sending = f"/beheer/nieuwsbrieven/{edition.pk}/verzenden/"
    assert "Deze nieuwsbrief gaat ook naar" not in client.get(sending).content.decode()

    # A theme reaches the whole municipality, and so does what another editor chose.
    chosen(
        edition,
        to_themes=[world["theme"]],
        to_lists=[world["far_list"], world["everywhere"]],
        to_pages=[world["far_page"]],
        to_places=[world["far_place"]],
    )
    content = client.get(sending).content.decode()
    assert (
        "Deze nieuwsbrief gaat ook naar Haarlemmermeer-West, de lijst ‘Persbureaus’, iedereen met "
        "het thema ‘Verkeer’, wie ‘Verre brug’ volgt."
    ) in content
    client.post(sending, {"wanneer": "nu"})
    assert not Mailing.objects.exists()
    kept = {name: [row.pk for row in getattr(edition, name).all()] for name in own}
    kept["to_themes"] = [world["theme"].pk]
    client.post(edit_url(edition), form("Mooier", **kept))
    draft = edition.get_latest_revision_as_object()
    assert set(draft.audience.lists) == {world["far_list"].pk, world["everywhere"].pk}


def test_addresses_of_people_are_for_who_may_see_them(
    login, area_manager, newsletter_editor, north, world
):
    edition = chosen(
        make.NewsletterPageFactory(parent=north),
        to_lists=[world["far_list"]],
        to_councils=[world["council"]],
    )
    make.ListMemberFactory(address_list=world["far_list"], email="boerin@example.nl")
    pages.CouncilAddressFactory(council=world["council"], email="raad@example.nl")
    path = f"/beheer/nieuwsbrieven/{edition.pk}/ontvangers/"
    for sent in (False, True):
        if sent:
            send_now(login(newsletter_editor), edition)
        assert "boerin@example.nl" in login(newsletter_editor).get(path).content.decode()
        seen = login(area_manager).get(path).content.decode()
        assert "raad@example.nl" in seen
        assert "b•••@example.nl" in seen
        assert "boerin@example.nl" not in seen
        found = login(area_manager).get(f"{path}?q=boerin").content.decode()
        assert "Er is niemand gevonden" in found


def test_the_form_takes_no_more_queries_for_more_choices(
    login, newsletter_editor, north, world, django_assert_max_num_queries
):
    client = login(newsletter_editor)
    subscribed("eerste@example.nl", pages=[world["page"]])  # without any, there is no such choice
    client.get(add_url(north))

    def look() -> int:
        with django_assert_max_num_queries(200) as captured:
            assert client.get(add_url(north)).status_code == 200
        return len(captured)

    before = look()
    for number in range(5):
        make.AddressListFactory(area=north, name=f"Lijst {number}")
        pages.PlaceFactory(area=north, name=f"Dorp {number}")
        page = make_projects.ProjectPageFactory(parent=north, title=f"Project {number}")
        subscribed(f"volger{number}@example.nl", pages=[page])
    assert look() == before


def test_a_member_leaves_by_the_mail_and_stays_away(client, login, newsletter_editor, north, world):
    from newsletters.tokens import leave_token

    edition = chosen(make.NewsletterPageFactory(parent=north), to_lists=[world["list"]])
    member = make.ListMemberFactory(address_list=world["list"], email="winkel@example.nl")
    send_now(login(newsletter_editor), edition)
    delivery = Mailing.objects.get().deliveries.get()
    path = reverse("newsletter_leave", args=[leave_token(delivery.pk)])
    assert "w•••@example.nl" in client.get(path).content.decode()
    member.refresh_from_db()
    assert member.state == ListMember.State.ACTIVE
    assert client.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    member.refresh_from_db()
    assert (member.state, member.left_at <= timezone.now()) == (ListMember.State.LEFT, True)
    assert Suppression.objects.get().email == "winkel@example.nl"
    assert wanted_addresses(addresses=[member.email], audience=edition.audience.as_json()) == set()

    # Subscribing to something else later does not bring the list back.
    Suppression.objects.all().delete()
    assert wanted_addresses(addresses=[member.email], audience=edition.audience.as_json()) == set()
