"""The screens on which an editor makes, changes, stops and removes collectors."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from surveys.models import Collector, Response
from tests.factories import surveys as make
from tests.surveys.helpers import text_of
from tests.surveys.test_collectors import collector_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def survey(north):
    return make.SurveyPageFactory(parent=north)


@pytest.fixture
def manager(login, area_manager):
    return login(area_manager)


def local(moment) -> str:
    return timezone.localtime(moment).strftime("%Y-%m-%d %H:%M")


def test_editor_makes_changes_and_stops_a_link(
    manager, survey, django_assert_max_num_queries
):  # fmt: skip
    here = reverse("surveys_collectors", args=[survey.pk])
    editor = manager.get(reverse("wagtailadmin_pages:edit", args=[survey.pk]))
    assert here in editor.content.decode()
    assert here in manager.get(reverse("surveys_results", args=[survey.pk])).content.decode()
    assert "Er zijn nog geen ingangen" in text_of(manager.get(here))

    new = reverse("surveys_collector_new", args=[survey.pk])
    assert manager.get(new).status_code == 200
    values = {"name": "Ondernemers", "kind": "ondernemers", "access": "wachtwoord"}
    for extra, message in (
        ({}, "Kies een wachtwoord voor de groep."),
        ({"new_password": "kort"}, "ten minste 8 tekens"),
        ({"access": "code", "is_kiosk": "on"}, "alleen als iedereen met de link"),
        ({"closes_at": local(survey.closes_at + timedelta(days=1))}, "De enquête sluit al op"),
        ({"opens_at": local(survey.opens_at - timedelta(days=1))}, "gaat pas open op"),
        (
            {"opens_at": local(survey.closes_at + timedelta(minutes=1))},
            "De enquête is dan al gesloten",
        ),
        ({"closes_at": local(survey.opens_at)}, "Kies een later moment"),
        (
            {
                "opens_at": local(timezone.now() + timedelta(days=2)),
                "closes_at": local(timezone.now()),
            },
            "sluit voordat zij opengaat",
        ),
        ({"name": ""}, "Geef de ingang een naam."),
        ({"reminder_days": "90"}, "1 tot en met 60 dagen"),
        ({"access": "gratis"}, "gratis"),
    ):
        page = manager.post(new, values | {"letter_text": "Beste buren"} | extra)
        assert page.status_code == 422, extra
        assert message in text_of(page), extra
        assert "Beste buren" in page.content.decode()
    assert not Collector.objects.exists()

    done = manager.post(new, values | {"new_password": "samen-sterk-2026"}, follow=True)
    assert "De ingang ‘Ondernemers’ is bewaard." in text_of(done)
    collector = Collector.objects.get()
    twice = manager.post(new, values | {"new_password": "samen-sterk-2026"})
    assert "Er is al een ingang met deze naam" in text_of(twice)

    one = reverse("surveys_collector", args=[survey.pk, collector.pk])
    assert "samen-sterk" not in manager.get(one).content.decode()
    before = collector.password
    manager.post(one, values | {"name": "Winkels"})  # an empty password keeps the one there is
    collector.refresh_from_db()
    assert (collector.name, collector.password) == ("Winkels", before)
    manager.post(one, values | {"name": "Winkels", "access": "open"})
    collector.refresh_from_db()
    assert collector.password == ""

    Response.objects.filter(pk=make.respond(survey)[0].pk).update(collector=collector)
    with django_assert_max_num_queries(40):
        listed = manager.get(here)
    words = text_of(listed)
    assert "Winkels" in words
    assert f"/enquetes/via/{collector.key}/" in listed.content.decode()
    assert "Kopieer Link: Winkels" in words
    assert words.count(survey.title) > 2  # beside the title and the crumbs, which are folded
    refused = manager.post(one, {"actie": "weg"}, follow=True)
    assert "weghalen kan niet" in text_of(refused)
    manager.post(one, {"actie": "stop"})
    collector.refresh_from_db()
    assert not collector.is_active
    assert "gestopt" in text_of(manager.get(here))
    manager.post(one, {"actie": "open"})
    empty = collector_of(survey, name="Leeg")
    manager.post(reverse("surveys_collector", args=[survey.pk, empty.pk]), {"actie": "weg"})
    assert list(Collector.objects.all()) == [collector]
    assert manager.post(one, {"actie": "raar"}).status_code == 404


def test_list_takes_as_many_queries_with_many_links(manager, survey, django_assert_num_queries):
    here = reverse("surveys_collectors", args=[survey.pk])
    collector_of(survey)
    manager.get(here)
    with CaptureQueriesContext(connection) as few:
        manager.get(here)
    for number in range(8):
        collector_of(survey, name=f"Groep {number}", access="code")
    with django_assert_num_queries(len(few)):
        manager.get(here)


def test_others_see_nothing(client, login, make_user, survey, west, north):
    collector = collector_of(survey, access="code")
    invited = collector_of(survey, name="Panel", access="uitnodiging")
    other_survey = make.SurveyPageFactory(parent=west)
    ids = [survey.pk, collector.pk]
    addresses = [
        reverse("surveys_collectors", args=[survey.pk]),
        reverse("surveys_collector_new", args=[survey.pk]),
        reverse("surveys_collector", args=ids),
        reverse("surveys_collector_codes", args=ids),
        reverse("surveys_sample_letter", args=ids),
        reverse("surveys_invitations", args=[survey.pk, invited.pk]),
    ]
    stranger = login(make_user("gebiedsmanager-west", groups=[west.manager_group]))
    for where in addresses:
        assert client.get(where).status_code == 302, where
        assert stranger.get(where).status_code == 404, where
        assert stranger.post(where, {"actie": "stop", "count": "5"}).status_code in (404, 405)
    letters = reverse("surveys_code_letters", args=[*ids, "csv"])
    assert stranger.post(letters, {"secret": "x"}).status_code == 404
    # Not even by way of a survey of one's own.
    mine = reverse("surveys_collector", args=[other_survey.pk, collector.pk])
    assert stranger.post(mine, {"actie": "stop"}).status_code == 404
    collector.refresh_from_db()
    assert collector.is_active
