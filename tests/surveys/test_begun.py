"""How many begin along each link: one number, whatever somebody does after the first answer."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from surveys.models import BegunCount, Draft, Response, SurveyPage
from tests.factories import surveys as make
from tests.surveys.helpers import field, form_on, full_answers, text_of
from tests.surveys.test_collectors import address, collector_of, submit

pytestmark = pytest.mark.django_db


def counted() -> dict[int, int]:
    return dict(BegunCount.objects.values_list("way", "number"))


def test_each_person_counts_once_along_the_link(
    client, login, area_manager, north, django_assert_num_queries
):
    survey = make.SurveyPageFactory(parent=north)
    shops, panel = (collector_of(survey, name=name) for name in ("Ondernemers", "Panel"))
    page = client.get(address(shops))
    fresh = form_on(page).fields
    told = re.search(r'data-begun="([^"]+)"', page.content.decode())[1]
    assert fresh["geteld"] == [""]
    assert counted() == {}  # who only looks is not counted

    # A browser with JavaScript tells of the first answer, and sends with `geteld` filled in.
    with django_assert_num_queries(3):  # two where the version is remembered
        said = client.post(told, {"versie": "1", "ingang": shops.key})
    assert (said.status_code, said.content) == (204, b"")
    assert counted() == {shops.pk: 1}
    assert submit(client, survey, fresh | full_answers() | {"geteld": "1"}).status_code == 302

    # Without JavaScript the first page that is sent counts, and those after it do not.
    wrong = submit(client, survey, fresh | {field(make.SCALE): "99"})
    assert form_on(wrong).fields["geteld"] == ["1"]
    later = submit(client, survey, form_on(wrong).fields | full_answers() | {"stap": "bewaard"})
    assert later.status_code == 302
    assert counted() == {shops.pk: 2}
    kept = submit(client, survey, fresh | {field(make.SHORT): "Dorpsstraat", "stap": "bewaar"})
    assert Draft.objects.exists()
    assert form_on(Client().get(kept.url)).fields["geteld"] == ["1"]
    assert counted() == {shops.pk: 3}

    # The page itself, and a link of another survey.
    other = make.SurveyPageFactory(parent=north)
    client.post(told, {"versie": "1"})
    client.post(reverse("survey_begun", args=[other.pk]), {"versie": "1", "ingang": shops.key})
    assert counted() == {shops.pk: 3, 0: 1} | {}
    assert BegunCount.objects.get(survey=other).way == 0
    BegunCount.objects.filter(survey=survey, way=0).update(
        since=timezone.localdate() - timedelta(days=1)
    )

    manager = login(area_manager)
    for one in make.respond(survey, count=3):
        Response.objects.filter(pk=one.pk).update(source=Response.Source.PAPER)
    table = text_of(manager.get(reverse("surveys_results", args=[survey.pk])))
    assert "3, 67% verstuurde" in table
    assert "1, 0% verstuurde" in table  # paper began nowhere
    assert f"{panel.name} Ondernemers" in table
    assert "niet geteld" in table
    trial = manager.get(reverse("surveys_try", args=[survey.pk])).content.decode()
    assert "data-begun" not in trial
    assert 'name="geteld"' not in trial


def test_what_is_not_open_or_not_public_is_not_counted(client, north):
    survey = make.SurveyPageFactory(parent=north)
    here = reverse("survey_begun", args=[survey.pk])
    assert client.get(here).status_code == 405
    assert client.post(here, {"versie": "x" * 50, "ingang": "\x00"}).status_code == 204
    assert Client(enforce_csrf_checks=True).post(here, {"versie": "1"}).status_code == 403
    number = counted()[0]
    SurveyPage.objects.filter(pk=survey.pk).update(
        closes_at=timezone.now() - timedelta(days=2), opens_at=timezone.now() - timedelta(days=9)
    )
    survey.refresh_from_db()
    survey.save()
    assert client.post(here, {"versie": "1"}).status_code == 204
    assert counted() == {0: number}
    survey.unpublish()
    assert client.post(here, {"versie": "1"}).status_code == 404
    assert client.post(reverse("survey_begun", args=[99999])).status_code == 404
