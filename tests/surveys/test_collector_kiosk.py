"""A tablet at an information market, without JavaScript: nothing is left of who was before."""

import re

import pytest
from django.urls import reverse

from surveys.models import Draft, Response
from tests.factories import survey_types as kinds
from tests.factories import surveys as make
from tests.surveys.helpers import field, form_on, full_answers, text_of
from tests.surveys.test_collectors import address, collector_of, filled, submit

pytestmark = pytest.mark.django_db


@pytest.fixture
def survey(north):
    return make.SurveyPageFactory(parent=north)


@pytest.fixture
def tablet(survey):
    return collector_of(survey, name="Markt", kind="inwoners", is_kiosk=True)


def links_in(page) -> set[str]:
    """Addresses that a page leads to."""
    return set(re.findall(r'<a\b[^>]*href="([^"]*)"', page.content.decode()))


def test_a_person_answers_and_the_next_finds_nothing(
    client, survey, tablet, settings, django_assert_max_num_queries
):
    settings.SURVEY_RESPONSES_PER_ADDRESS = 0
    start, questions = address(tablet, "survey_kiosk"), address(tablet, "survey_kiosk_questions")
    with django_assert_max_num_queries(12):
        first = client.get(start)
    assert links_in(first) == {questions}
    with django_assert_max_num_queries(12):
        page = client.get(questions)
    html = page.content.decode()
    assert "no-store" in page["Cache-Control"]
    assert "data-keep" not in html
    assert "Bewaar en ga later verder" not in html
    assert 'autocomplete="off"' in html
    assert not {link for link in links_in(page) if not link.startswith("#")}

    wrong = submit(client, survey, form_on(page).fields | {field(make.SCALE): "99"})
    assert wrong.status_code == 422
    assert {link for link in links_in(wrong) if not link.startswith("#")} == set()
    assert "gp-kiosk" in wrong.content.decode()
    answers = filled(wrong)
    with django_assert_max_num_queries(10):
        sent = submit(client, survey, answers)
    assert sent.url == address(tablet, "survey_kiosk_thanks")
    response = Response.objects.get()
    assert (response.collector, response.source) == (tablet, "zuil")
    thanks = client.get(sent.url)
    assert f'content="20; url={start}"' in thanks.content.decode()
    assert links_in(thanks) == {start}
    # "Back" and "send again": the form of who left is worth nothing.
    again = submit(client, survey, answers | {field(make.SHORT): "Anders"})
    assert again.url == start
    assert Response.objects.count() == 1

    page = filled(client.get(questions))
    assert submit(client, survey, page, stap="stop").url == start
    assert submit(client, survey, page).url == start
    page = filled(client.get(questions))
    kept = submit(client, survey, page, stap="bewaar")
    assert kept.url == address(tablet, "survey_kiosk_thanks")
    assert not Draft.objects.exists()
    # Along its ordinary link it is a survey on the site.
    submit(client, survey, filled(client.get(address(tablet))) | {field(make.SHORT): "Thuis"})
    assert Response.objects.filter(source="site").count() == 1


def test_links_in_texts_are_words_and_closed_is_said(client, north):
    statement = kinds.statement(text='<p>Lees <a href="https://example.nl/">meer</a>.</p>')
    survey = make.SurveyPageFactory(parent=north, questions=[statement, *make.all_questions()])
    tablet = collector_of(survey, name="Markt", is_kiosk=True)
    page = client.get(address(tablet, "survey_kiosk_questions"))
    assert "example.nl" not in page.content.decode()
    assert "Lees <span>meer</span>." in page.content.decode()
    form = filled(page)
    tablet.is_active = False
    tablet.save()
    start = address(tablet, "survey_kiosk")
    assert submit(client, survey, form).url == start
    assert client.get(address(tablet, "survey_kiosk_questions")).url == start
    shut = client.get(start)
    assert "nu niet open op dit scherm" in text_of(shut)
    assert links_in(shut) == set()
    ordinary = collector_of(survey, name="Thuis")
    assert client.get(address(ordinary, "survey_kiosk")).status_code == 404
    # A visit that a form makes up along another link is none.
    mine = full_answers() | {"ingang": ordinary.key, "zuil": "x" * 16}
    assert submit(client, survey, mine).url.endswith("/bedankt/")
    assert Response.objects.get().source == "site"
    survey.unpublish()
    assert client.get(reverse("survey_kiosk", args=[tablet.key])).status_code == 404
