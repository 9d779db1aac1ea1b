"""The page with downloads: for whom it is, what it keeps on record, and what it costs."""

import gc
import os
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from surveys.models import SurveyExport
from tests.factories import survey_types as kinds
from tests.factories import surveys as make
from tests.surveys.downloads import address, fetched
from tests.surveys.helpers import text_of
from tests.surveys.test_results import results_url

pytestmark = pytest.mark.django_db

ALL = [
    *(("enquete", name) for name in ("xlsx", "ods", "csv", "sav", "gpkg", "json")),
    ("codeboek", "xlsx"), ("codeboek", "csv"), ("open-data", "csv"), ("open-data", "ods"),
    ("adressen", "csv"),
]  # fmt: skip


@pytest.fixture
def manager(login, area_manager):
    return login(area_manager)


@pytest.fixture
def survey(north):
    return make.SurveyPageFactory(parent=north, questions=[*make.all_questions(), kinds.email()])


def page_url(survey) -> str:
    return reverse("surveys_downloads", args=[survey.pk])


def test_the_page_says_what_each_format_is_for(manager, survey):
    make.respond(survey, count=3)
    response = manager.get(page_url(survey))
    words = text_of(response)
    assert "3 inzendingen" in words
    assert "Voor kaarten in QGIS of ArcGIS" in words
    assert "Er zijn nu nog te weinig inzendingen" in words
    html = response.content.decode()
    for variant, format_name in ALL[:-1]:
        assert f'href="{address(survey, variant, format_name)}"' in html
    assert address(survey, "adressen", "csv") not in html
    assert page_url(survey) in manager.get(results_url(survey)).content.decode()


def test_every_download_is_on_record(manager, survey, area_manager):
    make.respond(survey, count=7)
    assert "Nog niemand." in text_of(manager.get(page_url(survey)))
    for variant, format_name in ALL:
        fetched(manager, survey, format_name, variant)
    kept = [(e.variant, e.format_name, e.responses, e.user) for e in SurveyExport.objects.all()]
    counts = {"codeboek": 0, "adressen": 0}
    assert sorted(kept, key=str) == sorted(
        ((variant, name, counts.get(variant, 7), area_manager) for variant, name in ALL), key=str
    )
    words = text_of(manager.get(page_url(survey)))
    assert "Alle antwoorden SAV 7" in words
    assert "Open data ODS 7" in words


def test_the_record_stays_when_an_account_goes(manager, survey, administrator, login):
    other = login(administrator)
    fetched(other, survey, "csv")
    get_user_model().objects.filter(pk=administrator.pk).delete()
    assert "Iemand die geen account meer heeft" in text_of(manager.get(page_url(survey)))


@pytest.mark.parametrize(("variant", "format_name"), ALL)
class TestWhoDownloads:
    def test_nobody_else(self, variant, format_name, survey, make_user, west, login):
        url = address(survey, variant, format_name)
        response = Client().get(url)
        assert response.status_code == 302
        assert response.url.startswith(reverse("wagtailadmin_login"))
        other = login(make_user("gebiedsmanager-west", groups=[west.manager_group]))
        assert other.get(url).status_code == 404
        assert not SurveyExport.objects.exists()


@pytest.mark.parametrize(
    ("variant", "format_name"),
    [("enquete", "exe"), ("open-data", "sav"), ("adressen", "json"), ("onzin", "csv")],
)
def test_what_is_not_offered_is_not_there(manager, survey, variant, format_name):
    assert manager.get(address(survey, variant, format_name)).status_code == 404


def test_a_download_is_only_asked_for_with_get(manager, survey):
    assert manager.post(address(survey, "enquete", "csv")).status_code == 405
    assert manager.head(address(survey, "enquete", "csv")).status_code == 405
    assert not SurveyExport.objects.exists()


@pytest.mark.parametrize(("variant", "format_name"), ALL)
def test_name_type_and_no_cache(manager, survey, variant, format_name):
    response = manager.get(address(survey, variant, format_name))
    response.getvalue()
    assert response["Content-Disposition"].startswith(
        f'attachment; filename="{variant}-{survey.slug}-'
    )
    assert response["Content-Disposition"].endswith(f'.{format_name}"')
    assert "no-store" in response["Cache-Control"]


def test_nothing_stays_behind_when_the_visitor_leaves(manager, survey, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    make.respond(survey, count=50)
    for variant, format_name in ALL:
        response = manager.get(address(survey, variant, format_name))
        assert list(tmp_path.iterdir()) == []
        for closer in response._resource_closers:
            closer()
    gc.collect()
    mine = Path("/proc/self/fd")
    if mine.exists():
        opened = [os.readlink(mine / name) for name in os.listdir(mine) if (mine / name).exists()]
        assert not [path for path in opened if str(tmp_path) in path]


def test_too_many_responses_for_a_sheet_are_told(manager, survey, monkeypatch, tmp_path):
    monkeypatch.setattr("surveys.exports.files.MOST_ROWS", 3)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    make.respond(survey, count=3)
    for format_name in ("xlsx", "ods"):
        response = manager.get(address(survey, "enquete", format_name), follow=True)
        assert "meer inzendingen dan een rekenblad regels heeft" in text_of(response)
    assert list(tmp_path.iterdir()) == []
    assert fetched(manager, survey, "csv")
    assert [entry.format_name for entry in SurveyExport.objects.all()] == ["csv"]


@pytest.mark.parametrize(("variant", "format_name"), ALL)
def test_queries_do_not_grow(manager, survey, variant, format_name, django_assert_max_num_queries):
    make.respond(survey, count=3)
    fetched(manager, survey, format_name, variant)
    with django_assert_max_num_queries(25) as few:
        fetched(manager, survey, format_name, variant)
    survey.questions = [*make.all_questions(), kinds.email(), *make.many_choices(15)[7:]]
    survey.save()
    make.respond(survey, count=60)
    with django_assert_max_num_queries(len(few)):
        fetched(manager, survey, format_name, variant)


def test_the_log_does_not_cost_a_query_a_line(manager, survey, django_assert_max_num_queries):
    fetched(manager, survey, "csv")
    manager.get(page_url(survey))
    with django_assert_max_num_queries(40) as few:
        manager.get(page_url(survey))
    count = len(few)
    for _ in range(9):
        fetched(manager, survey, "csv")
    with django_assert_max_num_queries(count):
        manager.get(page_url(survey))
