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
from tests.surveys.helpers import FormReader, field, form_on, full_answers, text_of

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
    assert sent.url.endswith("/bedankt/")
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


def test_a_stopped_or_closed_link_says_so_and_keeps_what_was_typed(client, survey, settings):
    now = timezone.now()
    collector = collector_of(survey)
    page = filled(client.get(address(collector)))

    collector.is_active = False
    collector.save()
    shown = client.get(address(collector))
    assert shown.status_code == 410
    assert "Deze link is gesloten" in text_of(shown)
    assert f'href="{survey.url}"' in shown.content.decode()
    refused = submit(client, survey, page)
    assert refused.status_code == 409
    assert "Maak er meer groen." in text_of(refused)
    assert not Response.objects.exists()

    collector.is_active, collector.opens_at = True, now + timedelta(days=1)
    collector.save()
    shown = client.get(address(collector))
    assert shown.status_code == 200
    assert "Deze link is nog niet open" in text_of(shown)
    assert submit(client, survey, page).status_code == 409

    collector.opens_at, collector.closes_at = None, now - timedelta(minutes=5)
    collector.save()
    assert client.get(address(collector)).status_code == 410
    wrong = submit(client, survey, page | {field(make.SCALE): "99"})
    assert wrong.status_code == 422
    assert "Deze enquête is net gesloten" in text_of(wrong)
    assert submit(client, survey, page).url.endswith("/bedankt/")
    collector.closes_at = now - timedelta(minutes=settings.SURVEY_GRACE_MINUTES + 1)
    collector.save()
    late = submit(client, survey, page | {field(make.SHORT): "Te laat"})
    assert late.status_code == 409
    assert "Te laat" in text_of(late)
    assert Response.objects.count() == 1

    assert client.get(survey.url).status_code == 200  # to all others the survey is open
    survey.closes_at = now - timedelta(days=1)
    survey.save()
    assert "De uitkomst volgt" in text_of(client.get(address(collector)))
    survey.unpublish()
    assert client.get(address(collector)).status_code == 404
    assert client.get(reverse("survey_via", args=["bestaatniet"])).status_code == 404


def test_keeping_to_go_on_later_keeps_the_link_but_not_what_opened_it(client, survey):
    collector = collector_of(survey, access="wachtwoord", password="samen-sterk-2026")
    page = client.post(address(collector), {"wachtwoord": "samen-sterk-2026"})
    opened = form_on(page).fields["toegang"][0]
    kept = submit(client, survey, filled(page), stap="bewaar")
    draft = Draft.objects.get()
    assert opened not in draft.data
    assert f"ingang={collector.key}" in draft.data
    link = kept.url.removesuffix("#bewaard")
    assert Response.objects.count() == 0

    elsewhere = Client()
    html = elsewhere.get(link).content.decode()
    start = html.rindex("<form", 0, html.index("data-keep="))
    fields = FormReader(html[start:]).fields
    assert fields["ingang"] == [collector.key]
    assert fields["toegang"] == [opened]
    assert submit(elsewhere, survey, fields).status_code == 302
    assert Response.objects.get().collector == collector


def test_password_opens_and_wrong_ones_are_counted(client, survey):
    collector = collector_of(survey, access="wachtwoord", password="samen-sterk-2026")
    assert "samen-sterk-2026" not in collector.password
    asks = client.get(address(collector))
    assert "no-store" in asks["Cache-Control"]
    assert "Wachtwoord" in text_of(asks)
    assert "De vragen" not in text_of(asks)
    assert client.post(address(collector), {"wachtwoord": ""}).status_code == 422
    wrong = client.post(address(collector), {"wachtwoord": "Samen-sterk-2026"})
    assert wrong.status_code == 422
    assert "Dit wachtwoord klopt niet" in text_of(wrong)
    assert "Samen-sterk" not in wrong.content.decode()

    page = client.post(address(collector), {"wachtwoord": "samen-sterk-2026"})
    assert page.status_code == 200
    answers = filled(page)
    forged = submit(client, survey, answers | {"toegang": "ja"})
    assert forged.status_code == 422
    assert "Vul het wachtwoord in." in text_of(forged)
    assert "Maak er meer groen." in forged.content.decode()
    assert submit(client, survey, answers).status_code == 302

    # Another password ends what the old one opened; the form asks for it and keeps the answers.
    save_collector(collector=collector, password="een-heel-ander-woord")
    asked = submit(client, survey, answers | {field(make.SHORT): "Ringdijk"})
    assert asked.status_code == 422
    again = form_on(asked).fields | {"wachtwoord": "een-heel-ander-woord"}
    assert again[field(make.SHORT)] == ["Ringdijk"]
    assert submit(client, survey, again).status_code == 302
    assert Response.objects.filter(collector=collector).count() == 2

    for _ in range(20):
        blocked = client.post(address(collector), {"wachtwoord": "raden maar"})
    blocked = client.post(address(collector), {"wachtwoord": "een-heel-ander-woord"})
    assert blocked.status_code == 429
    assert "Wacht tien minuten" in text_of(blocked)
    cache.clear()
    opened = client.post(address(collector), {"wachtwoord": "een-heel-ander-woord"})
    assert opened.status_code == 200


def test_limits_of_a_network_are_not_those_of_a_talk(client, survey, settings):
    settings.SURVEY_RESPONSES_PER_ADDRESS = 1
    settings.SURVEY_RESPONSES_PER_COLLECTOR = 3
    talk = collector_of(survey, name="Spreekuur", kind="gesprek")
    other = collector_of(survey)
    for number, expected in enumerate([302, 302, 302, 429]):
        page = filled(client.get(address(talk))) | {field(make.SHORT): f"Straat {number}"}
        assert submit(client, survey, page).status_code == expected
    for number, expected in enumerate([302, 429]):
        page = filled(client.get(address(other))) | {field(make.SHORT): f"Laan {number}"}
        assert submit(client, survey, page).status_code == expected


def test_a_link_of_another_survey_counts_as_none(client, survey, north):
    other = collector_of(make.SurveyPageFactory(parent=north))
    for key in (other.key, "x" * 21, "\x00", "onbekend"):
        sent = submit(client, survey, full_answers() | {"ingang": key, field(make.SHORT): key[:3]})
        assert sent.status_code in (302, 422), key
    assert not Response.objects.filter(collector__isnull=False).exists()


def test_kept_pages_of_links_follow_every_change(client, survey, kept_pages):
    collector = collector_of(survey)
    secret = collector_of(survey, name="Panel", access="wachtwoord", password="samen-sterk-2026")
    client.get(address(collector))
    kept = client.get(address(collector))
    assert "Age" in kept
    assert kept["X-Robots-Tag"] == "noindex, nofollow"
    client.get(address(secret))
    assert "Age" not in client.get(address(secret))
    collector.is_active = False
    collector.save()
    assert client.get(address(collector)).status_code == 410


@pytest.mark.parametrize(
    "values",
    [
        {"access": "wachtwoord"},
        {"password": "pbkdf2"},
        {"access": "code", "is_kiosk": True},
        {"access": "gratis"},
        {"kind": "niemand"},
        {"reminder_days": 0},
        {"opens_at": "2026-02-02T10:00Z", "closes_at": "2026-02-02T10:00Z"},
    ],
    ids=str,
)
def test_the_database_refuses_what_cannot_be(survey, values):
    with pytest.raises(IntegrityError), transaction.atomic():
        Collector.objects.create(survey=survey, name="Onmogelijk", **values)
