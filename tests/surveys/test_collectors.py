"""Own links to a survey: dates, on and off, passwords, and what is stored with a response."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from surveys.collecting.services import save_collector
from surveys.models import Collector, Draft, Response
from tests.factories import surveys as make
from tests.surveys.helpers import field, form_on, full_answers, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def survey(north):
    return make.SurveyPageFactory(parent=north)


def collector_of(survey, **values) -> Collector:
    password = values.pop("password", "")
    values = {"name": "Ondernemers", "kind": "ondernemers"} | values
    return save_collector(collector=Collector(survey=survey, **values), password=password)


def address(collector, name="survey_via") -> str:
    return reverse(name, args=[collector.key])


def filled(page) -> dict:
    """The form of a page with all its hidden fields, filled in."""
    return form_on(page).fields | full_answers()


def submit(client, survey, answers, **extra):
    return client.post(reverse("survey_submit", args=[survey.pk]), answers | extra)


def test_answers_along_a_link_know_the_link(client, survey, django_assert_max_num_queries):
    collector = collector_of(survey)
    with django_assert_max_num_queries(12):
        page = client.get(address(collector))
    assert page.status_code == 200
    assert page["X-Robots-Tag"] == "noindex, nofollow"
    assert 'name="robots" content="noindex' in page.content.decode()
    assert survey.title in text_of(page)

    wrong = submit(client, survey, form_on(page).fields | {field(make.SCALE): "99"})
    assert wrong.status_code == 422
    assert form_on(wrong).fields["ingang"] == [collector.key]
    with django_assert_max_num_queries(10):
        sent = submit(client, survey, filled(wrong))
    assert sent.url == survey.thanks_url
    response = Response.objects.get()
    assert (response.collector, response.source) == (collector, "site")

    talk = collector_of(survey, name="Spreekuur", kind="gesprek")
    page = client.get(address(talk))
    assert "data-keep" not in page.content.decode()
    submit(client, survey, filled(page), **{field(make.SHORT): "Dijk"})
    assert Response.objects.get(collector=talk).source == "gesprek"
    english = client.get(f"/en{address(collector)}")
    assert 'lang="en"' in english.content.decode()
    assert form_on(english).fields["ingang"] == [collector.key]
