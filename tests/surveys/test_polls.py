"""Polls: voting from any page, once, without saying who; and their place in the admin."""

import pytest
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from surveys.models import Poll, PollChoice, PollVote
from tests.factories import pages
from tests.factories import surveys as make
from tests.surveys.helpers import form_on, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def poll(home):
    return make.PollFactory()


@pytest.fixture
def page(home, poll):
    """A page of text with the poll in it."""
    return pages.ContentPageFactory(parent=home, body=[("poll", poll)])


@pytest.fixture
def visitor():
    """A browser of its own, held to CSRF tokens."""
    return Client(enforce_csrf_checks=True)


def first_choice(poll) -> PollChoice:
    return poll.choices.order_by("sort_order").first()


def vote_from(client, page, choice):
    form = form_on(client.get(page.url))
    return client.post(form.action, form.fields | {"keuze": [str(choice.pk)]})


def test_voting_from_a_page_counts_and_leads_back(visitor, page, poll):
    response = vote_from(visitor, page, first_choice(poll))
    assert response.status_code == 302
    result = visitor.get(response.url)
    words = text_of(result)
    assert "Uw stem telt mee" in words
    assert "Meer bomen 100% (1)" in words
    assert f'href="{page.url}"' in result.content.decode()
    assert PollVote.objects.get().choice == first_choice(poll)


def test_a_vote_holds_the_answer_and_the_day_only(visitor, page, poll):
    vote_from(visitor, page, first_choice(poll))
    vote = PollVote.objects.get()
    assert {f.name for f in vote._meta.concrete_fields} == {"id", "choice", "voted_on"}
    assert vote.voted_on == timezone.localdate()
    assert vote.pk.version == 4


def test_voting_works_on_a_cached_page_for_each_visitor(kept_pages, page, poll):
    for _ in range(2):
        response = vote_from(Client(enforce_csrf_checks=True), page, first_choice(poll))
        assert response.status_code == 302
    assert PollVote.objects.count() == 2


def test_the_result_is_never_a_kept_page(kept_pages, visitor, poll):
    url = reverse("poll", args=[poll.pk])
    assert "Nog niemand heeft gestemd." in text_of(visitor.get(url))
    make.vote(poll, 1)
    assert "Meer bomen 100% (1)" in text_of(visitor.get(url))


def test_no_choice_is_a_message_with_the_form(visitor, page, poll):
    form = form_on(visitor.get(page.url))
    response = visitor.post(form.action, form.fields)
    assert response.status_code == 422
    assert "Kies een antwoord." in text_of(response)
    again = form_on(response)
    assert again.fields["terug"] == [page.url]
    assert visitor.post(
        again.action, again.fields | {"keuze": [str(first_choice(poll).pk)]}
    ).url.endswith(f"terug={page.url.replace('/', '%2F')}")


@pytest.mark.parametrize("choice", ["0", "999999", "-1", "a\x00", "1' OR 1=1", "9" * 40])
def test_an_answer_that_is_not_of_this_poll_is_refused(client, poll, choice):
    response = client.post(reverse("poll", args=[poll.pk]), {"keuze": choice})
    assert response.status_code == 422
    assert not PollVote.objects.exists()


def test_an_answer_of_another_poll_is_refused(client, poll):
    other = first_choice(make.PollFactory())
    response = client.post(reverse("poll", args=[poll.pk]), {"keuze": other.pk})
    assert response.status_code == 422


def test_the_same_form_twice_counts_once(visitor, page, poll):
    form = form_on(visitor.get(page.url))
    for choice in poll.choices.all()[:2]:
        visitor.post(form.action, form.fields | {"keuze": [str(choice.pk)]})
        cache.clear()
    assert PollVote.objects.count() == 1


def test_the_same_browser_votes_once_a_day(visitor, page, poll):
    vote_from(visitor, page, first_choice(poll))
    response = vote_from(visitor, page, first_choice(poll))
    assert response.status_code == 409
    assert "U hebt vandaag al gestemd" in text_of(response)
    assert PollVote.objects.count() == 1


def test_very_many_votes_from_one_network_wait_with_the_choice_kept(page, poll, settings):
    settings.POLL_VOTES_PER_ADDRESS = 2
    choice = first_choice(poll)
    for _ in range(2):
        assert vote_from(Client(), page, choice).status_code == 302
    response = vote_from(Client(), page, choice)
    assert response.status_code == 429
    assert "Uw stem is nog niet geteld" in text_of(response)
    assert form_on(response).fields["keuze"] == [str(choice.pk)]
    assert PollVote.objects.count() == 2


@pytest.mark.parametrize(
    "closing", [{"is_open": False}, {"closes_at": timezone.now() - timezone.timedelta(hours=1)}]
)
def test_a_closed_poll_shows_its_result_and_takes_no_vote(client, page, poll, closing):
    make.vote(poll, 3, 1)
    Poll.objects.filter(pk=poll.pk).update(**closing)
    response = client.get(page.url)
    words = text_of(response)
    assert "Meer bomen 75% (3)" in words
    assert "De peiling is gesloten." in words
    assert 'method="post"' not in response.content.decode()
    late = client.post(reverse("poll", args=[poll.pk]), {"keuze": first_choice(poll).pk})
    assert late.status_code == 409
    assert "Uw stem telt niet meer mee." in text_of(late)
    assert PollVote.objects.count() == 4


def test_the_way_back_stays_on_this_site(client, poll):
    url = reverse("poll", args=[poll.pk])
    for elsewhere in ("https://kwaad.example.nl/", "//kwaad.example.nl", "javascript:alert(1)"):
        html = client.get(url, {"terug": elsewhere}).content.decode()
        assert "kwaad" not in html.split("<main")[1].split("</main")[0]
        assert "javascript:alert" not in html.split("<main")[1].split("</main")[0]


def test_hostile_words_in_a_poll_are_only_text(client, home):
    poll = make.PollFactory(question="<script>alert(1)</script>", answers=["<b>Ja</b>", "Nee"])
    page = pages.ContentPageFactory(parent=home, body=[("poll", poll)])
    make.vote(poll, 1)
    for url in (page.url, reverse("poll", args=[poll.pk])):
        html = client.get(url).content.decode()
        assert "<script>alert" not in html
        assert "<b>Ja</b>" not in html


def test_a_poll_that_is_gone_leaves_the_page_whole(client, page, poll):
    poll.delete()
    assert client.get(page.url).status_code == 200


def test_an_unknown_poll_is_not_found(client, home):
    assert client.get(reverse("poll", args=[12345])).status_code == 404


def test_three_polls_take_as_many_queries_as_one(client, home, django_assert_max_num_queries):
    one = pages.ContentPageFactory(parent=home, body=[("poll", make.PollFactory())])
    three = pages.ContentPageFactory(
        parent=home, body=[("poll", make.PollFactory()) for _ in range(3)]
    )
    client.get(one.url)
    with django_assert_max_num_queries(20) as few:
        client.get(one.url)
    with django_assert_max_num_queries(len(few)):
        client.get(three.url)


def test_the_result_takes_a_fixed_number_of_queries(client, poll, django_assert_max_num_queries):
    url = reverse("poll", args=[poll.pk])
    client.get(url)
    with django_assert_max_num_queries(6) as few:
        client.get(url)
    make.vote(poll, 600, 400)
    with django_assert_max_num_queries(len(few)):
        client.get(url)


def test_votes_hold_on_to_their_answer(poll):
    make.vote(poll, 1)
    with pytest.raises(ProtectedError):
        first_choice(poll).delete()


def test_an_answer_stands_once_in_a_poll(poll):
    with pytest.raises(IntegrityError), transaction.atomic():
        PollChoice.objects.create(poll=poll, text="MEER BOMEN")


class TestAdmin:
    @pytest.fixture
    def manager(self, login, area_manager):
        return login(area_manager)

    def form(self, area, answers=("Ja", "Nee"), **changes):
        rows = [row if isinstance(row, dict) else {"text": row} for row in answers]
        data = {
            "question": "Wilt u een hondenveld?",
            "explanation": "",
            "area": area.pk if area else "",
            "is_open": "on",
            "closes_at": "",
            "choices": inline_formset(rows, initial=sum("id" in row for row in rows)),
        }
        return nested_form_data(data | changes)

    def test_a_manager_makes_a_poll_for_the_own_area(self, manager, north):
        response = manager.post(reverse("wagtailsnippets_surveys_poll:add"), self.form(north))
        assert response.status_code == 302
        poll = Poll.objects.get()
        assert poll.area == north
        assert [row["label"] for row in poll.results] == ["Ja", "Nee"]

    @pytest.mark.parametrize("whose", ["west", None])
    def test_but_not_for_another_area_or_for_all(self, manager, west, whose):
        form = self.form(west if whose else None)
        response = manager.post(reverse("wagtailsnippets_surveys_poll:add"), form)
        assert response.status_code == 200
        assert not Poll.objects.exists()

    def test_one_answer_is_too_few(self, manager, north):
        form = self.form(north, answers=["Ja"])
        response = manager.post(reverse("wagtailsnippets_surveys_poll:add"), form)
        assert response.status_code == 200
        assert not Poll.objects.exists()

    def test_polls_of_other_areas_are_not_there(self, manager, north, west):
        make.PollFactory(area=north, question="Van noord?")
        other = make.PollFactory(area=west, question="Van west?")
        everyone = make.PollFactory(question="Van iedereen?")
        words = text_of(manager.get(reverse("wagtailsnippets_surveys_poll:list")))
        assert "Van noord?" in words
        assert "Van west?" not in words
        for poll in (other, everyone):
            edit = reverse("wagtailsnippets_surveys_poll:edit", args=[poll.pk])
            assert manager.get(edit).status_code in {302, 403, 404}
            assert manager.post(edit, self.form(north)).status_code in {302, 403, 404}
            poll.refresh_from_db()
            assert poll.question != "Wilt u een hondenveld?"

    def test_the_chooser_offers_own_polls_and_those_of_all(self, manager, north, west):
        make.PollFactory(area=north, question="Van noord?")
        other = make.PollFactory(area=west, question="Van west?")
        make.PollFactory(question="Van iedereen?")
        words = text_of(manager.get(reverse("wagtailsnippetchoosers_surveys_poll:choose_results")))
        assert "Van noord?" in words
        assert "Van iedereen?" in words
        assert "Van west?" not in words
        chosen = reverse("wagtailsnippetchoosers_surveys_poll:chosen", args=[other.pk])
        assert manager.get(chosen).status_code == 404

    def test_an_answer_with_votes_cannot_be_taken_away(self, manager, north):
        poll = make.PollFactory(area=north)
        make.vote(poll, 2)
        rows = [
            {"id": choice.pk, "text": choice.text, "DELETE": "on" if number == 0 else ""}
            for number, choice in enumerate(poll.choices.order_by("sort_order"))
        ]
        edit = reverse("wagtailsnippets_surveys_poll:edit", args=[poll.pk])
        response = manager.post(edit, self.form(north, answers=rows))
        assert response.status_code == 200
        assert "Op ‘Meer bomen’ is al gestemd." in text_of(response)
        assert poll.choices.count() == 3

    def test_an_answer_without_votes_can(self, manager, north):
        poll = make.PollFactory(area=north)
        make.vote(poll, 2)
        rows = [
            {"id": choice.pk, "text": choice.text, "DELETE": "on" if number == 1 else ""}
            for number, choice in enumerate(poll.choices.order_by("sort_order"))
        ]
        edit = reverse("wagtailsnippets_surveys_poll:edit", args=[poll.pk])
        assert manager.post(edit, self.form(north, answers=rows)).status_code == 302
        assert PollChoice.objects.filter(poll=poll).count() == 2

    def test_a_poll_with_votes_cannot_be_deleted_and_says_so(self, login, administrator, home):
        boss = login(administrator)
        poll = make.PollFactory()
        make.vote(poll, 1)
        delete = reverse("wagtailsnippets_surveys_poll:delete", args=[poll.pk])
        assert "U kunt de peiling sluiten, maar niet weghalen." in text_of(
            boss.post(delete, follow=True)
        )
        bulk = reverse("wagtail_bulk_action", args=["surveys", "poll", "delete"])
        boss.post(f"{bulk}?id={poll.pk}")
        assert Poll.objects.filter(pk=poll.pk).exists()

    def test_a_poll_without_votes_can(self, login, administrator, home):
        poll = make.PollFactory()
        delete = reverse("wagtailsnippets_surveys_poll:delete", args=[poll.pk])
        login(administrator).post(delete)
        assert not Poll.objects.exists()
