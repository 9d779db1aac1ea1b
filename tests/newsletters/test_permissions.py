"""Newsletter editors make and send newsletters anywhere and nothing else; managers at home."""

import pytest
from django.urls import reverse
from wagtail.models import Page

from newsletters import services
from newsletters.models import Delivery, Mailing, NewsletterPage
from tests.factories import history, pages
from tests.factories import newsletters as make

from .conftest import send_now

pytestmark = pytest.mark.django_db
ABOUT = ["verzenden", "stand", "ontvangers", "proef", "annuleren"]


def form(title="Nieuws", **extra):
    """What the editor posts for an edition with one quote."""
    return {
        "title": title,
        "slug": title.lower().replace(" ", "-"),
        "date": "2026-11-02",
        "body-count": "1",
        "body-0-deleted": "",
        "body-0-order": "0",
        "body-0-type": "quote",
        "body-0-id": "",
        "body-0-value-text": "Eindelijk licht bij de school.",
        "body-0-value-source": "",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        **extra,
    }


def add_url(parent):
    return reverse("wagtailadmin_pages:add", args=["newsletters", "newsletterpage", parent.pk])


def edit_url(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def is_denied(response) -> bool:
    """Wagtail sends who may not to its own home page; our own pages do not exist for them."""
    return response.status_code in (403, 404) or (
        response.status_code == 302
        and (response.url == "/beheer/" or response.url.startswith("/beheer/login/"))
    )


@pytest.mark.parametrize("area", ["north", "west"])
def test_a_newsletter_editor_makes_publishes_and_sends_anywhere(
    area, request, login, newsletter_editor
):
    area = request.getfixturevalue(area)
    client = login(newsletter_editor)
    make.SubscriptionFactory(areas=[area])
    data = form(to_areas=[area.pk], **{"action-publish": "1"})
    client.post(add_url(area), data)
    edition = NewsletterPage.objects.get()
    assert edition.live
    assert edition.get_parent().pk == area.pk
    client.post(edit_url(edition), form("Ander nieuws", to_areas=[area.pk]))
    edition.refresh_from_db()
    assert edition.get_latest_revision_as_object().title == "Ander nieuws"
    send_now(client, edition)
    assert Mailing.objects.get().edition == edition


def test_a_newsletter_editor_makes_and_changes_nothing_else(login, newsletter_editor, north, home):
    client = login(newsletter_editor)
    agenda = pages.AgendaPageFactory(parent=north)
    item = pages.AgendaItemPageFactory(parent=agenda)
    text = pages.ContentPageFactory(parent=home)
    before = Page.objects.count()
    for page in (home, north, agenda, item, text):
        assert is_denied(client.get(edit_url(page))), page
        assert is_denied(client.post(edit_url(page), {"title": "Gekaapt"})), page
        assert is_denied(client.post(reverse("wagtailadmin_pages:delete", args=[page.pk])))
        assert is_denied(client.post(reverse("wagtailadmin_pages:unpublish", args=[page.pk])))
    for kind, parent in (("agenda/agendapage", north), ("cms/contentpage", home)):
        app, model = kind.split("/")
        response = client.post(
            reverse("wagtailadmin_pages:add", args=[app, model, parent.pk]), {"title": "Gekaapt"}
        )
        assert is_denied(response), kind
    assert Page.objects.count() == before
    assert not Page.objects.filter(title="Gekaapt").exists()
    for path in ("/beheer/users/", "/beheer/groups/", "/beheer/snippets/councils/council/"):
        assert client.get(path).status_code in (302, 403, 404), path


def test_an_area_manager_makes_and_sends_at_home(login, area_manager, north, council):
    client = login(area_manager)
    make.SubscriptionFactory(areas=[north])
    data = form(to_areas=[north.pk], to_councils=[council.pk], **{"action-publish": "1"})
    client.post(add_url(north), data)
    edition = NewsletterPage.objects.get()
    assert edition.live
    send_now(client, edition)
    assert Mailing.objects.get().deliveries.count() == 3


def test_an_area_manager_makes_nothing_in_another_area(login, area_manager, west):
    client = login(area_manager)
    assert is_denied(client.get(add_url(west)))
    assert is_denied(client.post(add_url(west), form()))
    assert not NewsletterPage.objects.exists()


def test_an_area_manager_is_offered_and_may_choose_own_areas_and_councils_only(
    login, area_manager, north, west, council
):
    client = login(area_manager)
    foreign = pages.CouncilFactory(area=west, name="Dorpsraad Vijfhuizen", slug="vijfhuizen")
    content = client.get(add_url(north)).content.decode()
    assert "Dorpsraad Zwanenburg" in content
    assert "Dorpsraad Vijfhuizen" not in content
    assert f'name="to_areas" value="{north.pk}"' in content
    assert f'name="to_areas" value="{west.pk}"' not in content
    for extra in ({"to_areas": [west.pk]}, {"to_councils": [foreign.pk]}):
        response = client.post(add_url(north), form(**extra))
        assert response.status_code == 200  # the form again, with the error
        assert not NewsletterPage.objects.exists()


def test_an_edition_for_several_areas_is_sent_by_who_may_write_to_all(
    login, area_manager, newsletter_editor, north, west
):
    make.SubscriptionFactory(areas=[west])
    edition = make.NewsletterPageFactory(parent=north, to=[north, west])
    manager = login(area_manager)
    content = manager.get(f"/beheer/nieuwsbrieven/{edition.pk}/verzenden/").content.decode()
    assert "Vraag de nieuwsbriefredactie om hem te verzenden" in content
    assert "Ja, verzend naar" not in content
    send_now(manager, edition)  # a colleague approves, and that is as far as it goes
    assert Mailing.objects.get().state == Mailing.State.APPROVED

    # Editing keeps what others chose, and cannot add more.
    manager.post(edit_url(edition), form("Mooier", to_areas=[north.pk, west.pk]))
    assert set(edition.get_latest_revision_as_object().area_ids) == {north.pk, west.pk}

    assert not Mailing.objects.exists()  # what was approved is not this any more
    send_now(login(newsletter_editor), edition)
    assert Mailing.objects.get().state == Mailing.State.SCHEDULED


def test_an_edition_for_a_council_elsewhere_is_not_the_managers_to_send(
    login, area_manager, north, west
):
    foreign = pages.CouncilFactory(area=west)
    pages.CouncilAddressFactory(council=foreign)
    edition = make.NewsletterPageFactory(parent=north, to=[foreign])
    send_now(login(area_manager), edition)
    assert Mailing.objects.get().state == Mailing.State.APPROVED


def test_a_mailing_to_other_areas_can_only_be_paused_by_the_manager(
    login, area_manager, newsletter_editor, north, west
):
    make.many_subscribers(3, area=west)
    edition = make.NewsletterPageFactory(parent=north, to=[north, west])
    send_now(login(newsletter_editor), edition)
    Mailing.objects.update(state=Mailing.State.SENDING)
    manager = login(area_manager)

    def press(name, **data) -> str:
        path = f"/beheer/nieuwsbrieven/{edition.pk}/{name}/"
        return manager.post(path, data, follow=True).content.decode()

    assert "Het verzenden staat stil" in press("pauzeren")
    row = str(Mailing.objects.get().deliveries.first().pk)
    for name, data in (("doorgaan", {}), ("annuleren", {}), ("opnieuw", {"bezorging": row})):
        assert f"gaat ook naar {west.title}" in press(name, **data), name
    assert Mailing.objects.get().state == Mailing.State.PAUSED


@pytest.mark.parametrize("name", ABOUT)
def test_pages_about_an_edition_do_not_exist_for_the_manager_of_another_area(
    login, manager_west, edition, subscriber, newsletter_editor, name
):
    send_now(login(newsletter_editor), edition)
    path = f"/beheer/nieuwsbrieven/{edition.pk}/{name}/"
    client = login(manager_west)
    for response in (client.get(path), client.post(path, {"wanneer": "nu"})):
        assert response.status_code in (404, 405)
        assert subscriber.email not in response.content.decode()
    assert Mailing.objects.count() == 1


@pytest.mark.parametrize("name", ABOUT)
def test_pages_about_an_edition_ask_strangers_to_log_in(client, edition, name):
    path = f"/beheer/nieuwsbrieven/{edition.pk}/{name}/"
    for response in (client.get(path), client.post(path)):
        assert response.status_code == 302
        assert response.url.startswith("/beheer/login/")


def test_an_area_manager_sees_numbers_but_no_addresses_of_subscribers(
    login, area_manager, north, council, subscriber
):
    edition = make.NewsletterPageFactory(parent=north, to=[north, council])
    client = login(area_manager)
    path = f"/beheer/nieuwsbrieven/{edition.pk}/ontvangers/"

    def check():
        content = client.get(path).content.decode()
        assert "b•••@example.nl" in content
        assert "secretaris@example.nl" in content
        assert subscriber.email not in content
        # Searching must not tell either.
        assert "b•••" not in client.get(path + "?q=bewoner").content.decode()

    check()
    send_now(client, edition)
    check()


def test_lists_of_addresses_are_for_newsletter_editors_and_administrators(
    login, area_manager, newsletter_editor, administrator, subscriber
):
    make.SuppressionFactory(email="nooit@example.nl")
    for path, address in (
        ("/beheer/nieuwsbrieven/abonnees/", subscriber.email),
        ("/beheer/nieuwsbrieven/geblokkeerd/", "nooit@example.nl"),
    ):
        assert is_denied(login(area_manager).get(path))
        for user in (newsletter_editor, administrator):
            response = login(user).get(path)
            assert address in response.content.decode()
    detail = f"/beheer/nieuwsbrieven/abonnees/inspect/{subscriber.pk}/"
    assert is_denied(login(area_manager).get(detail))
    assert subscriber.email in login(newsletter_editor).get(detail).content.decode()


@pytest.mark.parametrize("action", ["new/", "edit/{pk}/"])
def test_nobody_subscribes_or_changes_somebody_else(
    login, administrator, newsletter_editor, subscriber, action
):
    path = "/beheer/nieuwsbrieven/abonnees/" + action.format(pk=subscriber.pk)
    for user in (administrator, newsletter_editor):
        assert is_denied(login(user).get(path))
        assert is_denied(login(user).post(path, {"email": "ander@example.nl"}))
    subscriber.refresh_from_db()
    assert subscriber.email == "bewoner@example.nl"


def test_an_editor_deletes_somebody_who_called_and_blocks_an_address(
    login, newsletter_editor, subscriber
):
    from newsletters.models import Subscription, Suppression

    client = login(newsletter_editor)
    client.post(f"/beheer/nieuwsbrieven/abonnees/delete/{subscriber.pk}/")
    assert not Subscription.objects.exists()
    new = "/beheer/nieuwsbrieven/geblokkeerd/new/"
    assert "geldig e-mailadres" in client.post(new, {"email": "geen adres"}).content.decode()
    client.post(new, {"email": "Nooit@Example.nl"})
    suppression = Suppression.objects.get()
    assert (suppression.email, suppression.reason) == ("nooit@example.nl", "by_hand")
    assert suppression.created_by == newsletter_editor
    assert client.post(new, {"email": "nooit@example.nl"}).status_code == 200  # is there already
    assert Suppression.objects.count() == 1


def test_numbers_for_each_area_show_the_own_areas_only(
    login, area_manager, administrator, make_user, north, west
):
    make.many_subscribers(3, area=north)
    make.many_subscribers(5, area=west, start=10)
    path = "/beheer/nieuwsbrieven/abonnees-per-gebied/"
    content = login(area_manager).get(path).content.decode()
    assert "<td>Haarlemmermeer-Noord</td><td>3</td>" in content
    assert "Haarlemmermeer-West</td>" not in content
    assert (
        "<td>Haarlemmermeer-West</td><td>5</td>" in login(administrator).get(path).content.decode()
    )
    nobody = make_user("niemand")
    assert is_denied(login(nobody).get(path))


def test_the_list_of_editions_holds_what_the_user_may_see(
    login, area_manager, manager_west, newsletter_editor, north, west
):
    make.NewsletterPageFactory(parent=north, title="Nieuws van hier")
    make.NewsletterPageFactory(parent=west, title="Nieuws van daar")
    path = "/beheer/nieuwsbrieven/edities/"
    seen = login(area_manager).get(path).content.decode()
    assert "Nieuws van hier" in seen
    assert "Nieuws van daar" not in seen
    seen = login(newsletter_editor).get(path).content.decode()
    assert "Nieuws van hier" in seen
    assert "Nieuws van daar" in seen


def test_the_way_to_send_is_in_the_editor(login, area_manager, edition):
    content = login(area_manager).get(edit_url(edition)).content.decode()
    assert f"/beheer/nieuwsbrieven/{edition.pk}/verzenden/" in content
    assert "De mail is nog niet verzonden." in content


@pytest.mark.parametrize("action", ["delete", "unpublish"])
def test_an_edition_that_is_being_sent_stays(login, administrator, edition, subscriber, action):
    client = login(administrator)
    send_now(client, edition)
    Mailing.objects.update(state="sending")
    client.post(reverse(f"wagtailadmin_pages:{action}", args=[edition.pk]))
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    client.post(f"{bulk}?id={edition.pk}", {"include_descendants": "on"})
    assert NewsletterPage.objects.get(pk=edition.pk).live
    Mailing.objects.update(state="done")
    Delivery.objects.update(finished_at=history.moment(-800))
    services.purge()  # by then nobody leaves by its mails
    client.post(reverse(f"wagtailadmin_pages:{action}", args=[edition.pk]))
    assert not NewsletterPage.objects.filter(pk=edition.pk, live=True).exists()


def test_making_the_group_twice_changes_nothing(newsletter_editor):
    from newsletters.services import ensure_editor_group

    group = ensure_editor_group()
    before = (group.permissions.count(), group.page_permissions.count())
    assert ensure_editor_group() == group
    assert (group.permissions.count(), group.page_permissions.count()) == before
