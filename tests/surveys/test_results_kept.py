"""Maps with the public results of what is over, figures that are kept, and a table of links."""

import threading
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from surveys.models import AnswersStamp, Response
from surveys.receipts.services import change_answers, withdraw
from surveys.results.kept import kept, once
from tests.factories import surveys as make
from tests.surveys.helpers import text_of
from tests.surveys.test_answer_grid import middle, point_at
from tests.surveys.test_collectors import collector_of
from tests.surveys.test_public_results import pdf_text
from tests.surveys.test_results import results_url

pytestmark = pytest.mark.django_db


@pytest.fixture
def survey(north):
    return make.SurveyPageFactory(parent=north, results_shown="live")


@pytest.fixture
def manager(login, area_manager):
    return login(area_manager)


def along(collector, count: int, *, days: int = 0) -> list[Response]:
    day = timezone.localdate() - timedelta(days=days)
    responses = make.respond(collector.survey, count=count, day=day)
    Response.objects.filter(pk__in=[one.pk for one in responses]).update(collector=collector)
    return responses


def test_hexagons_are_public_once_it_is_over_and_never_small(client, survey):
    point_at(survey, middle(), 12)
    point_at(survey, middle(4), 2, text="Mijn tuin")
    point_at(survey, middle(8), 7)
    running = client.get(survey.results_url)
    assert "Hoeveel" not in text_of(running)
    assert "Alle vakken in een tabel" not in text_of(running)
    survey.closes_at = timezone.now() - timedelta(days=1)
    survey.save()
    page = client.get(survey.results_url)
    words = text_of(page)
    assert "21 inzendingen met een plek op de kaart" in words
    assert "Alle vakken in een tabel" in words
    assert "op de kaart aanwezen, staat hier niet" not in words
    assert ">12<" in page.content.decode()
    # The small one is left out, and the next with it: else the total would tell.
    assert ">2<" not in page.content.decode()
    assert ">7<" not in page.content.decode()
    assert "Mijn tuin" not in page.content.decode()
    assert "js/map/main.js" in page.content.decode()


def test_it_is_worked_out_once_until_an_answer_changes(
    client, manager, survey, django_assert_max_num_queries, monkeypatch
):
    survey.closes_at = timezone.now() - timedelta(days=1)
    survey.save()
    point_at(survey, middle(), 12)
    with django_assert_max_num_queries(22):
        client.get(survey.results_url)
    with django_assert_max_num_queries(12):
        assert ">12<" in client.get(survey.results_url).content.decode()
    here = reverse("surveys_answer_map", args=[survey.pk, make.POINT])
    assert "12 inzendingen met een plek" in text_of(manager.get(here))

    def shown() -> str:
        return text_of(client.get(survey.results_url))

    # Stored, changed, withdrawn, and decided not to count.
    point_at(survey, middle(), 1)
    assert "13 inzendingen met een plek" in shown()
    one, two, *_ = Response.objects.all()
    change_answers(response_id=one.pk, answers=[])
    assert "12 inzendingen met een plek" in shown()
    first_stamp = AnswersStamp.objects.get(pk=survey.pk).stamp
    withdraw(response_id=two.pk)
    point_at(survey, middle(), 1)
    assert AnswersStamp.objects.get(pk=survey.pk).stamp != first_stamp
    assert "12 inzendingen met een plek" in shown()
    Response.objects.filter(pk=Response.objects.exclude(pk=one.pk).first().pk).update(verdict=False)
    assert "11 inzendingen met een plek" in shown()
    # Deleting the survey as a whole leaves nothing that refuses.
    Response.objects.all().delete()
    survey.delete()


def test_two_who_ask_at_once_do_not_both_work_it_out(survey, monkeypatch):
    made, began, go_on = [], threading.Event(), threading.Event()

    def slow():
        made.append(1)
        began.set()
        assert go_on.wait(20)
        return "klaar"

    answers = []

    def ask():
        # No query: in a test another thread does not see what this one stored.
        answers.append(once(f"survey-kept:proef-{survey.pk}", slow))

    first, second = threading.Thread(target=ask), threading.Thread(target=ask)
    first.start()
    assert began.wait(20)
    second.start()
    go_on.set()
    first.join(20)
    second.join(20)
    assert answers == ["klaar", "klaar"]
    assert made == [1]

    # Who has waited long enough works it out beside another, and leaves the other's mark alone.
    key = f"survey-kept:traag-{survey.pk}"
    cache.set(f"{key}:busy", "een ander", 30)
    monkeypatch.setattr("surveys.results.kept.SECONDS_BUSY", 0)
    assert once(key, lambda: "zelf gedaan") == "zelf gedaan"
    assert cache.get(f"{key}:busy") == "een ander"
    monkeypatch.undo()

    def fails():
        raise ValueError("stuk")

    with pytest.raises(ValueError, match="stuk"):
        kept(survey, "stuk", make=fails)
    assert kept(survey, "stuk", make=lambda: "weer goed") == "weer goed"


def test_what_came_along_each_link(manager, survey, django_assert_num_queries):
    assert "Langs welke link" not in text_of(manager.get(results_url(survey)))
    shops = collector_of(survey, name="Winkels", kind="ondernemers")
    panel = collector_of(survey, name="Panel", kind="panel", access="uitnodiging", invited=40)
    along(shops, 30, days=3)
    odd = along(panel, 3)
    odd[0].marks.create(kind="snel")
    make.respond(survey, count=27, day=timezone.localdate() - timedelta(days=1))
    page = manager.get(results_url(survey))
    words = text_of(page)
    for said in ("Winkels", "Ondernemers", "30 50%", "40 uitnodigingen", "3 5% 1",
                 "De pagina zelf, zonder link", "27 45%"):  # fmt: skip
        assert said in words, said
    assert f"?ingang={shops.pk}" in page.content.decode()
    only = manager.get(results_url(survey), {"ingang": "0"})
    assert "27 inzendingen van de 60" in text_of(only)

    report = pdf_text(manager, survey)
    table = report[report.index("Langs welke link") : report.index("1. Hoe gaat u")]
    assert "Panel verborgen" in table
    assert "30" in table or "27" in table
    assert "3 " not in table.replace("30 ", "")
    assert "Winkels" not in text_of(Client().get(survey.results_url))
    manager.get(results_url(survey))
    with CaptureQueriesContext(connection) as few:
        manager.get(results_url(survey))
    for number in range(4):
        along(collector_of(survey, name=f"Groep {number}"), 6)
    with django_assert_num_queries(len(few)):
        manager.get(results_url(survey))
