"""A survey that one reaches by its links only: nobody comes across it, and links work."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from surveys.models import Response
from tests.factories import surveys as make
from tests.surveys.admin_forms import survey_form
from tests.surveys.helpers import full_answers, send, text_of
from tests.surveys.test_collectors import address, collector_of, filled, submit

pytestmark = pytest.mark.django_db
NEEDED = "U hebt een link nodig"
ASKED = "Hoe gaat u meestal naar het centrum?"


@pytest.fixture
def survey(north):
    return make.SurveyPageFactory(
        parent=north, title="Uw winkel in het centrum", only_by_links=True, results_shown="live"
    )


def test_nobody_comes_across_it_and_its_links_work(
    client, survey, north, django_assert_max_num_queries
):
    open_one = make.SurveyPageFactory(parent=north, title="Uw straat in het centrum")
    call_command("update_index", verbosity=0)
    with django_assert_max_num_queries(16):
        page = client.get(survey.url)
    assert page.status_code == 200
    assert NEEDED in text_of(page)
    assert ASKED not in text_of(page)
    assert page["X-Robots-Tag"] == "noindex, nofollow"
    assert client.get(survey.results_url).status_code == 404
    for listing in (
        reverse("surveys"), reverse("search") + "?q=centrum", "/sitemap.xml", north.url,
        "/kaart/lagen/enquetes.geojson", "/",
    ):  # fmt: skip
        found = client.get(listing)
        assert found.status_code == 200, listing
        shown = found.content.decode()
        assert survey.title not in shown, listing
        assert survey.url not in shown, listing
        assert open_one.title in shown or open_one.url in shown, listing

    assert client.get(reverse("survey_paper", args=[survey.pk])).status_code == 302
    # Along the open way nothing is taken, and what was typed is not lost.
    refused = send(client, survey, full_answers() | {"versie": "1"})
    assert refused.status_code == 409
    assert "Maak er meer groen." in text_of(refused)
    assert "alleen nog invullen met een eigen link" in text_of(refused)
    kept = send(client, open_one, full_answers() | {"versie": "1", "stap": "bewaar"})
    open_one.only_by_links = True
    open_one.save()
    gone_on = client.get(kept.url.partition("#")[0])
    assert gone_on.status_code == 409
    assert "Maak er meer groen." in text_of(gone_on)
    assert not Response.objects.exists()

    link = collector_of(survey, name="Winkels", kind="ondernemers")
    along = client.get(address(link))
    assert ASKED in text_of(along)
    assert submit(client, survey, filled(along)).url.endswith("/bedankt/")
    assert Response.objects.get().collector == link
    link.is_active = False
    link.save()
    shut = client.get(address(link))
    assert shut.status_code == 410
    assert "Naar de pagina van de enquête" not in text_of(shut)

    # Once it is closed there is nothing to answer: what is done with it is for all to read.
    survey.closes_at = timezone.now() - timedelta(minutes=10)
    survey.outcome, survey.outcome_date = "<p>De markt blijft.</p>", timezone.localdate()
    survey.save()
    late = send(client, survey, full_answers() | {"versie": "1"})
    assert late.status_code == 409
    assert Response.objects.count() == 1
    assert "De markt blijft." in text_of(client.get(survey.url))
    assert survey.title not in text_of(client.get(reverse("surveys")))


def test_the_editor_is_warned_where_no_link_works(login, area_manager, north, survey):
    manager = login(area_manager)
    edit = reverse("wagtailadmin_pages:edit", args=[survey.pk])
    warning = "er is geen link in gebruik"
    assert warning in text_of(manager.get(edit))
    add = reverse("wagtailadmin_pages:add", args=["surveys", "surveypage", north.pk])
    data = survey_form(only_by_links="on") | {"action-publish": "1"}
    assert warning in text_of(manager.post(add, data, follow=True))
    link = collector_of(survey, name="Winkels", is_active=False)
    assert warning in text_of(manager.get(edit))
    link.is_active = True
    link.save()
    assert warning not in text_of(manager.get(edit))
