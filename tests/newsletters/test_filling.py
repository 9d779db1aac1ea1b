"""Filling a draft newsletter with what changed: what comes in, what stays out, and who may."""

from datetime import time

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils.formats import date_format
from wagtail.models import PageViewRestriction

from areas.signals.services import handling
from newsletters.approval.services import approve_edition
from newsletters.models import NewsletterPage
from newsletters.services import ensure_editor_group
from tests.factories import history, pages, participation, signals, surveys
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


def choice(*areas, since=None, until=None, ahead=""):
    """What the editor chooses; nothing that comes, unless a day ahead is given."""
    return {
        "areas": [area.pk for area in areas],
        "since": since or days(-30).strftime("%d-%m-%Y"),
        "until": until or days(0).strftime("%d-%m-%Y"),
        "ahead": ahead and ahead.strftime("%d-%m-%Y"),
    }


def found(client, edition, *areas, **chosen) -> dict[str, str]:
    """Key by title of what is offered, all of it ticked."""
    html = client.get(url(edition), choice(*areas, **chosen)).content
    boxes = BeautifulSoup(html, "html.parser").find_all("input", {"name": "onderwerp"})
    assert all(box.has_attr("checked") for box in boxes)
    return {box.find_next("label").get_text(): box["value"] for box in boxes}


def fill(client, edition, *areas, drop=(), follow=True, **chosen):
    """Choose, take the tick away from some, and have the others put in the draft."""
    offered = found(client, edition, *areas, **chosen)
    kept = [key for title, key in offered.items() if title not in drop]
    data = choice(*areas, **chosen) | {"onderwerp": kept}
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
    assert [part["type"] for part in added] == ["heading", "agenda_item", "heading", "project"]
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


def test_what_is_not_ticked_stays_out_and_the_rest_can_be_read(manager, client, north, edition):
    for title in ("Blijft", "Gaat weg"):
        history.item_of(north, title=title)
    assert set(found(manager, edition, north)) == {"Blijft", "Gaat weg"}
    empty = manager.post(url(edition), choice(north), follow=True).content.decode()
    assert "Kruis ten minste één onderwerp aan." in empty
    boxes = BeautifulSoup(empty, "html.parser").find_all("input", {"name": "onderwerp"})
    assert len(boxes) == 2
    assert not any(box.has_attr("checked") for box in boxes)
    fill(manager, edition, north, drop=["Gaat weg"])
    form = manager.get(reverse("wagtailadmin_pages:edit", args=[edition.pk]))
    assert "Blijft" in form.content.decode()
    newest(edition).save_revision().publish()
    text = client.get(NewsletterPage.objects.get(pk=edition.pk).url).content.decode()
    assert "Blijft" in text
    assert "Gaat weg" not in text
    assert "Gebiedsagenda" in text


def test_what_comes_stands_at_the_end_by_day_and_a_page_comes_once(manager, north, edition):
    item = history.item_of(
        north, title="Begint", status="gepland", start_date=days(20), last_published_at=moment(-90)
    )
    survey = surveys.SurveyPageFactory(parent=north, title="Dijk", opens_at=moment(-3))
    planned = surveys.SurveyPageFactory(parent=north, title="Straks", planned=True)
    told = surveys.SurveyPageFactory(
        parent=north,
        title="Bank",
        closed=True,
        outcome="<p>Er komt een bank.</p>",
        outcome_date=days(-1),
    )
    hour = participation.OfficeHourPageFactory(parent=north, title="Spreekuur in Lisse")
    for day in (10, 17):
        participation.OfficeHourMomentFactory(
            office_hour=hour, date=days(day), start_time=time(10), end_time=time(12)
        )
    participation.OfficeHourExceptionFactory(
        office_hour=hour, date=days(10), reason="De zaal is dicht."
    )
    history.publish(hour)
    hour.refresh_from_db()
    type(hour).objects.filter(pk=hour.pk).update(first_published_at=moment(-90))
    before = len(draft(edition))
    fill(manager, edition, north, ahead=days(42))
    blocks = draft(edition)[before:]
    headings = [block["value"]["text"] for block in blocks if block["type"] == "heading"]
    assert headings == ["Enquêtes en uitkomsten", "Dit komt eraan"]
    about = [block["value"] for block in blocks if block["type"] != "heading"]
    by_page = {value["page"]: value["text"] for value in about}
    assert len(by_page) == len(blocks) - 2
    assert "Er komt een bank." in by_page[told.pk]
    assert by_page[survey.pk].startswith("Enquête open: ")
    assert "Enquête sluit op " in by_page[survey.pk]
    hours = by_page[hour.pk]
    assert "Spreekuur gaat niet door op " in hours
    assert "De zaal is dicht." in hours
    assert "Spreekuur op " in hours
    assert hours.count("10.00 – 12.00 uur") == 1
    agenda = next(text for text in by_page.values() if text.startswith("Agendapunt begint op "))
    day = date_format(days(20), "l j F")
    assert agenda == f"Agendapunt begint op {day}."
    # By day: first the survey that opens, then the office hour, last the item that begins.
    ahead = [value["page"] for value in about[2:]]
    assert ahead == [planned.pk, hour.pk, item.pk]


def test_an_answered_question_is_news_and_one_that_came_in_is_not(
    manager, area_manager, north, edition
):
    council = signals.council_in(north)
    for subject, public in (("Kale plek", True), ("Losse tegel", True), ("Ruzie", False)):
        signal = signals.from_council(council, subject=subject, public=public, days_ago=3)
        if subject != "Kale plek":
            handling.answer(
                signal=signal,
                version=signal.version,
                user=area_manager,
                text="Wij leggen de tegel vast.",
            )
    assert list(found(manager, edition, north)) == ["Losse tegel"]
    fill(manager, edition, north)
    heading, text = draft(edition)[-2:]
    assert heading["value"]["text"] == "Antwoord op vragen en signalen"
    assert "Losse tegel" in text["value"]
    assert "Wij leggen de tegel vast." in text["value"]
    assert found(manager, edition, north) == {}


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
    text = draft(edition)[-1]["value"]["text"]
    assert 300 < len(text) <= 400
    assert text.endswith("Lang verhaal.")


def test_more_than_fits_is_told(manager, north, edition):
    for _number in range(24):
        history.item_of(north)
    answer = manager.get(url(edition), choice(north)).content.decode()
    assert "20 onderwerpen gevonden." in answer
    assert "Nog 4 staan er niet bij. Kies een kortere tijd om die te zien." in answer


def test_the_form_begins_with_the_areas_and_the_day_of_the_previous_edition(
    manager, north, edition
):
    soup = BeautifulSoup(manager.get(url(edition)).content, "html.parser")
    assert soup.find("input", {"name": "since"})["value"] == days(-30).strftime("%d-%m-%Y")
    make.NewsletterPageFactory(parent=north, date=days(-12))
    make.NewsletterPageFactory(parent=north, date=days(12))
    soup = BeautifulSoup(manager.get(url(edition)).content, "html.parser")
    assert soup.find("input", {"name": "since"})["value"] == days(-12).strftime("%d-%m-%Y")
    assert soup.find("input", {"name": "until"})["value"] == days(0).strftime("%d-%m-%Y")
    assert soup.find("input", {"name": "ahead"})["value"] == days(42).strftime("%d-%m-%Y")
    offered = soup.find_all("input", {"name": "areas"})
    assert [(box["value"], box.has_attr("checked")) for box in offered] == [(str(north.pk), True)]


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"since": ""}, "Kies een dag."),
        ({"since": "eens"}, "Deze datum kennen wij niet. Schrijf hem zo: 31-12-2026."),
        ({"since": "31-12-2999"}, "Deze dag komt nog."),
        ({"since": "01-01-2001"}, "Dit is te lang geleden."),
        ({"until": "31-12-2999"}, "Deze dag komt nog."),
        ({"until": "01-01-2001"}, "Deze dag ligt voor de eerste."),
        ({"ahead": "01-01-2001"}, "Deze dag is al voorbij."),
        ({"ahead": "31-12-2999"}, "Dit is te ver weg."),
        ({"areas": []}, "Kies ten minste één gebied."),
        ({"areas": ["onzin"]}, "Dit gebied is niet van u."),
        ({"areas": ["west"]}, "Dit gebied is niet van u."),
    ],
)
def test_a_wrong_choice_is_told_and_the_draft_stays(manager, north, west, edition, wrong, message):
    history.item_of(north)
    before = draft(edition)
    if wrong.get("areas") == ["west"]:
        wrong = {"areas": [west.pk]}
    key = found(manager, edition, north).popitem()[1]
    for ask in (manager.get, manager.post):
        html = ask(url(edition), choice(north) | {"onderwerp": [key]} | wrong).content.decode()
        assert message in html
        assert 'name="onderwerp"' not in html
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
    assert login(neighbour).post(url(edition), choice(west)).status_code == 404
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
            fill(manager, edition, north, ahead=days(42), follow=False)
        return len(captured)

    history.everything(north)
    fill(manager, make.NewsletterPageFactory(parent=north), north)
    assert queries(1) == queries(4)
