"""Filling a draft newsletter with what changed: what comes in, what stays out, and who may."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import PageViewRestriction

from newsletters.approval.services import approve_edition
from newsletters.models import NewsletterPage
from newsletters.services import ensure_editor_group
from tests.factories import history, pages, participation
from tests.factories import newsletters as make
from tests.factories.history import days, moment

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition(north):
    return make.NewsletterPageFactory(parent=north, live=False, to=[north])


@pytest.fixture
def manager(login, area_manager):
    return login(area_manager)


def url(edition) -> str:
    return reverse("newsletter_fill", args=[edition.pk])


def fill(client, edition, *areas, since=None, follow=True):
    data = {"areas": [area.pk for area in areas], "since": since or days(-30).strftime("%d-%m-%Y")}
    return client.post(url(edition), data, follow=follow)


def newest(edition) -> NewsletterPage:
    """The newest draft."""
    return NewsletterPage.objects.get(pk=edition.pk).get_latest_revision_as_object()


def draft(edition) -> list[dict]:
    """The blocks of the newest draft, as they are stored."""
    return list(newest(edition).body.raw_data)


def test_the_draft_gets_what_changed_and_nothing_is_published(manager, north, edition):
    item = history.item_of(north, title="Zebrapad", last_published_at=moment(-90))
    pages.ProgressUpdateFactory(item=item, date=days(-3), text="De verf ligt er")
    history.changed(item, ago=2, old="gepland", new="vertraagd", reason="Het regent.")
    project = participation.ProjectPageFactory(parent=north, title="Brug")
    participation.ProjectNewsFactory(project=project, date=days(-1), title="Open", text="<p>Ja</p>")
    before = len(edition.body)
    response = fill(manager, edition, north)
    assert response.redirect_chain[-1][0] == reverse("wagtailadmin_pages:edit", args=[edition.pk])
    assert "Er staan 2 onderwerpen bij" in response.content.decode()
    added = draft(edition)[before:]
    assert [part["type"] for part in added] == ["heading", "agenda_item", "heading", "page"]
    assert added[0]["value"]["text"] == "Gebiedsagenda"
    assert added[1]["value"] == {
        "page": item.pk,
        "text": "Agendapunt gewijzigd: Status: van Gepland naar Vertraagd. Reden: Het regent. "
        "Voortgang: De verf ligt er.",
    }
    assert added[3]["value"] == {"page": project.pk, "text": "Nieuws over project: Open. Ja."}
    edition.refresh_from_db()
    assert not edition.live
    assert len(edition.body) == before
    assert edition.latest_revision.user.username == "gebiedsmanager-noord"


def test_the_editor_removes_what_does_not_fit_and_the_rest_can_be_read(
    manager, client, north, edition
):
    for title in ("Blijft", "Gaat weg"):
        history.item_of(north, title=title)
    fill(manager, edition, north)
    page = newest(edition)
    titles = [value.value["page"].title for value in page.body if value.block_type == "agenda_item"]
    assert sorted(titles) == ["Blijft", "Gaat weg"]
    form = manager.get(reverse("wagtailadmin_pages:edit", args=[edition.pk]))
    assert "Blijft" in form.content.decode()
    del page.body[2 + next(n for n, title in enumerate(titles) if title == "Gaat weg") + 1]
    page.save_revision().publish()
    text = client.get(NewsletterPage.objects.get(pk=edition.pk).url).content.decode()
    assert "Blijft" in text
    assert "Gaat weg" not in text
    assert "Gebiedsagenda" in text


def test_filling_twice_doubles_nothing(manager, north, edition):
    history.everything(north)
    fill(manager, edition, north)
    once = draft(edition)
    answer = fill(manager, edition, north)
    assert draft(edition) == once
    assert "Er is niets bij gekomen" in answer.content.decode()
    history.publish(participation.ProjectPageFactory(parent=north, title="Later gekomen"))
    fill(manager, edition, north)
    assert len(draft(edition)) == len(once) + 2


def test_only_of_the_chosen_areas_since_the_day_and_what_is_public(
    login, administrator, north, west, areas, edition
):
    history.item_of(north, title="Van Noord")
    history.item_of(west, title="Van West")
    history.item_of(areas["nieuw-vennep"], title="Van Vennep")
    history.item_of(north, title="Oud", last_published_at=moment(-40))
    closed = history.item_of(north, title="Achter slot")
    PageViewRestriction.objects.create(page=closed, restriction_type="login")
    make.NewsletterPageFactory(parent=north, title="Vorige brief", date=days(-2))
    fill(login(administrator), edition, north, west)
    chosen = newest(edition).body
    titles = {part.value["page"].title for part in chosen if part.block_type == "agenda_item"}
    assert titles == {"Van Noord", "Van West"}
    assert {part.block_type for part in chosen} == {"heading", "text", "agenda_item"}


def test_what_is_no_page_comes_as_text_that_cannot_harm(manager, client, north, edition):
    council = pages.CouncilFactory(area=north, name="Raad <script>alert(1)</script> & co")
    history.meeting_of(council, day=-2, state="vastgesteld", minutes="<p>Ja</p>")
    fill(manager, edition, north)
    text = draft(edition)[-1]
    assert text["type"] == "text"
    assert council.get_absolute_url() in text["value"]
    assert "<script>" not in text["value"]
    newest(edition).save_revision().publish()
    html = client.get(NewsletterPage.objects.get(pk=edition.pk).url).content.decode()
    assert "<script>alert" not in html


def test_long_stories_are_cut_to_what_a_block_takes(manager, north, edition):
    item = history.item_of(north)
    for number in range(8):
        pages.ProgressUpdateFactory(item=item, date=days(-number), text="Lang verhaal. " * 60)
    fill(manager, edition, north)
    assert len(draft(edition)[-1]["value"]["text"]) <= 400


def test_more_than_fits_is_told(manager, north, edition):
    for _number in range(24):
        history.item_of(north)
    answer = fill(manager, edition, north).content.decode()
    assert "Er staan 20 onderwerpen bij" in answer
    assert "Nog 4 staan er niet bij. Kies een latere dag." in answer


def test_the_form_begins_with_the_areas_and_the_day_of_the_previous_edition(
    manager, north, edition
):
    soup = BeautifulSoup(manager.get(url(edition)).content, "html.parser")
    assert soup.find("input", {"name": "since"})["value"] == days(-30).strftime("%d-%m-%Y")
    make.NewsletterPageFactory(parent=north, date=days(-12))
    make.NewsletterPageFactory(parent=north, date=days(12))
    soup = BeautifulSoup(manager.get(url(edition)).content, "html.parser")
    assert soup.find("input", {"name": "since"})["value"] == days(-12).strftime("%d-%m-%Y")
    offered = soup.find_all("input", {"name": "areas"})
    assert [(box["value"], box.has_attr("checked")) for box in offered] == [(str(north.pk), True)]


@pytest.mark.parametrize(
    ("since", "message"),
    [
        ("", "Kies een dag."),
        ("eens", "Deze datum kennen wij niet. Schrijf hem zo: 31-12-2026."),
        ("31-12-2999", "Deze dag komt nog."),
        ("01-01-2001", "Dit is te lang geleden."),
    ],
)
def test_a_wrong_day_is_told_and_the_draft_stays(manager, north, edition, since, message):
    history.item_of(north)
    before = draft(edition)
    response = manager.post(url(edition), {"areas": [north.pk], "since": since})
    assert message in response.content.decode()
    assert "checked" in response.content.decode()
    assert draft(edition) == before


@pytest.mark.parametrize("named", [[], ["west"], ["onzin"], ["999999"]])
def test_areas_of_others_are_refused(manager, west, edition, named):
    before = draft(edition)
    chosen = [west.pk if area == "west" else area for area in named]
    html = manager.post(url(edition), {"areas": chosen, "since": days(-3)}).content.decode()
    assert "Kies ten minste één gebied." in html or "Dit gebied is niet van u." in html
    assert draft(edition) == before


def test_who_may_fill(client, login, make_user, north, west, edition, administrator):
    history.item_of(north)
    writer = make_user("schrijver", groups=[Group.objects.get(name=f"Schrijvers {north.code}")])
    editor = make_user("nieuwsbrieven", groups=[ensure_editor_group()])
    neighbour = make_user("gebiedsmanager-west", groups=[west.manager_group])
    for user in (writer, editor, administrator):
        response = login(user).get(reverse("wagtailadmin_pages:edit", args=[edition.pk]))
        assert url(edition) in response.content.decode(), user
        assert login(user).get(url(edition)).status_code == 200, user
    assert login(neighbour).get(url(edition)).status_code == 404
    assert fill(login(neighbour), edition, west).status_code == 404
    assert "/beheer/login/" in client.get(url(edition)).url
    before = len(draft(edition))
    assert fill(login(writer), edition, north).status_code == 200
    assert len(draft(edition)) == before + 2


def test_what_was_sent_or_is_locked_is_not_filled(
    manager, login, administrator, area_manager, north, edition
):
    history.item_of(north)
    before = draft(edition)
    edition.locked, edition.locked_by = True, administrator
    edition.save()
    assert "zit op slot" in fill(manager, edition, north).content.decode()
    edition.locked, edition.locked_by = False, None
    edition.save()
    make.SubscriptionFactory(areas=[north])
    edition.save_revision().publish()
    edition.refresh_from_db()
    approve_edition(edition=edition, user=administrator)
    assert "al verzonden of staat klaar" in fill(manager, edition, north).content.decode()
    assert draft(edition) == before


def test_an_unfinished_draft_can_be_filled(manager, north, edition):
    unfinished = newest(edition)
    unfinished.date = None
    unfinished.save_revision(clean=False)
    history.item_of(north)
    assert "Er staat 1 onderwerp bij" in fill(manager, edition, north).content.decode()


def test_queries_do_not_grow(manager, north, django_assert_max_num_queries):
    def queries(times):
        edition = make.NewsletterPageFactory(parent=north, live=False, to=[north])
        history.everything(north, times=times)
        with django_assert_max_num_queries(200) as captured:
            fill(manager, edition, north, follow=False)
        return len(captured)

    fill(manager, make.NewsletterPageFactory(parent=north), north)
    assert queries(1) == queries(4)
